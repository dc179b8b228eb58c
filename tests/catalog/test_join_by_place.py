"""How records find their areas by place, and what is said when they do not."""

import geopandas as gpd
import pyproj
import pytest
from shapely.geometry import Point, box
from written import BY_PLACE, area_ids, catalog_in, catalog_of_rows, joined, sentences

from dashboard.problems import DataError


def test_no_record_joined_by_place_is_an_error(catalog_refused):
    sentence = catalog_refused("x,y\n50,50\n", BY_PLACE)
    assert "records.csv, columns x and y" in sentence and "records.crs" in sentence


def test_a_record_on_a_shared_border_counts_once(catalog_of):
    catalog = catalog_of("n,x,y\n1,1,0.5\n2,1,0\n3,0.5,0.5\n4,1.5,0.5\n", BY_PLACE)
    assert len(catalog.records) == 4
    assert area_ids(catalog) == ["1", "1", "1", "2"]


def test_a_record_in_a_hole_is_in_no_area_unless_an_island_is_there(catalog_of):
    ring = box(0, 0, 9, 9).difference(box(1, 1, 8, 8))
    catalog = catalog_of("n,x,y\n1,0.5,0.5\n2,2,2\n3,5,5\n", BY_PLACE, {"ring": ring, "island": box(4, 4, 6, 6)})
    assert area_ids(catalog) == ["ring", None, "island"]


def test_a_record_without_a_place_is_in_no_area(catalog_of):
    catalog = catalog_of("n,x,y\n1,0.5,0.5\n2,,\n3,0.5,\n", BY_PLACE)
    assert area_ids(catalog) == ["1", None, None]


def test_places_in_another_crs_find_their_area(catalog_of):
    to_utm = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25830", always_xy=True)
    parcels = {"west": box(-2, 37, -1.99, 37.01), "east": box(-1.99, 37, -1.98, 37.01)}
    (west, east), (south, north) = to_utm.transform([-1.995, -1.985], [37.005, 37.005])
    catalog = catalog_of(f"n,x,y\n1,{east},{north}\n2,{west},{south}\n", f'{BY_PLACE}\ncrs = "EPSG:25830"', parcels)
    assert area_ids(catalog) == ["east", "west"]


def test_areas_in_another_crs_are_drawn_in_degrees_and_found(catalog_of):
    utm = {"a": box(600_000, 4_100_000, 600_100, 4_100_100), "b": box(600_100, 4_100_000, 600_200, 4_100_100)}
    to_degrees = pyproj.Transformer.from_crs("EPSG:25830", "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(600_150, 4_100_050)
    catalog = catalog_of(f"n,x,y\n1,{lon},{lat}\n", BY_PLACE, utm, crs="EPSG:25830")
    assert area_ids(catalog) == ["b"]
    west, south, east, north = catalog.areas.bounds()
    assert west < lon < east and south < lat < north and east - west < 0.01


def test_places_that_are_no_numbers_are_refused(catalog_refused):
    sentence = catalog_refused("x,y\n0.5,0.5\neast,0.5\n", BY_PLACE)
    assert "records.csv, column x" in sentence and "records.x" in sentence


def test_one_column_holds_latitude_and_longitude(tmp_path):
    records = {"find": list("xyz"), "where": ["40.005, 0.005", "(40.005 0.015)", "unknown"]}
    catalog = catalog_of_rows(tmp_path, ["a", "b"], records, 'place = "where"')
    assert joined(catalog) == {"x": "a", "y": "b", "z": ""}
    found = "1 values are no pair of coordinates, such as “unknown” in record 3"
    assert any(found in sentence for sentence in sentences(catalog))


@pytest.mark.parametrize(("records", "settings", "found"), [
    ({"lon": [40.005], "lat": [0.005]}, "", "axes look swapped"),
    ({"lon": [660123.0], "lat": [4160123.0]}, "", "no degrees of EPSG:4326"),
    ({"lon": [0.005], "lat": [40.005]}, '\ncrs = "EPSG:25830"', "look like degrees"),
    ({"lon": [0.005], "lat": [40.005]}, '\ncrs = "EPSG:nothing"', "no coordinate reference system"),
    ({"lon": [10.0], "lat": [50.0]}, "", "no record lies in any area"),
    ({"lon": ["east"], "lat": [40.0]}, "", "holds text where coordinates are expected"),
], ids=["swapped", "metres for degrees", "degrees for metres", "unknown", "elsewhere", "text"])
def test_coordinates_that_cannot_be_are_named(tmp_path, records, settings, found):
    with pytest.raises(DataError, match=found):
        catalog_of_rows(tmp_path, ["a", "b"], {"find": ["x"], **records}, f'x = "lon"\ny = "lat"{settings}')


def test_points_that_are_empty_are_records_without_a_place(tmp_path):
    catalog_of_rows(tmp_path, ["a"], {"find": ["x"], "parcel": ["a"]}, 'area = "parcel"')
    points = gpd.GeoDataFrame({"find": ["x", "y"]}, geometry=[Point(0.005, 40.005), Point()], crs=4326)
    points.to_file(tmp_path / "p.gpkg")
    (tmp_path / "config.toml").write_text('[areas]\nfile = "areas.geojson"\n[records]\nfile = "p.gpkg"\n')
    assert joined(catalog_in(tmp_path)) == {"x": "a", "y": ""}


def test_a_record_on_a_shared_border_counts_once_at_any_scale(tmp_path):
    catalog = catalog_of_rows(tmp_path, ["a", "b"], {"find": ["x", "y"], "lon": [0.01, 0.015], "lat": [40.005, 40.005]},
                     'x = "lon"\ny = "lat"')
    assert joined(catalog) == {"x": "a", "y": "b"}
    assert len(catalog.records) == 2
