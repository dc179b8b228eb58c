"""Areas and records together, and settings that do not fit them: a sentence names file, column and remedy."""

import pytest
from written import BY_PLACE, catalog_in, catalog_of_rows

from dashboard.problems import DataError


def test_records_are_sorted_by_area_and_those_in_none_come_last(catalog_of):
    catalog = catalog_of("n,parcel\n1,9\n2,3\n3,1\n4,2\n5,1\n")
    assert list(catalog.area_of) == [0, 0, 1, 2, 3]
    assert list(catalog.records.n) == [3, 5, 4, 2, 1]
    assert catalog.joining.joined == 4


def test_a_missing_file_is_named(catalog_of, tmp_path):
    catalog_of("parcel\n1\n")
    for name, setting in (("areas.geojson", "areas.file"), ("records.csv", "records.file")):
        kept = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        with pytest.raises(DataError, match=rf"^{name}: there is no such file\. .*{setting}"):
            catalog_in(tmp_path)
        (tmp_path / name).write_bytes(kept)


@pytest.mark.parametrize(("setting", "settings"), [
    ("areas.id", {"in_areas": 'id = "nope"'}), ("areas.label", {"in_areas": 'label = "nope"'}),
    ("areas.group", {"in_areas": 'group = "nope"'}), ("areas.surveyed", {"in_areas": 'surveyed = "nope"'}),
    ("detail.columns", {"more": '[detail]\ncolumns = ["nope"]'})])
def test_a_column_that_the_areas_lack_is_named_with_those_they_have(catalog_refused, setting, settings):
    sentence = catalog_refused("parcel\n1\n", **settings)
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
def test_a_column_that_the_records_lack_is_named_with_those_they_have(catalog_refused, setting, settings):
    sentence = catalog_refused("parcel,weight\n1,5\n", **settings)
    for part in ("records.csv, column nope", "no such column", setting, "parcel, weight"):
        assert part in sentence


@pytest.mark.parametrize("cells", [["light", "5"], ["2014-05-01", "2014-05-02"]], ids=["text", "dates"])
def test_a_measure_of_a_column_that_holds_no_numbers_is_refused(catalog_refused, cells):
    sentence = catalog_refused(f"parcel,weight\n1,{cells[0]}\n2,{cells[1]}\n",
                       more='[[measures]]\nof = "sum"\ncolumn = "weight"')
    assert "records.csv, column weight" in sentence and "measures" in sentence


@pytest.mark.parametrize(("setting", "settings"), [
    ("records.crs", {"join": f'{BY_PLACE}\ncrs = "EPSG:99999999"'}),
    ("areas.crs", {"join": BY_PLACE, "in_areas": 'crs = "utm"'})])
def test_a_crs_that_does_not_exist_is_refused(catalog_refused, setting, settings):
    sentence = catalog_refused("x,y\n0.5,0.5\n", **settings)
    assert setting in sentence and "EPSG:4326" in sentence


def test_records_without_a_way_to_their_area_are_an_error(tmp_path):
    with pytest.raises(DataError, match="nothing says how a record finds its area"):
        catalog_of_rows(tmp_path, ["a"], {"find": ["x"]}, "")
