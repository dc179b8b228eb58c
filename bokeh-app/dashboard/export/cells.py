"""Columns of the records as plain values: numbers and dates exact, gaps as None."""

import numpy as np
import pandas as pd

from dashboard.catalog.rows.columns import is_date, is_number
from dashboard.kept import kept
from dashboard.query.counting.partition import Partition
from dashboard.query.survey import Survey

NUMBER, TEXT = "number", "text"
DATES = ["D", "s", "us", "ns"]  # days, and times as fine as they have to be written
Value = float | int | str | None


@kept(1)
def kinds(survey: Survey) -> dict[str, str]:
    """Return what each column of the records holds: NUMBER, TEXT, or dates of one of DATES."""
    found = survey.partitions.ask(kinds_of)
    return {name: _together({each[name] for each in found}) for name in found[0]}


def kinds_of(partition: Partition) -> dict[str, str]:
    """Return what each column of some records holds; nothing where all is missing."""
    return {name: _kind(column) for name, column in partition.rows(slice(None)).items()}


def _kind(column: pd.Series) -> str:
    present = column.dropna()
    if present.empty:
        return ""
    if not is_date(column):
        return NUMBER if is_number(column) else TEXT
    times = present.to_numpy()
    return next(unit for unit in DATES if (times.astype(f"datetime64[{unit}]") == times).all())


def _together(kinds: set[str]) -> str:
    """Return the kind of a column whose partitions have these kinds."""
    for kind in (TEXT, NUMBER, *reversed(DATES)):
        if kind in kinds:
            return kind
    return TEXT


def values(column: pd.Series, kind: str) -> list[Value]:
    """Return a column as numbers, or as texts, in which dates are ISO 8601; whole numbers are whole."""
    if kind == NUMBER:
        numbers = column.to_numpy(dtype=np.float64).tolist()
        return [None if number != number else int(number) if number.is_integer() else number for number in numbers]
    if kind in DATES:
        times = instants(column, kind)
        return [None if text == "NaT" else text for text in np.datetime_as_string(times, unit=kind).tolist()]
    return column.astype(object).where(column.notna(), None).tolist()


def instants(column: pd.Series, kind: str) -> np.ndarray:
    """Return a column of dates as datetime64 of its kind."""
    return pd.to_datetime(column).to_numpy().astype(f"datetime64[{kind}]")
