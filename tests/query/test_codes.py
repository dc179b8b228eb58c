"""Records as small integers say the same as the table that they are made from."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from plain import AREAS, FACETS, RECORDS
from test_facets import facets_of

from dashboard.catalog.rows.columns import typed
from dashboard.query.choices import Values
from dashboard.query.counting.codes import code_column, code_records

quick = settings(deadline=None, max_examples=60)


@pytest.mark.parametrize("cells", [["1", "0", "", "1"], ["true", "FALSE", "", "True"], ["yes", "no", "", "YES"]])
def test_yes_and_no_are_the_options_however_they_are_written(cells):
    found, _ = facets_of({"column": cells})
    facet, column = found["column"], typed(pd.DataFrame({"column": cells}, dtype=str)).column
    keeps = {value: list(Values((value,)).mask(code_column(facet, column))) for value in ("yes", "no", "")}
    assert keeps == {
        "yes": [True, False, False, True], "no": [False, True, False, False], "": [False, False, True, False]}


@pytest.mark.parametrize("values", ["aab", ["x", "", "y"], ["ä & b", "<i>", "ä & b"]])
def test_codes_tell_the_same_as_the_table(values):
    found, _ = facets_of({"column": list(values)})
    facet, column = found["column"], typed(pd.DataFrame({"column": list(values)}, dtype=str)).column
    for value in facet.values:
        assert list(Values((value,)).mask(code_column(facet, column))) == list(column == value)
    assert list(Values(("",)).mask(code_column(facet, column))) == list(column.isna())


@quick
@given(RECORDS)
def test_a_code_stands_for_the_records_value_and_zero_for_a_gap(records):
    for facet in FACETS:
        column = records[facet.name]
        coded = code_column(facet, column)
        assert list(coded.codes == 0) == list(coded.options == 0) == list(column.isna())
        values = np.asarray(coded.values)[coded.codes[coded.codes > 0].astype(int) - 1]
        assert list(values) == list(column.dropna().to_numpy().astype(values.dtype))
        if facet.is_range:
            assert list(coded.values) == sorted(set(values))


def test_codes_grow_with_the_options():
    facet, = (facet for facet in FACETS if facet.name == "type")
    for count, kind in ((255, np.uint8), (256, np.uint16)):
        many = replace(facet, values=np.array([str(number) for number in range(count)], dtype=object))
        coded = code_column(many, pd.Series([str(count - 1), None, "0"]))
        assert coded.codes.dtype == kind and list(coded.codes) == [count, 0, 1]


@quick
@given(RECORDS)
def test_the_records_of_each_area_stand_together_and_can_be_summed(records):
    coded = code_records(records, records.area.to_numpy(), AREAS, FACETS, {"grams"})
    grams = coded.numbers["grams"]
    np.testing.assert_array_equal(grams, records.grams)
    for area in range(AREAS + 1):
        place, = coded.in_areas((area,))
        np.testing.assert_array_equal(grams[place], records.grams[records.area == area])
    assert coded.in_areas(()) == [slice(0, len(records))]
    sums = coded.per_area(np.nan_to_num(grams), np.float64)
    expected = records.grams.fillna(0).groupby(records.area).sum().reindex(range(AREAS + 1), fill_value=0)
    np.testing.assert_allclose(sums, expected, atol=1e-9)
