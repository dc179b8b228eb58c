"""READS: files -> one read-only Catalog per process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.catalog.areas import Areas, read_areas
from dashboard.catalog.cache import read_cached_records
from dashboard.catalog.columns import as_key, is_number, require_column
from dashboard.catalog.join import join_by_id
from dashboard.catalog.places import coordinates, join_by_place, project
from dashboard.catalog.problems import DataError, Problem
from dashboard.catalog.records import Read
from dashboard.config import Config, read_config


@dataclass(frozen=True, eq=False)
class Catalog:
    """All that was read, never changed afterwards.

    The rows of `records` are sorted by area, those in no area last, so that counting per area walks along memory.
    `area_of` is the area position of each row (``len(areas)``: in no area); `x` and `y` are its place in metres of
    Web Mercator (EPSG:3857), or None when the records have no place.
    """

    config: Config
    areas: Areas
    records: pd.DataFrame
    area_of: np.ndarray
    x: np.ndarray | None
    y: np.ndarray | None
    problems: tuple[Problem, ...]

    @property
    def joined(self) -> int:
        """The number of records that lie in an area."""
        return int((self.area_of < len(self.areas)).sum())


def read_catalog(folder: Path, tell: Callable[[str], None] = lambda progress: None) -> Catalog:
    """Read ``config.toml`` in `folder` and the files that it names; `tell` is called with each step that begins.

    Raises ConfigError or DataError, whose message says what to mend and where.
    """
    config = read_config(folder / "config.toml")
    tell(f"Reading the {config.areas.many}")
    areas, problems = read_areas(config.areas, folder)
    tell(f"Reading the {config.records.many}")
    read = read_cached_records(config.records, folder)
    problems += read.problems
    records = read.table
    check_columns(config, areas, read)
    tell(f"Finding the {config.areas.one} of each {config.records.one}")
    place, found = coordinates(read, config.records)
    problems += found
    x, y = (None, None) if place is None else project(place, areas, config.records)
    require_way(config, x)
    if not config.records.area:
        area_of, found = join_by_place(x, y, areas, config.records)
    else:
        area_of, found = join_by_id(as_key(records[config.records.area]), areas, config.records)
    return sorted_catalog(config, areas, records, area_of, x, y, problems + found)


def require_way(config: Config, x: np.ndarray | None) -> None:
    """Raise DataError when a record has neither an area's id nor a place."""
    if not config.records.area and x is None:
        raise DataError("config.toml, records", "nothing says how a record finds its area.",
                        "Name the column holding the area's id as records.area, or the place columns as records.x and "
                        "records.y, or as records.place.")


def sorted_catalog(config: Config, areas: Areas, records: pd.DataFrame, area_of: np.ndarray, x: np.ndarray | None,
                   y: np.ndarray | None, problems: list[Problem]) -> Catalog:
    """Return a catalog of records in any order."""
    order = np.argsort(area_of, kind="stable")
    return Catalog(config, areas, records.iloc[order].reset_index(drop=True), area_of[order],
                   None if x is None else x[order], None if y is None else y[order], tuple(problems))


def check_columns(config: Config, areas: Areas, read: Read) -> None:
    """Raise DataError when the config names a column that its file does not have, or that holds no numbers."""
    records = read.table
    detail, facets = config.detail, config.facets
    for position, measure in enumerate(config.measures, 1):
        require_column(records, measure.column, config.records.file, f"measures[{position}].column")
        if measure.column and not is_number(records[measure.column]):
            about = f"{Path(config.records.file).name}, column {measure.column}"
            for problem in read.problems:
                if problem.level == "warning" and problem.where == about:  # it says which cells
                    raise DataError(about, f"measures[{position}] asks for its {measure.of}, but it {problem.found}", problem.mend)
            raise DataError(f"{config.records.file}, column {measure.column}",
                            f"holds no numbers, but measures[{position}] asks for their {measure.of}.",
                            "Name a column of numbers, or say how its numbers are written: records.decimal and records.gaps.")
    named = {"facets.columns": facets.columns, "facets.hidden": facets.hidden,
             "facets.labels": [name for name in facets.labels if name not in areas.table],
             "detail.time": [detail.time], "detail.charts": detail.charts, "detail.table": detail.table,
             "detail.images": detail.images, "detail.links": detail.links}
    for setting, columns in named.items():
        for column in columns:
            require_column(records, column, config.records.file, setting)
    for column in detail.columns:
        require_column(areas.table, column, config.areas.file, "detail.columns")
