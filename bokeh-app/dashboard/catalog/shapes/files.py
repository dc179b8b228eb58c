"""A map file, in whatever format -> its columns, its shapes as they are written, and the CRS that it declares."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from dashboard.catalog.rows.columns import as_text
from dashboard.catalog.rows.tables import read_table
from dashboard.catalog.rows.yes_no import NO, YES
from dashboard.catalog.shapes.layers import chosen_layer, file_inside
from dashboard.catalog.shapes.shapefile import check_whole, with_accents
from dashboard.catalog.shapes.wellknown import shapes_of_text
from dashboard.problems import DataError, Problem
from dashboard.settings import AreaSettings

TABLES = {".csv", ".tsv", ".txt"}
PARQUET = {".parquet", ".geoparquet", ".pq"}
# Nothing is lost by these: GDAL numbers features for itself, and heights and measures are dropped by design.
HARMLESS = r"Several features with id|Measured \(M\) geometry|More than one layer"
# Columns, a shape of any kind (None: a row has none) for each row, and the CRS that is declared.
Content = tuple[pd.DataFrame, np.ndarray, str | None]


@dataclass(frozen=True, eq=False)
class AreaFile:
    """What a map file holds: a row of `table` and a shape (any geometry, or None) each.

    `crs` is the CRS that it declares, None where it says none.
    """

    name: str
    table: pd.DataFrame
    shapes: np.ndarray
    crs: str | None


def read_polygons(settings: AreaSettings, folder: Path) -> tuple[AreaFile, list[Problem]]:
    """Return what the file that `settings` name holds, with the names of its columns stripped and made unique.

    Raises DataError when there is no such file, or it cannot be read to its end, or it has no rows.
    """
    path, problems = folder / settings.file, []
    try:
        # An empty name would be the folder of the app, and whatever lies in it.
        if not settings.file.strip() or not path.exists():
            raise DataError(settings.file.strip() or "areas.file", "there is no such file.",
                            "Put it there, or write its path into areas.file, relative to config.toml.")
        table, shapes, crs = _read_by_ending(path, settings, problems)
    except DataError:
        raise
    except Exception as error:  # the readers raise many kinds; all mean that the file cannot be read
        raise DataError(path.name, f"cannot be read as areas ({_in_one_line(error)}).",
                        "Save it as GeoJSON, GeoPackage or Shapefile, and see that it is whole.") from error
    if not len(table):
        raise DataError(path.name, "has no areas.", "Name a file with at least one polygon as areas.file.")
    table.columns, repeated = _unique(str(name).strip() for name in table.columns)
    if repeated:
        problems.append(Problem("note", path.name, "several columns have the same name; they are called "
                                                   f"{', '.join(repeated)}."))
    return AreaFile(path.name, table, shapes, crs), problems


def _read_by_ending(path: Path, settings: AreaSettings, problems: list[Problem]) -> Content:
    """Read by the ending of the file's name; what is odd is added to `problems`."""
    ending = path.with_suffix("").suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()
    if path.is_dir() or ending == ".zip":
        member, chosen_by_name = file_inside(path, settings.layer, problems)
        source = str(path / member) if path.is_dir() else f"/vsizip/{{{path.resolve()}}}/{member}"
        return _from_gdal(source, path.name, "" if chosen_by_name else settings.layer, problems)
    if ending in TABLES:
        return shapes_of_text(_read_csv(path, settings, problems), path.name, settings.wkt, problems)
    if ending in PARQUET:
        return _from_parquet(path, settings, problems)
    source = f"/vsigzip/{path.resolve()}" if path.suffix.lower() == ".gz" else str(path)
    return _from_gdal(source, path.name, settings.layer, problems)


def _read_csv(path: Path, settings: AreaSettings, problems: list[Problem]) -> pd.DataFrame:
    table = read_table(path, separator=settings.separator, encoding=settings.encoding, setting="areas")
    problems += table.problems
    return pd.DataFrame({name: as_text(cells).to_pandas() for name, cells in
                         zip(table.columns.column_names, table.columns.columns, strict=True)})


