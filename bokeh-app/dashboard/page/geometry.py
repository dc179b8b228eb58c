"""The borders of the areas in the form that is sent to the page: once, as two flat columns."""

from functools import lru_cache

import numpy as np
import shapely
from bokeh.core.properties import Any
from bokeh.model import DataModel
from dashboard.catalog.areas import Areas
from dashboard.catalog.drawing import display_shapes

KEPT = 4


class Geometry(DataModel):
    """The borders of all areas, cut up by the page's script.

    `x` and `y` are float32 metres east and north of `origin` (Web Mercator, EPSG:3857): all rings one after the
    other, each followed by nan. `lengths` is how many numbers each area has, `names` how it is called. Two flat
    columns are read faster than an array for each ring, and Bokeh's patches leave a ring within a ring empty.
    """

    x = Any()
    y = Any()
    lengths = Any()
    names = Any()
    origin = Any()


@lru_cache(KEPT)
def borders_of(areas: Areas, simplify: float) -> dict[str, object]:
    """Return what a Geometry holds of areas that are drawn with so much detail; made once, and shared by all sessions."""
    return borders(display_shapes(areas, simplify), areas.labels)


def borders(shapes: np.ndarray, names: np.ndarray) -> dict[str, object]:
    """Return the borders of polygons in Web Mercator metres (shape: areas; None or empty ones have no border)."""
    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    polygonal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, part_of_ring = shapely.get_rings(parts[polygonal], return_index=True)
    area_of_ring = area_of_part[polygonal][part_of_ring]
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    ends = np.flatnonzero(np.diff(ring_of_point, append=-1)) + 1
    origin = (np.nanmin(points, axis=0) + np.nanmax(points, axis=0)) / 2
    x, y = (np.insert(points[:, axis] - origin[axis], ends, np.nan).astype(np.float32) for axis in (0, 1))
    numbers_of_ring = np.diff(ends, prepend=0) + 1
    lengths = np.bincount(area_of_ring, weights=numbers_of_ring, minlength=len(shapes)).astype(np.int32)
    return {"x": x, "y": y, "lengths": lengths, "names": [str(name) for name in names],
            "origin": [float(end) for end in origin]}
