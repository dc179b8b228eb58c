"""Columns become numbers or dates where the whole column is one; all else stays text as it stands."""

from difflib import get_close_matches

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.catalog.rows.dates import dates_by_format, find_dates, naive
from dashboard.catalog.rows.numbers import (
    EXACT,
    NEARLY_NUMBERS,
    STARTS_LIKE_NUMBER,
    Writing,
    find_numbers,
    finite,
    typed_at_a_glance,
)
from dashboard.catalog.rows.patterns import share
from dashboard.catalog.rows.yes_no import NO, YES
from dashboard.problems import DataError, Problem

SAMPLE_CELLS = 5_000  # cells that tell what a column looks like

AS_THEY_STAND = Writing()
# What stands between the parts of a key of several columns.
BETWEEN_PARTS = " / "


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with every column as float64 (gap: nan), datetime64 (gap: NaT) or text (gap: None)."""
    return pd.DataFrame({name: typed_column(frame[name]) for name in frame.columns}, index=frame.index)


def typed_column(column: pd.Series) -> pd.Series:
    """Return one column as float64, datetime64 or text (object, gap: None), by the rules of `type_cells`."""
    values, _ = type_cells(_arrow_cells(column), "")
    values.index, values.name = column.index, column.name
    return values if is_number(values) or is_date(values) else values.astype(object).where(values.notna(), None)


def type_cells(cells: pa.ChunkedArray, where: str, date: str = "", writing: Writing = AS_THEY_STAND, *,
               stays_text: bool = False) -> tuple[pd.Series, list[Problem]]:
    """Return a column as float64 (gap: nan), datetime64 (gap: NaT) or text (str, gap: nan), and what was odd in it.

    `where` names file and column; `date` is how its dates are written, if the config says so. Text is stripped, and
    an empty cell is a gap. The dates are on the clock of the column's zone, or of UTC where they are written with
    offsets, at nanoseconds or, where these do not reach, microseconds.
    Raises DataError when `date` is no format.
    """
    kind = cells.type
    if pa.types.is_boolean(kind):
        return pc.if_else(cells, YES, NO).to_pandas(), []
    if pa.types.is_timestamp(kind):
        return naive(cells.to_pandas()), []
    numeric = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if numeric and not date:
        values = pc.cast(cells, pa.float64(), safe=False)
        if not pa.types.is_integer(kind) or not (np.abs(values.to_numpy()) >= EXACT).any():
            return finite(_without(values, writing.gaps).to_pandas(), where)
    cells = as_text(cells)
    if not (stays_text or date or writing.gaps):
        plain = typed_at_a_glance(cells, writing)
        if plain is not None:
            return plain, []
    text = _stripped(cells, writing.gaps)
    if stays_text or len(text) == text.null_count:
        return text.to_pandas(), []
    if date:
        return dates_by_format(text, date, where, writing.first_row)
    # Most columns of words are known by the first letters of some cells, at a fraction of the cost.
    if share(pc.match_substring_regex(_sample(text), STARTS_LIKE_NUMBER)) < NEARLY_NUMBERS:
        return text.to_pandas(), []
    values, problems = find_numbers(text, where, writing)
    if values is None and not problems:
        values, problems = find_dates(text, where, writing.first_row)
    return text.to_pandas() if values is None else values, problems


def is_number(column: pd.Series) -> bool:
    """Say whether a typed column holds numbers."""
    return column.dtype == np.float64


def is_date(column: pd.Series) -> bool:
    """Say whether a typed column holds dates."""
    return pd.api.types.is_datetime64_any_dtype(column)


def as_key(column: pd.Series | pd.DataFrame) -> pd.Series:
    """Return ids as text that compares across files: stripped, and ``12.0`` as ``12`` (gap: None).

    Several columns are joined by " / "; a gap in one of them is a gap.
    """
    if isinstance(column, pd.DataFrame):
        first, *others = (as_key(column.iloc[:, place]) for place in range(column.shape[1]))
        if not others:
            return first
        return first.str.cat(others, sep=BETWEEN_PARTS).astype(object).where(lambda key: key.notna(), None)
    codes, distinct = pd.factorize(column)
    # An accent may be a letter's part or a sign of its own, as a Mac writes it.
    text = pc.utf8_normalize(_stripped(as_text(_arrow_cells(pd.Series(distinct))), ()), form="NFC")
    # The last one is for the code -1, a gap.
    keys = np.array([*pc.replace_substring_regex(text, r"^([0-9]+)\.0+$", r"\1").to_pylist(), None], dtype=object)
    return pd.Series(keys[codes], index=column.index, name=column.name, dtype=object)


def as_text(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells of any type as text: whole floats without decimals, stamps as ISO dates."""
    if pa.types.is_floating(cells.type):
        coded = cells.combine_chunks().dictionary_encode()
        numbers = coded.dictionary.to_pylist()
        words = [None if number is None or number != number else format(number, ".15g") for number in numbers]
        return pa.chunked_array([pa.array(words, pa.string()).take(coded.indices)])
    return pc.cast(cells, pa.string())


