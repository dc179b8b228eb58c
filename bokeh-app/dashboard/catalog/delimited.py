"""A text file of rows and cells, in any common dialect -> columns of text."""

import csv
import gzip
import io
import re
import zlib
from pathlib import Path

import clevercsv
import pyarrow as pa
import pyarrow.csv

from dashboard.catalog.encodings import as_utf8
from dashboard.catalog.problems import DataError, Problem

SEPARATORS = [",", ";", "\t", "|"]
SAMPLE = 4_096
BLOCK = 1 << 22
LARGEST_BLOCK = (1 << 31) - 1
GZIP = b"\x1f\x8b"
PROBE = "\x02"  # no text has it; a row of it stands below the last one and shows whether a quote was left open
csv.field_size_limit(LARGEST_BLOCK)


def read_delimited(path: Path, separator: str, encoding: str, setting: str) -> tuple[pa.Table, str, list[Problem]]:
    """Return the cells as text columns (an empty cell is null), the separator, and what was mended.

    `separator` and `encoding` are what the config says ("": seen from the file); `setting` is the part of the config
    that names the file. Raises DataError when the file is no table: it names the row as a spreadsheet counts, with the
    heading as row 1.
    """
    data = path.read_bytes()
    if data.startswith(GZIP):
        try:
            data = gzip.decompress(data)
        except (EOFError, OSError, zlib.error) as error:
            raise DataError(path.name, f"cannot be unpacked ({error}); it may be cut short.", "Copy or pack it again.") from None
    data, problems = as_utf8(data, encoding, path.name, f"{setting}.encoding")
    if not data[:SAMPLE].strip() and not data.strip():
        raise DataError(path.name, "is empty.", f"Name a file with a heading and rows as {setting}.file.")
    separator = separator or _separator(data)
    if b'"' in data:
        # An unclosed quote would otherwise swallow the rest of the file in silence.
        data += b"\n" + separator.join([PROBE] * _width(data, separator)).encode()
        cells = _parse(data, separator)
        if cells is not None and cells.num_rows and all(column[-1].as_py() == PROBE for column in cells.columns):
            return cells.slice(0, cells.num_rows - 1), separator, problems
        cells = None
    else:
        cells = _parse(data, separator)
    if cells is None:
        cells, mended = _parse_slowly(data.decode(), separator, path.name, setting)
        problems += mended
    return cells, separator, problems


def _separator(data: bytes) -> str:
    """Return the separator that the first lines are written with; a file of one column may have any."""
    sample = data[:SAMPLE].decode(errors="ignore")
    whole_lines = re.match(r"(?s).*[\r\n]", sample)
    sample = whole_lines[0] if whole_lines and len(data) > SAMPLE else sample
    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=SEPARATORS).delimiter
    except (clevercsv.Error, ValueError, IndexError):
        found = ""
    return found if found in SEPARATORS else ","


def _width(data: bytes, separator: str) -> int:
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""), delimiter=separator)
    return len(next(row for row in rows if row))


def _parse(data: bytes, separator: str) -> pa.Table | None:
    """Return the cells, or None when rows are of different lengths or there is only a heading."""
    for block in (BLOCK, min(len(data) + 1, LARGEST_BLOCK)):
        try:
            return pa.csv.read_csv(
                pa.BufferReader(data), pa.csv.ReadOptions(block_size=block),
                pa.csv.ParseOptions(delimiter=separator, newlines_in_values=b'"' in data),
                pa.csv.ConvertOptions(default_column_type=pa.string(), null_values=[""], strings_can_be_null=True))
        except pa.ArrowInvalid as error:
            if "straddling" not in str(error):  # a row longer than the block
                return None
    return None


def _parse_slowly(text: str, separator: str, file: str, setting: str) -> tuple[pa.Table, list[Problem]]:
    """Return the cells of a file that has odd rows, or say which row is odd.

    Empty cells beyond the heading's last are left out.
    """
    rows = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1) if row]
    if PROBE in text:
        number, last = rows.pop()
        if set(last) != {PROBE}:
            raise DataError(f"{file}, row {number}", "a quote is opened and never closed; the file may be cut short.",
                            'Close it; a quote within quotes is written twice: "".')
    (_, heading), *rows = rows
    longer = 0
    for number, row in rows:
        if len(row) > len(heading) and not any(row[len(heading):]):
            del row[len(heading):]
            longer += 1
        if len(row) != len(heading):
            raise DataError(f"{file}, row {number}", f"has {len(row)} cells, the heading has {len(heading)}.",
                            f"Mend the row or the heading; or write how the cells are separated into {setting}.separator: "
                            f"{separator!r} was taken.")
    columns = [pa.array([row[place] or None for _, row in rows], pa.string()) for place in range(len(heading))]
    problems = [Problem("note", file, f"{longer:,} rows end in a separator, and the empty cell after it was left out.")] \
        if longer else []
    return pa.Table.from_arrays(columns, names=heading), problems
