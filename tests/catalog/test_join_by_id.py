"""How records find their areas by id, and what is said when they do not."""

import geopandas as gpd
import pandas as pd
import pytest
from map_files import squares
from shapely.geometry import box
from written import area_ids, catalog_in, catalog_of_rows, joined, sentences

from dashboard.problems import DataError
from dashboard.query.answers.answer import answer
from dashboard.query.survey import survey_of
from dashboard.query.view import View


@pytest.mark.parametrize(("ids", "cells"), [
    (["1", "2", "3"], "1.0,2.0,3.0"), ([1, 2, 3], "1,2.0, 3 "), ([1.0, 2.0, 3.0], "1,2,3"),
    (["1.0", "2.00", "3"], "1,2,3"), (["007", "B 1", "Ñ"], "007,B 1, Ñ ")],
    ids=["text and 1.0", "whole numbers", "floats", "text with decimals", "text"])
def test_records_find_their_area_by_an_id_that_is_written_another_way(catalog_of, ids, cells):
    rows = "".join(f"{n},{cell}\n" for n, cell in enumerate(cells.split(",")))
    catalog = catalog_of("n,parcel\n" + rows, areas=squares(id=ids))
    assert area_ids(catalog) == [str(key).removesuffix(".0").removesuffix(".00") for key in ids]
    assert catalog.problems == ()


def test_an_id_with_leading_zeros_is_another_id(catalog_of):
    assert area_ids(catalog_of("n,parcel\n1,01\n2,1\n")) == [None, "1"]


def test_no_record_joined_by_id_is_an_error_with_ids_of_both_files(catalog_refused):
    sentence = catalog_refused("parcel\nP-1\nP-2\n")
    for part in ("records.csv, column parcel", "none of the 2", "P-1, P-2", "1, 2, 3", "records.area", "areas.id"):
        assert part in sentence


def test_a_number_in_one_file_is_the_text_in_the_other(tmp_path):
    records = {"find": ["a", "b", "c"], "parcel": ["12.0", " 13 ", ""]}
    catalog = catalog_of_rows(tmp_path, [12, 13], records, 'area = "parcel"')
    assert joined(catalog) == {"a": "12", "b": "13", "c": ""}
    assert any("1 of 3 records lie in no area" in sentence and "(none)" in sentence for sentence in sentences(catalog))


def test_zeros_and_case_are_proposed_and_obeyed(tmp_path):
    records = {"find": list("abcd"), "parcel": ["7A", "8b", "0009C", "10D"]}
    catalog = catalog_of_rows(tmp_path, ["0007a", "0008B", "0009C", "0010D"], records, 'area = "parcel"')
    assert joined(catalog) == {"a": "", "b": "", "c": "0009C", "d": ""}
    (loud,) = sentences(catalog)
    assert "ONLY 1 of 4 records" in loud and "pad = 5 and fold_case = true" in loud and "4 would join" in loud
    catalog = catalog_of_rows(tmp_path, ["0007a", "0008B", "0009C", "0010D"], records,
                              'area = "parcel"\npad = 5\nfold_case = true')
    assert joined(catalog) == {"a": "0007a", "b": "0008B", "c": "0009C", "d": "0010D"}
    assert sentences(catalog) == []


def test_settings_that_make_two_areas_one_are_refused(tmp_path):
    with pytest.raises(DataError, match="the ids of two areas the same"):
        catalog_of_rows(tmp_path, ["a", "A"], {"find": ["x"], "parcel": ["a"]}, 'area = "parcel"\nfold_case = true')


def test_no_join_at_all_is_an_error_with_examples_and_the_mend(tmp_path):
    with pytest.raises(DataError, match=r"none of the 2 records.*7, 8.*0007, 0008.*pad = 4"):
        catalog_of_rows(tmp_path, ["0007", "0008"], {"find": ["x", "y"], "parcel": ["7", "8"]}, 'area = "parcel"')


def test_several_columns_form_a_key(tmp_path):
    gpd.GeoDataFrame({"district": ["1", "1", "2"], "number": ["7", "8", "7"]}, crs=4326,
                     geometry=[box(x, 0, x + 1, 1) for x in range(3)]).to_file(tmp_path / "areas.geojson")
    pd.DataFrame({"find": ["a", "b"], "d": [1, 2], "n": [8, 7]}).to_csv(tmp_path / "records.csv", index=False)
    (tmp_path / "config.toml").write_text('[areas]\nfile = "areas.geojson"\nid = ["district", "number"]\n'
                                          '[records]\nfile = "records.csv"\narea = ["d", "n"]\n')
    catalog = catalog_in(tmp_path)
    assert joined(catalog) == {"a": "1 / 8", "b": "2 / 7"}
    assert answer(survey_of(catalog), View("count")).sentence.matching == 2


def test_parts_of_a_key_are_filled_up_each(tmp_path):
    gpd.GeoDataFrame({"d": ["D7", "D7"], "n": ["05", "12"]}, crs=4326,
                     geometry=[box(x, 0, x + 1, 1) for x in range(2)]).to_file(tmp_path / "areas.geojson")
    records = pd.DataFrame({"find": ["a", "b"], "d": ["D7", "D7"], "n": ["5", "12"]})
    records.to_csv(tmp_path / "records.csv", index=False)
    text = '[areas]\nfile = "areas.geojson"\nid = ["d", "n"]\n[records]\nfile = "records.csv"\narea = ["d", "n"]\n'
    (tmp_path / "config.toml").write_text(text)
    advice = "With pad = 2 under [records], 2 would join."
    assert any(advice in sentence for sentence in sentences(catalog_in(tmp_path)))
    (tmp_path / "config.toml").write_text(text + "pad = 2\n")
    assert joined(catalog_in(tmp_path)) == {"a": "D7 / 05", "b": "D7 / 12"}


def test_a_gap_written_as_a_word_is_none_where_it_is_an_id(tmp_path):
    records = {"find": ["a", "b"], "region": ["NA", "ER"], "kind": ["NA", "coin"]}
    catalog = catalog_of_rows(tmp_path, ["NA", "ER"], records, 'area = "region"\ngaps = ["NA"]')
    assert joined(catalog) == {"a": "NA", "b": "ER"}
    assert catalog.records["kind"].isna().sum() == 1


def test_an_accent_joins_however_it_is_written(tmp_path):
    catalog = catalog_of_rows(tmp_path, ["Cañada"], {"find": ["a"], "parcel": ["Can\u0303ada"]}, 'area = "parcel"')
    assert joined(catalog) == {"a": "Cañada"}
