"""What an answer holds: all its parts, and how they become JSON."""

from dataclasses import dataclass, fields, is_dataclass

import numpy as np

from dashboard.query.answers.about import About
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


@dataclass(frozen=True)
class Answer:
    """All that the page shows of a view.

    `colours` has the colour number of each area, two in a byte, the first in the low half: 0 not surveyed, 1 no data, 2
    none, then the classes from low to high. `counts` (unsigned, shape: areas) are matching records, `values` (float32,
    shape: areas) the measure, None where that is the count. `chosen` is the position of the chosen area. `first` are
    the first by the measure, in the chosen one's group if it has one; `found` those that fit what is typed; `fresh` the
    positions of those in which the records added last fit the choices. `latest` is None where no column says when.
    """

    about: About
    view: ViewData
    sentence: Sentence
    colours: np.ndarray
    counts: np.ndarray
    values: np.ndarray | None
    chosen: int | None
    legend: list[LegendEntry]
    near: Near | None
    fresh: list[int]
    options: dict[str, OptionCounts]
    found: list[AreaEntry]
    detail: Detail
    first: list[AreaEntry]
    charts: list[Chart]
    latest: list[LatestRecord] | None
    table: TableData


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
