"""CSV that opens in a spreadsheet as it should: UTF-8 with its mark, CRLF (RFC 4180), and no cell that runs.

A CSV file has no place for title, credit, licence, date and link: they stand in the answer's HTTP headers, and the
command line prints them.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

import geopandas as gpd

from dashboard.export.cells import Value, values
from dashboard.export.records import Records

# What a spreadsheet takes for a formula, unless an apostrophe says that it is text.
RUNS = "=", "+", "-", "@", "\t", "\r"
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def records_csv(records: Records, about: dict[str, str]) -> Iterator[bytes]:
    """Give the records as CSV."""
    yield _heading(records.kinds)
    for piece in records.pieces():
        yield _lines(zip(*(map(_harmless, values(piece.rows[name], kind)) for name, kind in records.kinds.items()),
                         strict=True))


def areas_csv(areas: gpd.GeoDataFrame, about: dict[str, str]) -> Iterator[bytes]:
    """Give the areas with their measure as CSV, without their borders."""
    table = areas.drop(columns="geometry").astype(object).where(areas.drop(columns="geometry").notna(), None)
    yield _heading(table.columns)
    yield _lines([_harmless(cell) for cell in row] for row in table.itertuples(index=False, name=None))


def _harmless(cell: Value) -> Value:
    """Return a cell, a text with an apostrophe before it where a spreadsheet would run it."""
    if isinstance(cell, str) and cell.startswith(RUNS) and not PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _heading(names: Iterable[str]) -> bytes:
    return codecs.BOM_UTF8 + _lines([[_harmless(name) for name in names]])


def _lines(rows: Iterable[Iterable[Value]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
