"""Small files in odd shapes -> areas and records, joined, or one sentence that says what to mend."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
from dashboard.catalog import read_catalog
from dashboard.catalog.problems import DataError
from shapely.geometry import Point, Polygon, box

BY_ID = 'area = "parcel"'
BY_PLACE = 'x = "x"\ny = "y"'
SQUARES = {"1": box(0, 0, 1, 1), "2": box(1, 0, 2, 1), "3": box(5, 5, 6, 6)}


@pytest.fixture
def read(tmp_path):
    """A function that writes areas and records beside a config and reads them as the app does.

    `areas` are shapes by id, or whole columns; a text is written as it stands.
    """
    def read(records, join=BY_ID, areas=SQUARES, *, in_areas="", more="", crs="EPSG:4326"):
        frame = areas if isinstance(areas, gpd.GeoDataFrame) else gpd.GeoDataFrame(
            {"id": list(areas)}, geometry=list(areas.values()), crs=crs)
        frame.to_file(tmp_path / "areas.geojson")
        (tmp_path / "records.csv").write_bytes(records if isinstance(records, bytes) else records.encode())
        (tmp_path / "config.toml").write_text(
            f'[areas]\nfile = "areas.geojson"\n{in_areas}\n[records]\nfile = "records.csv"\n{join}\n{more}', "utf-8")
        return read_catalog(tmp_path)
    return read


@pytest.fixture
def refusal(read):
    """A function that reads as `read` does and returns the sentence by which the data are refused."""
    def refusal(*given, **settings):
        with pytest.raises(DataError) as caught:
            read(*given, **settings)
        return str(caught.value)
    return refusal


def squares(**columns):
    """Return the three squares with more columns, or other ids."""
    return gpd.GeoDataFrame({"id": list(SQUARES), **columns}, geometry=list(SQUARES.values()), crs="EPSG:4326")


def area_ids(catalog):
    """Return the id of each record's area, a gap where it lies in none, in the order of the column `n`."""
    ids = np.append(catalog.areas.ids, None)[catalog.area_of]
    return list(ids[np.argsort(catalog.records.n)])


def test_records_are_sorted_by_area_and_those_in_none_come_last(read):
    catalog = read("n,parcel\n1,9\n2,3\n3,1\n4,2\n5,1\n")
    assert list(catalog.area_of) == [0, 0, 1, 2, 3]
    assert list(catalog.records.n) == [3, 5, 4, 2, 1]
    assert catalog.joining.joined == 4


def test_areas_are_in_the_order_of_their_labels_as_people_count(read):
    catalog = read("parcel\n1\n", areas=squares(name=["Field 10", "Field 9", None]), in_areas='label = "name"')
    assert list(catalog.areas.labels) == ["3", "Field 9", "Field 10"]
    assert list(catalog.areas.ids) == ["3", "2", "1"]


@pytest.mark.parametrize("column", [["yes", "no", None], [True, False, None], [1, 0, None], ["T", "f", ""]],
                         ids=["words", "booleans", "numbers", "letters"])
def test_what_was_surveyed_is_read_from_a_column_and_a_gap_means_it_was_not(read, column):
    catalog = read("parcel\n1\n", areas=squares(walked=column), in_areas='surveyed = "walked"')
    assert list(catalog.areas.surveyed) == [True, False, False]


def test_sizes_are_square_kilometres_on_the_ground(read):
    south, north = box(0, 0, 1, 1), box(0, 60, 1, 61)
    catalog = read("parcel\na\n", areas={"a": south, "b": north})
    geod = pyproj.Geod(ellps="WGS84")
    ground = [abs(geod.geometry_area_perimeter(shape)[0]) / 1e6 for shape in (south, north)]
    np.testing.assert_allclose(catalog.areas.km2, ground, rtol=1e-3)


