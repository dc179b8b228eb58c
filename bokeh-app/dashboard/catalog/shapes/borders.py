"""The borders of all areas as they are drawn, in two flat columns that are sent to a page once."""

from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.catalog.areas import Areas
from dashboard.catalog.shapes.mercator import display_shapes
from dashboard.kept import kept


@dataclass(frozen=True, eq=False)
class Borders:
    """All rings one after the other.

    `x` and `y` are float32 metres east and north of `origin` (Web Mercator, EPSG:3857); each ring is followed by nan.
    `lengths` is how many numbers each area has (int32, shape: areas). Two flat columns are read faster than an array
    for each ring, and Bokeh's patches leave a ring within a ring empty.
    """

    x: np.ndarray
    y: np.ndarray
    lengths: np.ndarray
    origin: tuple[float, float]


@kept()
def borders_of(areas: Areas, simplify: float) -> Borders:
    """Return the borders of areas that may differ by `simplify` metres (-1: half a pixel of the whole map)."""
    return borders(display_shapes(areas, simplify))


def borders(shapes: np.ndarray) -> Borders:
    """Return the borders of polygons in Web Mercator metres (shape: areas; None or empty ones have no border)."""
    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    polygonal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part_of_ring = shapely.get_rings(parts[polygonal], return_index=True)
    area_of_ring = area_of_part[polygonal][part_of_ring]
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    ends = np.flatnonzero(np.diff(ring_of_point, append=-1)) + 1
    # None of the areas may lie where the map is.
    origin = (np.nanmin(points, axis=0) + np.nanmax(points, axis=0)) / 2 if len(points) else np.zeros(2)
    x, y = (np.insert(points[:, axis] - origin[axis], ends, np.nan).astype(np.float32) for axis in (0, 1))
    numbers_of_ring = np.diff(ends, prepend=0) + 1
    lengths = np.bincount(area_of_ring, weights=numbers_of_ring, minlength=len(shapes)).astype(np.int32)
    return Borders(x, y, lengths, (float(origin[0]), float(origin[1])))
