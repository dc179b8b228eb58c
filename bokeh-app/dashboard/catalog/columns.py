"""Columns of text become numbers or dates where the whole column is one; all else stays text."""

import numpy as np
import pandas as pd

NUMBER = r"[+-]?(?:0|[1-9]\d*)?(?:\.\d+|(?<=\d)\.?)(?:[eE][+-]?\d+)?"
ISO_DATE = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with every column as float64 (gap: nan), datetime64 (gap: NaT) or text (gap: None)."""
    return pd.DataFrame({name: typed_column(frame[name]) for name in frame.columns}, index=frame.index)


def typed_column(column: pd.Series) -> pd.Series:
    """Return one column as float64, datetime64[ns] or text.

    Text is stripped, and an empty cell is a gap. A leading zero makes a column text: it is an id, not a number.
    """
    if pd.api.types.is_datetime64_any_dtype(column):
        return _without_offset(column)
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "yes", False: "no"}).astype(object)
    if pd.api.types.is_numeric_dtype(column):
        return column.astype("float64")
    text = column.map(_as_text, na_action="ignore").astype(object)
    text = text.where(text.notna() & (text != ""), None)
    distinct = pd.Series(text.dropna().unique(), dtype=object).astype(str)
    if len(distinct) and distinct.str.fullmatch(NUMBER).all():
        return text.astype("float64")
    if len(distinct) and distinct.str.fullmatch(ISO_DATE).all():
        dates = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=True)
        if dates.notna().sum() == text.notna().sum():
            return _without_offset(dates)
    return text


def is_number(column: pd.Series) -> bool:
    """Say whether a typed column holds numbers."""
    return column.dtype == np.float64


def is_date(column: pd.Series) -> bool:
    """Say whether a typed column holds dates."""
    return pd.api.types.is_datetime64_any_dtype(column)


def as_key(column: pd.Series) -> pd.Series:
    """Return ids as text that compares across files: stripped, and ``12.0`` as ``12`` (gap: None)."""
    if pd.api.types.is_numeric_dtype(column):
        return column.map(lambda number: format(number, ".15g"), na_action="ignore").astype(object)
    text = column.map(_as_text, na_action="ignore").astype(object)
    text = text.where(text.notna() & (text != ""), None)
    return text.str.replace(r"^(\d+)\.0+$", r"\1", regex=True)


def _as_text(value: object) -> str:
    return str(value).strip()


def _without_offset(dates: pd.Series) -> pd.Series:
    """Return dates on the clock of UTC, at nanoseconds: one dtype whatever the file's."""
    if dates.dt.tz is not None:
        dates = dates.dt.tz_convert("UTC").dt.tz_localize(None)
    return dates.astype("datetime64[ns]")
