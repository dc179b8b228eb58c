"""Text cells become numbers where every cell of a column is written as one."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.catalog.rows.patterns import examples, matching, share
from dashboard.problems import Problem

# How numbers may be written. A zero that leads other digits makes an id, so it fits none of these.
INFINITE = r"[+-]?(?i:inf|infinity)"
POINT = r"[+-]?(?:(?:0|[1-9][0-9]*)\.?|(?:0|[1-9][0-9]*)?\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
COMMA = POINT.replace(r"\.", ",")
GROUPS_BY_COMMA = r"[+-]?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})*)(?:\.[0-9]+)?"
GROUPS_BY_POINT = r"[+-]?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})*)(?:,[0-9]+)?"
# 1,234 may be a thousand or a little more than one; these cells tell which.
SURELY_GROUPS_BY_COMMA = r".*(?:,.*[.,]).*"
SURELY_GROUPS_BY_POINT = r".*(?:\..*[.,]).*"
MAYBE_GROUPS = r"[+-]?[1-9][0-9]{0,2},[0-9]{3}"
MAYBE_GROUPS_BY_POINT = r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}"
LEADING_ZERO = r"[+-]?0[0-9].*"
LONG_INTEGER = r"[+-]?[0-9]{16,}(?:\.0*)?"
STARTS_LIKE_NUMBER = r"^[+-]?(?:[.,]?[0-9]|(?i:inf(?:inity)?)$)"
NEARLY_NUMBERS = 0.8
TRIED_CELLS = 100  # cells that tell whether a whole column is worth the try
EXACT = 2.0 ** 53  # whole numbers beyond it are not exact as float64


@dataclass(frozen=True)
class Writing:
    """How the cells of a file are written: the decimal mark ("": seen from the column), whether a decimal comma may
    be seen, the texts that are gaps, and the number that people see beside the first record."""

    decimal: str = ""
    comma: bool = False
    gaps: tuple[str, ...] = ()
    first_row: int = 1


def typed_at_a_glance(cells: pa.ChunkedArray, writing: Writing) -> pd.Series | None:
    """Return text as numbers or ISO dates where Arrow reads them so, in no time; None where patterns must decide."""
    if len(cells) == cells.null_count:
        return None
    for kind in (pa.float64(), pa.timestamp("ns"), pa.timestamp("us")):
        try:
            pc.cast(cells.slice(0, TRIED_CELLS), kind)
            values = pc.cast(cells, kind)
        except pa.ArrowInvalid:
            continue
        if pa.types.is_timestamp(kind):
            return values.to_pandas()
        # In a file that may write decimal commas, 1.234 is likelier a thousand: patterns decide.
        if writing.comma and not writing.decimal and pc.any(matching(cells, MAYBE_GROUPS_BY_POINT)).as_py():
            return None
        # A number that is none is not less than any.
        if writing.decimal == "," or not pc.all(pc.less(pc.abs(values), EXACT)).as_py():
            return None
        # Columns without a leading zero are known by a cheaper look than the pattern's.
        for start in ("0", "-0", "+0"):
            maybe = pc.starts_with(cells, start)
            if pc.any(maybe).as_py() and pc.any(matching(cells.filter(maybe), LEADING_ZERO)).as_py():
                return None
        return values.to_pandas()
    return None


def find_numbers(text: pa.ChunkedArray, where: str, writing: Writing) -> tuple[pd.Series | None, list[Problem]]:
    """Return a column whose every cell is written as a number; None otherwise, and why it is odd if it is."""
    def all_are(pattern: str) -> bool:
        return share(matching(text, f"{INFINITE}|{pattern}")) == 1

    def some_are(pattern: str) -> bool:
        return pc.any(matching(text, pattern)).as_py()

    decimal, notes, plain = writing.decimal, [], None
    if decimal != "," and all_are(POINT) and \
            (decimal or not writing.comma or share(matching(text, f"{MAYBE_GROUPS_BY_POINT}|[^.]*")) < 1 or
             not some_are(MAYBE_GROUPS_BY_POINT)):
        plain = text
    elif decimal != "." and (decimal or writing.comma) and all_are(COMMA) and \
            (decimal or share(matching(text, f"{MAYBE_GROUPS}|[^,]*")) < 1):
        plain = pc.replace_substring(text, ",", ".")
        notes = [] if decimal else [Problem("note", where, "its commas were read as decimal marks.")]
    elif decimal != "," and all_are(GROUPS_BY_COMMA) and (decimal or some_are(SURELY_GROUPS_BY_COMMA)):
        plain = pc.replace_substring(text, ",", "")
        notes = [Problem("note", where, "its commas were read as marks between thousands.")]
    elif decimal != "." and all_are(GROUPS_BY_POINT) and (decimal or some_are(SURELY_GROUPS_BY_POINT)):
        plain = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
        notes = [Problem("note", where, "its points were read as marks between thousands.")]
    elif decimal == "," and all_are(POINT):
        plain = text
    if plain is None:
        return None, _nearly_numbers(text, where, writing)
    if not some_are("[^iI]*"):
        return None, []
    try:
        values = pc.cast(plain, pa.float64()).to_pandas()
    except pa.ArrowInvalid:  # it knows no plus sign, and no number too large
        values = pd.Series(plain.to_numpy(zero_copy_only=False).astype(np.float64))
    if (np.abs(values) >= EXACT).any() and some_are(LONG_INTEGER):
        return None, [Problem("note", where, "holds whole numbers of so many digits that they are kept as text.")]
    values, infinite = finite(values, where)
    return values, notes + infinite


def finite(values: pd.Series, where: str) -> tuple[pd.Series, list[Problem]]:
    """Return numbers with infinities as gaps."""
    infinite = np.isinf(values.to_numpy())
    if not infinite.any():
        return values, []
    found = f"{infinite.sum():,} of {values.notna().sum():,} numbers are infinite and count as gaps."
    return values.mask(infinite), [Problem("warning", where, found)]


def _nearly_numbers(text: pa.ChunkedArray, where: str, writing: Writing) -> list[Problem]:
    """Return a warning for a column of which most cells are numbers; zeros that lead say that they are ids."""
    fits = matching(text, "|".join((POINT, COMMA, GROUPS_BY_COMMA, GROUPS_BY_POINT)))
    if share(fits) < NEARLY_NUMBERS or pc.any(matching(text, LEADING_ZERO)).as_py():
        return []
    if share(fits) == 1:
        return [Problem("warning", where, f"stays text, because its commas or points can be read in two ways; it has "
                                          f"{examples(text, matching(text, '.*[.,].*'), writing.first_row)}.",
                        'Write the decimal mark into records.decimal: "." or ",".')]
    odd = pc.invert(fits)
    return [Problem("warning", where, f"stays text, because {pc.sum(odd).as_py():,} of "
                                      f"{len(text) - text.null_count:,} values are no numbers: "
                                      f"{examples(text, odd, writing.first_row)}.",
                    "Mend them, or write those that stand for a missing value into records.gaps.")]
