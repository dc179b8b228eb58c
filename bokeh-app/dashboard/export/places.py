"""Where records are, at the level that may be seen: today exactly."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyproj

from dashboard.catalog.shapes.crs import DEGREES
from dashboard.catalog.shapes.mercator import HIGHEST_LATITUDE, TO_DRAWN
from dashboard.query.counting.matches import Located
from dashboard.query.survey import Survey

DECIMALS = 9  # of a degree: a tenth of a millimetre
LONGITUDE, LATITUDE = "longitude", "latitude"


class Piece(NamedTuple):
    """Some records as they go out, and where they are in degrees (gap: nan); None where records have no places."""

    rows: pd.DataFrame
    lon: np.ndarray | None
    lat: np.ndarray | None


def seen(survey: Survey, located: Located) -> Piece:
    """Return records with the places that may be seen of them, and no others: today all, as exact as they are.

    All that is taken home comes through here: the columns that hold places as much as the points. Where records have
    theirs from points in the file, two columns say them.
    """
    rows, x, y = located
    if not has_places(survey):
        return Piece(rows, None, None)
    lon, lat = _degrees(survey, located)
    if (names := added_columns(survey, rows.columns)):
        rows = rows.assign(**dict(zip(names, (lon, lat), strict=True)))
    return Piece(rows, lon, lat)


def has_places(survey: Survey) -> bool:
    """Say whether any record has a place."""
    return survey.facts.joining.placed > 0


def added_columns(survey: Survey, columns) -> list[str]:
    """Return the names of the columns that are added to say where records are; none where the file has such."""
    settings = survey.config.records
    if not has_places(survey) or settings.x or settings.place:
        return []
    return [_new(LONGITUDE, columns), _new(LATITUDE, columns)]


def _new(name: str, columns) -> str:
    while name in columns:
        name = f"{name}_"
    return name


def _degrees(survey: Survey, located: Located) -> tuple[np.ndarray, np.ndarray]:
    """Return longitudes and latitudes (gap: nan): as the file says them where its columns do.

    Otherwise they come from the places on the map, which ends at 85.05 degrees: what lies beyond has none.
    """
    settings = survey.config.records
    if settings.x:
        lon, lat = (located.rows[name].to_numpy(dtype=np.float64) for name in (settings.x, settings.y))
        crs = pyproj.CRS.from_user_input(settings.crs)
        if crs != DEGREES:
            lon, lat = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True).transform(lon, lat)
    else:
        lon, lat = TO_DRAWN.transform(located.x, located.y, direction="INVERSE")
        lon, lat = np.round(lon, DECIMALS), np.round(lat, DECIMALS)
        lat = np.where(np.abs(lat) < HIGHEST_LATITUDE, lat, np.nan)
    real = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90)
    lon = np.where(np.abs(lon) > 180, (lon + 180) % 360 - 180, lon)
    return np.where(real, lon, np.nan), np.where(real, lat, np.nan)
