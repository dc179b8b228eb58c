"""Numbers as people write them: decimal marks, thousands, infinities, too many digits."""

import pytest
from table_files import column, values
from written import catalog_in, catalog_of_rows

from dashboard.catalog.rows.columns import is_number


@pytest.mark.parametrize(("cells", "expected"), [
    (["1", "2.5", "-3e2", ""], [1, 2.5, -300, None]), ([" 1 ", "+2", ".5"], [1, 2, 0.5]),
    (["0", "0.5", "-0.5"], [0, 0.5, -0.5]),
    (["1,5", "20", "-3,25"], [1.5, 20, -3.25]), (["1,234,567", "12", "1,234"], [1234567, 12, 1234]),
    (["1.234,5", "12", "1.234"], [1234.5, 12, 1234]), (["1,234.5", "0.5"], [1234.5, 0.5]),
    (["0,125", "1,250"], [0.125, 1.25]),
])
def test_a_column_of_numbers_is_numbers(records_of, cells, expected):
    found, _ = column(records_of, cells)
    assert is_number(found)
    assert values(found) == expected


def test_numbers_of_many_digits_stay_text_with_a_note(records_of):
    _, sentences = column(records_of, ["9007199254740993", "1"])
    assert "note: records.csv, column v" in sentences[0] and "digits" in sentences[0]


def test_infinities_are_gaps_and_counted(records_of):
    found, sentences = column(records_of, ["1", "inf", "-Infinity", "1e400", "2"])
    assert values(found) == [1, None, None, None, 2]
    assert "3 of 5 numbers" in sentences[0]


@pytest.mark.parametrize(("decimal", "cells", "expected"), [
    (",", ["1,234", "0,5"], [1.234, 0.5]), (".", ["1,234", "5,678"], [1234, 5678]),
    (",", ["1.234", "5.678"], [1234, 5678]),
    (",", ["37.608962"], [37.608962]), (".", ["1,5"], ["1,5"])])
def test_the_decimal_mark_of_the_config_decides(records_of, decimal, cells, expected):
    assert values(column(records_of, cells, decimal=decimal)[0]) == expected


def test_a_thousand_with_a_point_is_not_taken_for_a_fraction(tmp_path):
    catalog_of_rows(tmp_path, ["01"], {"find": ["x"], "parcel": ["01"]}, 'area = "parcel"')
    (tmp_path / "records.csv").write_text("find;parcel;voters;share\nx;01;3.661;52,54\ny;01;747;72,24\n")
    config = '[areas]\nfile = "areas.geojson"\n[records]\nfile = "records.csv"\narea = "parcel"\n'
    (tmp_path / "config.toml").write_text(config)
    assert not is_number(catalog_in(tmp_path).records["voters"])
    (tmp_path / "config.toml").write_text(config + 'decimal = ","\n')
    assert catalog_in(tmp_path).records["voters"].sum() == 4408
