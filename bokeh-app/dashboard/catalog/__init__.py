"""READS: files -> one read-only Catalog per process."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.catalog.areas import Areas, read_areas
from dashboard.catalog.cache import read_cached_records
from dashboard.catalog.columns import is_number, require_column
from dashboard.catalog.download import records_path
from dashboard.catalog.joining import Joining, about_joining, join
from dashboard.catalog.problems import DataError, Problem
from dashboard.catalog.records import Read
from dashboard.catalog.stamps import content_of
from dashboard.config import AreaSettings, Config, read_config

PART_RECORDS = 1_000_000  # what is made of so many on the way to an answer stays in a processor's caches
# What was read of each folder's areas last: they mostly stay while records change.
_kept_areas: dict[Path, tuple[tuple[str, bytes], tuple[Areas, list[Problem]]]] = {}


@dataclass(frozen=True, eq=False)
class Catalog:
    """All that was read, never changed afterwards.

    The rows of `records` are sorted by area, those in no area last, so that counting per area walks along memory.
    `area_of` is the area position of each row (``len(areas)``: in no area); `x` and `y` are its place in metres of
    Web Mercator (EPSG:3857), or None when the records have no place. `as_written` says that nothing in the records'
    file had to be guessed or mended.
    """

    config: Config
    areas: Areas
    records: pd.DataFrame
    area_of: np.ndarray
    x: np.ndarray | None
    y: np.ndarray | None
    joining: Joining
    problems: tuple[Problem, ...]
    as_written: bool


def read_catalog(folder: Path, tell: Callable[[str], None] = lambda progress: None) -> Catalog:
    """Read ``config.toml`` in `folder` and the files that it names; `tell` is called with each step that begins.

    Raises ConfigError or DataError, whose message says what to mend and where.
    """
    config = read_config(folder / "config.toml")
    tell(f"Reading the {config.areas.many}")
    areas, problems = read_kept_areas(config.areas, folder)
    tell(f"Reading the {config.records.many}")
    read = read_cached_records(config.records, folder)
    tell(f"Finding the {config.areas.one} of each {config.records.one}")
    catalog = catalog_of(read, areas, config)
    about = about_joining(catalog.joining, areas, config.records)
    return replace(catalog, problems=(*problems, *catalog.problems, *about))


def read_kept_areas(settings: AreaSettings, folder: Path) -> tuple[Areas, list[Problem]]:
    """Return what `read_areas` returns: as it was read last, where file and settings are the same. Raises DataError."""
    content = settings.model_dump_json(), content_of(folder / settings.file)
    if _kept_areas.get(folder, (None,))[0] != content:
        _kept_areas[folder] = content, read_areas(settings, folder)
    return _kept_areas[folder][1]


def catalog_of(read: Read, areas: Areas, config: Config, *, some: bool = False) -> Catalog:
    """Return the catalog of records, or of only `some` of them, with what was odd about them. Raises DataError."""
    check_columns(config, areas, read)
    joined = join(read, areas, config, some=some)
    order = np.argsort(joined.area_of, kind="stable")
    x, y = (None if each is None else each[order] for each in (joined.x, joined.y))
    return Catalog(config, areas, read.table.iloc[order].reset_index(drop=True), joined.area_of[order], x, y,
                   joined.joining, (*read.problems, *joined.problems), not read.problems)


def parts_of(catalog: Catalog) -> list[Catalog]:
    """Return the records in parts that are counted each by itself, of at most PART_RECORDS; nothing is copied."""
    parts = []
    for start in range(0, max(len(catalog.records), 1), PART_RECORDS):
        rows = slice(start, start + PART_RECORDS)
        x, y = (None if each is None else each[rows] for each in (catalog.x, catalog.y))
        parts.append(replace(catalog, records=catalog.records.iloc[rows].reset_index(drop=True),
                             area_of=catalog.area_of[rows], x=x, y=y))
    return parts


def check_columns(config: Config, areas: Areas, read: Read) -> None:
    """Raise DataError when the config names a column that its file does not have, or that holds no numbers."""
    records = read.table
    detail, facets = config.detail, config.facets
    for position, measure in enumerate(config.measures, 1):
        require_column(records, measure.column, config.records.file_shown, f"measures[{position}].column")
        if measure.column and not is_number(records[measure.column]):
            about = f"{records_path(config.records, Path()).name}, column {measure.column}"
            for problem in read.problems:
                if problem.level == "warning" and problem.where == about:  # it says which cells
                    raise DataError(about, f"measures[{position}] asks for its {measure.of}, but it {problem.found}",
                                    problem.mend)
            raise DataError(f"{config.records.file_shown}, column {measure.column}",
                            f"holds no numbers, but measures[{position}] asks for their {measure.of}.",
                            "Name a column of numbers, or say how its numbers are written: records.decimal and records.gaps.")
    named = {"facets.columns": facets.columns, "facets.hidden": facets.hidden,
             "facets.labels": [name for name in facets.labels if name not in areas.table],
             "detail.time": [detail.time], "detail.charts": detail.charts, "detail.table": detail.table,
             "detail.images": detail.images, "detail.links": detail.links}
    for setting, columns in named.items():
        for column in columns:
            require_column(records, column, config.records.file_shown, setting)
    for column in detail.columns:
        require_column(areas.table, column, config.areas.file, "detail.columns")
