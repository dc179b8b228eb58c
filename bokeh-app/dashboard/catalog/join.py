"""Which area each record lies in, by id or by place."""

import numpy as np
import pandas as pd
import pyproj
import shapely

from dashboard.catalog.areas import WEB_MERCATOR, Areas
from dashboard.catalog.columns import is_number
from dashboard.catalog.problems import DataError, Problem
from dashboard.config import RecordSettings


def join_by_id(keys: pd.Series, areas: Areas, settings: RecordSettings) -> tuple[np.ndarray, list[Problem]]:
    """Return the area position of each record, ``len(areas)`` where its id is of no area (shape: records).

    Raises DataError when no record joins.
    """
    positions = pd.Series(areas.positions())
    joined = keys.map(positions).fillna(len(areas)).to_numpy(dtype=np.int32)
    unjoined = joined == len(areas)
    where = f"{settings.file}, column {settings.area}"
    if unjoined.all():
        raise DataError(where, f"none of the {len(keys)} records names an area that exists; it has ids such as "
                               f"{_examples(keys)}, the areas have ids such as {_examples(pd.Series(areas.ids))}.",
                        "Name the right columns as records.area and areas.id.")
    if unjoined.any():
        return joined, [Problem("warning", where, f"{unjoined.sum()} of {len(keys)} records lie in no area, "
                                                  f"with ids such as {_examples(keys[unjoined])}.")]
    return joined, []


def join_by_place(x: np.ndarray, y: np.ndarray, areas: Areas, settings: RecordSettings) -> tuple[np.ndarray, list[Problem]]:
    """Return the area position of each record, ``len(areas)`` where its place (Web Mercator metres) is in no area.

    A record on a shared border counts once, in the area that comes first.
    Raises DataError when no record joins.
    """
    joined = np.full(len(x), len(areas), dtype=np.int32)
    record, area = shapely.STRtree(areas.drawn).query(shapely.points(x, y), predicate="intersects")
    np.minimum.at(joined, record, area.astype(np.int32))
    unjoined = int((joined == len(areas)).sum())
    where = f"{settings.file}, columns {settings.x} and {settings.y}"
    if unjoined == len(x):
        raise DataError(where, "no record lies in any area.",
                        "Check records.crs, and that x is the easting or longitude and y the northing or latitude.")
    if unjoined:
        return joined, [Problem("warning", where, f"{unjoined} of {len(x)} records lie in no area.")]
    return joined, []


def places(records: pd.DataFrame, settings: RecordSettings) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of each record in metres of Web Mercator (gap: nan).

    Raises DataError when a place column does not hold numbers.
    """
    for name in (settings.x, settings.y):
        if not is_number(records[name]):
            raise DataError(f"{settings.file}, column {name}", "holds text where coordinates are expected.",
                            "Name columns of numbers as records.x and records.y.")
    try:
        transform = pyproj.Transformer.from_crs(settings.crs, WEB_MERCATOR, always_xy=True)
    except pyproj.exceptions.CRSError:
        raise DataError("config.toml, records.crs", f"{settings.crs!r} is no coordinate reference system.",
                        'Write one such as "EPSG:4326".') from None
    x, y = transform.transform(records[settings.x].to_numpy(), records[settings.y].to_numpy())
    lost = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(lost, np.nan, x), np.where(lost, np.nan, y)


def _examples(keys: pd.Series) -> str:
    """Return up to three different ids as text."""
    return ", ".join("(none)" if key is None else str(key) for key in keys.drop_duplicates().head(3))
