"""Which names fit a typed text: without case and accents, those that start with it before the others."""

import unicodedata
from collections.abc import Iterable, Sequence

from dashboard.catalog.areas import Areas
from dashboard.kept import kept
from dashboard.query.facets import Facet

MATCHES = 8


def best_matches(typed: str, names: Sequence[str], limit: int = MATCHES) -> list[int]:
    """Return the positions of the folded `names` that fit what was typed: those that start with it, then the others.

    Within each kind the order of `names` is kept.
    """
    wanted = folded(typed)
    starting, holding = [], []
    for position, name in enumerate(names):
        if name.startswith(wanted):
            starting.append(position)
            if len(starting) == limit:
                break
        elif wanted in name:
            holding.append(position)
    return (starting + holding)[:limit]


def best_area(typed: str, areas: Areas) -> int | None:
    """Return the position of the area whose id was typed, else of the one that fits best; None where none does."""
    names, ids = folded_areas(areas)
    wanted = folded(typed)
    if wanted in ids:
        return ids.index(wanted)
    return next(iter(best_matches(typed, names, 1)), None) if wanted else None


def folded(text: str) -> str:
    """Return text without case and accents, to be compared."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()


@kept()
def folded_options(facet: Facet) -> tuple[str, ...]:
    """Return a facet's options folded, to be searched."""
    return _folded_all(facet.values)


@kept()
def folded_areas(areas: Areas) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is searched for each area, and its id, both folded."""
    # A label often holds the id already; where it does not, both are searched.
    names = (label if area_id in label else f"{label} {area_id}"
             for label, area_id in zip(areas.labels, areas.ids, strict=True))
    return _folded_all(names), _folded_all(areas.ids)


def _folded_all(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(folded, names))
