"""Small hard files, one for each way in which records are written -> the same table, or a sentence that says what to mend."""

import csv
import gzip
import io
import string
import zipfile
from datetime import date, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from dashboard.catalog.columns import as_key, is_date, is_number
from dashboard.catalog.problems import DataError
from dashboard.catalog.records import read_records
from dashboard.catalog.tables import read_table
from dashboard.config import RecordSettings
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from servers import APP
from shapely.geometry import MultiPoint, Point, Polygon


@pytest.fixture
def read(tmp_path):
    """A function that writes a file and reads it as the app does."""
    def read(content, file="records.csv", **settings):
        (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_records(RecordSettings(file=file, **settings), tmp_path)
    return read


@pytest.fixture
def refusal(read):
    """A function that reads as `read` does and returns the sentence by which the file is refused."""
    def refusal(content, file="records.csv", **settings):
        with pytest.raises(DataError) as caught:
            read(content, file, **settings)
        return str(caught.value)
    return refusal


def values(column):
    """Return the values of a column, None for a gap."""
    if is_date(column):
        column = column.dt.strftime("%Y-%m-%dT%H:%M")
    return [None if pd.isna(value) else value for value in column]


def said(read):
    return [f"{problem.level}: {problem.sentence}" for problem in read.problems]


def column(read, cells, **settings):
    """Read one column of cells, beside another, and return it with what was said."""
    rows = io.StringIO()
    csv.writer(rows, delimiter=settings.get("separator", ";")).writerows([["v", "n"], *([cell, n] for n, cell in enumerate(cells))])
    found = read(rows.getvalue(), **settings)
    return found.table.v, said(found)


# Dialects

TABLE = [["id", "weight", "kind"], ["007", "1.5", "bowl"], ["12", "", "jug, small"], ["NA", "-3", "Peñalver"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_a_table_is_the_same_in_any_dialect(read, end, separator, encoding, pack):
    rows = io.StringIO()
    csv.writer(rows, delimiter=separator, lineterminator=end).writerows(TABLE)
    found = read(pack(rows.getvalue().encode(encoding)), "finds.csv.gz" if pack is gzip.compress else "finds.tsv")
    assert list(found.table) == TABLE[0]
    assert values(found.table.id) == ["007", "12", "NA"]
    assert values(found.table.weight) == [1.5, None, -3]
    assert values(found.table.kind) == ["bowl", "jug, small", "Peñalver"]
    assert len(found.problems) == (encoding == "cp1252")


def test_an_encoding_that_had_to_be_guessed_is_said_with_a_word(read):
    found, = said(read("n,place\n1,Peñalver\n2,Córdoba\n".encode("cp1252")))
    for part in ("note: records.csv", "cp1252", "Peñalver", "records.encoding"):
        assert part in found


@pytest.mark.parametrize(("text", "encoding"), [
    ("Plzeň,Ústí,Příbram,Žďár,Třebíč,Český,Děčín", "cp1250"), ("château,église,forêt,cœur,où,pâté", "cp1252"),
    ("Москва,Новгород,Казань,Ярославль,Смоленск,Тверь,Вологда", "cp1251")])
def test_text_of_other_alphabets_is_read_in_its_encoding(read, text, encoding):
    rows = "n,place\n" + "".join(f"{n},{word}\n" for n, word in enumerate(text.split(",") * 5))
    assert values(read(rows.encode(encoding)).table.place) == text.split(",") * 5


def test_an_encoding_from_the_config_is_used(read):
    assert values(read("n,v\n1,Łódź\n".encode("cp1250"), encoding="cp1250").table.v) == ["Łódź"]
    assert values(read("n,v\n1,Łódź\n".encode("utf-16-le"), encoding="utf-16-le").table.v) == ["Łódź"]


@pytest.mark.parametrize(("content", "encoding", "parts"), [
    ("n,v\n1,é\n", "latin-99", ["latin-99", "records.encoding"]),
    ("n,v\n1,a\n2,é\n".encode("cp1252"), "utf-8", ["line 3", "records.encoding"]),
    ("n,v\n1,ééé\n2,ééé\n".encode()[:-2], "", ["line 3", "cut short"]),
    ("n,v\n1,a\n2,\0\n", "", ["line 3", "NUL"]),
    ("n,v\n1,a\n".encode("utf-16-le"), "", ["line 1", "NUL", "utf-16-le"]),
], ids=["no encoding", "another encoding", "cut within a letter", "NUL", "UTF-16 without a mark"])
def test_text_in_no_encoding_is_refused(refusal, content, encoding, parts):
    sentence = refusal(content, encoding=encoding)
    assert all(part in sentence for part in ["records.csv", *parts])


def test_line_ends_within_quotes_stay(read):
    assert values(read('n,note\n1,"a\nb"\n2,"say ""hi"""\n').table.note) == ["a\nb", 'say "hi"']


def test_a_cell_of_a_megabyte_is_read(read):
    shape = "POLYGON ((" + ", ".join(f"{n} {n}" for n in range(400_000)) + "))"
    assert values(read(f'id,wkt\n1,"{shape}"\n2,x\n').table.wkt) == [shape, "x"]


def test_a_separator_from_the_config_is_used(read):
    assert list(read("a,b|c\n1,2|3\n", separator="|").table) == ["a,b", "c"]


def test_empty_cells_beyond_the_heading_are_left_out_and_counted(read):
    found = read("n,parcel\n1,2,\n2,1\n")
    assert values(found.table.parcel) == [2, 1]
    assert any("1 of 2 rows" in sentence for sentence in said(found))


@pytest.mark.parametrize(("content", "parts"), [
    ("", ["is empty"]), ("\n\n", ["is empty"]), ("a,b\n", ["no records", "records.file"]), ("a,b", ["no records"]),
    ("a,b\n1,2\n1,2,3\n", ["row 3", "2 cells, this row 3"]), ("a,b\n1,2\n\n1\n", ["row 4", "2 cells, this row 1"]),
    ('a,b\n1,2\n3,"x\n4,5\n', ["row 3", "never closed"]), ('a,b\n1,2\n3,"', ["row 3", "never closed"]),
    ('a,b\n1,"2\n"\n3,4,5\n', ["row 3"]),
], ids=["empty", "blank", "heading", "heading without end", "long row", "short row", "open quote", "cut at a quote", "quoted line"])
def test_a_file_that_is_no_table_is_refused_with_the_row(refusal, content, parts):
    sentence = refusal(content)
    assert all(part in sentence for part in ["records.csv", *parts])


def test_missing_files_and_folders_are_refused(refusal, tmp_path):
    (tmp_path / "folder").mkdir()
    for file, part in (("nowhere.csv", "no such file"), ("folder", "folder without Parquet")):
        with pytest.raises(DataError, match=part):
            read_records(RecordSettings(file=file), tmp_path)


def test_a_file_that_may_not_be_read_is_refused(refusal, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr("dashboard.catalog.tables.read_delimited", denied)
    assert "may not be read" in refusal("a,b\n1,2\n")


@pytest.mark.parametrize("cut", [0, 1, 5, 20, 40])
def test_a_packed_file_that_is_cut_short_is_refused(refusal, cut):
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 1000)
    assert "records.csv" in refusal(packed[:cut])


# Names

def test_names_are_stripped_and_made_different(read):
    found = read(" type ,type,,Unnamed: 0,a.b é\n1,2,3,4,5\n", area=" a.b é ")
    assert list(found.table) == ["type", "type (2)", "column 3", "Unnamed: 0", "a.b é"]
    assert [sentence.split(": ")[1] for sentence in said(found)] == ["records.csv, column 2", "records.csv, column 3"]


def test_a_column_that_is_not_there_is_refused_with_names_that_are_near(refusal):
    for setting in ({"area": "parcle"}, {"x": "parcle", "y": "n"}, {"dates": {"parcle": "%Y"}}, {"area": ["n", "parcle"]}):
        sentence = refusal("n,parcel\n1,2\n", **setting)
        assert all(part in sentence for part in ("column parcle", "Did you mean parcel", "n, parcel", f"records.{next(iter(setting))}"))


# Values

@pytest.mark.parametrize(("cells", "expected"), [
    (["1", "2.5", "-3e2", ""], [1, 2.5, -300, None]), ([" 1 ", "+2", ".5"], [1, 2, 0.5]), (["0", "0.5", "-0.5"], [0, 0.5, -0.5]),
    (["1,5", "20", "-3,25"], [1.5, 20, -3.25]), (["1,234,567", "12", "1,234"], [1234567, 12, 1234]),
    (["1.234,5", "12", "1.234"], [1234.5, 12, 1234]), (["1,234.5", "0.5"], [1234.5, 0.5]), (["0,125", "1,250"], [0.125, 1.25]),
])
def test_a_column_of_numbers_is_numbers(read, cells, expected):
    found, _ = column(read, cells)
    assert is_number(found)
    assert values(found) == expected


@pytest.mark.parametrize("cells", [
    ["007", "12"], ["0012.5", "1"], ["00", "1"], ["-01", "2"], ["+0049", "1"], ["NA", "SE"], ["nan", "NULL", "None"], ["true", "false"],
    ["9007199254740993", "1"], ["12345678901234567890"], ["inf", "Infinity"], ["e5", "1"], ["1_000", "2"], ["0x10", "1"],
    ["12 m", "13 m"], ["1/2", "3/4"], ["2014-05", "2014-06"], ["4/2014"], [".", "-"]])
def test_what_is_not_all_numbers_or_dates_stays_text_as_it_stands(read, cells):
    found, _ = column(read, cells)
    assert values(found) == cells


def test_numbers_of_many_digits_stay_text_with_a_note(read):
    _, sentences = column(read, ["9007199254740993", "1"])
    assert "note: records.csv, column v" in sentences[0] and "digits" in sentences[0]


def test_infinities_are_gaps_and_counted(read):
    found, sentences = column(read, ["1", "inf", "-Infinity", "1e400", "2"])
    assert values(found) == [1, None, None, None, 2]
    assert "3 of 5 numbers" in sentences[0]


@pytest.mark.parametrize(("decimal", "cells", "expected"), [
    (",", ["1,234", "0,5"], [1.234, 0.5]), (".", ["1,234", "5,678"], [1234, 5678]), (",", ["1.234", "5.678"], [1234, 5678]),
    (",", ["37.608962"], [37.608962]), (".", ["1,5"], ["1,5"])])
def test_the_decimal_mark_of_the_config_decides(read, decimal, cells, expected):
    assert values(column(read, cells, decimal=decimal)[0]) == expected


@pytest.mark.parametrize(("cells", "settings", "parts"), [
    (["1,234", "5,678"], {}, ["two ways", "1,234", "row 2", "records.decimal"]),
    (["1,5", "2,5"], {"separator": ","}, ["two ways", "records.decimal"]),
    ([*"123456789", "NA", "x"], {}, ["2 of 11", "'NA' (row 11)", "'x'", "records.gaps"]),
    (["2014-05-01"] * 9 + ["spring"], {}, ["1 of 10", "'spring' (row 11)", "records.dates"]),
    (["2014-02-28"] * 9 + ["2014-02-30"], {}, ["1 of 10", "'2014-02-30' (row 11)"]),
    (["01/02/2014", "03/04/2014"], {}, ["two ways", '"v" = "%d/%m/%Y"', '"v" = "%m/%d/%Y"']),
    (["31.12.2014"] * 9 + ["31.11.2014"], {}, ["1 of 10", "'31.11.2014' (row 11)"])])
def test_a_column_that_is_nearly_numbers_or_dates_stays_text_with_a_warning(read, cells, settings, parts):
    found, sentences = column(read, cells, **settings)
    assert values(found) == cells
    assert len(sentences) == 1
    assert all(part in sentences[0] for part in ["warning: records.csv, column v", *parts])


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
def test_a_column_of_dates_is_dates(read, cells, expected):
    found, _ = column(read, cells)
    assert is_date(found)
    assert values(found) == expected


def test_times_with_an_offset_are_put_on_the_clock_of_utc_with_a_note(read):
    assert "UTC" in column(read, ["2014-05-01T01:00:00+02:00"])[1][0]


@pytest.mark.parametrize(("date", "cells", "expected"), [
    ("%Y%m", ["201104", "201212"], ["2011-04-01T00:00", "2012-12-01T00:00"]), ("epoch s", ["86400", "0"], ["1970-01-02T00:00", "1970-01-01T00:00"]),
    ("epoch ms", ["86400000.0"], ["1970-01-02T00:00"]), ("%d/%m/%Y", ["01/02/2014"], ["2014-02-01T00:00"]),
    ("%d.%m.%y", ["01.02.14"], ["2014-02-01T00:00"]), ("%Y-%m-%d %z", ["2014-02-01 +0200"], ["2014-01-31T22:00"])])
def test_dates_are_read_as_the_config_says(read, date, cells, expected):
    found, _ = column(read, cells, dates={" v ": date})
    assert values(found) == expected


def test_what_is_not_written_as_the_config_says_is_a_gap_counted_with_an_example(read):
    for date, cells in (("%d/%m/%Y", ["01/02/2014", "May", "", "32/01/2014"]), ("epoch s", ["0", "May", "", "1e300"])):
        found, sentences = column(read, cells, dates={"v": date})
        assert values(found)[1:] == [None] * 3
        assert all(part in sentences[0] for part in ("warning", "2 of 3", "'May' (row 3)", date))


def test_a_format_that_is_none_is_refused(read):
    with pytest.raises(DataError, match=r"records\.dates"):
        column(read, ["2014"], dates={"v": "%Q"})


def test_gaps_are_what_the_config_says(read):
    assert values(column(read, ["1", "NA", "-999", " n/a "], gaps=["NA", "n/a", "-999"])[0]) == [1, None, None, None]
    assert values(column(read, ["NA", "x"])[0]) == ["NA", "x"]


def test_one_row_and_columns_of_gaps_are_read(read):
    found = read("a,b\n,\n")
    assert values(found.table.a) == [None]
    assert found.problems == []


# Ids

def test_the_columns_of_ids_stay_text(read):
    assert values(read("id,n\n12.0,1\n3,2\n", area="id").table.id) == ["12.0", "3"]
    assert values(read("a,b\n1,02\n3,4\n", area=["a", "b"]).table.a) == ["1", "3"]


def test_keys_compare_across_files():
    assert list(as_key(pd.Series([" 12.0 ", "12", "007", None, ""]))) == ["12", "12", "007", None, None]
    assert list(as_key(pd.Series([12.0, np.nan]))) == ["12", None]
    assert list(as_key(pd.Series([12, 3]))) == ["12", "3"]
    assert list(as_key(pd.DataFrame({"a": ["1.0", "2", None], "b": ["x", " y", "z"]}))) == ["1 / x", "2 / y", None]
    assert list(as_key(pd.DataFrame({"a": ["1.0"]}))) == ["1"]


# Other formats

FRAME = pd.DataFrame({"id": [1, 2], "area": ["007", "x"], "ok": [True, False], "when": pd.to_datetime(["2014-05-01", "2014-05-02"])})


def test_parquet_is_read_from_a_file_and_from_a_folder(tmp_path):
    (tmp_path / "folder").mkdir()
    FRAME.to_parquet(tmp_path / "a.parquet")
    for part in range(2):
        FRAME.iloc[part:part + 1].to_parquet(tmp_path / "folder" / f"{part}.parquet")
    for file in ("a.parquet", "folder"):
        found = read_records(RecordSettings(file=file, area="id"), tmp_path)
        assert values(found.table.id) == ["1", "2"]
        assert values(found.table.area) == ["007", "x"]
        assert values(found.table.ok) == ["yes", "no"]
        assert is_date(found.table.when)


def test_parquet_of_odd_types_is_read(tmp_path):
    table = pa.table({
        "big": [2**60, 1], "day": [date(2014, 5, 1), None], "list": [[1, 2], None], "bytes": [b"\xff", b"a"], "gap": [None, None],
        "word": pa.array(["a", "b"]).dictionary_encode(), "zoned": pa.array([datetime(2014, 5, 1)] * 2, pa.timestamp("us", "UTC")),
        "wide": pa.array(["1", " 2"], pa.large_string()), "number": pa.array([1, None], pa.decimal128(5, 2)), "far": [np.inf, 1.0]})
    pa.parquet.write_table(table, tmp_path / "a.parquet")
    found = read_records(RecordSettings(file="a.parquet", gaps=["1"]), tmp_path)
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


def sheet_file(path, sheets):
    """Write a spreadsheet by hand: `sheets` are rows of text, numbers, booleans or dates (as text after a D) by name."""
    def cell(value):
        if isinstance(value, bool):
            return f'<c t="b"><v>{value:d}</v></c>'
        if isinstance(value, date):
            return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        return "<c/>" if value is None else f"<c><v>{value}</v></c>"
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">' + "".join(
            f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/{n}.xml"/>' for n in range(1, len(sheets) + 1))
            + f'<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/{n}.xml": f'<worksheet xmlns="{main}"><sheetData>' + "".join(
            f"<row>{''.join(map(cell, row))}</row>" for row in rows) + "</sheetData></worksheet>"
           for n, rows in enumerate(sheets.values(), 1)}}
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)


