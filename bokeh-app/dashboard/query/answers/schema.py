"""What an answer holds: all its parts, and how they become JSON."""

from dataclasses import dataclass, fields, is_dataclass

import numpy as np

from dashboard.query.answers.about import About
from dashboard.query.answers.compare import Comparison
from dashboard.query.answers.detail import ChosenArea, Several
from dashboard.query.answers.facets import Groups, NoResult
from dashboard.query.answers.map import ClassesShown
from dashboard.query.answers.parts import (
    AreaEntry,
    Chart,
    Detail,
    LatestRecord,
    LegendEntry,
    Near,
    OptionCounts,
    Sentence,
    TableData,
    ViewData,
)
from dashboard.query.answers.record import RecordData


@dataclass(frozen=True)
class Answer:
    """All that the page shows of a view.

    `colours` has the colour number of each area, two in a byte, the first in the low half: 0 not surveyed, 1 no data, 2
    none, then the classes from low to high. `counts` (unsigned, shape: areas) are matching records, `values` (float32,
    shape: areas) the measure, None where that is the count. `comparison` is None while nothing is compared. `chosen`
    are the chosen areas, and `several` the figures of each when they are more than one. `first` are the first by the
    measure, in the chosen one's group if it has one; `found` those that fit what is typed, and `found_records` the ids
    of records that do; `record` is the chosen one, `peeked` the one below the pointer; `fresh` the positions of those
    in which the records added last fit the choices. `latest` is None where none come while one looks, or no column
    says when. Where areas are coloured by their groups, `group_values` are theirs (float32, in the order of the
    facet's options); `group_of` is the position of each area's group, after the last: in none.
    """

    about: About
    view: ViewData
    sentence: Sentence
    colours: np.ndarray
    counts: np.ndarray
    values: np.ndarray | None
    group_values: np.ndarray | None
    group_of: np.ndarray | None
    comparison: Comparison | None
    chosen: list[ChosenArea]
    legend: list[LegendEntry]
    classes: ClassesShown
    near: Near | None
    fresh: list[int]
    options: dict[str, OptionCounts]
    found: list[AreaEntry]
    found_records: list[str]
    record: RecordData | None
    peeked: RecordData | None
    detail: Detail
    several: Several | None
    first: list[AreaEntry]
    charts: list[Chart]
    latest: list[LatestRecord] | None
    groups: Groups | None
    table: TableData
    no_result: NoResult | None


def as_data(part: object, *, arrays: bool = True) -> object:
    """Return an answer, or a part of one, as dicts, lists, texts and numbers; typed arrays stay, or become lists.

    Without typed arrays the result is JSON's: what is nan in them is None.
    """
    if is_dataclass(part):
        return {field.name: as_data(getattr(part, field.name), arrays=arrays) for field in fields(part)}
    if isinstance(part, dict):
        return {name: as_data(value, arrays=arrays) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [as_data(value, arrays=arrays) for value in part]
    if isinstance(part, float) and part.is_integer():
        return int(part)  # shorter, and the same number to a page
    if isinstance(part, np.ndarray) and not arrays:
        return [None if value != value else value for value in part.tolist()]
    return part
