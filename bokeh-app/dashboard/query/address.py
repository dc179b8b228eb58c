"""A view and the address that it is: URL query -> view, view -> URL query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, quote

from dashboard.query.choices import SHOWN, Choice, Refusal, Refused, choice_from_query
from dashboard.query.facets import Facet
from dashboard.query.view import AREAS_TOGETHER, SHOWS, View, checked_extent

SAFE_IN_QUERY = "(),/:'!*"
# What a server or a proxy puts into an address beside the view; `token` is a secret and is never repeated.
NOT_OURS = "token", "bokeh-"


@dataclass(frozen=True)
class Vocabulary:
    """What a view can be about: facets, keys of the measures, columns of the table, the areas' group.

    `areas`: id or NO_AREA -> place.
    """

    facets: tuple[Facet, ...]
    measures: tuple[str, ...]
    areas: Mapping[str, int]
    columns: tuple[str, ...]
    group: str = ""


def view_to_query(view: View, vocabulary: Vocabulary) -> str:
    """Return the view as a URL query without the question mark; empty for the view one starts with."""
    pairs = _pairs(view.choices, vocabulary)
    pairs += [("_area", area) for area in view.areas]
    if view.measure != vocabulary.measures[0]:
        pairs.append(("_measure", view.measure))
    if view.extent is not None:
        pairs.append(("_extent", ",".join(repr(float(bound)).removesuffix(".0") for bound in view.extent)))
    if view.by:
        pairs.append(("_by", view.by))
    if view.same_classes:
        pairs.append(("_classes", "all"))
    if view.sort:
        pairs.append(("_sort", view.sort))
    pairs += [("_columns", name) for name in view.columns]
    if view.here:
        pairs.append(("_rows", "here"))
    if view.record is not None:
        pairs.append(("_record", view.record))
    if view.page > 1 or view.page == 1 and view.record is not None:
        pairs.append(("_page", str(view.page)))
    if view.kept is not None:
        pairs.append(("_a", _written(_pairs(view.kept, vocabulary))))
    if view.shows != SHOWS[0]:
        pairs.append(("_show", view.shows))
    return _written(pairs)


def _pairs(choices: tuple[tuple[str, Choice], ...], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    facets = {facet.name: facet for facet in vocabulary.facets}
    return [(_key(name), text) for name, choice in choices for text in choice.to_query(facets[name])]


def _written(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote(key, SAFE_IN_QUERY)}={quote(text, SAFE_IN_QUERY)}" for key, text in pairs)


def view_from_query(query: str | Mapping[str, Sequence[bytes]], vocabulary: Vocabulary) -> tuple[View, list[Refusal]]:
    """Return the view that an address asks for, and a refusal for each part of it that cannot be applied.

    `query` is the text after the question mark, or the arguments of a request as Bokeh gives them.
    """
    arguments = _arguments(query)
    choices, refused = _choices({key: texts for key, texts in arguments.items() if key not in RESERVED}, vocabulary)
    view = View(measure=vocabulary.measures[0], choices=choices)
    for key, read in RESERVED.items():
        texts = arguments.get(key, ())
        for text in dict.fromkeys(texts) if key in SEVERAL else texts[-1:]:
            try:
                view = replace(view, **read(text, vocabulary, view))
            except Refused as error:
                refused.append(error.refusal)
    if view.kept is not None:
        refused += _choices(_arguments(arguments["_a"][-1]), vocabulary)[1]
    if view.record is not None and "_page" not in arguments:
        view = replace(view, page=0)
    return view, list(dict.fromkeys(refused))


def _choices(arguments: dict[str, list[str]], vocabulary: Vocabulary) -> tuple[tuple, list[Refusal]]:
    """Return the choices that some arguments make, sorted by their facets' names."""
    facets = {_key(facet.name): facet for facet in vocabulary.facets}
    choices, refused = {}, []
    for key, texts in arguments.items():
        if key in facets:
            choices[facets[key].name], reasons = choice_from_query(texts, facets[key])
            refused += reasons
        elif not key.startswith(NOT_OURS):
            refused.append(Refusal("no facet", key[:SHOWN], texts[-1][:SHOWN]))
    return tuple(sorted((pair for pair in choices.items() if pair[1] is not None), key=lambda pair: pair[0])), refused


def _key(column: str) -> str:
    """Return a column's key in an address: with one underscore more where it could be taken for something else."""
    return f"_{column}" if column.startswith(("_", *NOT_OURS)) else column


def _arguments(query: str | Mapping[str, Sequence[bytes]]) -> dict[str, list[str]]:
    if isinstance(query, str):
        return parse_qs(query.removeprefix("?"), keep_blank_values=True)
    # Tornado reads the keys of an address as Latin-1, and leaves the values as bytes.
    return {key.encode("latin-1", "replace").decode("utf-8", "replace"):
            [text.decode("utf-8", "replace") for text in texts] for key, texts in query.items()}


def _read_area(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if text not in vocabulary.areas:
        raise Refused("no area", "_area", text)
    return {"areas": together((*view.areas, text), vocabulary)}


def together(areas: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return areas as a view has them: each once, in the survey's order. Raises Refused when they are too many."""
    if len(set(areas)) > AREAS_TOGETHER:
        raise Refused("too many areas", "_area", str(AREAS_TOGETHER))
    return tuple(sorted(set(areas), key=vocabulary.areas.__getitem__))


def _read_measure(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if text not in vocabulary.measures:
        raise Refused("no measure", "_measure", text)
    return {"measure": text}


def _read_extent(text: str, vocabulary: Vocabulary, view: View) -> dict:
    try:
        return {"extent": checked_extent([float(part) for part in text.split(",")])}
    except ValueError:
        raise Refused("no extent", "_extent", text) from None


def _read_by(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if not text or text != vocabulary.group:
        raise Refused("no group", "_by", text)
    return {"by": text}


def _read_classes(text: str, vocabulary: Vocabulary, view: View) -> dict:
    # Once "refit" had to be asked for.
    if text not in ("all", "refit"):
        raise Refused("no classes", "_classes", text)
    return {"same_classes": text == "all"}


def _read_sort(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if text not in vocabulary.columns and text.removeprefix("-") not in vocabulary.columns:
        raise Refused("no column", "_sort", text)
    return {"sort": text}


def _read_page(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:12]) < 10**9):
        raise Refused("no page", "_page", text)
    return {"page": int(text)}


def _read_column(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if text not in vocabulary.columns:
        raise Refused("no column", "_columns", text)
    return {"columns": (*view.columns, text)}


def _read_rows(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if text != "here":
        raise Refused("no rows", "_rows", text)
    return {"here": True}


def _read_record(text: str, vocabulary: Vocabulary, view: View) -> dict:
    # Whether there is such a record is for the answer to say: there are too many to be known by heart.
    return {"record": text}


def _read_kept(text: str, vocabulary: Vocabulary, view: View) -> dict:
    return {"kept": _choices(_arguments(text), vocabulary)[0]}


def _read_shows(text: str, vocabulary: Vocabulary, view: View) -> dict:
    if text not in SHOWS or view.kept is None:
        raise Refused("no comparison", "_show", text)
    return {"shows": text}


RESERVED = {"_area": _read_area, "_measure": _read_measure, "_extent": _read_extent, "_by": _read_by,
            "_classes": _read_classes, "_sort": _read_sort, "_page": _read_page, "_columns": _read_column,
            "_rows": _read_rows, "_record": _read_record, "_a": _read_kept, "_show": _read_shows}
SEVERAL = "_area", "_columns"  # can be given; of all others the last counts
