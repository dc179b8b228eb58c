"""A text file of rows and cells, in any common dialect -> columns of text."""

import codecs
import csv
import gzip
import io
import mmap
import re
import zlib
from pathlib import Path

import clevercsv
import pyarrow as pa
import pyarrow.csv

from dashboard.catalog.rows.encodings import as_utf8
from dashboard.problems import DataError, Problem

SEPARATORS = [",", ";", "\t", "|"]
SNIFFED_BYTES = 4_096
BLOCK_BYTES = 1 << 22
LARGEST_BLOCK_BYTES = (1 << 31) - 1
GZIP = b"\x1f\x8b"
UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
PROBE = "\x02"  # a row that would be swallowed by a quote left open
csv.field_size_limit(LARGEST_BLOCK_BYTES)


def read_delimited(path: Path, separator: str, encoding: str, setting: str) -> tuple[pa.Table, str, list[Problem]]:
    """Return the cells as text columns (an empty cell is null), the separator, and what was mended.

    `separator` and `encoding` are what the config says ("": seen from the file); `setting` is the part of the config
    that names the file. Raises DataError when the file is no table: it names the row as a spreadsheet counts, with the
    heading as row 1.
    """
    data = _content(path)
    plain = not encoding and not data[:4].startswith(UTF_16_OR_32) and data.find(b"\0") < 0
    cells = None
    if plain and (separator or data[:SNIFFED_BYTES].strip()):
        separator_seen = separator or separator_of(data)
        cells = parse(data, separator_seen)
    if cells is not None and not _ends_within_quotes(data, cells):
        return cells, separator_seen, []
    # Something is odd: again, with care.
    data, problems = as_utf8(data[:], encoding, path.name, f"{setting}.encoding")
    if not data.strip():
        raise DataError(path.name, "is empty.", f"Name a file with a heading and rows as {setting}.file.")
    separator = separator or separator_of(data)
    cells = parse(data, separator)
    if cells is None or _ends_within_quotes(data, cells):
        cells, left_out = _parse_slowly(data.decode(), separator, path.name, setting)
        problems += left_out
    return cells, separator, problems


def _content(path: Path) -> bytes | mmap.mmap:
    """Return the file's bytes, unpacked; mapped into memory where they can be, which saves a copy."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return b""
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if data[:2] != GZIP:
        return data
    try:
        return gzip.decompress(data)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(path.name, f"cannot be unpacked ({error}); it may be cut short.",
                        "Copy or pack it again.") from None


def _ends_within_quotes(data: bytes | mmap.mmap, cells: pa.Table) -> bool:
    """Say whether the last cell may open a quote that nothing closes, which Arrow passes over in silence."""
    last = (cells.columns[-1][-1].as_py() if cells.num_rows else cells.column_names[-1]) or ""
    end = b'"' + last.encode().replace(b'"', b'""')
    return data[-len(end):] == end


def separator_of(data: bytes | mmap.mmap) -> str:
    """Return the separator that the first lines are written with; a file of one column may have any."""
    sample = data[:SNIFFED_BYTES].decode("utf-8-sig", errors="ignore")
    whole_lines = re.match(r"(?s).*[\r\n]", sample)
    sample = whole_lines[0] if whole_lines and len(data) > SNIFFED_BYTES else sample
    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=SEPARATORS).delimiter
    except (clevercsv.Error, ValueError, IndexError):
        found = ""
    return found if found in SEPARATORS else ","


def parse(data: bytes | mmap.mmap, separator: str) -> pa.Table | None:
    """Return the cells, or None when Arrow cannot: rows are of different lengths, say, or the text is no UTF-8."""
    for block in (BLOCK_BYTES, min(len(data) + 1, LARGEST_BLOCK_BYTES)):
        try:
            return pa.csv.read_csv(
                pa.BufferReader(pa.py_buffer(data)), pa.csv.ReadOptions(block_size=block),
                pa.csv.ParseOptions(delimiter=separator, newlines_in_values=data.find(b'"') >= 0),
                pa.csv.ConvertOptions(default_column_type=pa.string(), null_values=[""], strings_can_be_null=True))
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            if "straddling" not in str(error):  # a row longer than the block
                return None
    return None


def _parse_slowly(text: str, separator: str, file: str, setting: str) -> tuple[pa.Table, list[Problem]]:
    """Return the cells of a file that has odd rows, or say which row is odd.

    Empty cells beyond the heading's last are left out.
    """
    lines = io.StringIO(f"{text}\n{PROBE}", newline="")
    rows = enumerate(csv.reader(lines, delimiter=separator), 1)
    *rows, (opened, last) = [(number, row) for number, row in rows if row]
    if last != [PROBE]:
        raise DataError(f"{file}, row {opened}", "a quote is opened and never closed; the file may be cut short.",
                        'Close it; a quote within quotes is written twice: "".')
    (_, heading), *rows = rows
    longer = 0
    for number, row in rows:
        if len(row) > len(heading) and not any(row[len(heading):]):
            del row[len(heading):]
            longer += 1
        if len(row) != len(heading):
            raise DataError(f"{file}, row {number}", f"the heading has {len(heading)} cells, this row {len(row)}.",
                            "Mend the row or the heading; or write how the cells are separated into "
                            f"{setting}.separator: {separator!r} was taken.")
    columns = [pa.array([row[place] or None for _, row in rows], pa.string()) for place in range(len(heading))]
    cells = pa.Table.from_arrays(columns, names=heading)
    if not longer:
        return cells, []
    return cells, [Problem("note", file, f"{longer:,} of {len(rows):,} rows have empty cells beyond the heading's, "
                                         "which were left out.")]
