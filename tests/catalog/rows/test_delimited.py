"""Text files in every dialect, whole and cut -> the same table, or a sentence that names the row."""

import csv
import gzip
import io
import string
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from table_files import cut, said, table_text, values

from dashboard.catalog.rows.tables import read_table
from servers import sample

TABLE = [["id", "weight", "kind"], ["007", "1.5", "bowl"], ["12", "", "jug, small"], ["NA", "-3", "Peñalver"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gz"])
def test_a_table_is_the_same_in_any_dialect(records_of, end, separator, encoding, pack):
    rows = io.StringIO()
    csv.writer(rows, delimiter=separator, lineterminator=end).writerows(TABLE)
    found = records_of(pack(rows.getvalue().encode(encoding)), "finds.csv.gz" if pack is gzip.compress else "finds.tsv")
    assert list(found.table) == TABLE[0]
    assert values(found.table.id) == ["007", "12", "NA"]
    assert values(found.table.weight) == [1.5, None, -3]
    assert values(found.table.kind) == ["bowl", "jug, small", "Peñalver"]
    assert len(found.problems) == (encoding == "cp1252")


def test_line_ends_within_quotes_stay(records_of):
    assert values(records_of('n,note\n1,"a\nb"\n2,"say ""hi"""\n').table.note) == ["a\nb", 'say "hi"']


def test_a_cell_of_a_megabyte_is_read(records_of):
    shape = "POLYGON ((" + ", ".join(f"{n} {n}" for n in range(400_000)) + "))"
    assert values(records_of(f'id,wkt\n1,"{shape}"\n2,x\n').table.wkt) == [shape, "x"]


def test_a_separator_from_the_config_is_used(records_of):
    assert list(records_of("a,b|c\n1,2|3\n", separator="|").table) == ["a,b", "c"]


def test_empty_cells_beyond_the_heading_are_left_out_and_counted(records_of):
    found = records_of("n,parcel\n1,2,\n2,1\n")
    assert values(found.table.parcel) == [2, 1]
    assert any("1 of 2 rows" in sentence for sentence in said(found))


@pytest.mark.parametrize(("content", "parts"), [
    ("", ["is empty"]), ("\n\n", ["is empty"]), ("a,b\n", ["no records", "records.file"]), ("a,b", ["no records"]),
    ("a,b\n1,2\n1,2,3\n", ["row 3", "2 cells, this row 3"]), ("a,b\n1,2\n\n1\n", ["row 4", "2 cells, this row 1"]),
    ('a,b\n1,2\n3,"x\n4,5\n', ["row 3", "never closed"]), ('a,b\n1,2\n3,"', ["row 3", "never closed"]),
    ('a,b\n1,"2\n"\n3,4,5\n', ["row 3"]),
], ids=["empty", "blank", "heading", "heading without end", "long row", "short row", "open quote", "cut at a quote",
        "quoted line"])
def test_a_file_that_is_no_table_is_refused_with_the_row(records_refused, content, parts):
    sentence = records_refused(content)
    assert all(part in sentence for part in ["records.csv", *parts])


@pytest.mark.parametrize("cut", [0, 1, 5, 20, 40])
def test_a_packed_file_that_is_cut_short_is_refused(records_refused, cut):
    packed = gzip.compress(b"a,b\n" + b"1,2\n" * 1000)
    assert "records.csv" in records_refused(packed[:cut])


plain = st.text(string.ascii_letters + "äéñßŒ €", min_size=1, max_size=12).map(str.strip).filter(
    lambda text: text and text.casefold() not in ("inf", "infinity", "e"))
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(str.strip)
numbers = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda number: round(number, 4))
days = st.dates(date(1700, 1, 1), date(2200, 1, 1))
dialects = st.fixed_dictionaries({
    "separator": st.sampled_from([",", ";", "\t", "|"]), "end": st.sampled_from(["\n", "\r\n", "\r"]),
    "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), "packed": st.booleans()})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(plain, numbers, days, plain), min_size=1, max_size=8), dialects, st.booleans())
def test_any_table_in_any_dialect_is_read_back_the_same(records_of, rows, dialect, by_comma):
    by_comma &= dialect["separator"] != ","
    encoding = dialect["encoding"]
    heading = ["name", "weight", "found on", "note, of sorts"]
    decimal = "," if by_comma else "."
    found = records_of(table_text([heading, *rows], decimal=decimal, **dialect), decimal=decimal,
                       encoding=encoding if encoding == "cp1252" else "")
    assert list(found.table) == heading
    assert values(found.table.name) == [row[0] for row in rows]
    np.testing.assert_allclose(found.table.weight, [row[1] for row in rows], atol=1e-6)
    assert list(found.table["found on"].dt.date) == [row[2] for row in rows]
    assert values(found.table["note, of sorts"]) == [row[3] for row in rows]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), dialects)
def test_any_text_is_read_back_the_same(records_of, tmp_path, data, dialect):
    width = data.draw(st.integers(2, 5))
    rows = data.draw(st.lists(st.lists(anything, min_size=width, max_size=width), min_size=2, max_size=6))
    if dialect["encoding"] == "cp1252":
        dialect["encoding"] = "utf-8"
    assume(any(rows[0]))
    content = table_text(rows, **dialect)
    found = records_of(content, separator=dialect["separator"])
    (tmp_path / "cells.csv").write_bytes(content)
    table = read_table(tmp_path / "cells.csv", separator=dialect["separator"]).columns
    cells = zip(*(column.to_pylist() for column in table.columns), strict=True)
    assert [[cell or "" for cell in row] for row in cells] == rows[1:]
    for name, heading in zip(found.table, rows[0], strict=True):
        assert name == heading or not heading or name.startswith(heading)


def test_a_sample_that_is_cut_anywhere_is_read_or_refused(records_of):
    content = (sample() / "data" / "finds.csv").read_bytes()
    # At every kilobyte as long as that is quick, then in larger steps: all two thousand take minutes.
    for place in [*range(0, 250_000, 1024), *range(250_000, len(content), 65_536)]:
        cut(records_of, content, place)
