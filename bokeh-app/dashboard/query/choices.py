"""What a visitor chooses of a facet: its URL form, its mask and its data stand together here."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from dashboard.query.counting.codes import CodedColumn
from dashboard.query.facets import Facet, format_value
from dashboard.query.seasons import neighbour, readings

MISSING = ""
OPEN = ".."
SHOWN = 200  # characters of a wish that are told again
COMPARED = 12  # options; comparing codes with each of so many is faster than looking each code up


class Refusal(NamedTuple):
    """A part of a wish that cannot be applied: what is wrong with which value of what.

    `what` is one of the kinds that the page has words for: "no option", "no number", "no date", "two dates",
    "out of order", "no facet", "no area", "too many areas", "no measure", "no extent", "no group", "no classes",
    "no column", "no rows", "no page", "no comparison", "no such wish".
    """

    what: str
    on: str
    value: str

    def __str__(self) -> str:
        """Return it in short, for a log or a terminal: ``type: “blob” is no option``."""
        return f"{self.on}: “{self.value}” is {self.what}"


class Refused(ValueError):
    """A wish cannot be applied; the refusal says why."""

    def __init__(self, what: str, on: str, value: str):
        self.refusal = Refusal(what, on, value[:SHOWN])
        super().__init__(str(self.refusal))


@dataclass(frozen=True)
class Values:
    """Some options of a one-of or yes/no facet; the empty text stands for missing values."""

    values: tuple[str, ...]

    def to_query(self, facet: Facet) -> list[str]:
        return list(self.values)

    def mask(self, column: CodedColumn) -> np.ndarray:
        """Return which records the choice keeps (bool, shape: records)."""
        # The first code is that of a missing value.
        chosen = [value in self.values for value in (MISSING, *column.values)]
        # Of the codes' own type, as others would be compared as large integers, eight times as slow.
        codes = np.flatnonzero(chosen).astype(column.codes.dtype)
        if len(codes) > COMPARED:
            return np.array(chosen).take(column.codes)
        # An option may be new, and not occur here.
        mask = np.zeros(len(column.codes), dtype=bool)
        equal = np.empty_like(mask)
        for code in codes:
            mask |= np.equal(column.codes, code, out=equal)
        return mask

    def to_data(self, facet: Facet) -> dict:
        """Return the choice as the answer holds it."""
        return {"values": list(self.values)}

    def toggled(self, value: str) -> "Values | None":
        """Return the choice with one option added or removed; None when nothing is left."""
        values = tuple(sorted(set(self.values) ^ {value}))
        return Values(values) if values else None


@dataclass(frozen=True)
class Between:
    """Values from `low` to `high`, both included; None is an open end. `missing` adds the records without a value.

    Bounds are float for between, datetime64[D] for dates. Without any bound it is the missing values alone.
    """

    low: float | np.datetime64 | None = None
    high: float | np.datetime64 | None = None
    missing: bool = False

    @property
    def bounded(self) -> bool:
        """Whether there is a bound at all."""
        return self.low is not None or self.high is not None

    @property
    def or_none(self) -> "Between | None":
        """The choice; None where it leaves nothing out."""
        return self if self.bounded or self.missing else None

    def missing_toggled(self) -> "Between | None":
        """Return the choice with the records without a value added, or taken away again; None when nothing is left."""
        return replace(self, missing=not self.missing).or_none

    def to_query(self, facet: Facet) -> list[str]:
        low, high = ("" if bound is None else format_value(bound) for bound in (self.low, self.high))
        return [f"{low}{OPEN}{high}"] * self.bounded + [MISSING] * self.missing

    def mask(self, column: CodedColumn) -> np.ndarray:
        """Return which records the choice keeps (bool, shape: records)."""
        codes, values = column.codes, column.values
        if not self.bounded:
            return codes == 0
        first = 0 if self.low is None else np.searchsorted(values, self.low, side="left")
        last = len(values) if self.high is None else np.searchsorted(values, self.high, side="right")
        # One comparison instead of two: codes below the first, the missing value's among them, wrap to large numbers.
        kind = codes.dtype.type
        mask = codes - kind(first + 1) < kind(max(last - first, 0))
        return mask | (codes == 0) if self.missing else mask

    def to_data(self, facet: Facet) -> dict:
        """Return the choice as the answer holds it: bounds as an address writes them, and the bins they reach into.

        Of dates also `steps`: the year or month with records before and after, None where there is none.
        """
        low, high = (None if bound is None else format_value(bound) for bound in (self.low, self.high))
        bins = list(facet.bins_of_bounds(self.low, self.high)) if self.bounded or not self.missing else [0, -1]
        data = {"low": low, "high": high, "missing": self.missing, "bins": bins}
        if facet.kind == "dates":
            around = (neighbour(facet, self.low, self.high, step) for step in (-1, 1))
            data["steps"] = [None if season is None else str(season) for season in around]
        return data


Choice = Values | Between


def choice_from_query(texts: list[str], facet: Facet) -> tuple[Choice | None, list[Refusal]]:
    """Return the choice that an address makes, and a refusal for each part that cannot be applied."""
    if not facet.is_range:
        known = {*facet.values, MISSING}
        values = tuple(sorted({text for text in texts if text in known}))
        refused = [Refusal("no option", facet.label, text[:SHOWN]) for text in texts if text not in known]
        return (Values(values) if values else None), refused
    low = high = None
    refused = []
    for text in texts:
        if text == MISSING:
            continue
        try:
            low, high = bounds_from_text(text, facet)
        except Refused as error:
            refused.append(error.refusal)
    return Between(low, high, MISSING in texts).or_none, refused


def bounds_from_text(text: str, facet: Facet) -> tuple:
    """Return the two bounds of ``10..250``, None for an open end; of dates each may be a month or a year as a whole.

    One alone is both bounds: ``2015`` is all of that year. Raises Refused when they are none.
    """
    first, dots, last = text.partition(OPEN)
    low, high = span_from_text(first, facet)[0], span_from_text(last if dots else first, facet)[1]
    if low is not None and high is not None and low > high:
        raise Refused("out of order", facet.label, f"{format_value(low)}{OPEN}{format_value(high)}")
    return low, high


def span_from_text(text: str, facet: Facet) -> tuple:
    """Return from where to where a written bound reaches: a number to itself, a month from its first day to its last.

    Both are None for an empty text. Raises Refused when it is no number or date, or could be several.
    """
    text = text.strip()
    if not text:
        return None, None
    if facet.kind == "dates":
        found = readings(text)
        if len(found) != 1:
            raise Refused("two dates" if found else "no date", facet.label, text)
        return found[0]
    try:
        bound = float(text)
    except ValueError:
        bound = np.nan
    if not np.isfinite(bound):
        raise Refused("no number", facet.label, text)
    return bound, bound
