"""The CRS that a file declares, lacks or has wrong, and what the config says of it."""

import json

import numpy as np
import pytest
import shapely
from map_files import SQUARES, UTM, collection, is_whole, shapefile, squares, write
from shapely.geometry import box


@pytest.mark.parametrize("kind", ["geojson", "csv", "topojson", "shp"])
def test_coordinates_that_are_no_degrees_are_not_taken_for_such(areas_refused, tmp_path, kind):
    if kind == "geojson":
        sentence = areas_refused(collection(*UTM))
    elif kind == "csv":
        sentence = areas_refused(f'id,wkt\n1,"{UTM[0].wkt}"\n', "areas.csv")
    elif kind == "topojson":
        arc = [list(point) for point in UTM[0].exterior.coords]
        area = {"type": "Polygon", "arcs": [[0]], "properties": {"id": 1}}
        sentence = areas_refused({"type": "Topology", "arcs": [arc], "objects": {"a": area}}, "areas.json")
    else:
        shapefile(tmp_path / "parts", frame=squares(UTM, "EPSG:25830"), without=(".prj",))
        sentence = areas_refused(None, "parts")
    for part in ("x from 600000 to 600", "4100000", "4100100", 'crs = "EPSG:25830"', "areas.crs"):
        assert part in sentence


def test_the_configs_crs_mends_them(areas_of):
    areas, said = areas_of(collection(*UTM), crs="EPSG:25830")
    west, south, east, north = areas.bounds()
    assert -2 < west < east < -1.8 and 37 < south < north < 37.1 and areas.crs == "EPSG:25830"
    note, = said
    assert "EPSG:4326" in note and "EPSG:25830" in note


def test_a_shapefile_without_prj_in_degrees_is_taken_for_degrees_with_a_note(areas_of, tmp_path):
    shapefile(tmp_path / "parts", without=(".prj",))
    areas, said = areas_of(file="parts")
    assert areas.bounds() == (0, 0, 6, 6)
    note, = said
    assert "longitude and latitude" in note and "x from 0 to 6, y from 0 to 6" in note


def test_swapped_axes_are_recognised_where_they_can_be(areas_refused):
    sentence = areas_refused(collection(box(-40, 150, -35, 170)))
    assert "axes look swapped" in sentence and "x from -40 to -35, y from 150 to 170" in sentence


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_longitudes_beyond_180_are_refused_until_the_config_wants_them(areas_of, areas_refused, tmp_path, crs):
    pacific = [box(177, -20, 183, -15)]
    file = "areas.gpkg" if crs else "areas.geojson"
    if crs:
        write(squares(pacific, crs), tmp_path / file)
    else:
        (tmp_path / file).write_text(json.dumps(collection(*pacific)))
    sentence = areas_refused(None, file)
    assert "183" in sentence and 'crs = "EPSG:4326"' in sentence
    areas, _ = areas_of(None, file, crs="EPSG:4326")
    np.testing.assert_allclose(areas.bounds(), (177, -20, 183, -15))


def test_a_projected_crs_over_degrees_is_refused(areas_refused):
    sentence = areas_refused(squares(crs="EPSG:25830"), "areas.gpkg")
    for part in ("areas.gpkg", "EPSG:25830", "x from 0 to 6", 'crs = "EPSG:4326"'):
        assert part in sentence
    assert "EPSG:25830" in areas_refused(collection(*SQUARES), crs="EPSG:25830")


def test_a_small_grid_of_metres_may_have_its_own_crs_by_the_config(areas_of):
    grid = "+proj=tmerc +lat_0=37.6 +lon_0=-1.9 +datum=WGS84"
    areas, _ = areas_of('id,wkt\na,"POLYGON ((0 0, 50 0, 50 50, 0 50, 0 0))"\n', "areas.csv", crs=grid)
    np.testing.assert_allclose(areas.km2, 0.0025, rtol=2e-3)
    assert areas.bounds()[0] == pytest.approx(-1.9)


def test_an_unknown_crs_says_what_to_write(areas_refused):
    for crs in ("utm", "EPSG:99999999", "EPSG:4978"):
        sentence = areas_refused(collection(*SQUARES), crs=crs)
        assert sentence.startswith("config.toml, areas.crs") and crs in sentence and "EPSG:4326" in sentence


def test_places_that_do_not_exist_in_the_crs_are_refused_or_counted(areas_of, areas_refused):
    nowhere = box(1e9, 1e9, 1.1e9, 1.1e9)
    assert "EPSG:25830" in areas_refused(squares([nowhere], "EPSG:25830"), "areas.gpkg")
    areas, said = areas_of(squares([UTM[0], nowhere], "EPSG:25830"), "areas.gpkg")
    assert is_whole(areas) and list(shapely.is_missing(areas.shapes)) == [False, True]
    assert any("1 area beyond the reach of EPSG:25830" in sentence for sentence in said)


def test_areas_far_from_where_their_crs_is_used_are_warned_of(areas_of):
    _, said = areas_of(squares([box(600_000, 600_000, 600_100, 600_100)], "EPSG:25830"), "areas.gpkg")
    assert any("EPSG:25830 is used in" in sentence for sentence in said)
