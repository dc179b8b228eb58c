"""The parts that an answer consists of.

They are plain data: dataclasses, lists, texts, numbers, and typed arrays where there is one value for each area. They
hold no HTML and no words of the page. A missing value is None, in typed arrays nan. Areas stand in the order of their
labels; `id` and `position` tell them apart. Counts are numbers of records.
"""

from dataclasses import dataclass

import numpy as np

Cell = float | str | None  # of a table: a number, a text, a date as ISO 8601


@dataclass(frozen=True)
class ViewData:
    """The view itself: `query` is its address after the question mark.

    `choices`: facet -> {values} of one-of and yes/no ("": no value), or {low, high, missing, bins} of ranges, whose
    bounds are written as in an address and whose `bins` are the first and the last that are chosen, of dates also
    `steps`, the year or month with records before and after (``2015``, ``2015-05``; None: none). `areas` are the ids
    of the chosen ones, "" among them for the records in none, empty for the whole survey. `extent` is west, south,
    east, north in degrees, empty for all areas. `by` is the facet of the areas' groups where these are coloured.
    `columns` are those of the table, whose rows are those of the extent when `here`. `record` is the id of the chosen
    one. `searches`: facet, or "" for the areas -> what is typed.
    """

    query: str
    measure: str
    choices: dict[str, dict]
    areas: list[str]
    extent: list[float]
    by: str
    same_classes: bool
    sort: str
    page: int
    columns: list[str]
    here: bool
    record: str | None
    searches: dict[str, str]


@dataclass(frozen=True)
class Sentence:
    """How many records fit the choices, of all, in how many areas, and how many of them lie in none."""

    matching: int
    total: int
    areas: int
    unjoined: int


@dataclass(frozen=True)
class LegendEntry:
    """A colour of the map: its number, how many areas have it, and what it means.

    `meaning` is "none", "no data", "not surveyed" or "class", from `low` to `high`, both included (None: open); of two
    choices "difference" or "ratio" from `low` to `high`, "the same", "only in A", "only in B", "in neither".
    """

    colour: int
    areas: int
    meaning: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Cells:
    """How dense records lie: for each cell that holds some, how far they reach within it, and how dark it is drawn.

    `left`, `bottom`, `right` and `top` are float32 metres from the borders' origin (Web Mercator, EPSG:3857), `shades`
    uint8 up to 255, the densest (shape of all: cells).
    """

    left: np.ndarray
    bottom: np.ndarray
    right: np.ndarray
    top: np.ndarray
    shades: np.ndarray


@dataclass(frozen=True)
class Near:
    """The records around the extent: `count` lie within it.

    `x` and `y` (float32, metres from the borders' origin, EPSG:3857) are the points when they are few, and `ids` says
    which they are; else they are None, and `cells` says how dense the records lie.
    """

    count: int
    x: np.ndarray | None
    y: np.ndarray | None
    ids: list[str]
    cells: Cells | None


@dataclass(frozen=True)
class OptionCounts:
    """What each option of a facet would leave, given the choices of the others.

    `options` names those that are listed where a facet has too many, else None: then `counts` are in the order of all
    options, or of the bins. `missing` counts the records without a value.
    """

    options: list[str] | None
    counts: list[int]
    missing: int


@dataclass(frozen=True)
class Rank:
    """The place of the chosen area by the measure (1: the highest), among all with a value and in its group.

    `steps` are the values of all from high to low, thinned out to at most 120; `mine` is the position of its own step.
    """

    place: int
    of: int
    group_place: int | None
    group_of: int | None
    steps: list[float]
    mine: int


@dataclass(frozen=True)
class Detail:
    """The chosen area, the records in none, several of these together, or the whole survey.

    `label`, `group`, `km2`, `surveyed` and `columns` (label, value) say what the areas file says of one area; they are
    None or empty where none is chosen, and of several but `km2` too, which is their sum. `gaps` counts the matching
    records without a number to measure, `value` is the measure.
    """

    label: str | None
    group: str
    km2: float | None
    surveyed: bool
    columns: list[tuple[str, Cell]]
    count: int
    gaps: int
    value: float | None
    rank: Rank | None


@dataclass(frozen=True)
class AreaEntry:
    """An area in a list, with its measure where the list goes by that."""

    id: str
    label: str
    value: float | None = None


@dataclass(frozen=True)
class Chart:
    """How many records each option of a facet has, given the choices of the others, in the chosen areas if any.

    `options` are the most frequent ones of one-of and yes/no, then those that are chosen besides; `others` is how many
    more there are and `rest` their records. Of ranges `options` is None and `counts` are in the order of the bins, or
    None where they are those that the answer's `options` have. `missing`: without a value.
    """

    facet: str
    options: list[str] | None
    counts: list[int] | None
    others: int
    rest: int
    missing: int


@dataclass(frozen=True)
class LatestRecord:
    """One of the latest records: when, in which area (None: in none), what it is; `new`: it was added just now."""

    when: Cell
    area: str | None
    label: str | None
    what: list[Cell]
    new: bool


@dataclass(frozen=True)
class TableData:
    """One page of the matching records; `page` counts from 1, `total` all of them; `ids` are those of the rows."""

    total: int
    page: int
    pages: int
    rows: list[list[Cell]]
    ids: list[str]
