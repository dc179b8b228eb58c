"""Columns of text become numbers or dates where all of the column is one, and stay text otherwise."""

import numpy as np
import pandas as pd
import pytest
from table_files import column, values

from dashboard.catalog.rows.columns import as_key, is_date, is_number, require_column, typed_column


@pytest.mark.parametrize(("cells", "values"), [
    (["1", "2.5", "-3e2"], [1, 2.5, -300]),
    (["1", "", " 3 "], [1, np.nan, 3]),
    (["0", "0.5", ".5"], [0, 0.5, 0.5]),
], ids=["numbers", "gaps and blanks", "zeros"])
def test_a_column_of_numbers_becomes_numbers(cells, values):
    column = typed_column(pd.Series(cells, dtype=str))
    assert is_number(column)
    np.testing.assert_array_equal(column, values)


@pytest.mark.parametrize("cells", [
    ["007", "12"], ["0", "00"], ["NA", "SE"], ["NA", "1"], ["nan", "1"], ["1,5", "2,5"], ["2014-05-01", "spring"],
    ["2014-02-30", "2014-02-28"], ["01/05/2014", "02/05/2014"]])
def test_what_is_not_all_numbers_or_iso_dates_stays_text_as_it_stands(cells):
    column = typed_column(pd.Series(cells, dtype=str))
    assert not is_number(column) and not is_date(column)
    assert list(column) == cells


def test_an_empty_cell_of_text_is_a_gap():
    assert list(typed_column(pd.Series(["NA", "", "  "], dtype=str))) == ["NA", None, None]


@pytest.mark.parametrize(("cells", "values"), [
    (["2014-05-01", "", "2013-12-31"], ["2014-05-01", "NaT", "2013-12-31"]),
    (["2014-05-01T10:30", "2014-05-01 00:15:30"], ["2014-05-01T10:30", "2014-05-01T00:15:30"]),
    (["2014-05-01T01:00:00+02:00", "2014-05-01T01:00:00Z"], ["2014-04-30T23:00", "2014-05-01T01:00"]),
    (["1066-10-14", "2014-05-01"], ["1066-10-14", "2014-05-01"]),
    (["9999-12-31", "2014-05-01"], ["9999-12-31", "2014-05-01"]),
], ids=["days", "times", "offsets", "before 1677", "an end that never comes"])
def test_a_column_of_iso_dates_becomes_dates(cells, values):
    column = typed_column(pd.Series(cells, dtype=str))
    assert is_date(column)
    np.testing.assert_array_equal(column.to_numpy().astype("datetime64[s]"), np.array(values, dtype="datetime64[s]"))


@pytest.mark.parametrize("cells", [
    ["007", "12"], ["0012.5", "1"], ["00", "1"], ["-01", "2"], ["+0049", "1"], ["NA", "SE"],
    ["nan", "NULL", "None"], ["true", "false"], ["9007199254740993", "1"], ["12345678901234567890"],
    ["inf", "Infinity"], ["e5", "1"], ["1_000", "2"], ["0x10", "1"],
    ["12 m", "13 m"], ["1/2", "3/4"], ["2014-05", "2014-06"], ["4/2014"], [".", "-"]])
def test_what_is_not_all_numbers_or_dates_stays_text_as_it_stands(records_of, cells):
    found, _ = column(records_of, cells)
    assert values(found) == cells


@pytest.mark.parametrize(("cells", "settings", "parts"), [
    (["1,234", "5,678"], {}, ["two ways", "1,234", "row 2", "records.decimal"]),
    (["1,5", "2,5"], {"separator": ","}, ["two ways", "records.decimal"]),
    ([*"123456789", "NA", "x"], {}, ["2 of 11", "'NA' (row 11)", "'x'", "records.gaps"]),
    (["2014-05-01"] * 9 + ["spring"], {}, ["1 of 10", "'spring' (row 11)", "records.dates"]),
    (["2014-02-28"] * 9 + ["2014-02-30"], {}, ["1 of 10", "'2014-02-30' (row 11)"]),
    (["01/02/2014", "03/04/2014"], {}, ["two ways", '"v" = "%d/%m/%Y"', '"v" = "%m/%d/%Y"']),
    (["31.12.2014"] * 9 + ["31.11.2014"], {}, ["1 of 10", "'31.11.2014' (row 11)"])])
def test_a_column_that_is_nearly_numbers_or_dates_stays_text_with_a_warning(records_of, cells, settings, parts):
    found, sentences = column(records_of, cells, **settings)
    assert values(found) == cells
    assert len(sentences) == 1
    assert all(part in sentences[0] for part in ["warning: records.csv, column v", *parts])


def test_gaps_are_what_the_config_says(records_of):
    found, _ = column(records_of, ["1", "NA", "-999", " n/a "], gaps=["NA", "n/a", "-999"])
    assert values(found) == [1, None, None, None]
    assert values(column(records_of, ["NA", "x"])[0]) == ["NA", "x"]


def test_one_row_and_columns_of_gaps_are_read(records_of):
    found = records_of("a,b\n,\n")
    assert values(found.table.a) == [None]
    assert found.problems == []


def test_a_column_that_is_not_there_is_refused_with_names_that_are_near(records_refused):
    for setting in ({"area": "parcle"}, {"x": "parcle", "y": "n"}, {"dates": {"parcle": "%Y"}},
                    {"area": ["n", "parcle"]}):
        sentence = records_refused("n,parcel\n1,2\n", **setting)
        parts = "column parcle", "Did you mean parcel", "n, parcel", f"records.{next(iter(setting))}"
        assert all(part in sentence for part in parts)


def test_the_columns_own_name_is_returned_for_one_with_other_blanks():
    frame = pd.DataFrame(columns=["a ", "b"])
    assert [require_column(frame, name, "f", "s") for name in (" a", "b", "", "a ")] == ["a ", "b", "", "a "]


def test_keys_compare_across_files():
    assert list(as_key(pd.Series([" 12.0 ", "12", "007", None, ""]))) == ["12", "12", "007", None, None]
    assert list(as_key(pd.Series([12.0, np.nan]))) == ["12", None]
    assert list(as_key(pd.Series([12, 3]))) == ["12", "3"]
    assert list(as_key(pd.DataFrame({"a": ["1.0", "2", None], "b": ["x", " y", "z"]}))) == ["1 / x", "2 / y", None]
    assert list(as_key(pd.DataFrame({"a": ["1.0"]}))) == ["1"]
