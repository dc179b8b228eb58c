"""Shapes of every kind -> valid polygons in degrees, also across the antimeridian and around a pole."""

import numpy as np
import pytest
import shapely
from map_files import SQUARES, collection, is_whole, squares
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box
from written import BY_PLACE, area_ids


def test_heights_are_dropped(areas_of):
    areas, said = areas_of(collection(shapely.force_3d(SQUARES[0], 7)))
    assert not areas.shapes[0].has_z and not areas.drawn[0].has_z and said == []


def test_points_and_lines_are_kept_without_a_shape_and_counted(areas_of):
    areas, said = areas_of(collection(SQUARES[0], Point(1, 1), LineString([(0, 0), (1, 1)]), SQUARES[2]))
    assert list(shapely.is_missing(areas.drawn)) == [False, True, True, False] and is_whole(areas)
    assert list(areas.km2 == 0) == [False, True, True, False]
    assert any("2 areas with points or lines" in sentence and "2, 3" in sentence for sentence in said)
    assert any("2 areas without borders" in sentence for sentence in said)


def test_a_collection_is_reduced_to_its_polygons(areas_of):
    mixed = GeometryCollection([SQUARES[0], Point(9, 9), GeometryCollection([MultiPolygon([SQUARES[2]])])])
    areas, said = areas_of(collection(mixed, GeometryCollection(SQUARES[::2])))
    assert [shape.geom_type for shape in areas.shapes] == ["MultiPolygon"] * 2
    assert areas.shapes[0].equals(areas.shapes[1])
    sentence, = said
    assert "1 area with points or lines" in sentence


def test_crossing_borders_are_mended_and_counted(areas_of):
    overlapping = MultiPolygon([box(0, 0, 2, 2), box(1, 1, 3, 3)])
    areas, said = areas_of(collection(Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), overlapping, SQUARES[2]))
    assert is_whole(areas) and areas.shapes[1].area == 7
    sentence, = said
    assert sentence.startswith("areas.geojson: 2 areas") and "mended: 1, 2" in sentence


def test_an_invalid_polygon_is_mended_and_counted(catalog_of):
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    catalog = catalog_of("n,x,y\n1,0.1,0.5\n2,0.9,0.5\n3,0.5,0.1\n", BY_PLACE, {"bow": bow_tie, "3": SQUARES[2]})
    assert all(shape.is_valid for shape in catalog.areas.shapes)
    assert area_ids(catalog) == ["bow", "bow", None]
    note, = (problem.sentence for problem in catalog.problems if problem.level == "note")
    assert note.startswith("areas.geojson: 1 area") and "mended" in note


def test_parts_that_touch_have_no_border_between_them(areas_of):
    areas, _ = areas_of(squares(id=["7", "7", "8"]))
    assert areas.shapes[0].equals(box(0, 0, 2, 1))
    assert areas.shapes[0].geom_type == "Polygon"


def test_a_polygon_that_jumps_across_the_antimeridian_is_mended(areas_of):
    areas, said = areas_of(collection(Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])))
    assert areas.shapes[0].equals(box(179, 0, 181, 1)) and areas.bounds() == (179, 0, 181, 1)
    assert areas.km2[0] == pytest.approx(111.2 * 110.6 * 2, rel=0.01)
    assert any("180th meridian" in sentence for sentence in said)


def test_an_area_around_a_pole_and_one_up_to_it_are_cut_where_the_map_ends(areas_of):
    ring = Polygon([(lon, 70 if lon % 20 else 75) for lon in range(-170, 180, 10)])
    for polar in (ring, shapely.reverse(ring), box(-180, 70, 180, 90)):
        areas, _ = areas_of(collection(polar))
        west, south, east, north = areas.bounds()
        assert (west, east, north) == (-180, 180, 85.05) and south >= 70 and is_whole(areas)
        assert shapely.total_bounds(areas.drawn)[3] < 20_050_000
        assert shapely.contains_xy(areas.shapes[0], 10, 89) and not shapely.contains_xy(areas.shapes[0], 10, -89)


def test_an_area_around_a_pole_in_a_polar_projection_holds_that_pole(areas_of):
    for crs, sign in (("EPSG:3031", -1), ("EPSG:3995", 1)):
        areas, _ = areas_of(squares([Point(0, 0).buffer(2_000_000)], crs), "areas.gpkg")
        assert is_whole(areas) and shapely.contains_xy(areas.shapes[0], 10, 89 * sign)
        assert areas.km2[0] == pytest.approx(np.pi * 4e6, rel=0.1)