def require_column(names, name: str, file: str, setting: str) -> str:
    """Return a column's name as the file has it, blanks around it aside; an empty name stays empty.

    `names` are those of the file: a frame, or a list. Raises DataError when the config names a column that the file
    does not have.
    """
    known = {str(each).strip(): str(each) for each in reversed(list(names))}
    if not name or name.strip() in known:
        return known.get(name.strip(), "")
    by_lower = {each.lower(): each for each in known}
    alike = [by_lower[match] for match in get_close_matches(name.strip().lower(), by_lower, n=3, cutoff=0.5)]
    hint = f"Did you mean {' or '.join(alike)}? " if alike else ""
    raise DataError(f"{file}, column {name}", f"there is no such column, but {setting} names it.",
                    f"{hint}The file has: {', '.join(map(str, names))}.")


def _arrow_cells(column: pd.Series) -> pa.ChunkedArray:
    """Return a pandas column as Arrow cells; what Arrow has no type for is written as text."""
    try:
        cells = pa.chunked_array([pa.array(column, from_pandas=True)])
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        cells = None
    if cells is None or pa.types.is_nested(cells.type) or pa.types.is_binary(cells.type):
        text = column.map(str, na_action="ignore").astype(object)
        cells = pa.chunked_array([pa.array(text, pa.string(), from_pandas=True)])
    return pc.cast(cells, pa.timestamp("us")) if pa.types.is_date(cells.type) else cells


def _stripped(text: pa.ChunkedArray, gaps: tuple[str, ...]) -> pa.ChunkedArray:
    """Return text stripped, with its gaps as nulls."""
    text = pc.utf8_trim_whitespace(text)
    if not gaps and pc.min(pc.binary_length(text)).as_py() != 0:
        return text
    gap = pc.equal(pc.binary_length(text), 0)
    if gaps:
        gap = pc.or_(gap, pc.is_in(text, pa.array([each.strip() for each in gaps], text.type)))
    return pc.if_else(gap, pa.scalar(None, text.type), text)


def _without(values: pa.ChunkedArray, gaps: tuple[str, ...]) -> pa.ChunkedArray:
    """Return numbers with those that the config calls gaps as nulls."""
    numbers = pd.to_numeric(pd.Series(gaps, dtype=object), errors="coerce").dropna()
    gap = pc.is_in(values, pa.array(numbers, pa.float64()))
    return pc.if_else(gap, pa.scalar(None, pa.float64()), values)


def _sample(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return some cells from all over a column."""
    if len(text) <= SAMPLE_CELLS:
        return text
    return text.take(pa.array(np.linspace(0, len(text) - 1, SAMPLE_CELLS).astype(np.int64)))