def test_a_spreadsheet_is_read_as_it_shows(tmp_path):
    sheet_file(tmp_path / "a.xlsx", {"one": [
        ["id", "zero", "weight", "mixed", "ok", "day", ""], [1, "007", 1.5, 12, True, date(2014, 5, 1), None],
        [2, "12", None, "x", False, date(2014, 5, 2), None]], "two": [["n"], ["5"]], "none": []})
    found = read_records(RecordSettings(file="a.xlsx", area="id"), tmp_path)
    assert values(found.table.id) == ["1", "2"]
    assert values(found.table.zero) == ["007", "12"]
    assert values(found.table.weight) == [1.5, None]
    assert values(found.table.mixed) == ["12", "x"]
    assert values(found.table.ok) == ["yes", "no"]
    assert values(found.table.day) == ["2014-05-01T00:00", "2014-05-02T00:00"]
    assert values(found.table["column 7"]) == [None, None]
    assert values(read_records(RecordSettings(file="a.xlsx", layer="two"), tmp_path).table.n) == [5]
    for layer, part in (("three", "one, two"), ("none", "empty")):
        with pytest.raises(DataError, match=part):
            read_records(RecordSettings(file="a.xlsx", layer=layer), tmp_path)


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg"])
def test_points_bring_their_place_and_crs(tmp_path, name):
    crs = "EPSG:4326" if name == "a.geojson" else "EPSG:25830"
    gpd.GeoDataFrame({"id": ["007", "x", "y"], "when": ["2014/05/01", "2014/05/13", None]},
                     geometry=[Point(1, 2), None, MultiPoint([(3, 4)])], crs=crs).to_file(tmp_path / name)
    found = read_records(RecordSettings(file=name), tmp_path)
    assert values(found.table.id) == ["007", "x", "y"]
    assert values(found.table.when) == ["2014-05-01T00:00", "2014-05-13T00:00", None]
    np.testing.assert_array_equal(found.places, [[1, np.nan, 3], [2, np.nan, 4]])
    assert found.crs == crs


