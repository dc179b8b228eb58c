"""Spreadsheets, as they show."""

from datetime import date

import pytest
from table_files import sheet_file, values

from dashboard.catalog.records import read_records
from dashboard.catalog.source import Source
from dashboard.problems import DataError
from dashboard.settings import RecordSettings


def test_a_spreadsheet_is_read_as_it_shows(tmp_path):
    sheet_file(tmp_path / "a.xlsx", {"one": [
        ["id", "zero", "weight", "mixed", "ok", "day", ""], [1, "007", 1.5, 12, True, date(2014, 5, 1), None],
        [2, "12", None, "x", False, date(2014, 5, 2), None]], "two": [["n"], ["5"]], "none": []})
    found = read_records(Source(RecordSettings(file="a.xlsx", area="id"), tmp_path))
    assert values(found.table.id) == ["1", "2"]
    assert values(found.table.zero) == ["007", "12"]
    assert values(found.table.weight) == [1.5, None]
    assert values(found.table.mixed) == ["12", "x"]
    assert values(found.table.ok) == ["yes", "no"]
    assert values(found.table.day) == ["2014-05-01T00:00", "2014-05-02T00:00"]
    assert values(found.table["column 7"]) == [None, None]
    assert values(read_records(Source(RecordSettings(file="a.xlsx", layer="two"), tmp_path)).table.n) == [5]
    for layer, part in (("three", "one, two"), ("none", "empty")):
        with pytest.raises(DataError, match=part):
            read_records(Source(RecordSettings(file="a.xlsx", layer=layer), tmp_path))