def _from_gdal(source: str, file: str, layer: str, problems: list[Problem]) -> Content:
    """Read what GDAL reads; what it warns of becomes a note."""
    if source.lower().endswith(".shp") and not source.startswith("/vsizip"):
        check_whole(Path(source), file)
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        layers = pyogrio.list_layers(source)
        with_shapes = [name for name, kind in layers if kind is not None]
        # The first layer of polygons, or of shapes that may be, before one of points.
        with_shapes.sort(key=lambda name: not re.search("Polygon|Unknown|Surface|Collection", str(dict(layers)[name])))
        names = [name for name, _ in layers] if layer else with_shapes
        if not names:
            raise DataError(file, "has no areas.", "Name a file with at least one polygon as areas.file.")
        chosen = chosen_layer(names, layer, file, problems)
        meta, _, wkb, columns = pyogrio.raw.read(source, layer=chosen, datetime_as_string=True)
    _pass_on(remarks, file, problems)
    if source.lower().endswith(".shp"):
        columns = with_accents(columns, meta["encoding"], file, problems)
    if wkb is None:
        raise DataError(file, f"the layer {layer!r} has no shapes.",
                        f"Name another as areas.layer: {', '.join(with_shapes)}.")
    table = pd.DataFrame(dict(enumerate(map(_plain_column, columns, meta["dtypes"]))), index=range(len(wkb)))
    table.columns = list(meta["fields"])
    return table, shapely.from_wkb(wkb, on_invalid="fix"), meta["crs"]


def _pass_on(remarks: list[warnings.WarningMessage], file: str, problems: list[Problem]) -> None:
    """Add what GDAL has remarked to `problems`, less what loses nothing: the first remark, and how many more."""
    sentences = dict.fromkeys(_in_one_line(remark.message) for remark in remarks)
    said = [sentence for sentence in sentences if not re.search(HARMLESS, sentence)]
    if said:
        more = f" (and {len(said) - 1} more remarks)" if len(said) > 1 else ""
        problems.append(Problem("note", file, f"GDAL, which reads it, says: {said[0]}{more}."))


def _plain_column(column: np.ndarray, kind: str) -> np.ndarray:
    """Return a column with lists as text, and with gaps between yes and no."""
    if kind == "bool" and column.dtype != bool:
        words = {0.0: NO, 1.0: YES}
        return np.array([words.get(value) for value in column], dtype=object)
    if kind.startswith("list"):
        return np.array([None if value is None else ", ".join(map(str, value)) for value in column], dtype=object)
    return column


def _from_parquet(path: Path, settings: AreaSettings, problems: list[Problem]) -> Content:
    """Read GeoParquet, or Parquet with a column of well-known text or binary."""
    try:
        frame = gpd.read_parquet(path)
    except ValueError as error:
        if "geo metadata" not in str(error):
            raise
        return shapes_of_text(pd.read_parquet(path), path.name, settings.wkt, problems)
    frame = frame.reset_index(drop=not any(frame.index.names))
    others = [name for name in frame.columns[frame.dtypes == "geometry"] if name != frame.geometry.name]
    if others:
        problems.append(Problem("note", path.name, f"has several columns of shapes; {frame.geometry.name} was read, "
                                                   f"and not {', '.join(others)}."))
    crs = None if frame.crs is None else frame.crs.to_wkt()
    return pd.DataFrame(frame.drop(columns=[frame.geometry.name, *others])), frame.geometry.to_numpy(), crs


def _unique(names) -> tuple[list[str], list[str]]:
    """Return names that differ, and those that had to be changed: ``type``, ``type (2)``."""
    unique, changed = [], []
    for name in names:
        copy = 1
        candidate = name
        while candidate in unique:
            copy += 1
            candidate = f"{name} ({copy})"
        unique.append(candidate)
        changed += [candidate] if copy > 1 else []
    return unique, changed


def _in_one_line(message: object) -> str:
    """Return what a library says as one short line without its own advice to programmers."""
    return " ".join(str(message).split("; It might help")[0].split())[:200].rstrip(".")
