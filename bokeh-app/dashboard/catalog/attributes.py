"""What the columns of the areas file say of each row: its id, its group, whether it was surveyed."""

import re
from functools import partial

import numpy as np
import pandas as pd

from dashboard.catalog.rows.columns import BETWEEN_PARTS, as_key, require_column, typed_column
from dashboard.catalog.rows.yes_no import YES, yes_or_no
from dashboard.problems import DataError, Problem


def natural_key(text: str) -> list:
    """Return a sort key by which ``Field 9`` comes before ``Field 10``."""
    # Numbers are compared by their length first: Python refuses to make an int of thousands of digits.
    return [(0, len(part.lstrip("0")), part.lstrip("0")) if part.isdigit() else (1, 0, part.casefold())
            for part in re.findall(r"[0-9]+|[^0-9]+", text)]


def ids_of(table: pd.DataFrame, columns: str | list[str], file: str) -> tuple[pd.Series, list[Problem]]:
    """Return the id of each row as text; one without an id gets one that names its row, and is counted."""
    columns = [columns] if isinstance(columns, str) else columns
    names = [require_column(table, name, file, "areas.id") for name in columns]
    if not all(names) or not names:
        raise DataError("config.toml, areas.id", "names no column.",
                        f"Name the one with the id of each area. The file has: {', '.join(table.columns)}.")
    parts = pd.DataFrame({position: as_key(table[name]) for position, name in enumerate(names)})
    missing = parts.isna().any(axis=1)
    ids = pd.Series([f"(no id {row})" if gap else BETWEEN_PARTS.join(key) for row, (gap, *key) in
                     enumerate(zip(missing, *(parts[name] for name in parts), strict=True), 1)], dtype=object)
    return ids, count_areas(missing.to_numpy(), "warning",
                            f"without an id in column {' or '.join(names)}, called after the row", ids=ids, file=file,
                            remedy="No record finds such an area by id: give it one, or name another column as "
                                   "areas.id.")


def check_repeated(table: pd.DataFrame, ids: pd.Series, first: np.ndarray, file: str) -> list[Problem]:
    """Return what is to be said of rows that repeat an id; `first` is the first row of each row's id."""
    again = first != np.arange(len(first))
    if not again.any():
        return []
    repeated = ids[again].nunique()
    found = f"{repeated} {'id stands' if repeated == 1 else 'ids stand'} on several rows: {_examples(ids[again])}. " \
            f"Rows with one id are parts of one area, and {len(ids)} rows make {len(ids) - again.sum()} areas."
    here, there = (table.iloc[rows].astype(object).reset_index(drop=True)
                   for rows in (np.flatnonzero(again), first[again]))
    same = (here == there) | (here.isna() & there.isna())
    differ = [str(name) for name, differs in (~same).any().items() if differs]
    if not differ:
        return [Problem("note", file, found)]
    return [Problem("warning", file, f"{found} They differ in {', '.join(differ)}; what the first row says is shown.",
                    "If they are not parts of one area, name another column as areas.id.")]


def groups_of(table: pd.DataFrame, column: str) -> np.ndarray | None:
    """Return the group of each area as text, empty where it has none; None without a column."""
    return as_key(table[column]).fillna("").to_numpy(dtype=object) if column else None


def surveyed_of(table: pd.DataFrame, column: str, file: str) -> np.ndarray:
    """Return which areas were surveyed; a gap counts as not surveyed.

    Raises DataError for a value that is neither yes nor no.
    """
    if not column:
        return np.ones(len(table), dtype=bool)
    values = typed_column(table[column])
    meant = values.map(partial(yes_or_no, asked=True))
    odd = values[meant.isna()]
    if len(odd):
        raise DataError(f"{file}, column {column}", f"the value {str(odd.iloc[0])!r} is neither yes nor no.",
                        "Write yes, no, true, false, 1 or 0, or name another column as areas.surveyed.")
    return (meant == YES).to_numpy()


def count_areas(rows: np.ndarray, level: str, what: str, *, ids: pd.Series, file: str,
                remedy: str = "") -> list[Problem]:
    """Return a problem that counts the areas of some rows, with examples; none when there are none."""
    some = ids[rows].unique()
    if not len(some):
        return []
    noun = "area" if len(some) == 1 else "areas"
    return [Problem(level, file, f"{len(some)} {noun} {what}: {_examples(ids[rows])}.", remedy)]


def _examples(ids: pd.Series) -> str:
    """Return up to three different ids as text, and how many more there are."""
    distinct = [str(value)[:60] for value in ids.unique()]
    more = f" and {len(distinct) - 3} more" if len(distinct) > 3 else ""
    return ", ".join(distinct[:3]) + more
