"""The table file that the config names -> the records, in typed columns."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from dashboard.catalog.rows.columns import as_text as text_of
from dashboard.catalog.rows.columns import require_column, type_cells
from dashboard.catalog.rows.numbers import Writing
from dashboard.catalog.rows.tables import Table, read_table
from dashboard.catalog.source import Source
from dashboard.problems import DataError, Problem
from dashboard.settings import RecordSettings


@dataclass(frozen=True, eq=False)
class RawRecords:
    """The records as they were read from a `file`, before it is known in which area each lies.

    `table` has columns of float64 (gap: nan), datetime64 (gap: NaT) and text (str, gap: nan), and keeps the ids of
    areas as text. `places` are x and y of each record (float64, gap: nan) in `crs`, where the file carries points;
    `crs` is None where it does not say which.
    """

    file: str
    table: pd.DataFrame
    places: tuple[np.ndarray, np.ndarray] | None
    crs: str | None
    problems: list[Problem]


def read_records(source: Source) -> RawRecords:
    """Read the records. Raises DataError when the file or a column cannot be used."""
    path, settings = source.path, source.settings
    table = read_table(path, separator=settings.separator, encoding=settings.encoding, layer=settings.layer)
    if not table.columns.num_rows:
        raise DataError(path.name, "has no records.", "Name a file with at least one row as records.file.")
    return typed_records(table, settings, path.name)


def typed_records(table: Table, settings: RecordSettings, file: str, as_text: Collection[str] = ()) -> RawRecords:
    """Return the cells of a file as records; the columns in `as_text` stay text. Raises DataError as `read_records`."""
    keys = [settings.area] if isinstance(settings.area, str) else settings.area
    named = [("area", name) for name in keys] + [(each, getattr(settings, each)) for each in ("x", "y", "place")] + \
        [("dates", name) for name in settings.dates]
    for setting, name in named:
        require_column(table.columns.column_names, name, file, f"records.{setting}")
    keys = {name.strip() for name in keys}
    dates = {name.strip(): date for name, date in settings.dates.items()}
    writing = Writing(settings.decimal, table.separator not in ("", ","), tuple(settings.gaps), table.first_row)

    def type_column(name: str) -> tuple[pd.Series, list[Problem]]:
        cells, stays_text = table.columns[name], name in keys or name in as_text
        # "NA" may be a region: what names no area joins none anyway.
        own_writing = replace(writing, gaps=()) if name in keys else writing
        return type_cells(text_of(cells) if stays_text else cells, f"{file}, column {name}", dates.get(name, ""),
                          own_writing, stays_text=stays_text)

    names = table.columns.column_names
    with ThreadPoolExecutor() as threads:
        columns, found = zip(*threads.map(type_column, names), strict=True)
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)), copy=False)
    problems = table.problems + [problem for each in found for problem in each]
    return RawRecords(file, frame, _places(table, file), table.crs, problems)


def _places(table: Table, file: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Return x and y of each point; a record without one has no place."""
    if table.shapes is None:
        return None
    # A place that is empty is none; GEOS reads no x from it.
    shapes = np.where(shapely.is_empty(table.shapes), None, table.shapes)
    single = shapely.get_num_geometries(shapes) == 1
    shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    odd = ~np.isin(shapely.get_type_id(shapes), (-1, shapely.GeometryType.POINT))
    if odd.any():
        row = int(np.flatnonzero(odd)[0])
        raise DataError(f"{file}, row {row + table.first_row}", f"is a {shapes[row].geom_type}, not a point.",
                        "Name a file of points as records.file, or make points of the shapes.")
    return shapely.get_x(shapes), shapely.get_y(shapes)