def test_points_in_parquet_bring_their_place(tmp_path):
    gpd.GeoDataFrame({"id": ["1"]}, geometry=[Point(1, 2)], crs="EPSG:4326").to_parquet(tmp_path / "a.parquet")
    found = read_records(RecordSettings(file="a.parquet"), tmp_path)
    assert list(found.table) == ["id"] and found.crs == "EPSG:4326" and found.places[1].tolist() == [2]


def test_shapes_that_are_no_points_are_refused(tmp_path):
    gpd.GeoDataFrame({"n": [1, 2]}, geometry=[Point(1, 2), Polygon([(0, 0), (1, 0), (1, 1)])], crs="EPSG:4326").to_file(tmp_path / "a.geojson")
    with pytest.raises(DataError, match=r"a\.geojson, row 2: is a Polygon"):
        read_records(RecordSettings(file="a.geojson"), tmp_path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.parquet", "a.geojson", "a.gpkg"])
@pytest.mark.parametrize("content", [b"", b"no such format", b"PK\x03\x04 cut"])
def test_a_file_that_is_not_what_its_name_says_is_refused(refusal, name, content):
    assert name in refusal(content, name)


# Whatever the table

plain = st.text(string.ascii_letters + "äéñßŒ €", min_size=1, max_size=12).map(str.strip).filter(
    lambda text: text and text.casefold() not in ("inf", "infinity", "e"))
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(str.strip)
numbers = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda number: round(number, 4))
days = st.dates(date(1700, 1, 1), date(2200, 1, 1))


