"""Areas in degrees -> areas as they are drawn: in Web Mercator, without the empty half of the world between them."""

import numpy as np
import pyproj
import shapely

# Degrees north and south where Web Mercator is as high as it is wide; it goes on without end towards the poles.
HIGHEST_LATITUDE = 85.05
# "+over" lets a longitude of 190 lie east of one of 180, instead of at the other end of the map.
TO_DRAWN = pyproj.Transformer.from_crs("EPSG:4326", "+proj=webmerc +datum=WGS84 +over +type=crs", always_xy=True)
# How many pixels wide the whole map is taken to be, when borders are simplified to what it shows.
WHOLE_MAP = 1000


def seam_of(shapes: np.ndarray) -> float | None:
    """Return the longitude where the map of these areas (EPSG:4326) begins; None where that is the usual -180.

    Areas on both sides of the antimeridian would be drawn at both ends of an empty world. The seam lies in the middle
    of the widest gap in their longitudes, if a map that begins there is at most half as wide.
    """
    west, _, east, _ = shapely.bounds(shapely.get_parts(shapes)).T
    order = np.argsort(west)
    reached, begins = np.maximum.accumulate(east[order])[:-1], west[order][1:]
    gaps = begins - reached
    if not len(gaps) or 360 - gaps.max() > (east.max() - west.min()) / 2:
        return None
    widest = gaps.argmax()
    return float(reached[widest] + begins[widest]) / 2


def east_of_seam(lon: np.ndarray, seam: float | None) -> np.ndarray:
    """Return longitudes with 360 degrees added to those west of the seam."""
    return lon if seam is None else np.where(lon < seam, lon + 360.0, lon)


def moved(shapes: np.ndarray, seam: float | None) -> np.ndarray:
    """Return shapes with what lies west of the seam 360 degrees further east, and pieces joined that meet there."""
    if seam is None:
        return shapes
    shifted = shapely.transform(shapes, lambda lon, lat: (east_of_seam(lon, seam), lat), interleaved=False)
    west, _, east, _ = shapely.bounds(shapes).T
    for area in np.flatnonzero((west < seam) & (east > seam)):
        shifted[area] = shapely.union_all(shapely.get_parts(shifted[area]))
    return shifted


def drawn(shapes: np.ndarray) -> np.ndarray:
    """Return shapes in degrees as they are drawn (Web Mercator metres), cut off at 85.05 degrees north and south."""
    _, south, _, north = shapely.bounds(shapes).T
    high = (south < -HIGHEST_LATITUDE) | (north > HIGHEST_LATITUDE)
    flat = shapes.copy()
    flat[high] = shapely.clip_by_rect(shapes[high], -540, -HIGHEST_LATITUDE, 540, HIGHEST_LATITUDE)
    flat[shapely.is_empty(flat)] = None
    return shapely.transform(flat, TO_DRAWN.transform, interleaved=False)


def display_shapes(areas, tolerance: float) -> np.ndarray:
    """Return the shapes of `areas` to be shown (Web Mercator, shape: areas), with borders as detailed as a screen is.

    `tolerance` is by how many metres a border may differ: 0 for not at all, -1 for half a pixel of the whole map.
    Neighbours keep their common border where no areas overlap. No area vanishes.
    """
    shapes = areas.drawn
    if tolerance < 0:
        west, south, east, north = shapely.total_bounds(shapes)
        tolerance = max(east - west, north - south) / WHOLE_MAP / 2
    present = ~shapely.is_missing(shapes)
    if not tolerance or not present.any():
        return shapes
    simple = shapes.copy()
    if shapely.coverage_is_valid(shapes[present]):
        simple[present] = shapely.coverage_simplify(shapes[present], tolerance)
    else:
        simple[present] = shapely.simplify(shapes[present], tolerance, preserve_topology=True)
    vanished = present & (shapely.is_empty(simple) | (shapely.area(simple) == 0))
    simple[vanished] = shapes[vanished]
    return simple


def to_mercator(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return west, south, east, north in metres of Web Mercator for an extent in degrees."""
    west, south, east, north = extent
    south, north = max(south, -HIGHEST_LATITUDE), min(north, HIGHEST_LATITUDE)
    (left, right), (bottom, top) = TO_DRAWN.transform([west, east], [south, north])
    return left, bottom, right, top
