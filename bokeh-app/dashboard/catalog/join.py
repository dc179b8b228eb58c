"""Which area each record lies in, by its id or by its place, and what is odd about that."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.catalog.areas import Areas
from dashboard.catalog.join_by_id import check_ids, find_by_id
from dashboard.catalog.join_by_place import (
    check_places,
    coordinates,
    find_by_place,
    project,
)
from dashboard.catalog.records import RawRecords
from dashboard.catalog.rows.columns import as_key
from dashboard.problems import DataError, Problem
from dashboard.settings import Config, RecordSettings


@dataclass(frozen=True, eq=False)
class Joining:
    """How some records found their areas; that of all of them is the sum.

    `total` counts the records, `placed` those with coordinates, `joined` those in an area. `ids` says how many records
    name each area's id (None: no id); it is None where records are joined by place.
    """

    total: int
    placed: int
    joined: int
    ids: pd.Series | None

    def __add__(self, other: "Joining") -> "Joining":
        """Return how both sets of records found their areas."""
        ids = None
        if self.ids is not None:
            ids = pd.concat([self.ids, other.ids]).groupby(level=0, sort=False, dropna=False).sum()
        return Joining(self.total + other.total, self.placed + other.placed, self.joined + other.joined, ids)


@dataclass(frozen=True, eq=False)
class Joined:
    """The area position of each record (``len(areas)``: in none), and its place in Web Mercator metres (gap: nan) where
    the records have places at all."""

    area_of: np.ndarray
    x: np.ndarray | None
    y: np.ndarray | None
    joining: Joining
    problems: list[Problem]


def join(raw: RawRecords, areas: Areas, config: Config, *, some: bool = False) -> Joined:
    """Find the area of each record.

    Of only `some` of the records it does not matter that none has coordinates. Raises DataError when the columns of
    coordinates hold none, or when nothing says how a record finds its area.
    """
    settings = config.records
    place, problems = coordinates(raw, settings)
    x = y = None
    if place is not None:
        nowhere = some and not np.isfinite(place.x).any()
        x, y = (place.x, place.y) if nowhere else project(place, areas, settings)
    elif not settings.area:
        raise DataError("config.toml, records", "nothing says how a record finds its area.",
                        "Name the column holding the area's id as records.area, or the place columns as records.x and "
                        "records.y, or as records.place.")
    keys = as_key(raw.table[settings.area]) if settings.area else None
    area_of = find_by_place(x, y, areas) if keys is None else find_by_id(keys, areas, settings)
    placed = 0 if x is None else int((np.isfinite(x) & np.isfinite(y)).sum())
    ids = None if keys is None else keys.value_counts(sort=False, dropna=False)
    return Joined(area_of, x, y, Joining(len(area_of), placed, int((area_of < len(areas)).sum()), ids), problems)


def check_joining(joining: Joining, areas: Areas, settings: RecordSettings) -> list[Problem]:
    """Return what is odd about how all records found their areas. Raises DataError when none did."""
    if joining.ids is not None:
        return check_ids(joining.ids, areas, settings)
    return check_places(joining.total, joining.placed, joining.joined, areas, settings)
