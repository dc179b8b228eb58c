"""All that a visitor is looking at, as one frozen value, which is the address of the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from dashboard.query.choices import Choice

NO_AREA = ""
AREAS_TOGETHER = 200  # that can be chosen
SHOWS = "b", "a", "difference", "ratio"
Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """Choices per facet, measure, chosen areas, extent, and how colours, sorting and page of the table are set.

    `choices` holds a pair (facet name, choice) for each facet with a choice, sorted by name. `measure` is a measure's
    key. `areas` are the ids of the chosen ones in the survey's order, empty for the whole survey; NO_AREA among them
    stands for the records that lie in none. `extent` is west, south, east, north in degrees, None for all areas. `by`
    is the column of the areas' group where each area is coloured as its group is, else empty. `same_classes` keeps the
    classes of all records, whatever is chosen. `sort` is a column of the table, with a leading minus for descending
    order, empty for the file's order. `page` counts from 1; 0 is the one that the chosen record is on. `columns` are
    those of the table, empty for the config's. `here` leaves out of the table what lies outside the extent. `record`
    is the id of a record, None for none.

    `kept` are other choices, A, that these, B, are compared with; None where nothing is compared. `shows` is which of
    SHOWS the map then has: one of both, B minus A, or B to A.

    `searches` holds a pair (facet name, or "" for the areas; text) for each search box that something is typed into.
    `peeked` is the id of the record below the pointer. Both are left out of an address.
    """

    measure: str
    choices: tuple[tuple[str, Choice], ...] = ()
    areas: tuple[str, ...] = ()
    extent: Extent | None = None
    by: str = ""
    same_classes: bool = False
    sort: str = ""
    page: int = 1
    columns: tuple[str, ...] = ()
    here: bool = False
    record: str | None = None
    kept: tuple[tuple[str, Choice], ...] | None = None
    shows: str = SHOWS[0]
    searches: tuple[tuple[str, str], ...] = ()
    peeked: str | None = None

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


def checked_extent(bounds: Sequence[float]) -> Extent:
    """Return west, south, east, north in degrees. Raises ValueError when they are no extent."""
    west, south, east, north = (float(bound) for bound in bounds)
    if not all(map(isfinite, (west, south, east, north))):
        raise ValueError("an extent has finite bounds")
    if not (-540 <= west < east <= 540 and -90 <= south < north <= 90):
        raise ValueError("an extent lies on the globe, west before east and south before north")
    return west, south, east, north
