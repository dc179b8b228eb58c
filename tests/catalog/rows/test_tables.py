"""Files of rows in every format -> the same cells, under clean names."""

from datetime import date, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from shapely.geometry import MultiPoint, Point
from table_files import cut, said, sheet_file, table_text, values

from dashboard.catalog.records import read_records
from dashboard.catalog.rows.columns import is_date
from dashboard.catalog.source import Source
from dashboard.problems import DataError
from dashboard.settings import RecordSettings


def test_missing_files_and_folders_are_refused(records_refused, tmp_path):
    (tmp_path / "folder").mkdir()
    for file, part in (("nowhere.csv", "no such file"), ("folder", "folder without Parquet")):
        with pytest.raises(DataError, match=part):
            read_records(Source(RecordSettings(file=file), tmp_path))


def test_a_file_that_may_not_be_read_is_refused(records_refused, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr("dashboard.catalog.rows.tables.read_delimited", denied)
    assert "may not be read" in records_refused("a,b\n1,2\n")


def test_names_are_stripped_and_made_different(records_of):
    found = records_of(" type ,type,,Unnamed: 0,a.b é\n1,2,3,4,5\n", area=" a.b é ")
    assert list(found.table) == ["type", "type (2)", "column 3", "Unnamed: 0", "a.b é"]
    assert [sentence.split(": ")[1] for sentence in said(found)] == ["records.csv, column 2", "records.csv, column 3"]


FRAME = pd.DataFrame({"id": [1, 2], "area": ["007", "x"], "ok": [True, False],
                      "when": pd.to_datetime(["2014-05-01", "2014-05-02"])})


def test_parquet_is_read_from_a_file_and_from_a_folder(tmp_path):
    (tmp_path / "folder").mkdir()
    FRAME.to_parquet(tmp_path / "a.parquet")
    for part in range(2):
        FRAME.iloc[part:part + 1].to_parquet(tmp_path / "folder" / f"{part}.parquet")
    for file in ("a.parquet", "folder"):
        found = read_records(Source(RecordSettings(file=file, area="id"), tmp_path))
        assert values(found.table.id) == ["1", "2"]
        assert values(found.table.area) == ["007", "x"]
        assert values(found.table.ok) == ["yes", "no"]
        assert is_date(found.table.when)


def test_parquet_of_odd_types_is_read(tmp_path):
    table = pa.table({
        "big": [2**60, 1], "day": [date(2014, 5, 1), None], "list": [[1, 2], None], "bytes": [b"\xff", b"a"],
        "gap": [None, None], "word": pa.array(["a", "b"]).dictionary_encode(),
        "zoned": pa.array([datetime(2014, 5, 1)] * 2, pa.timestamp("us", "UTC")),
        "wide": pa.array(["1", " 2"], pa.large_string()),
        "number": pa.array([1, None], pa.decimal128(5, 2)), "far": [np.inf, 1.0]})
    pa.parquet.write_table(table, tmp_path / "a.parquet")
    found = read_records(Source(RecordSettings(file="a.parquet", gaps=["1"]), tmp_path))
    assert values(found.table.big) == [str(2**60), None]
    assert values(found.table.day) == ["2014-05-01T00:00", None]
    assert values(found.table.list) == ["[1, 2]", None]
    assert values(found.table.gap) == [None, None]
    assert values(found.table.word) == ["a", "b"]
    assert values(found.table.zoned) == ["2014-05-01T00:00"] * 2
    assert values(found.table.wide) == [None, 2]
    assert values(found.table.number) == [None, None]
    assert values(found.table.far) == [None, None]
    assert any("column far" in sentence and "infinite" in sentence for sentence in said(found))


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg"])
def test_points_bring_their_place_and_crs(tmp_path, name):
    crs = "EPSG:4326" if name == "a.geojson" else "EPSG:25830"
    gpd.GeoDataFrame({"id": ["007", "x", "y"], "when": ["2014/05/01", "2014/05/13", None]},
                     geometry=[Point(1, 2), None, MultiPoint([(3, 4)])], crs=crs).to_file(tmp_path / name)
    found = read_records(Source(RecordSettings(file=name), tmp_path))
    assert values(found.table.id) == ["007", "x", "y"]
    assert values(found.table.when) == ["2014-05-01T00:00", "2014-05-13T00:00", None]
    np.testing.assert_array_equal(found.places, [[1, np.nan, 3], [2, np.nan, 4]])
    assert found.crs == crs


def test_points_in_parquet_bring_their_place(tmp_path):
    gpd.GeoDataFrame({"id": ["1"]}, geometry=[Point(1, 2)], crs="EPSG:4326").to_parquet(tmp_path / "a.parquet")
    found = read_records(Source(RecordSettings(file="a.parquet"), tmp_path))
    assert list(found.table) == ["id"] and found.crs == "EPSG:4326" and found.places[1].tolist() == [2]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.parquet", "a.geojson", "a.gpkg"])
@pytest.mark.parametrize("content", [b"", b"no such format", b"PK\x03\x04 cut"])
def test_a_file_that_is_not_what_its_name_says_is_refused(records_refused, name, content):
    assert name in records_refused(content, name)


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet", "xlsx", "geojson", "gpkg"])
def test_a_small_file_that_is_cut_anywhere_is_read_or_refused(records_of, tmp_path, form):
    path = tmp_path / f"whole.{form}"
    frame = gpd.GeoDataFrame({"id": ["007", "Ñ"], "note": ['"a\nb"', "c"]}, crs="EPSG:4326",
                             geometry=[Point(1, 2), Point(3, 4)])
    if form == "xlsx":
        sheet_file(path, {"one": [["id", "n"], ["007", 1]]})
    elif form == "parquet":
        frame.to_parquet(path)
    elif form.startswith("csv"):
        path.write_bytes(table_text([["id", "note"], ["007", 'a "b"\nc'], ["Ñ", "d"]], packed=form == "csv.gz"))
    else:
        frame.to_file(path)
    content = path.read_bytes()
    for place in range(0, len(content), 1 if len(content) < 1000 else len(content) // 200):
        cut(records_of, content, place, f"records.{form}")
