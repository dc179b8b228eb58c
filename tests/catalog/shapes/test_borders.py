"""The borders that a page gets: every ring of every area, and nothing else."""

import numpy as np
import shapely
from map_files import SQUARES, collection
from shapely.geometry import MultiPolygon, Point, Polygon, box

from dashboard.catalog.shapes.borders import borders, borders_of

RING = box(0, 0, 9, 9).difference(box(1, 1, 8, 8))
SHAPES = np.array([RING, None, MultiPolygon([box(4, 4, 6, 6), RING]), Point(500, 500).buffer(70), Polygon(),
                   shapely.GeometryCollection([box(20, 0, 21, 1), Point(3, 3)])], dtype=object)


def rings_of(found):
    """Return the rings of each area as they are cut out of the two columns."""
    stops = np.cumsum(found.lengths)
    columns = [column.astype(float) + place for column, place in zip((found.x, found.y), found.origin, strict=True)]
    for start, stop in zip(stops - found.lengths, stops, strict=True):
        x, y = (column[start:stop] for column in columns)
        gaps = np.flatnonzero(np.isnan(x))
        assert np.isnan(y[gaps]).all() and (not len(x) or gaps[-1] == len(x) - 1)
        yield [np.column_stack([x[begin:end], y[begin:end]])
               for begin, end in zip(np.append(0, gaps[:-1] + 1), gaps, strict=True)] if len(x) else []


def test_each_area_has_the_rings_of_its_polygons_holes_among_them():
    found = borders(SHAPES)
    assert (found.x.dtype, found.lengths.dtype, len(found.lengths)) == (np.float32, np.int32, len(SHAPES))
    assert found.lengths.sum() == len(found.x) == len(found.y)
    for shape, rings in zip(SHAPES, rings_of(found), strict=True):
        parts = [part for part in shapely.get_parts([shape]) if part.geom_type == "Polygon" and not part.is_empty]
        expected = [shapely.get_coordinates(ring) for ring in shapely.get_rings(parts)]
        assert len(rings) == len(expected)
        for ring, mine in zip(rings, expected, strict=True):
            np.testing.assert_allclose(ring, mine, atol=1e-4)
            assert (ring[0] == ring[-1]).all()


def test_far_from_the_middle_of_the_world_they_are_as_exact_as_in_it():
    """Web Mercator counts up to 20 million metres, of which a float32 keeps two."""
    shapes = shapely.transform(SHAPES[[0, 3]], lambda points: points + (15_000_000.3, -19_000_000.7))
    for shape, rings in zip(shapes, rings_of(borders(shapes)), strict=True):
        np.testing.assert_allclose(np.concatenate(rings), shapely.get_coordinates(shape), rtol=0, atol=1e-3)


def test_they_are_made_once_for_all_pages_and_as_simple_as_the_config_wants_them(areas_of):
    areas, _ = areas_of(collection(*SQUARES, Point(5, 5).buffer(1, quad_segs=50)))
    exact, simple = borders_of(areas, 0.0), borders_of(areas, 5000.0)
    assert exact is borders_of(areas, 0.0)
    assert len(exact.x) == shapely.get_num_coordinates(areas.drawn).sum() + len(areas)
    assert list(simple.lengths[:3]) == list(exact.lengths[:3]) and simple.lengths[3] < exact.lengths[3] / 2


def test_areas_of_which_none_can_be_drawn_have_no_borders(areas_of):
    """The map ends at 85 degrees north and south."""
    areas, _ = areas_of(collection(box(0, 86, 10, 89)))
    found = borders_of(areas, -1.0)
    assert list(found.lengths) == [0] and len(found.x) == len(found.y) == 0
    assert all(np.isfinite(found.origin))