def test_an_invalid_polygon_is_mended_and_counted(read):
    bow_tie = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    catalog = read("n,x,y\n1,0.1,0.5\n2,0.9,0.5\n3,0.5,0.1\n", BY_PLACE, {"bow": bow_tie, "3": SQUARES["3"]})
    assert all(shape.is_valid for shape in catalog.areas.shapes)
    assert area_ids(catalog) == ["bow", "bow", None]
    note, = (problem.sentence for problem in catalog.problems if problem.level == "note")
    assert note.startswith("areas.geojson: 1 area") and "mended" in note


@pytest.mark.parametrize(("ids", "cells"), [
    (["1", "2", "3"], "1.0,2.0,3.0"), ([1, 2, 3], "1,2.0, 3 "), ([1.0, 2.0, 3.0], "1,2,3"),
    (["1.0", "2.00", "3"], "1,2,3"), (["007", "B 1", "Ñ"], "007,B 1, Ñ ")],
    ids=["text and 1.0", "whole numbers", "floats", "text with decimals", "text"])
def test_records_find_their_area_by_an_id_that_is_written_another_way(read, ids, cells):
    rows = "".join(f"{n},{cell}\n" for n, cell in enumerate(cells.split(",")))
    catalog = read("n,parcel\n" + rows, areas=squares(id=ids))
    assert area_ids(catalog) == [str(key).removesuffix(".0").removesuffix(".00") for key in ids]
    assert catalog.problems == ()


def test_an_id_with_leading_zeros_is_another_id(read):
    assert area_ids(read("n,parcel\n1,01\n2,1\n")) == [None, "1"]


def test_no_record_joined_by_id_is_an_error_with_ids_of_both_files(refusal):
    sentence = refusal("parcel\nP-1\nP-2\n")
    for part in ("records.csv, column parcel", "none of the 2", "P-1, P-2", "1, 2, 3", "records.area", "areas.id"):
        assert part in sentence


def test_no_record_joined_by_place_is_an_error(refusal):
    sentence = refusal("x,y\n50,50\n", BY_PLACE)
    assert "records.csv, columns x and y" in sentence and "records.crs" in sentence


def test_a_record_on_a_shared_border_counts_once(read):
    catalog = read("n,x,y\n1,1,0.5\n2,1,0\n3,0.5,0.5\n4,1.5,0.5\n", BY_PLACE)
    assert len(catalog.records) == 4
    assert area_ids(catalog) == ["1", "1", "1", "2"]


def test_a_record_in_a_hole_is_in_no_area_unless_an_island_is_there(read):
    ring = box(0, 0, 9, 9).difference(box(1, 1, 8, 8))
    catalog = read("n,x,y\n1,0.5,0.5\n2,2,2\n3,5,5\n", BY_PLACE, {"ring": ring, "island": box(4, 4, 6, 6)})
    assert area_ids(catalog) == ["ring", None, "island"]


def test_a_record_without_a_place_is_in_no_area(read):
    catalog = read("n,x,y\n1,0.5,0.5\n2,,\n3,0.5,\n", BY_PLACE)
    assert area_ids(catalog) == ["1", None, None]


def test_places_in_another_crs_find_their_area(read):
    to_utm = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25830", always_xy=True)
    parcels = {"west": box(-2, 37, -1.99, 37.01), "east": box(-1.99, 37, -1.98, 37.01)}
    (west, east), (south, north) = to_utm.transform([-1.995, -1.985], [37.005, 37.005])
    catalog = read(f"n,x,y\n1,{east},{north}\n2,{west},{south}\n", f'{BY_PLACE}\ncrs = "EPSG:25830"', parcels)
    assert area_ids(catalog) == ["east", "west"]


