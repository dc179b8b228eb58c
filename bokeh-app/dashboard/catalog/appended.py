"""Rows that are added to the end of a text file of records: only they are read."""

import hashlib
import mmap
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.catalog.catalog import Catalog, catalog_of
from dashboard.catalog.records import RawRecords, typed_records
from dashboard.catalog.rows.columns import is_date, is_number
from dashboard.catalog.rows.delimited import GZIP, UTF_16_OR_32, parse, separator_of
from dashboard.catalog.rows.tables import Table, is_delimited, plain_table
from dashboard.problems import DataError

LINE_END = b"\n"


@dataclass(frozen=True)
class ReadUpTo:
    """How far a text file was read: its first `size` bytes, which have this SHA-256 digest.

    `heading` is its first line, `separator` what its cells are parted by.
    """

    size: int
    digest: bytes
    heading: bytes
    separator: str


def end_of(path: Path, catalog: Catalog | None) -> ReadUpTo | None:
    """Return how far the records of `catalog` go in their file; None where added rows cannot be read alone.

    They can where nothing had to be guessed or mended in a plain UTF-8 file: what a cell means could hang on others.
    """
    if catalog is None:
        return None
    settings = catalog.config.records
    if not (catalog.unambiguous and not settings.encoding and is_delimited(path) and path.stat().st_size):
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        heading = data[:data.find(LINE_END) + 1]
        if data[:2] == GZIP or data[:4].startswith(UTF_16_OR_32) or heading.count(b'"') % 2 or data[-1:] != LINE_END:
            return None
        return ReadUpTo(len(data), hashlib.sha256(data).digest(), heading, settings.separator or separator_of(data))


def ends_within_row(path: Path) -> bool:
    """Say whether a text file ends where no row does: somebody may still be writing it."""
    if not is_delimited(path) or not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
        file.seek(-1, os.SEEK_END)
        return not packed and file.read(1) not in b"\r\n"


def added_rows(path: Path, end: ReadUpTo) -> tuple[bytes, ReadUpTo] | None:
    """Return the rows that stand behind `end`, as far as they are complete, and the new end.

    None is returned when the file is not what it was with something added to it.
    """
    if path.stat().st_size <= end.size:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        with memoryview(data) as view, view[:end.size] as before:
            read = hashlib.sha256(before)
        if read.digest() != end.digest:
            return None
        rows = data[end.size:data.rfind(LINE_END) + 1]
    read.update(rows)
    return rows, ReadUpTo(end.size + len(rows), read.digest(), end.heading, end.separator)


def read_added(rows: bytes, end: ReadUpTo, base: Catalog, name: str) -> Catalog | None:
    """Return the catalog of added rows, their columns typed as those of the rows before them.

    None is returned where the whole file must say what they mean, or what is wrong with them.
    """
    cells = parse(end.heading + rows, end.separator)
    if rows.count(b'"') % 2 or cells is None or not cells.num_rows:
        return None
    records = base.records
    text = {column for column in records if not is_number(records[column]) and not is_date(records[column])}
    try:
        table = plain_table(Table(cells, first_row=2, separator=end.separator), name)
        raw = typed_records(table, base.config.records, name, as_text=text)
        if raw.problems or list(raw.table) != list(records):
            return None
        columns = {column: _like(raw.table[column], records[column]) for column in records}
        if any(column is None for column in columns.values()):
            return None
        raw = RawRecords(name, pd.DataFrame(columns), None, None, [])
        catalog = catalog_of(raw, base.areas, base.config, some=True)
    except DataError:
        return None
    return None if catalog.problems else catalog


def _like(column: pd.Series, before: pd.Series) -> pd.Series | None:
    """Return a column with the type of the one before it; None where it has another, or is the first with values."""
    if column.isna().all():
        return column.astype(before.dtype)
    return column if column.dtype == before.dtype and before.notna().any() else None
