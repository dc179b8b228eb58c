"""How records find their areas, and what is said when they do not."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from dashboard.catalog import read_catalog
from dashboard.catalog.columns import is_number
from dashboard.catalog.problems import DataError
from dashboard.query.engine import engine_of
from dashboard.query.view import View
from shapely.geometry import Point, box


def survey(folder, ids, records, settings, crs=4326, origin=(0.0, 40.0), step=0.01):
    """Write areas in a row from `origin`, records and a config; return the catalog of them."""
    west, south = origin
    areas = gpd.GeoDataFrame({"id": ids}, crs=crs, geometry=[
        box(west + step * place, south, west + step * (place + 1), south + step) for place in range(len(ids))])
    areas.to_file(folder / "areas.geojson") if crs == 4326 else areas.to_file(folder / "areas.gpkg")
    pd.DataFrame(records).to_csv(folder / "records.csv", index=False)
    file = "areas.geojson" if crs == 4326 else "areas.gpkg"
    (folder / "config.toml").write_text(f'[areas]\nfile = "{file}"\n[records]\nfile = "records.csv"\n{settings}', "utf-8")
    return read_catalog(folder)


def sentences(catalog, level="warning"):
    return [problem.sentence for problem in catalog.problems if problem.level == level]


def joined(catalog):
    """Return the area id of each record, in the order of the file ("" for none)."""
    ids = np.append(catalog.areas.ids, "")
    return dict(zip(catalog.records["find"], ids[catalog.area_of], strict=True))


def test_a_number_in_one_file_is_the_text_in_the_other(tmp_path):
    catalog = survey(tmp_path, [12, 13], {"find": ["a", "b", "c"], "parcel": ["12.0", " 13 ", ""]}, 'area = "parcel"')
    assert joined(catalog) == {"a": "12", "b": "13", "c": ""}
    assert any("1 of 3 records lie in no area" in sentence and "(none)" in sentence for sentence in sentences(catalog))


def test_zeros_and_case_are_proposed_and_obeyed(tmp_path):
    records = {"find": list("abcd"), "parcel": ["7A", "8b", "0009C", "10D"]}
    catalog = survey(tmp_path, ["0007a", "0008B", "0009C", "0010D"], records, 'area = "parcel"')
    assert joined(catalog) == {"a": "", "b": "", "c": "0009C", "d": ""}
    (loud,) = sentences(catalog)
    assert "ONLY 1 of 4 records" in loud and "pad = 5 and fold_case = true" in loud and "4 would join" in loud
    catalog = survey(tmp_path, ["0007a", "0008B", "0009C", "0010D"], records, 'area = "parcel"\npad = 5\nfold_case = true')
    assert joined(catalog) == {"a": "0007a", "b": "0008B", "c": "0009C", "d": "0010D"}
    assert sentences(catalog) == []


def test_settings_that_make_two_areas_one_are_refused(tmp_path):
    with pytest.raises(DataError, match="the ids of two areas the same"):
        survey(tmp_path, ["a", "A"], {"find": ["x"], "parcel": ["a"]}, 'area = "parcel"\nfold_case = true')


def test_no_join_at_all_is_an_error_with_examples_and_the_mend(tmp_path):
    with pytest.raises(DataError, match=r"none of the 2 records.*7, 8.*0007, 0008.*pad = 4"):
        survey(tmp_path, ["0007", "0008"], {"find": ["x", "y"], "parcel": ["7", "8"]}, 'area = "parcel"')


def test_several_columns_form_a_key(tmp_path):
    gpd.GeoDataFrame({"district": ["1", "1", "2"], "number": ["7", "8", "7"]}, crs=4326,
                     geometry=[box(x, 0, x + 1, 1) for x in range(3)]).to_file(tmp_path / "areas.geojson")
    pd.DataFrame({"find": ["a", "b"], "d": [1, 2], "n": [8, 7]}).to_csv(tmp_path / "records.csv", index=False)
    (tmp_path / "config.toml").write_text('[areas]\nfile = "areas.geojson"\nid = ["district", "number"]\n'
                                          '[records]\nfile = "records.csv"\narea = ["d", "n"]\n')
    catalog = read_catalog(tmp_path)
    assert joined(catalog) == {"a": "1 / 8", "b": "2 / 7"}
    assert engine_of(catalog).answer(View("count")).tally.total == 2


def test_a_record_on_a_shared_border_counts_once(tmp_path):
    catalog = survey(tmp_path, ["a", "b"], {"find": ["x", "y"], "lon": [0.01, 0.015], "lat": [40.005, 40.005]},
                     'x = "lon"\ny = "lat"')
    assert joined(catalog) == {"x": "a", "y": "b"}
    assert len(catalog.records) == 2


def test_one_column_holds_latitude_and_longitude(tmp_path):
    catalog = survey(tmp_path, ["a", "b"], {"find": list("xyz"), "where": ["40.005, 0.005", "(40.005 0.015)", "unknown"]},
                     'place = "where"')
    assert joined(catalog) == {"x": "a", "y": "b", "z": ""}
    assert any("1 values are no pair of coordinates, such as “unknown” in record 3" in sentence for sentence in sentences(catalog))


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
        survey(tmp_path, ["a", "b"], {"find": ["x"], **records}, f'x = "lon"\ny = "lat"{settings}')


def test_records_without_a_way_to_their_area_are_an_error(tmp_path):
    with pytest.raises(DataError, match="nothing says how a record finds its area"):
        survey(tmp_path, ["a"], {"find": ["x"]}, "")


def test_parts_of_a_key_are_filled_up_each(tmp_path):
    gpd.GeoDataFrame({"d": ["D7", "D7"], "n": ["05", "12"]}, crs=4326,
                     geometry=[box(x, 0, x + 1, 1) for x in range(2)]).to_file(tmp_path / "areas.geojson")
    pd.DataFrame({"find": ["a", "b"], "d": ["D7", "D7"], "n": ["5", "12"]}).to_csv(tmp_path / "records.csv", index=False)
    text = '[areas]\nfile = "areas.geojson"\nid = ["d", "n"]\n[records]\nfile = "records.csv"\narea = ["d", "n"]\n'
    (tmp_path / "config.toml").write_text(text)
    assert any("With pad = 2 under [records], 2 would join." in sentence for sentence in sentences(read_catalog(tmp_path)))
    (tmp_path / "config.toml").write_text(text + "pad = 2\n")
    assert joined(read_catalog(tmp_path)) == {"a": "D7 / 05", "b": "D7 / 12"}


def test_a_gap_written_as_a_word_is_none_where_it_is_an_id(tmp_path):
    records = {"find": ["a", "b"], "region": ["NA", "ER"], "kind": ["NA", "coin"]}
    catalog = survey(tmp_path, ["NA", "ER"], records, 'area = "region"\ngaps = ["NA"]')
    assert joined(catalog) == {"a": "NA", "b": "ER"}
    assert catalog.records["kind"].isna().sum() == 1


def test_an_accent_joins_however_it_is_written(tmp_path):
    catalog = survey(tmp_path, ["Cañada"], {"find": ["a"], "parcel": ["Can\u0303ada"]}, 'area = "parcel"')
    assert joined(catalog) == {"a": "Cañada"}


def test_points_that_are_empty_are_records_without_a_place(tmp_path):
    survey(tmp_path, ["a"], {"find": ["x"], "parcel": ["a"]}, 'area = "parcel"')
    gpd.GeoDataFrame({"find": ["x", "y"]}, geometry=[Point(0.005, 40.005), Point()], crs=4326).to_file(tmp_path / "p.gpkg")
    (tmp_path / "config.toml").write_text('[areas]\nfile = "areas.geojson"\n[records]\nfile = "p.gpkg"\n')
    assert joined(read_catalog(tmp_path)) == {"x": "a", "y": ""}


def test_a_thousand_with_a_point_is_not_taken_for_a_fraction(tmp_path):
    survey(tmp_path, ["01"], {"find": ["x"], "parcel": ["01"]}, 'area = "parcel"')
    (tmp_path / "records.csv").write_text("find;parcel;voters;share\nx;01;3.661;52,54\ny;01;747;72,24\n")
    config = '[areas]\nfile = "areas.geojson"\n[records]\nfile = "records.csv"\narea = "parcel"\n'
    (tmp_path / "config.toml").write_text(config)
    assert not is_number(read_catalog(tmp_path).records["voters"])
    (tmp_path / "config.toml").write_text(config + 'decimal = ","\n')
    assert read_catalog(tmp_path).records["voters"].sum() == 4408


def test_stamps_of_a_zone_keep_its_days(tmp_path):
    survey(tmp_path, ["a"], {"find": ["x"], "parcel": ["a"]}, 'area = "parcel"')
    late = pd.to_datetime(["2023-01-31 23:30"]).tz_localize("America/New_York")
    pd.DataFrame({"find": ["x"], "parcel": ["a"], "seen": late}).to_parquet(tmp_path / "r.parquet")
    (tmp_path / "config.toml").write_text('[areas]\nfile = "areas.geojson"\n[records]\nfile = "r.parquet"\narea = "parcel"\n')
    assert str(read_catalog(tmp_path).records["seen"][0]) == "2023-01-31 23:30:00"
