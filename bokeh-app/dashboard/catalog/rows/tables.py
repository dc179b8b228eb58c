"""A file of rows, whatever its format -> named columns of cells, as they stand in the file."""

from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
import pyogrio
import shapely

from dashboard.catalog.rows.delimited import read_delimited
from dashboard.catalog.rows.sheets import read_sheet
from dashboard.problems import DataError, Problem

PARQUET = {".parquet", ".pq", ".geoparquet"}
SHEETS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
PLAIN = (pa.types.is_string, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean,
         pa.types.is_timestamp)
POINTS = {".geojson", ".json", ".gpkg", ".fgb", ".shp"}


@dataclass(frozen=True, eq=False)
class Table:
    """The cells of a file: `columns` of plain types (text, numbers, booleans, stamps), of clean and different names.

    `first_row` is the number that people see beside the first record; `separator` is that of a text file. `shapes`
    (shapely, a gap is None) and `crs` are there where the file carries geometry.
    """

    columns: pa.Table
    problems: list[Problem] = field(default_factory=list)
    first_row: int = 1
    separator: str = ""
    shapes: np.ndarray | None = None
    crs: str | None = None


def read_table(path: Path, *, separator: str = "", encoding: str = "", layer: str = "",
               setting: str = "records") -> Table:
    """Read a CSV or TSV (also .gz), Parquet, Excel or ODS, GeoJSON or GeoPackage file.

    `separator` and `encoding` ("": seen from the file) are of a text file, `layer` ("": the first) is a sheet or layer;
    `setting` is the part of the config that names the file. Raises DataError when the file cannot be read.
    """
    if not path.exists():
        raise DataError(path.name, "there is no such file.",
                        f"Put it there, or write its path into {setting}.file, relative to config.toml.")
    kind = path.suffix.lower()
    try:
        if path.is_dir() or kind in PARQUET:
            table = _parquet(path)
        elif kind in SHEETS:
            columns, first_row = read_sheet(path, layer, setting)
            table = Table(columns, first_row=first_row)
        elif kind in POINTS:
            table = _points(path, layer)
        else:
            columns, separator, problems = read_delimited(path, separator, encoding, setting)
            table = Table(columns, problems, first_row=2, separator=separator)
    except DataError:
        raise
    except PermissionError:
        raise DataError(path.name, "may not be read.", "Give the program the right to read it.") from None
    except Exception as error:  # each library raises many kinds; all mean that it cannot read the file
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise DataError(path.name, f"cannot be read ({reason}); it may be cut short, or not what its name says.",
                        "Copy it again, or save it as CSV in UTF-8.") from error
    return plain_table(table, path.name)


def is_delimited(path: Path) -> bool:
    """Say whether a file is read as text with separated cells."""
    return not path.is_dir() and path.suffix.lower() not in PARQUET | SHEETS | POINTS


def plain_table(table: Table, file: str) -> Table:
    """Return a table with clean and different names and columns of plain types."""
    names, renamed = _clean_names(table.columns.column_names, file)
    columns = [plain(column) for column in table.columns.columns]
    return Table(pa.Table.from_arrays(columns, names=names), table.problems + renamed, table.first_row, table.separator,
                 table.shapes, table.crs)


def plain(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells of any type as text, numbers, booleans or stamps; lists and the like as the text of their values."""
    kind = cells.type
    if isinstance(kind, pa.BaseExtensionType):
        return plain(pa.chunked_array([chunk.storage for chunk in cells.chunks], kind.storage_type))
    if pa.types.is_dictionary(kind):
        return plain(pc.cast(cells, kind.value_type))
    if pa.types.is_date(kind):
        return pc.cast(cells, pa.timestamp("us"))
    if any(is_one(kind) for is_one in PLAIN):
        return cells
    try:
        return pc.cast(cells, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        text = [None if cell is None else str(cell) for cell in cells.to_pylist()]
        return pa.chunked_array([pa.array(text, pa.string())])


def _parquet(path: Path) -> Table:
    if path.is_dir() and not any(file.suffix.lower() in PARQUET for file in path.rglob("*")):
        raise DataError(path.name, "is a folder without Parquet files.", "Name a file, or a folder of Parquet files.")
    columns = pa.parquet.read_table(path)
    if b"geo" not in (columns.schema.metadata or {}):
        return Table(columns)
    frame = gpd.read_parquet(path)
    return Table(columns.drop_columns([frame.geometry.name]), shapes=frame.geometry.to_numpy(),
                 crs=None if frame.crs is None else frame.crs.to_string())


def _points(path: Path, layer: str) -> Table:
    # GDAL would make dates of what looks like dates; here the column decides.
    options = {"DATE_AS_STRING": "YES"} if path.suffix.lower() in (".geojson", ".json") else {}
    meta, columns = pyogrio.raw.read_arrow(path, layer=layer or None, datetime_as_string=True, **options)
    name = meta["geometry_name"] or "wkb_geometry"
    if name not in columns.column_names:
        return Table(columns)
    return Table(columns.drop_columns([name]), shapes=shapely.from_wkb(columns[name].to_numpy()), crs=meta["crs"])


def _clean_names(headings: list[str], file: str) -> tuple[list[str], list[Problem]]:
    """Return the headings stripped, each different and none empty, and notes of what was renamed."""
    names: list[str] = []
    problems = []
    for place, heading in enumerate(headings, 1):
        stem = heading.strip() or f"column {place}"
        name, count = stem, 1
        while name in names:
            count += 1
            name = f"{stem} ({count})"
        if name != heading.strip():
            what = "has no name" if stem != heading.strip() else f"is the second or later named {stem}"
            problems.append(Problem("note", f"{file}, column {place}", f"{what}, and is called {name!r}."))
        names.append(name)
    return names, problems
