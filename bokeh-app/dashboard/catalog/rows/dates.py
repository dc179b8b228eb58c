"""Text cells become dates where the whole column is written in one way, or in the way that the config gives."""

import re
from itertools import product

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.catalog.rows.patterns import examples, matching, share
from dashboard.problems import DataError, Problem

ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})"
ISO = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)? ?{ZONE}?)?"
OFFSET = rf".*:.*{ZONE}"
# The days that people write: a pattern and the formats that it may stand for.
DAYS = [
    (r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", ["%d.%m.%Y"]),
    (r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}", ["%Y/%m/%d"]),
    (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", ["%d/%m/%Y", "%m/%d/%Y"]),
    (r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", ["%d-%m-%Y", "%m-%d-%Y"]),
]
TIMES = [("", ""), (r" [0-9]{1,2}:[0-9]{2}", " %H:%M"), (r" [0-9]{1,2}:[0-9]{2}:[0-9]{2}", " %H:%M:%S"),
         (r" [0-9]{1,2}:[0-9]{2} [AP]M", " %I:%M %p"), (r" [0-9]{1,2}:[0-9]{2}:[0-9]{2} [AP]M", " %I:%M:%S %p")]
NEARLY_DATES = 0.8
EPOCHS = {"epoch s": 1_000_000, "epoch ms": 1_000}


def find_dates(text: pa.ChunkedArray, where: str, first_row: int) -> tuple[pd.Series | None, list[Problem]]:
    """Return a column whose every cell is a date, as datetime64; None otherwise, and a warning if it nearly is."""
    pattern, formats = _style(text)
    fits = matching(text, pattern)
    if share(fits) < NEARLY_DATES:
        return None, []
    parsed = {each: _parse(text, each) for each in formats} if share(fits) == 1 else {}
    whole = {each: dates for each, dates in parsed.items() if dates.notna().sum() == len(text) - text.null_count}
    if len(whole) > 1 and not all(dates.equals(next(iter(whole.values()))) for dates in whole.values()):
        return None, [Problem("warning", where, "stays text, because its dates can be read in two ways: "
                                                f"{examples(text, fits, first_row)}.", _setting_for(where, *whole))]
    for each, dates in whole.items():
        if each != "ISO8601":
            return naive(dates), [Problem("note", where, f"its dates were read as {each}.")]
        if pc.any(matching(text, OFFSET)).as_py():
            return naive(dates), [Problem("note", where, "its times were put on the clock of UTC.")]
        return naive(dates), []
    best = max(parsed.values(), key=lambda dates: dates.notna().sum(), default=None)
    odd = pc.invert(fits) if best is None else pa.chunked_array([(best.isna() & text.to_pandas().notna()).to_numpy()])
    if pc.mean(odd).as_py() > 1 - NEARLY_DATES:
        return None, []
    return None, [Problem("warning", where, f"stays text, because {pc.sum(odd).as_py():,} of "
                                            f"{len(text) - text.null_count:,} values are no dates: "
                                            f"{examples(text, odd, first_row)}.",
                          "Mend them; or they become gaps when you say how the dates are written. "
                          + _setting_for(where, *formats))]


def dates_by_format(text: pa.ChunkedArray, date: str, where: str, first_row: int) -> tuple[pd.Series, list[Problem]]:
    """Return a column of dates written as `date` says (``%Y%m``, ``epoch ms``); other cells are gaps, counted.

    Raises DataError when `date` is no format.
    """
    if date in EPOCHS:
        seconds = pd.to_numeric(text.to_pandas().astype(object), errors="coerce").to_numpy(np.float64) * EPOCHS[date]
        reached = np.abs(seconds) < 2e17  # microseconds: some six thousand years either way
        dates = pd.Series(np.where(reached, seconds, 0).astype("datetime64[us]")).where(reached)
    else:
        try:
            dates = _parse(text, date)
        except ValueError as error:
            raise DataError(where, f"records.dates says {date!r}, which is no way to write dates ({error}).",
                            'Write one such as "%d.%m.%Y", "%Y%m", "epoch s" or "epoch ms".') from None
    odd = dates.isna().to_numpy() & text.to_pandas().notna().to_numpy()
    problems = [Problem("note", where, "its times were put on the clock of UTC.")] if "%z" in date else []
    if odd.any():
        found = examples(text, pa.chunked_array([odd]), first_row)
        problems.append(Problem("warning", where, f"{odd.sum():,} of {len(text) - text.null_count:,} values are not "
                                                  f"written as {date!r} and count as gaps: {found}.",
                                "Mend them, or records.dates."))
    return naive(dates), problems


def naive(dates: pd.Series) -> pd.Series:
    """Return dates on their column's own clock, at nanoseconds where these reach (1678 to 2261), else at microseconds.

    What was read from text with offsets is on UTC's clock; a column with a zone keeps the days of that zone.
    """
    if dates.dt.tz is not None:
        dates = dates.dt.tz_localize(None)
    years = dates.min(), dates.max()
    reached = dates.isna().all() or (years[0].year > 1677 and years[1].year < 2262)
    return dates.astype("datetime64[ns]" if reached else "datetime64[us]")


def _style(text: pa.ChunkedArray) -> tuple[str, list[str]]:
    """Return the pattern that most of the first cells fit, and the formats that it may stand for."""
    sample = text.drop_null().slice(0, 100).to_pylist()
    styles = [(ISO, ["ISO8601"])]
    styles += [(day + time, [each + clock for each in formats])
               for (day, formats), (time, clock) in product(DAYS, TIMES)]
    return max(styles, key=lambda style: sum(re.fullmatch(style[0], cell) is not None for cell in sample))


def _parse(text: pa.ChunkedArray, date: str) -> pd.Series:
    """Return cells as dates, NaT where a cell is none."""
    if date == "ISO8601":
        try:
            return pc.cast(text, pa.timestamp("us")).to_pandas()
        except pa.ArrowInvalid:  # an offset, more digits than microseconds have, or a day that is in no calendar
            pass
    zoned = date == "ISO8601" or "%z" in date
    return pd.to_datetime(text.to_pandas(), format=date, errors="coerce", utc=zoned)


def _setting_for(where: str, *formats: str) -> str:
    """Say what to write into the config for a column to be read as dates."""
    column = where.partition("column ")[2]
    ways = [f'"{column}" = "{each.replace("ISO8601", "%Y-%m-%d")}"' for each in formats]
    return f"Write into records.dates: {' or '.join(ways)}."