def written(rows, separator=",", decimal=".", end="\n", encoding="utf-8", packed=False):
    text = io.StringIO()
    # Python's writer leaves a lone line end of another kind unquoted.
    breaks = any(isinstance(cell, str) and {"\r", "\n"} & set(cell) for row in rows for cell in row)
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL if breaks else csv.QUOTE_MINIMAL).writerows(
        [[format(cell, "f").replace(".", decimal) if isinstance(cell, float) else cell for cell in row] for row in rows])
    data = text.getvalue().encode(encoding)
    return gzip.compress(data) if packed else data


dialects = st.fixed_dictionaries({
    "separator": st.sampled_from([",", ";", "\t", "|"]), "end": st.sampled_from(["\n", "\r\n", "\r"]),
    "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), "packed": st.booleans()})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(plain, numbers, days, plain), min_size=1, max_size=8), dialects, st.booleans())
def test_any_table_in_any_dialect_is_read_back_the_same(read, rows, dialect, by_comma):
    by_comma &= dialect["separator"] != ","
    encoding = dialect["encoding"]
    heading = ["name", "weight", "found on", "note, of sorts"]
    found = read(written([heading, *rows], decimal="," if by_comma else ".", **dialect), decimal="," if by_comma else ".",
                 encoding=encoding if encoding == "cp1252" else "")
    assert list(found.table) == heading
    assert values(found.table.name) == [row[0] for row in rows]
    np.testing.assert_allclose(found.table.weight, [row[1] for row in rows], atol=1e-6)
    assert list(found.table["found on"].dt.date) == [row[2] for row in rows]
    assert values(found.table["note, of sorts"]) == [row[3] for row in rows]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), dialects)
