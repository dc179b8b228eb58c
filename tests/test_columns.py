"""Columns of text become numbers or dates where all of the column is one, and stay text otherwise."""

import numpy as np
import pandas as pd
import pytest
from dashboard.catalog.columns import is_date, is_number, typed_column


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
