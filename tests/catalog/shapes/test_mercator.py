"""Areas as they are drawn: where the map begins and ends, and how detailed its borders are."""

from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from map_files import SQUARES, collection, is_whole
from shapely.geometry import Point, Polygon, box

from dashboard.catalog.shapes.mercator import display_shapes


def test_areas_on_both_sides_of_it_lie_side_by_side_with_their_records(areas_of):
    areas, said = areas_of(collection(box(178, -18, 180, -16), box(-180, -18, -178, -16)))
    assert areas.bounds() == (178, -18, 182, -16) and said == []
    left, _, right, _ = shapely.total_bounds(areas.drawn)
    x, y = areas.to_drawn([179, -179, np.nan, 181], [-17, -17, 0, -17])
    assert left < x[0] < x[1] == x[3] < right and np.isnan(x[2])
    assert [areas.drawn[0].contains(Point(x[0], y[0])), areas.drawn[1].contains(Point(x[1], y[1]))] == [True, True]


def test_alaska_does_not_make_the_map_of_a_country_as_wide_as_the_world(areas_of):
    areas, _ = areas_of(collection(box(-125, 25, -67, 49), box(-170, 55, -140, 70), box(172, 51, 179, 53)))
    assert areas.bounds() == (172, 25, 293, 70)


@pytest.mark.parametrize("shapes", [
    [box(-180, -60, 180, 60)], [box(-170, 0, -160, 1), box(160, 0, 170, 1), box(0, 0, 1, 1)], SQUARES],
                         ids=["the world in one", "around the world", "one place"])
def test_other_maps_begin_at_the_antimeridian(areas_of, shapes):
    areas, said = areas_of(collection(*shapes))
    assert areas.seam is None and areas.bounds() == tuple(shapely.total_bounds(shapes)) and said == []
    assert areas.to_drawn(-179.0, 0.0)[0] < 0


def test_an_area_beyond_the_end_of_the_map_is_not_drawn(areas_of):
    areas, _ = areas_of(collection(SQUARES[0], box(0, 86, 10, 89)))
    assert list(shapely.is_missing(areas.drawn)) == [False, True] and areas.km2[1] > 0 and is_whole(areas)


def grid(noise=0.01):
    """Return 5 by 5 neighbours whose common borders have 20 corners each, in a map's metres."""
    rng, steps = np.random.default_rng(1), np.linspace(0, 1000, 21)[:, None]

    def border(start, along):
        points = np.array(start) + steps * np.array(along)
        points[1:-1] += rng.normal(0, noise, (19, 2))
        return points
    across = {(x, y): border((1000 * x, 1000 * y), (1, 0)) for x in range(5) for y in range(6)}
    up = {(x, y): border((1000 * x, 1000 * y), (0, 1)) for x in range(6) for y in range(5)}
    return np.array([Polygon(np.vstack([across[x, y], up[x + 1, y], across[x, y + 1][::-1], up[x, y][::-1]]))
                     for x in range(5) for y in range(5)] + [None])


def corners(shapes):
    return shapely.get_num_coordinates(shapes).sum()


def test_borders_are_simplified_alike_on_both_sides():
    areas = SimpleNamespace(drawn=grid())
    shown = display_shapes(areas, 5)
    assert corners(shown) < corners(areas.drawn) / 2 and shown[-1] is None
    assert shapely.coverage_is_valid(shown[:-1]) and shapely.union_all(shown).geom_type == "Polygon"


def test_overlapping_areas_are_simplified_each_for_itself():
    areas = SimpleNamespace(drawn=np.append(grid(), shapely.buffer(Point(500, 500), 300, quad_segs=64)))
    shown = display_shapes(areas, 5)
    assert corners(shown) < corners(areas.drawn) / 2
    assert shapely.is_valid(shown[:-2]).all() and shapely.is_valid(shown[-1])


def test_no_area_vanishes_however_coarse_the_borders():
    tiny = box(9000, 9000, 9001, 9001)
    for drawn in (grid(), np.append(grid(), [tiny, shapely.buffer(tiny, 1)])):
        shown = display_shapes(SimpleNamespace(drawn=drawn), 1e7)
        assert (shapely.area(shown[~shapely.is_missing(drawn)]) > 0).all()


def test_the_tolerance_may_be_off_or_follow_the_map():
    drawn = grid()
    assert display_shapes(SimpleNamespace(drawn=drawn), 0) is drawn
    auto, half_a_pixel = display_shapes(SimpleNamespace(drawn=drawn), -1), 5000 / 1000 / 2
    assert shapely.hausdorff_distance(shapely.boundary(drawn[:-1]), shapely.boundary(auto[:-1])).max() <= half_a_pixel
    assert corners(auto) < corners(drawn)
