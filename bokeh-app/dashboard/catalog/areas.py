"""The map file that the config names -> the areas, in the order of their labels."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import shapely

from dashboard.catalog.attributes import (
    check_repeated,
    count_areas,
    groups_of,
    ids_of,
    natural_key,
    surveyed_of,
)
from dashboard.catalog.rows.columns import as_key, require_column, typed
from dashboard.catalog.shapes.crs import (
    DEGREES,
    WRITE_IT,
    agreed_crs,
    name_of,
    out_of_place,
)
from dashboard.catalog.shapes.files import AreaFile, read_polygons
from dashboard.catalog.shapes.mercator import (
    HIGHEST_LATITUDE,
    TO_DRAWN,
    drawn,
    east_of_seam,
    moved,
    seam_of,
)
from dashboard.catalog.shapes.valid import (
    cut_at_date_line,
    in_degrees,
    made_valid,
    polygonal,
    united,
)
from dashboard.problems import DataError, Problem
from dashboard.settings import AreaSettings

EQUAL_AREA = "EPSG:6933"


@dataclass(frozen=True, eq=False)
class Areas:
    """All areas, one position in every array each.

    `shapes` are polygons in lon/lat (EPSG:4326), `drawn` the same in metres of Web Mercator (EPSG:3857); both are None
    for an area without borders. `km2` is measured on an equal-area projection, 0 without borders. `groups` is None
    without a group column; `surveyed` is True wherever the file does not say otherwise. `table` holds all columns of
    the file, typed. `crs` names what the file's coordinates are in.

    `seam` is a longitude, or None: what lies west of it is drawn 360 degrees further east, so that areas on both sides
    of the antimeridian lie side by side. `shapes`, `drawn` and `bounds` are so already: longitudes may pass 180.
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
    seam: float | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def positions(self) -> dict[str, int]:
        """Return the position of each id."""
        return {area_id: position for position, area_id in enumerate(self.ids)}

    def bounds(self, position: int | None = None) -> tuple[float, float, float, float]:
        """Return west, south, east, north in degrees, of one area, or of all (also when the one has no borders).

        What lies beyond the top and bottom of a Web Mercator map does not count.
        """
        west, south, east, north = shapely.total_bounds(self.shapes if position is None else self.shapes[position])
        if np.isnan(west):
            return self.bounds()
        south, north = np.clip((south, north), -HIGHEST_LATITUDE, HIGHEST_LATITUDE)
        return float(west), float(south), float(east), float(north)

    def to_drawn(self, lon, lat) -> tuple[np.ndarray, np.ndarray]:
        """Return x and y on the map (Web Mercator metres) of places in degrees, cut off as areas are (gap: nan)."""
        x, y = TO_DRAWN.transform(east_of_seam(np.asarray(lon, dtype=float), self.seam),
                                  np.clip(np.asarray(lat, dtype=float), -HIGHEST_LATITUDE, HIGHEST_LATITUDE))
        lost = ~(np.isfinite(x) & np.isfinite(y))
        return np.where(lost, np.nan, x), np.where(lost, np.nan, y)


def read_areas(settings: AreaSettings, folder: Path) -> tuple[Areas, list[Problem]]:
    """Read the areas that `settings` name, from a path relative to `folder`.

    Raises DataError when the file, a column or the CRS cannot be used.
    """
    file, problems = read_polygons(settings, folder)
    ids, found = ids_of(file.table, settings.id, file.name)
    problems += found
    label, group, surveyed = (require_column(file.table, getattr(settings, name), file.name, f"areas.{name}")
                              for name in ("label", "group", "surveyed"))
    shapes, crs, found = _shapes(file, ids, settings)
    problems += found
    # Rows with one id are parts of one area.
    area, unique = pd.factorize(ids)
    first = np.unique(area, return_index=True)[1]
    problems += check_repeated(file.table, ids, first[area], file.name)
    table, shapes = file.table.iloc[first], united(shapes, area, len(unique))
    problems += count_areas(shapely.is_missing(shapes), "warning", "without borders, kept in the list and not drawn",
                            ids=pd.Series(unique), file=file.name, remedy="Records find such an area by its id only.")
    names = pd.Series(unique, index=table.index)
    labels = as_key(table[label]).fillna(names) if label else names
    order = sorted(range(len(table)), key=lambda row: (natural_key(labels.iloc[row]), natural_key(unique[row])))
    table, shapes, labels = table.iloc[order], shapes[order], labels.iloc[order]
    unique = np.asarray(unique, dtype=object)[order]
    # Measured before anything is drawn beyond 180 degrees, where the projection would turn back.
    to_equal_area = pyproj.Transformer.from_crs(DEGREES, EQUAL_AREA, always_xy=True).transform
    km2 = np.nan_to_num(shapely.area(shapely.transform(shapes, to_equal_area, interleaved=False))) / 1e6
    seam = seam_of(shapes)
    shapes = moved(shapes, seam)
    areas = Areas(ids=unique, labels=labels.to_numpy(dtype=object), groups=groups_of(table, group),
                  surveyed=surveyed_of(table, surveyed, file.name), shapes=shapes, drawn=drawn(shapes), km2=km2,
                  table=typed(table.reset_index(drop=True).rename(columns=str.strip)), crs=name_of(crs), seam=seam)
    return areas, problems


def _shapes(file: AreaFile, ids: pd.Series, settings: AreaSettings) -> tuple[np.ndarray, pyproj.CRS, list[Problem]]:
    """Return valid polygons in degrees, one for each row of the file (None: it has none), and the file's CRS."""
    polygons, other = polygonal(file.shapes)
    if shapely.is_missing(polygons).all():
        kinds = sorted({shape.geom_type for shape in file.shapes if shape is not None and not shape.is_empty})
        others = f", only {', '.join(kinds)}" if kinds else ""
        raise DataError(file.name, f"has no polygon in its {len(polygons)} rows{others}.",
                        "Name a file with at least one polygon as areas.file.")
    crs, problems = agreed_crs(file.crs, settings.crs, shapely.total_bounds(polygons), file.name)
    try:
        placed = in_degrees(polygons, crs)
    except pyproj.exceptions.ProjError as error:
        raise DataError(file.name, f"{name_of(crs)} cannot be turned into degrees ({error}).", WRITE_IT) from error
    if shapely.is_missing(placed).all():
        raise DataError(file.name, f"no place in it exists in {name_of(crs)}.", WRITE_IT)
    problems += out_of_place(crs, shapely.total_bounds(placed), file.name)
    whole, crossing = cut_at_date_line(placed)
    whole, broken = made_valid(whole)
    if shapely.is_missing(whole).all():
        raise DataError(file.name, "its polygons have no extent: each is a line or a point.",
                        "Name a file with at least one polygon as areas.file.")
    counted = partial(count_areas, ids=ids, file=file.name)
    problems += counted(other, "warning", "with points or lines, of which only polygons were taken")
    problems += counted(shapely.is_missing(placed) & ~shapely.is_missing(polygons), "warning",
                        f"beyond the reach of {name_of(crs)}", remedy=WRITE_IT)
    problems += counted(crossing, "note", "across the 180th meridian, cut and put together there")
    problems += counted(broken, "note", "with crossing borders, mended")
    return whole, crs, problems