def test_any_text_is_read_back_the_same(read, tmp_path, data, dialect):
    width = data.draw(st.integers(2, 5))
    rows = data.draw(st.lists(st.lists(anything, min_size=width, max_size=width), min_size=2, max_size=6))
    if dialect["encoding"] == "cp1252":
        dialect["encoding"] = "utf-8"
    assume(any(rows[0]))
    content = written(rows, **dialect)
    found = read(content, separator=dialect["separator"])
    (tmp_path / "cells.csv").write_bytes(content)
    table = read_table(tmp_path / "cells.csv", separator=dialect["separator"]).columns
    assert [[cell or "" for cell in row] for row in zip(*(column.to_pylist() for column in table.columns), strict=True)] == rows[1:]
    for name, heading in zip(found.table, rows[0], strict=True):
        assert name == heading or not heading or name.startswith(heading)


def cut(read, content, place, file="records.csv"):
    """Read a file that was cut; anything but a table or a DataError fails."""
    try:
        assert len(read(content[:place], file).table)
    except DataError as error:
        assert error.problem.where.startswith(file) and error.problem.found and error.problem.mend


def test_a_sample_that_is_cut_anywhere_is_read_or_refused(read):
    content = (APP / "data" / "finds.csv").read_bytes()
    # At every kilobyte as long as that is quick, then in larger steps: all two thousand take minutes.
    for place in [*range(0, 250_000, 1024), *range(250_000, len(content), 65_536)]:
        cut(read, content, place)


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet", "xlsx", "geojson", "gpkg"])
def test_a_small_file_that_is_cut_anywhere_is_read_or_refused(read, tmp_path, form):
    path = tmp_path / f"whole.{form}"
    frame = gpd.GeoDataFrame({"id": ["007", "Ñ"], "note": ['"a\nb"', "c"]}, geometry=[Point(1, 2), Point(3, 4)], crs="EPSG:4326")
    if form == "xlsx":
        sheet_file(path, {"one": [["id", "n"], ["007", 1]]})
    elif form == "parquet":
        frame.to_parquet(path)
    elif form.startswith("csv"):
        path.write_bytes(written([["id", "note"], ["007", 'a "b"\nc'], ["Ñ", "d"]], packed=form == "csv.gz"))
    else:
        frame.to_file(path)
    content = path.read_bytes()
    for place in range(0, len(content), 1 if len(content) < 1000 else len(content) // 200):
        cut(read, content, place, f"records.{form}")
