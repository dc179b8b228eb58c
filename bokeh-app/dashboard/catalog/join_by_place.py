"""Which area each record lies in, by its place."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj
import shapely

from dashboard.catalog.areas import Areas
from dashboard.catalog.records import RawRecords
from dashboard.catalog.rows.columns import is_number
from dashboard.problems import DataError, Problem
from dashboard.settings import RecordSettings

PAIR = re.compile(r"^\s*[\[(]?\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*[\])]?\s*$")
LOUD_BELOW = 0.5  # below this share of records in an area the report is loud


@dataclass(frozen=True, eq=False)
class Coordinates:
    """Where records are: `x` and `y` (float64, gap: nan) in `crs`."""

    x: np.ndarray
    y: np.ndarray
    crs: str


def coordinates(raw: RawRecords, settings: RecordSettings) -> tuple[Coordinates | None, list[Problem]]:
    """Return where the records are; None where nothing says it.

    The columns that the config names say it, or else the points in the file. Raises DataError when a column holds no
    coordinates.
    """
    if settings.place:
        return _pairs_in(raw.table[settings.place], settings)
    if settings.x:
        for name in (settings.x, settings.y):
            if not is_number(raw.table[name]):
                raise DataError(f"{settings.file_shown}, column {name}", "holds text where coordinates are expected.",
                                'Name columns of numbers as records.x and records.y, or set records.decimal = ",".')
        x, y = (raw.table[name].to_numpy() for name in (settings.x, settings.y))
        return Coordinates(x, y, settings.crs), []
    if raw.places is None:
        return None, []
    return Coordinates(*raw.places, raw.crs or settings.crs), []


def project(places: Coordinates, areas: Areas, settings: RecordSettings) -> tuple[np.ndarray, np.ndarray]:
    """Return places in metres of Web Mercator, as the areas are drawn (gap: nan).

    Raises DataError when the CRS is unknown, or when the numbers speak against it: degrees taken for metres, metres
    for degrees, or the axes swapped.
    """
    where = f"{settings.file_shown}, {_columns(settings)}"
    x, y, crs = places.x, places.y, places.crs
    try:
        known = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        raise DataError("config.toml, records.crs", f"{crs!r} is no coordinate reference system.",
                        'Write one such as "EPSG:4326".') from None
    present = np.isfinite(x) & np.isfinite(y)
    if not present.any():
        raise DataError(where, "has no coordinates at all.", "Name the columns that hold them.")
    largest_x, largest_y = np.abs(x[present]).max(), np.abs(y[present]).max()
    if known.is_geographic and np.median(np.abs(x[present])) > 180:
        raise DataError(where, f"the numbers reach {largest_x:,.0f} and {largest_y:,.0f}, which are no degrees "
                               f"of {crs}.",
                        'Write their coordinate reference system into records.crs, such as "EPSG:25830".')
    if known.is_projected and largest_x <= 180 and largest_y <= 180:
        raise DataError(where, f"the numbers, up to {largest_x:g} and {largest_y:g}, look like degrees, not like "
                               f"metres of {crs}.", 'Write crs = "EPSG:4326" under [records].')
    if known.is_geographic and np.median(np.abs(y[present])) > 90 >= np.median(np.abs(x[present])):
        raise _swapped(where, settings)
    transform = pyproj.Transformer.from_crs(known, "EPSG:4326", always_xy=True).transform
    drawn = areas.to_drawn(*transform(x, y))
    if not _any_among(areas, *drawn) and _any_among(areas, *areas.to_drawn(*transform(y, x))):
        raise _swapped(where, settings)
    return drawn


def find_by_place(x: np.ndarray, y: np.ndarray, areas: Areas) -> np.ndarray:
    """Return the area position of each record, ``len(areas)`` where its place (Web Mercator metres) is in no area.

    A record on a shared border counts once, in the area that comes first.
    """
    joined = np.full(len(x), len(areas), dtype=np.int32)
    present = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    record, area = shapely.STRtree(areas.drawn).query(shapely.points(x[present], y[present]), predicate="intersects")
    np.minimum.at(joined, present[record], area.astype(np.int32))
    return joined


def check_places(total: int, present: int, here: int, areas: Areas, settings: RecordSettings) -> list[Problem]:
    """Return what is odd about places, given how many records there are, with a place, and within an area.

    Raises DataError when no record lies in an area.
    """
    where = f"{settings.file_shown}, {_columns(settings)}"
    found = f"{total - here:,} of {total:,} records lie in no area"
    found += f", {total - present:,} of them without coordinates." if present < total else "."
    if not here:
        west, south, east, north = areas.bounds()
        raise DataError(where, f"no record lies in any area; the areas reach from {west:.4f} to {east:.4f} degrees "
                               f"east and from {south:.4f} to {north:.4f} degrees north.",
                        "Check records.crs and areas.crs, and that the two files are of the same place.")
    if here == total:
        return []
    if here < LOUD_BELOW * present:
        return [Problem("warning", where, f"ONLY {here:,} of the {present:,} records with coordinates lie in an "
                                          f"area; {total - present:,} have none.", "Check records.crs and areas.crs.")]
    return [Problem("warning", where, found)]


def _pairs_in(column: pd.Series, settings: RecordSettings) -> tuple[Coordinates, list[Problem]]:
    """Return the places in a text column that holds ``latitude, longitude``."""
    pairs = column.astype(object).map(lambda text: PAIR.match(str(text)), na_action="ignore")
    found = pairs.map(bool, na_action="ignore").fillna(False).astype(bool)
    where = f"{settings.file_shown}, column {settings.place}"
    if not found.any():
        raise DataError(where, f"holds no pairs of numbers, but for example {column.dropna().iloc[:1].tolist()}.",
                        "Name a column that holds “latitude, longitude” as records.place.")
    x, y = np.full(len(column), np.nan), np.full(len(column), np.nan)
    y[found], x[found] = (pairs[found].map(lambda pair, group=group: float(pair[group])).to_numpy() for group in (1, 2))
    odd = column.notna() & ~found
    problems = []
    if odd.any():
        row = int(np.flatnonzero(odd)[0])
        problems.append(Problem("warning", where, f"{odd.sum():,} values are no pair of coordinates, such as "
                                                  f"“{str(column.iloc[row])[:60]}” in record {row + 1}."))
    return Coordinates(x, y, settings.crs), problems


def _any_among(areas: Areas, x: np.ndarray, y: np.ndarray) -> bool:
    """Say whether any place lies within the bounds of the areas."""
    left, bottom, right, top = shapely.total_bounds(areas.drawn)
    return bool(((x >= left) & (x <= right) & (y >= bottom) & (y <= top)).any())


def _swapped(where: str, settings: RecordSettings) -> DataError:
    remedy = "Write the column as “latitude, longitude”."
    if settings.x:
        remedy = f'Write x = "{settings.y}" and y = "{settings.x}" under [records].'
    return DataError(where, "the two axes look swapped: the other way round the records lie among the areas.", remedy)


def _columns(settings: RecordSettings) -> str:
    if settings.place:
        return f"column {settings.place}"
    return f"columns {settings.x} and {settings.y}" if settings.x else "its points"
