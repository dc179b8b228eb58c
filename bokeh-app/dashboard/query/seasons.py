"""Years, months and days: how people write them, and which years and months a facet of dates has records in."""

import re

import numpy as np

from dashboard.query.facets import Facet

Span = tuple[np.datetime64, np.datetime64]

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")
YEAR, MONTH, DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
NAME, DAY_ST = r"(?P<name>[a-z]{3,9})\.?", f"{DAY}(?:st|nd|rd|th)?"
# With dots the day comes first; with strokes one half of the world puts it first and the other the month.
FORMS = [re.compile(form) for form in (
    YEAR, f"{YEAR}[-/]{MONTH}", f"{YEAR}[-/]{MONTH}[-/]{DAY}", f"{MONTH}[./-]{YEAR}", rf"{DAY}\. ?{MONTH}\. ?{YEAR}",
    f"{DAY}[/-]{MONTH}[/-]{YEAR}", f"{MONTH}[/-]{DAY}[/-]{YEAR}", f"{NAME},? {YEAR}", f"{YEAR},? {NAME}",
    rf"{DAY_ST}\.? {NAME},? {YEAR}", f"{NAME} {DAY_ST},? {YEAR}")]


def readings(text: str) -> list[Span]:
    """Return all that a text can mean as first and last day (datetime64[D]), without repeats; none if it is no date."""
    written = " ".join(text.casefold().split())
    found = (_span(**match.groupdict()) for form in FORMS if (match := form.fullmatch(written)))
    return list(dict.fromkeys(span for span in found if span is not None))


def days_of(season: np.datetime64) -> Span:
    """Return the first and the last day of a year, a month or a day."""
    return season.astype("datetime64[D]"), (season + 1).astype("datetime64[D]") - 1


def neighbour(facet: Facet, low: np.datetime64 | None, high: np.datetime64 | None, step: int) -> np.datetime64 | None:
    """Return the year with records after (1) or before (-1) the chosen days; None where there is none.

    It is a month where the facet spans less than three years, or where just a month is chosen.
    """
    months = facet.months
    if months is None:
        return None
    one_month = None not in (low, high) and (low, high) == days_of(low.astype("datetime64[M]"))
    by_month = one_month or is_short(*facet.ends)
    seasons = months if by_month else np.unique(months.astype("datetime64[Y]"))
    first, last = days_of(seasons)
    if low is None and high is None:
        return seasons[0 if step > 0 else -1]
    if step > 0:
        position = int(np.searchsorted(first, low if high is None else high, side="right"))
    else:
        position = int(np.searchsorted(last, high if low is None else low, side="left")) - 1
    return seasons[position] if 0 <= position < len(seasons) else None


def is_short(first: np.datetime64, last: np.datetime64) -> bool:
    """Say whether less than three years lie from the first to the end of the last day."""
    month = first.astype("datetime64[M]")
    return bool(last + 1 < days_of(month + 36)[0] + (first - days_of(month)[0]))


def _span(year: str, month: str = "", day: str = "", name: str = "") -> Span | None:
    """Return the first and the last day of a year, or of one of its months or days; None where it has no such."""
    if name:
        month = next((str(number) for number, whole in enumerate(MONTHS, 1) if whole.startswith(name)), "0")
    parts = (year, *(f"{int(part):02}" for part in (month, day) if part))
    try:
        return days_of(np.datetime64("-".join(parts)))
    except ValueError:
        return None
