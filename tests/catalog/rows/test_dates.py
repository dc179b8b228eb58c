"""Dates as people write them, and as the config says."""

import pandas as pd
import pytest
from table_files import column, values
from written import catalog_in, catalog_of_rows

from dashboard.catalog.rows.columns import is_date
from dashboard.problems import DataError


@pytest.mark.parametrize(("cells", "expected"), [
    (["2014-05-01", "", "2013-12-31"], ["2014-05-01T00:00", None, "2013-12-31T00:00"]),
    (["2014-05-01T10:30", "2014-05-01 00:15:30.123"], ["2014-05-01T10:30", "2014-05-01T00:15"]),
    (["2014-05-01T01:00:00+02:00", "2014-05-01T01:00:00Z"], ["2014-04-30T23:00", "2014-05-01T01:00"]),
    (["1066-10-14", "9999-12-31"], ["1066-10-14T00:00", "9999-12-31T00:00"]),
    (["31.12.2014", "1.2.2014"], ["2014-12-31T00:00", "2014-02-01T00:00"]),
    (["31/12/2014", "01/02/2014"], ["2014-12-31T00:00", "2014-02-01T00:00"]),
    (["12/31/2014 01:30:00 PM", "01/02/2014 12:00:00 AM"], ["2014-12-31T13:30", "2014-01-02T00:00"]),
    (["2014/12/31", "2014/1/2"], ["2014-12-31T00:00", "2014-01-02T00:00"]),
    (["05/05/2014", ""], ["2014-05-05T00:00", None]),
])
def test_a_column_of_dates_is_dates(records_of, cells, expected):
    found, _ = column(records_of, cells)
    assert is_date(found)
    assert values(found) == expected


def test_times_with_an_offset_are_put_on_the_clock_of_utc_with_a_note(records_of):
    assert "UTC" in column(records_of, ["2014-05-01T01:00:00+02:00"])[1][0]


@pytest.mark.parametrize(("date", "cells", "expected"), [
    ("%Y%m", ["201104", "201212"], ["2011-04-01T00:00", "2012-12-01T00:00"]),
    ("epoch s", ["86400", "0"], ["1970-01-02T00:00", "1970-01-01T00:00"]),
    ("epoch ms", ["86400000.0"], ["1970-01-02T00:00"]), ("%d/%m/%Y", ["01/02/2014"], ["2014-02-01T00:00"]),
    ("%d.%m.%y", ["01.02.14"], ["2014-02-01T00:00"]), ("%Y-%m-%d %z", ["2014-02-01 +0200"], ["2014-01-31T22:00"])])
def test_dates_are_read_as_the_config_says(records_of, date, cells, expected):
    found, _ = column(records_of, cells, dates={" v ": date})
    assert values(found) == expected


def test_what_is_not_written_as_the_config_says_is_a_gap_counted_with_an_example(records_of):
    for date, cells in (("%d/%m/%Y", ["01/02/2014", "May", "", "32/01/2014"]), ("epoch s", ["0", "May", "", "1e300"])):
        found, sentences = column(records_of, cells, dates={"v": date})
        assert values(found)[1:] == [None] * 3
        assert all(part in sentences[0] for part in ("warning", "2 of 3", "'May' (row 3)", date))


def test_a_format_that_is_none_is_refused(records_of):
    with pytest.raises(DataError, match=r"records\.dates"):
        column(records_of, ["2014"], dates={"v": "%Q"})


def test_stamps_of_a_zone_keep_its_days(tmp_path):
    catalog_of_rows(tmp_path, ["a"], {"find": ["x"], "parcel": ["a"]}, 'area = "parcel"')
    late = pd.to_datetime(["2023-01-31 23:30"]).tz_localize("America/New_York")
    pd.DataFrame({"find": ["x"], "parcel": ["a"], "seen": late}).to_parquet(tmp_path / "r.parquet")
    (tmp_path / "config.toml").write_text(
        '[areas]\nfile = "areas.geojson"\n[records]\nfile = "r.parquet"\narea = "parcel"\n')
    assert str(catalog_in(tmp_path).records["seen"][0]) == "2023-01-31 23:30:00"
