"""The answer to a view: per area, per facet option, totals. Tallies add up.

Counting is what every change waits for, so it works on small integers in the order of the areas: a choice is a mask
over the records, and a count per area is the sum of a mask between two positions.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.query.codes import CodedRecords
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure


@dataclass(frozen=True, eq=False)
class Tally:
    """What was counted among the records that match a view.

    Arrays per area have one entry more than there are areas: the last is for records in no area. `counts` are
    matching records, `valid` those with a number in the measure's column, `sums` the sum of these numbers; `ranked`
    holds (area position, number) of each where a median is asked for. `options` counts for each facet the records
    that each option would leave, given all other facets; `shown` the options of the matching records themselves, in
    the chosen area where there is one. Options have one entry more too: records without a value.
    """

    counts: np.ndarray
    valid: np.ndarray
    sums: np.ndarray
    ranked: tuple[np.ndarray, np.ndarray] | None
    options: dict[str, np.ndarray]
    shown: dict[str, np.ndarray]

    def __add__(self, other: "Tally") -> "Tally":
        """Return the tally of both sets of records."""
        ranked = None
        if self.ranked is not None and other.ranked is not None:
            ranked = tuple(np.concatenate(pair) for pair in zip(self.ranked, other.ranked, strict=True))
        return Tally(self.counts + other.counts, self.valid + other.valid, self.sums + other.sums, ranked,
                     {name: counts + other.options[name] for name, counts in self.options.items()},
                     {name: counts + other.shown[name] for name, counts in self.shown.items()})

    @property
    def total(self) -> int:
        """The number of matching records, with those in no area."""
        return int(self.counts.sum())

    @property
    def unjoined(self) -> int:
        """The number of matching records that lie in no area."""
        return int(self.counts[-1])

    def values(self, measure: Measure, km2: np.ndarray) -> np.ndarray:
        """Return the measure per area and of the records in none (float64, shape: areas + 1; nan: no data).

        `km2` is the size of each area (shape: areas); records in no area have no size to be divided by.
        """
        return self._measured(measure, self.counts, self.sums, self.valid, np.append(km2, 0.0), self._medians)

    def value_of_all(self, measure: Measure, km2: float) -> float:
        """Return the measure of all matching records; `km2` is the size of all areas.

        Per km², records in no area do not count: they do not stand on that ground.
        """
        kept = slice(None, -1) if measure.per_km2 else slice(None)

        def median(_: int) -> np.ndarray:
            areas, numbers = self.ranked
            numbers = numbers[areas < len(self.counts) - 1] if measure.per_km2 else numbers
            return np.array([np.median(numbers) if len(numbers) else np.nan])
        totals = (np.array([part[kept].sum()]) for part in (self.counts, self.sums, self.valid))
        return float(self._measured(measure, *totals, np.array([km2]), median)[0])

    def _measured(self, measure, counts, sums, valid, km2, medians) -> np.ndarray:
        match measure.of:
            case "count":
                values = counts.astype(np.float64)
            case "sum":
                # Records whose numbers are all missing have an unknown sum; no records at all sum up to zero.
                values = np.where((counts > 0) & (valid == 0), np.nan, sums)
            case "mean":
                values = np.divide(sums, valid, out=np.full(len(sums), np.nan), where=valid > 0)
            case "median":
                values = medians(len(counts))
        if not measure.per_km2:
            return values
        return np.divide(values, km2, out=np.full(len(values), np.nan), where=km2 > 0)

    def _medians(self, areas: int) -> np.ndarray:
        medians = pd.Series(self.ranked[1]).groupby(self.ranked[0]).median()
        return medians.reindex(range(areas)).to_numpy(dtype=np.float64)


def tally(records: CodedRecords, masks: dict[str, np.ndarray], measure: Measure, area: int | None = None) -> Tally:
    """Count the records that match `masks` (one bool array for each facet with a choice).

    `area` is the position of the chosen area; None is the whole survey.
    """
    matching = _all_of(masks.values(), len(records))
    # Where the matching records stand is found once; taking values from there is many times faster than by a mask.
    places = _places_of(matching)
    counts = np.diff(np.searchsorted(places, records.starts))
    valid, sums, ranked = counts, np.zeros(len(counts)), None
    if measure.column:
        numbers = records.numbers[measure.column]
        present = matching & ~np.isnan(numbers)
        valid = records.per_area(present, np.int64)
        sums = records.per_area(np.where(present, numbers, 0.0), np.float64)
        if measure.of == "median":
            ranked = records.area_of[present], numbers[present]
    found = {facet.name: _count(records, facet, places) for facet in records.facets}
    options = found.copy()
    for facet in records.facets:
        if facet.name in masks:
            others = _all_of((mask for name, mask in masks.items() if name != facet.name), len(records))
            kept_out = _places_of(others > masks[facet.name])
            options[facet.name] = found[facet.name] + _count(records, facet, kept_out)
    if area is None:
        return Tally(counts, valid, sums, ranked, options, found)
    part = records.in_area(area)
    places = places[np.searchsorted(places, part.start):np.searchsorted(places, part.stop)]
    shown = {facet.name: _count(records, facet, places) for facet in records.facets}
    return Tally(counts, valid, sums, ranked, options, shown)


def _all_of(masks: Iterable[np.ndarray], count: int) -> np.ndarray:
    result = np.ones(count, dtype=bool)
    for mask in masks:
        result &= mask
    return result


def _places_of(mask: np.ndarray) -> np.ndarray:
    """Return where a mask is set, for few places faster than NumPy: words without any are left out first."""
    whole = len(mask) // 8 * 8
    if not whole or np.count_nonzero(mask) > len(mask) / 10:
        return np.flatnonzero(mask)
    words = mask[:whole].view(np.uint64)
    some = np.flatnonzero(words != 0)
    places = np.flatnonzero(words.take(some).view(bool))
    places += (8 * some - np.arange(0, 8 * len(some), 8)).take(places >> 3)
    return np.append(places, whole + np.flatnonzero(mask[whole:]))


def _count(records: CodedRecords, facet: Facet, places: np.ndarray) -> np.ndarray:
    """Return how many of the records at `places` have each option, and no value (shape: options + 1)."""
    counts = np.bincount(records.columns[facet.name].options.take(places), minlength=facet.options + 1)
    return np.roll(counts, -1)  # what has no value comes last
