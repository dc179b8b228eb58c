"""Shapes of any kind in any CRS -> valid polygons in degrees, one for each area."""

import antimeridian
import numpy as np
import pyproj
import shapely
from shapely import GeometryType

from dashboard.catalog.shapes.crs import DEGREES, SLACK

# What the antimeridian library raises for a ring that it cannot follow.
UNFOLLOWED = (AssertionError, ValueError, IndexError, ZeroDivisionError, shapely.errors.ShapelyError)


def polygonal(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the polygons of each shape without heights (None: it has none), and where something else was in it.

    A coordinate that is no finite number leaves a shape without polygons.
    """
    flat = shapely.force_2d(shapes)
    coordinates, owner = shapely.get_coordinates(flat, return_index=True)
    flat[owner[~np.isfinite(coordinates).all(axis=1)]] = None
    flat[shapely.is_empty(flat)] = None
    plain = np.isin(shapely.get_type_id(flat), (GeometryType.MISSING, GeometryType.POLYGON, GeometryType.MULTIPOLYGON))
    other = np.zeros(len(flat), dtype=bool)
    for row in np.flatnonzero(~plain):
        other[row] = (shapely.get_type_id(_single_parts(flat[row])) != GeometryType.POLYGON).any()
        flat[row] = _polygons_of(flat[row])
    return flat, other


def in_degrees(shapes: np.ndarray, crs: pyproj.CRS) -> np.ndarray:
    """Return polygons in longitude and latitude (EPSG:4326); None where the CRS does not reach."""
    transformer = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)

    def to_degrees(x, y):
        lon, lat = transformer.transform(x, y)
        lon = np.where(np.abs(lon) <= 180 + SLACK, np.clip(lon, -180, 180), lon)
        return lon, np.where(np.isfinite(lat), np.clip(lat, -90, 90), lat)

    turned = shapely.transform(shapes, to_degrees, interleaved=False)
    coordinates, owner = shapely.get_coordinates(turned, return_index=True)
    turned[owner[~np.isfinite(coordinates).all(axis=1)]] = None
    return turned


def cut_at_date_line(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return polygons in degrees with those cut in two that cross the antimeridian, and which these are.

    A border that jumps by more than 180 degrees of longitude is taken to go the shorter way.
    """
    rings, ring_owner = shapely.get_rings(shapely.get_parts(shapes), return_index=True)
    part_owner = shapely.get_parts(shapes, return_index=True)[1]
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    lon = coordinates[:, 0]
    along = (np.abs(lon[1:]) == 180) & (np.abs(lon[:-1]) == 180)  # a border of the map itself, as Antarctica has
    jumps = (np.diff(ring) == 0) & (np.abs(np.diff(lon)) > 180) & ~along
    rings_that_cross = np.union1d(ring[1:][jumps], ring[np.abs(lon) > 180])
    crossing = np.zeros(len(shapes), dtype=bool)
    crossing[part_owner[ring_owner[rings_that_cross]]] = True
    cut = shapes.copy()
    cut[crossing] = [_cut(shape) for shape in shapes[crossing]]
    return cut, crossing


def made_valid(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return valid polygons (None where nothing is left of one), and which had to be mended."""
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    valid = shapes.copy()
    valid[broken] = [_polygons_of(shape) for shape in
                     shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)]
    return valid, broken


def united(shapes: np.ndarray, area: np.ndarray, count: int) -> np.ndarray:
    """Return one shape for each of `count` areas, of the shapes whose `area` it is (None: all of its shapes are)."""
    whole = np.full(count, None, dtype=object)
    whole[area] = shapes
    for repeated in np.flatnonzero(np.bincount(area, minlength=count) > 1):
        whole[repeated] = _polygons_of(shapely.union_all(shapes[area == repeated]))
    return whole


def _polygons_of(shape: shapely.Geometry) -> shapely.Polygon | shapely.MultiPolygon | None:
    """Return the polygons in a shape, however deep they lie; None when there are none."""
    parts = _single_parts(shape)
    parts = parts[(shapely.get_type_id(parts) == GeometryType.POLYGON) & ~shapely.is_empty(parts)]
    if not len(parts):
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))


def _single_parts(shape: shapely.Geometry) -> np.ndarray:
    """Return the points, lines and polygons that a shape is made of."""
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) > GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    return parts


def _cut(shape: shapely.Polygon | shapely.MultiPolygon) -> shapely.Geometry | None:
    """Return a shape cut at the antimeridian, as it was where the library cannot follow its border."""
    try:
        pieces = [antimeridian.fix_polygon(_around_its_pole(part), fix_winding=True, great_circle=False)
                  for part in shapely.get_parts(shape)]
    except UNFOLLOWED:
        return shape
    pieces = shapely.get_parts(pieces)
    return _polygons_of(shapely.union_all(shapely.make_valid(pieces[shapely.area(pieces) > 0])))


def _around_its_pole(polygon: shapely.Polygon) -> shapely.Polygon:
    """Return a polygon that goes around a pole in the direction that makes it hold the nearer one."""
    lon, lat = shapely.get_coordinates(polygon.exterior).T
    turn = ((np.diff(lon) + 180) % 360 - 180).sum()
    backwards = abs(turn) > 180 and (turn > 0) != (lat.mean() > 0)
    return shapely.reverse(polygon) if backwards else polygon
