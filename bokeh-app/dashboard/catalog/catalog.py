"""Areas and records, joined: all that is read, never changed afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.catalog.areas import Areas, read_areas
from dashboard.catalog.cache import read_cached_records
from dashboard.catalog.join import Joining, check_joining, join
from dashboard.catalog.records import RawRecords
from dashboard.catalog.rows.columns import is_number, require_column
from dashboard.catalog.source import Source, digest_of
from dashboard.config import check_leftovers
from dashboard.problems import DataError, Mistakes, Problem
from dashboard.settings import AreaSettings, Config, MeasureSettings, RecordSettings

PARTITION_RECORDS = 1_000_000  # what is made of so many on the way to an answer stays in a processor's caches
# What was read of each folder's areas last: they mostly stay while records change.
_kept_areas: dict[Path, tuple[tuple[str, bytes], tuple[Areas, list[Problem]]]] = {}


@dataclass(frozen=True, eq=False)
class Catalog:
    """All that was read, never changed afterwards.

    The rows of `records` are sorted by area, those in no area last, so that counting per area walks along memory.
    `area_of` is the area position of each row (``len(areas)``: in no area); `x` and `y` are its place in metres of
    Web Mercator (EPSG:3857), or None when the records have no place. `unambiguous` says that nothing in the records'
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
    unambiguous: bool


def read_catalog(config: Config, folder: Path, progress: Callable[[str], None] = lambda step: None) -> Catalog:
    """Read the areas and the records that a config names, from paths relative to `folder`.

    `progress` is called with each step that begins. Raises DataError, whose message says what to mend and where.
    """
    mistakes = Mistakes()
    progress(f"Reading the {config.areas.many}")
    with mistakes.noted():
        areas, problems = read_kept_areas(config.areas, folder)
    progress(f"Reading the {config.records.many}")
    with mistakes.noted():
        raw = read_cached_records(Source(config.records, folder))
    mistakes.raise_them()
    progress(f"Finding the {config.areas.one} of each {config.records.one}")
    catalog = catalog_of(raw, areas, config)
    odd = check_joining(catalog.joining, areas, config.records)
    return replace(catalog, problems=(*check_leftovers(config), *problems, *catalog.problems, *odd))


def read_kept_areas(settings: AreaSettings, folder: Path) -> tuple[Areas, list[Problem]]:
    """Return what `read_areas` returns: as it was read last, where file and settings are the same. Raises DataError."""
    read_from = settings.model_dump_json(), digest_of(folder / settings.file)
    if _kept_areas.get(folder, (None,))[0] != read_from:
        _kept_areas[folder] = read_from, read_areas(settings, folder)
    return _kept_areas[folder][1]


def catalog_of(raw: RawRecords, areas: Areas, config: Config, *, some: bool = False) -> Catalog:
    """Return the catalog of records, or of only `some` of them, with what was odd about them. Raises DataError."""
    check_columns(config, areas, raw)
    joined = join(raw, areas, config, some=some)
    order = np.argsort(joined.area_of, kind="stable")
    x, y = (None if each is None else each[order] for each in (joined.x, joined.y))
    return Catalog(config, areas, raw.table.iloc[order].reset_index(drop=True), joined.area_of[order], x, y,
                   joined.joining, (*raw.problems, *joined.problems), not raw.problems)


def split_into_partitions(catalog: Catalog) -> list[Catalog]:
    """Return the records as catalogs that are counted each by itself, PARTITION_RECORDS at most; nothing is copied."""
    partitions = []
    for start in range(0, max(len(catalog.records), 1), PARTITION_RECORDS):
        rows = slice(start, start + PARTITION_RECORDS)
        x, y = (None if each is None else each[rows] for each in (catalog.x, catalog.y))
        records = catalog.records.iloc[rows].reset_index(drop=True)
        partitions.append(replace(catalog, records=records, area_of=catalog.area_of[rows], x=x, y=y))
    return partitions


def check_columns(config: Config, areas: Areas, raw: RawRecords) -> None:
    """Raise DataError when the config names a column that its file does not have, or that holds no numbers."""
    records, mistakes = raw.table, Mistakes()
    detail, facets = config.detail, config.facets
    for position, measure in enumerate(config.measures, 1):
        with mistakes.noted():
            require_column(records, measure.column, config.records.file_shown, f"measures[{position}].column")
            if measure.column and not is_number(records[measure.column]):
                raise _no_numbers(config.records, raw, measure, position)
    group = {config.areas.group}  # it may be named among the facets, as it is one
    named = {"records.id": [config.records.id], "facets.columns": [*{*facets.columns} - group],
             "facets.hidden": [*{*facets.hidden} - group],
             "facets.labels": [name for name in facets.labels if name not in areas.table],
             "detail.time": [detail.time], "detail.charts": [*{*detail.charts} - group], "detail.table": detail.table,
             "detail.images": detail.images, "detail.links": detail.links}
    for setting, columns in named.items():
        for column in columns:
            with mistakes.noted():
                require_column(records, column, config.records.file_shown, setting)
    for column in detail.columns:
        with mistakes.noted():
            require_column(areas.table, column, config.areas.file, "detail.columns")
    mistakes.raise_them()


def _no_numbers(settings: RecordSettings, raw: RawRecords, measure: MeasureSettings, position: int) -> DataError:
    """Return the error that a measure needs numbers; where most cells are numbers, it names those that are none."""
    column = f"{raw.file}, column {measure.column}"
    for problem in raw.problems:
        if problem.level == "warning" and problem.where == column:
            return DataError(column, f"measures[{position}] asks for its {measure.of}, but it {problem.found}",
                             problem.remedy)
    return DataError(f"{settings.file_shown}, column {measure.column}",
                     f"holds no numbers, but measures[{position}] asks for their {measure.of}.",
                     "Name a column of numbers, or say how its numbers are written: records.decimal and records.gaps.")
