"""The areas file -> the areas, in the order of their labels."""

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.catalog.columns import as_key, typed, typed_column
from dashboard.catalog.problems import DataError, Problem
from dashboard.config import AreaSettings

EQUAL_AREA = "EPSG:6933"
WEB_MERCATOR = "EPSG:3857"


@dataclass(frozen=True, eq=False)
class Areas:
    """All areas, one position in every array each.

    `shapes` are polygons in lon/lat (EPSG:4326), `drawn` the same in metres of Web Mercator (EPSG:3857), `km2`
    is measured on an equal-area projection. `groups` is None without a group column; `surveyed` is True wherever
    the file does not say otherwise. `table` holds all columns of the file, typed.
    """

    ids: np.ndarray
    labels: np.ndarray
    groups: np.ndarray | None
    surveyed: np.ndarray
    shapes: np.ndarray
    drawn: np.ndarray
    km2: np.ndarray
    table: pd.DataFrame
    crs: str

    def __len__(self) -> int:
        return len(self.ids)

    def positions(self) -> dict[str, int]:
        """Return the position of each id."""
        return {area_id: position for position, area_id in enumerate(self.ids)}

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of all areas in degrees."""
        return tuple(float(bound) for bound in shapely.total_bounds(self.shapes))


def read_areas(settings: AreaSettings, folder: Path) -> tuple[Areas, list[Problem]]:
    """Read the areas that `settings` name, from a path relative to `folder`.

    Raises DataError when the file, a column or the CRS cannot be used.
    """
    path = folder / settings.file
    frame = _read(path, settings)
    problems: list[Problem] = []
    for setting in ("id", "label", "group", "surveyed"):
        require_column(frame, getattr(settings, setting), path.name, f"areas.{setting}")
    ids = as_key(frame[settings.id])
    if ids.isna().any():
        row = int(np.flatnonzero(ids.isna())[0]) + 1
        raise DataError(f"{path.name}, row {row}, column {settings.id}", "the area has no id.",
                        "Give each area an id, or name another column as areas.id.")
    if ids.duplicated().any():
        twice = ids[ids.duplicated()].iloc[0]
        raise DataError(f"{path.name}, column {settings.id}", f"the id {twice} stands more than once.",
                        "Make the ids unique, or name another column as areas.id.")
    frame = frame.assign(**{frame.geometry.name: shapely.force_2d(frame.geometry)})
    invalid = ~frame.geometry.is_valid
    if invalid.any():
        frame.loc[invalid, frame.geometry.name] = frame.geometry[invalid].make_valid()
        problems.append(Problem("note", path.name, f"{invalid.sum()} areas had crossing borders and were mended."))
    labels = frame[settings.label].fillna(ids).astype(str).str.strip() if settings.label else ids
    order = sorted(range(len(frame)), key=lambda row: (natural_key(labels.iloc[row]), ids.iloc[row]))
    frame, ids, labels = frame.iloc[order], ids.iloc[order], labels.iloc[order]
    geometry = frame.geometry
    return Areas(
        ids=ids.to_numpy(dtype=object), labels=labels.to_numpy(dtype=object),
        groups=_groups(frame, settings.group), surveyed=_surveyed(frame, settings.surveyed, path.name),
        shapes=geometry.to_crs("EPSG:4326").to_numpy(), drawn=geometry.to_crs(WEB_MERCATOR).to_numpy(),
        km2=geometry.to_crs(EQUAL_AREA).area.to_numpy() / 1e6,
        table=typed(pd.DataFrame(frame.drop(columns=geometry.name)).reset_index(drop=True)),
        crs=frame.crs.to_string(),
    ), problems


def require_column(frame: pd.DataFrame, name: str, file: str, setting: str) -> None:
    """Raise DataError when the config names a column that the file does not have; an empty name is none."""
    if name and name not in frame.columns:
        raise DataError(f"{file}, column {name}", f"there is no such column, but {setting} names it.",
                        f"The file has: {', '.join(map(str, frame.columns))}.")


def natural_key(text: str) -> list:
    """Return a sort key by which ``Field 9`` comes before ``Field 10``."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part.casefold())
            for part in re.findall(r"[0-9]+|[^0-9]+", text)]


def _read(path: Path, settings: AreaSettings) -> gpd.GeoDataFrame:
    """Read the file as polygons that have a CRS."""
    if not path.exists():
        raise DataError(settings.file, "there is no such file.",
                        "Put it there, or write its path into areas.file, relative to config.toml.")
    try:
        frame = gpd.read_file(path, **({"layer": settings.layer} if settings.layer else {}))
    except Exception as error:  # pyogrio raises many kinds; all mean that GDAL cannot read the file
        raise DataError(path.name, f"cannot be read as areas ({error}).",
                        "Save it as GeoJSON, GeoPackage or Shapefile.") from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise DataError(path.name, "has no areas.", "Name a file with at least one polygon as areas.file.")
    if settings.crs:
        frame = frame.set_crs(settings.crs, allow_override=True)
    if frame.crs is None:
        raise DataError(path.name, "does not say its coordinate reference system.",
                        'Write it into areas.crs, for example "EPSG:4326" for longitude and latitude.')
    return frame


def _groups(frame: pd.DataFrame, column: str) -> np.ndarray | None:
    if not column:
        return None
    return as_key(frame[column]).fillna("").to_numpy(dtype=object)


def _surveyed(frame: pd.DataFrame, column: str, file: str) -> np.ndarray:
    """Return which areas were surveyed; a gap counts as not surveyed."""
    if not column:
        return np.ones(len(frame), dtype=bool)
    values = typed_column(frame[column]).map(lambda value: str(value).casefold().removesuffix(".0"))
    yes, no = {"yes", "y", "true", "t", "1"}, {"no", "n", "false", "f", "0", "nan", "none", "nat"}
    odd = ~values.isin(yes | no)
    if odd.any():
        raise DataError(f"{file}, column {column}", f"the value {values[odd].iloc[0]!r} is neither yes nor no.",
                        "Write yes, no, true, false, 1 or 0, or name another column as areas.surveyed.")
    return values.isin(yes).to_numpy()


def to_drawn(areas, x, y):
    import pyproj
    x, y = pyproj.Transformer.from_crs("EPSG:4326", WEB_MERCATOR, always_xy=True).transform(x, y)
    lost = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(lost, np.nan, x), np.where(lost, np.nan, y)
