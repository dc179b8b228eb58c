"""Areas as they are read: their order, their size, and those without borders."""

import numpy as np
import pyproj
import pytest
import shapely
from map_files import SQUARES, collection, is_whole, squares
from shapely.geometry import LineString, MultiPolygon, Point, box


def test_one_area_is_enough(areas_of):
    areas, said = areas_of(collection(SQUARES[0]))
    assert len(areas) == 1 and areas.bounds() == (0, 0, 1, 1) and said == []


def test_areas_without_borders_are_kept_and_counted(areas_of):
    flat = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]}
    areas, said = areas_of(collection(SQUARES[0], None, {"type": "Polygon", "coordinates": []}, flat))
    assert list(shapely.is_missing(areas.shapes)) == [False, True, True, True] and is_whole(areas)
    assert any("3 areas without borders" in sentence and "2, 3, 4" in sentence for sentence in said)
    assert len(shapely.STRtree(areas.drawn).query(box(-9e9, -9e9, 9e9, 9e9))) == 1
    assert areas.bounds(1) == areas.bounds() == areas.bounds(0)


def test_rows_with_one_id_are_one_area(areas_of):
    areas, said = areas_of(squares(id=["7", "8", "7.0"], name=["a", "b", "a"]), label="name")
    assert sorted(areas.ids) == ["7", "8"] and is_whole(areas)
    assert areas.shapes[list(areas.ids).index("7")].equals(MultiPolygon(SQUARES[::2]))
    sentence, = said
    assert "1 id stands on several rows: 7" in sentence and "3 rows make 2 areas" in sentence


@pytest.mark.parametrize(("shapes", "said"), [
    ([Point(0, 0), LineString([(0, 0), (1, 1)])], "LineString, Point"), ([None, None], "2 rows")])
def test_a_file_without_a_polygon_is_refused(areas_refused, shapes, said):
    sentence = areas_refused(collection(*shapes))
    assert "polygon" in sentence and said in sentence and "areas.file" in sentence


def test_areas_are_in_the_order_of_their_labels_as_people_count(catalog_of):
    catalog = catalog_of("parcel\n1\n", areas=squares(name=["Field 10", "Field 9", None]), in_areas='label = "name"')
    assert list(catalog.areas.labels) == ["3", "Field 9", "Field 10"]
    assert list(catalog.areas.ids) == ["3", "2", "1"]


def test_sizes_are_square_kilometres_on_the_ground(catalog_of):
    south, north = box(0, 0, 1, 1), box(0, 60, 1, 61)
    catalog = catalog_of("parcel\na\n", areas={"a": south, "b": north})
    geod = pyproj.Geod(ellps="WGS84")
    ground = [abs(geod.geometry_area_perimeter(shape)[0]) / 1e6 for shape in (south, north)]
    np.testing.assert_allclose(catalog.areas.km2, ground, rtol=1e-3)


def test_areas_that_are_no_polygons_are_refused(catalog_refused):
    sentence = catalog_refused("parcel\n1\n", areas={"1": Point(0, 0), "2": Point(1, 1)})
    assert sentence.startswith("areas.geojson") and "polygon" in sentence