def test_areas_in_another_crs_are_drawn_in_degrees_and_found(read):
    utm = {"a": box(600_000, 4_100_000, 600_100, 4_100_100), "b": box(600_100, 4_100_000, 600_200, 4_100_100)}
    to_degrees = pyproj.Transformer.from_crs("EPSG:25830", "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(600_150, 4_100_050)
    catalog = read(f"n,x,y\n1,{lon},{lat}\n", BY_PLACE, utm, crs="EPSG:25830")
    assert area_ids(catalog) == ["b"]
    west, south, east, north = catalog.areas.bounds()
    assert west < lon < east and south < lat < north and east - west < 0.01


# Mistakes name the file, the column and the mend

def test_a_missing_file_is_named(read, tmp_path):
    read("parcel\n1\n")
    for name, setting in (("areas.geojson", "areas.file"), ("records.csv", "records.file")):
        kept = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        with pytest.raises(DataError, match=rf"^{name}: there is no such file\. .*{setting}"):
            read_catalog(tmp_path)
        (tmp_path / name).write_bytes(kept)


@pytest.mark.parametrize(("setting", "settings"), [
    ("areas.id", {"in_areas": 'id = "nope"'}), ("areas.label", {"in_areas": 'label = "nope"'}),
    ("areas.group", {"in_areas": 'group = "nope"'}), ("areas.surveyed", {"in_areas": 'surveyed = "nope"'}),
    ("detail.columns", {"more": '[detail]\ncolumns = ["nope"]'})])
def test_a_column_that_the_areas_lack_is_named_with_those_they_have(refusal, setting, settings):
    sentence = refusal("parcel\n1\n", **settings)
    for part in ("areas.geojson, column nope", "no such column", setting, "id"):
        assert part in sentence


@pytest.mark.parametrize(("setting", "settings"), [
    ("records.area", {"join": 'area = "nope"'}),
    ("records.x", {"join": 'x = "nope"\ny = "parcel"'}),
    ("records.y", {"join": 'x = "parcel"\ny = "nope"'}),
    ("measures[1].column", {"more": '[[measures]]\nof = "sum"\ncolumn = "nope"'}),
    ("facets.labels", {"more": '[facets]\nlabels = { nope = "No" }'}),
    ("detail.time", {"more": '[detail]\ntime = "nope"'}),
    *((f"{table}.{key}", {"more": f'[{table}]\n{key} = ["nope"]'}) for table, key in (
        ("facets", "columns"), ("facets", "hidden"), ("detail", "charts"), ("detail", "table"), ("detail", "images"),
        ("detail", "links")))])
def test_a_column_that_the_records_lack_is_named_with_those_they_have(refusal, setting, settings):
    sentence = refusal("parcel,weight\n1,5\n", **settings)
    for part in ("records.csv, column nope", "no such column", setting, "parcel, weight"):
        assert part in sentence


@pytest.mark.parametrize("cells", [["light", "5"], ["2014-05-01", "2014-05-02"]], ids=["text", "dates"])
def test_a_measure_of_a_column_that_holds_no_numbers_is_refused(refusal, cells):
    sentence = refusal(f"parcel,weight\n1,{cells[0]}\n2,{cells[1]}\n",
                       more='[[measures]]\nof = "sum"\ncolumn = "weight"')
    assert "records.csv, column weight" in sentence and "measures" in sentence


def test_places_that_are_no_numbers_are_refused(refusal):
    sentence = refusal("x,y\n0.5,0.5\neast,0.5\n", BY_PLACE)
    assert "records.csv, column x" in sentence and "records.x" in sentence


@pytest.mark.parametrize(("setting", "settings"), [
    ("records.crs", {"join": f'{BY_PLACE}\ncrs = "EPSG:99999999"'}),
    ("areas.crs", {"join": BY_PLACE, "in_areas": 'crs = "utm"'})])
def test_a_crs_that_does_not_exist_is_refused(refusal, setting, settings):
    sentence = refusal("x,y\n0.5,0.5\n", **settings)
    assert setting in sentence and "EPSG:4326" in sentence


def test_areas_that_are_no_polygons_are_refused(refusal):
    sentence = refusal("parcel\n1\n", areas={"1": Point(0, 0), "2": Point(1, 1)})
    assert sentence.startswith("areas.geojson") and "polygon" in sentence


def test_a_surveyed_column_that_says_neither_yes_nor_no_is_refused(refusal):
    sentence = refusal("parcel\n1\n", areas=squares(walked=["yes", "perhaps", "no"]), in_areas='surveyed = "walked"')
    for part in ("areas.geojson, column walked", "'perhaps'", "areas.surveyed"):
        assert part in sentence
