"""Rows that are added to a file of records: which are read alone, and when the whole file has to be read again."""

import gzip

import pytest

from dashboard.catalog.appended import added_rows, end_of, ends_within_row, read_added

RECORDS = "n,parcel,kind,found\n1,1,coin,2014-05-01\n2,2,lamp,2014-05-02\n"


@pytest.fixture
def read(catalog_of, tmp_path):
    """A function that reads records and returns their catalog, their file, and how far that was read."""
    def read(records=RECORDS):
        path = tmp_path / "records.csv"
        catalog = catalog_of(records)
        return catalog, path, end_of(path, catalog)
    return read


def add(path, text):
    with path.open("ab") as file:
        file.write(text.encode())


def test_added_rows_are_read_alone_once_they_are_whole(read):
    catalog, path, end = read()
    assert added_rows(path, end) is None
    add(path, "3,1,coin,2014-05-03\n4,2,bow")
    rows, end = added_rows(path, end)
    assert rows == b"3,1,coin,2014-05-03\n"
    added = read_added(rows, end, catalog, path.name)
    assert added.records.values.tolist()[0][:3] == [3, "1", "coin"]
    assert list(added.records.dtypes) == list(catalog.records.dtypes)
    add(path, "l,2014-05-04\n")
    rows, _ = added_rows(path, end)
    assert rows == b"4,2,bowl,2014-05-04\n"


def test_a_file_that_is_another_one_is_not_one_with_rows_added(read):
    _, path, end = read()
    path.write_text(RECORDS.replace("lamp", "bowl") + "3,1,coin,2014-05-03\n")
    assert added_rows(path, end) is None


@pytest.mark.parametrize("row", [
    "3,1,coin,spring\n", "x,1,coin,2014-05-03\n", "3,1,coin\n", '3,1,"coin,2014-05-03\n', "007,1,coin,2014-05-03\n"],
    ids=["no date", "no number", "short", "open quote", "leading zero"])
def test_a_row_of_another_kind_has_the_whole_file_read_again(read, row):
    catalog, path, end = read()
    add(path, row)
    assert read_added(*added_rows(path, end), catalog, path.name) is None


@pytest.mark.parametrize("records", [
    RECORDS[:-1], gzip.compress(RECORDS.encode()), RECORDS.encode("utf-16"),
    RECORDS.replace("coin", "Ñ").encode("cp1252"), RECORDS.replace("lamp,2014-05-02", "lamp,2014-05-02,")],
    ids=["no end", "packed", "UTF-16", "guessed", "mended"])
def test_where_something_had_to_be_mended_rows_are_never_read_alone(read, records):
    assert read(records)[2] is None


def test_where_there_are_no_records_here_there_is_no_end(tmp_path):
    assert end_of(tmp_path, None) is None


@pytest.mark.parametrize(("content", "within"), [
    (b"a,b\n1,2\n", False), (b"a,b\r1,2\r", False), (b"a,b\n1,", True), (b"", False),
    (gzip.compress(b"a\n1", mtime=0), False)])
def test_an_end_within_a_row_is_seen(tmp_path, content, within):
    path = tmp_path / "records.csv"
    path.write_bytes(content)
    assert ends_within_row(path) == within
    assert not ends_within_row(tmp_path / "nowhere.csv")
