"""One record: all its columns, where it is, and whether it is among those that the view is about."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from dashboard.query.answers.about import column_kind
from dashboard.query.answers.detail import cell
from dashboard.query.answers.parts import AreaEntry, Cell
from dashboard.query.answers.search import MATCHES
from dashboard.query.counting.matches import Record
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.table import PAGE_ROWS
from dashboard.query.survey import Survey
from dashboard.query.view import View


@dataclass(frozen=True)
class RecordData:
    """One record with all its columns (label, kind as in the table, value), the area that it lies in (None: in none),
    and where it is (`x`, `y` in metres of Web Mercator, EPSG:3857; None: nowhere).

    `fits`: it is among the records that the view is about, and on page `page` of the table where that has no order of
    its own (else None).
    """

    id: str
    area: AreaEntry | None
    columns: list[tuple[str, str, Cell]]
    x: float | None
    y: float | None
    fits: bool
    page: int | None


def record(survey: Survey, view: View, wanted: str | None) -> RecordData | None:
    """Return a record by its id; None when none is wanted, or there is no such record."""
    if wanted is None or not survey.record_id:
        return None
    found = survey.partitions.ask(Partition.record, survey.record_id, wanted)
    number = next((number for number, each in enumerate(found) if each is not None), None)
    if number is None:
        return None
    mine, areas, labels = found[number], survey.areas, survey.config.facets.labels
    area = AreaEntry(areas.ids[mine.area], areas.labels[mine.area]) if mine.area < len(areas) else None
    columns = [(labels.get(name, name), column_kind(survey, name), cell(value)) for name, value in mine.row.items()]
    places = [mine.place if each == number else None for each in range(len(found))]
    fits, page = _page(survey, view, mine, places)
    x, y = (None if np.isnan(place) else place for place in (mine.x, mine.y))
    return RecordData(wanted, area, columns, x, y, fits, page)


def _page(survey: Survey, view: View, mine: Record, places: list[int | None]) -> tuple[bool, int | None]:
    """Return whether a record fits the view, and the page of the table that it is on.

    `places` has its place among the records of its partition, and None for each other one.
    """
    asked = [(survey.rows(view), mine.area, place) for place in places]
    standing = survey.partitions.ask_each(Partition.standing, asked)
    number = next(number for number, place in enumerate(places) if place is not None)
    fits = standing[number][2]
    if not fits or view.sort:
        return fits, None
    before = sum(each[0] for each in standing) + sum(each[1] for each in standing[:number + 1])
    return True, before // PAGE_ROWS + 1


def found_records(survey: Survey, view: View) -> list[str]:
    """Return the ids of records that fit what is typed to find an area or a record."""
    typed = dict(view.searches).get("", "").strip()
    if not typed or not survey.record_id:
        return []
    found = survey.partitions.ask(Partition.ids_like, survey.record_id, typed, MATCHES)
    together = reduce(list.__add__, found)
    return sorted(dict.fromkeys(together), key=lambda each: (each.casefold() != typed.casefold(), each))[:MATCHES]
