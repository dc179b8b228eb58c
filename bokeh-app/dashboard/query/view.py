"""All that a visitor is looking at, as one frozen value that reads from and writes to a URL query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from urllib.parse import parse_qs, quote

from dashboard.query.choices import SHOWN, Choice, Refusal, Refused, choice_from_query
from dashboard.query.facets import Facet

NO_AREA = ""
Extent = tuple[float, float, float, float]
SAFE_IN_QUERY = "(),/:'!*"
# What a server or a proxy puts into an address beside the view; `token` is a secret and is never repeated.
NOT_OURS = "token", "bokeh-"


@dataclass(frozen=True)
class View:
    """Choices per facet, measure, chosen area, extent, and how classes, sorting and page of the table are set.

    `choices` holds a pair (facet name, choice) for each facet with a choice, sorted by name. `measure` is a measure's
    key. `area` is an area's id, None for the whole survey, NO_AREA for the records that lie in none. `extent` is west,
    south, east, north in degrees, None for all areas. `refit` fits the classes to what is shown. `sort` is a column of
    the table, with a leading minus for descending order, empty for the file's order. `page` counts from 1.

    `searches` holds a pair (facet name, or "" for the areas; text) for each search box that something is typed into.
    It is the one part that an address leaves out.
    """

    measure: str
    choices: tuple[tuple[str, Choice], ...] = ()
    area: str | None = None
    extent: Extent | None = None
    refit: bool = False
    sort: str = ""
    page: int = 1
    searches: tuple[tuple[str, str], ...] = ()

    def choice(self, name: str) -> Choice | None:
        """Return the choice made of a facet, None where there is none."""
        return dict(self.choices).get(name)

    def with_choice(self, name: str, choice: Choice | None) -> "View":
        """Return the view with another choice of one facet; None clears it."""
        others = [pair for pair in self.choices if pair[0] != name]
        pairs = others if choice is None else [*others, (name, choice)]
        return replace(self, choices=tuple(sorted(pairs, key=lambda pair: pair[0])), page=1)

    def with_search(self, on: str, text: str) -> "View":
        """Return the view with another text in one search box; the empty text empties it."""
        others = [pair for pair in self.searches if pair[0] != on]
        return replace(self, searches=tuple(sorted(others + [(on, text)] * bool(text))))


@dataclass(frozen=True)
class Vocabulary:
    """What a view can be about: facets, keys of the measures, ids of the areas, columns of the table."""

    facets: tuple[Facet, ...]
    measures: tuple[str, ...]
    areas: frozenset[str]
    columns: tuple[str, ...]


def view_to_query(view: View, vocabulary: Vocabulary) -> str:
    """Return the view as a URL query without the question mark; empty for the view one starts with."""
    facets = {facet.name: facet for facet in vocabulary.facets}
    pairs = [(_key(name), text) for name, choice in view.choices for text in choice.to_query(facets[name])]
    if view.area is not None:
        pairs.append(("_area", view.area))
    if view.measure != vocabulary.measures[0]:
        pairs.append(("_measure", view.measure))
    if view.extent is not None:
        pairs.append(("_extent", ",".join(repr(float(bound)).removesuffix(".0") for bound in view.extent)))
    if view.refit:
        pairs.append(("_classes", "refit"))
    if view.sort:
        pairs.append(("_sort", view.sort))
    if view.page > 1:
        pairs.append(("_page", str(view.page)))
    return "&".join(f"{quote(key, SAFE_IN_QUERY)}={quote(text, SAFE_IN_QUERY)}" for key, text in pairs)


def view_from_query(query: str | Mapping[str, Sequence[bytes]], vocabulary: Vocabulary) -> tuple[View, list[Refusal]]:
    """Return the view that an address asks for, and a refusal for each part of it that cannot be applied.

    `query` is the text after the question mark, or the arguments of a request as Bokeh gives them.
    """
    arguments = _arguments(query)
    facets = {_key(facet.name): facet for facet in vocabulary.facets}
    view = View(measure=vocabulary.measures[0])
    refused: list[Refusal] = []
    for key, texts in arguments.items():
        if key in facets:
            choice, reasons = choice_from_query(texts, facets[key])
            refused += reasons
            view = view.with_choice(facets[key].name, choice)
        elif key not in RESERVED and not key.startswith(NOT_OURS):
            refused.append(Refusal("no facet", key[:SHOWN], texts[-1][:SHOWN]))
    for key, read in RESERVED.items():
        if key in arguments:
            try:
                view = replace(view, **read(arguments[key][-1], vocabulary))
            except Refused as error:
                refused.append(error.refusal)
    return view, refused


def _key(column: str) -> str:
    """Return a column's key in an address: with one underscore more where it could be taken for something else."""
    return f"_{column}" if column.startswith(("_", *NOT_OURS)) else column


def _arguments(query: str | Mapping[str, Sequence[bytes]]) -> dict[str, list[str]]:
    if isinstance(query, str):
        return parse_qs(query.removeprefix("?"), keep_blank_values=True)
    # Tornado reads the keys of an address as Latin-1, and leaves the values as bytes.
    return {key.encode("latin-1", "replace").decode("utf-8", "replace"):
            [text.decode("utf-8", "replace") for text in texts] for key, texts in query.items()}


def _read_area(text: str, vocabulary: Vocabulary) -> dict:
    if text != NO_AREA and text not in vocabulary.areas:
        raise Refused("no area", "_area", text)
    return {"area": text}


def _read_measure(text: str, vocabulary: Vocabulary) -> dict:
    if text not in vocabulary.measures:
        raise Refused("no measure", "_measure", text)
    return {"measure": text}


def _read_extent(text: str, vocabulary: Vocabulary) -> dict:
    try:
        return {"extent": checked_extent([float(part) for part in text.split(",")])}
    except ValueError:
        raise Refused("no extent", "_extent", text) from None


def checked_extent(bounds: Sequence[float]) -> Extent:
    """Return west, south, east, north in degrees. Raises ValueError when they are no extent."""
    west, south, east, north = (float(bound) for bound in bounds)
    if not all(map(isfinite, (west, south, east, north))):
        raise ValueError("an extent has finite bounds")
    if not (-540 <= west < east <= 540 and -90 <= south < north <= 90):
        raise ValueError("an extent lies on the globe, west before east and south before north")
    return west, south, east, north


def _read_classes(text: str, vocabulary: Vocabulary) -> dict:
    if text != "refit":
        raise Refused("no classes", "_classes", text)
    return {"refit": True}


def _read_sort(text: str, vocabulary: Vocabulary) -> dict:
    if text not in vocabulary.columns and text.removeprefix("-") not in vocabulary.columns:
        raise Refused("no column", "_sort", text)
    return {"sort": text}


def _read_page(text: str, vocabulary: Vocabulary) -> dict:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:12]) < 10**9):
        raise Refused("no page", "_page", text)
    return {"page": int(text)}


RESERVED = {"_area": _read_area, "_measure": _read_measure, "_extent": _read_extent, "_classes": _read_classes,
            "_sort": _read_sort, "_page": _read_page}
