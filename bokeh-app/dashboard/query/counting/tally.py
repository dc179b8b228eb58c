"""The answer to a view: per area, per facet option, totals. Tallies add up.

Counting is what every change waits for, so it works on small integers in the order of the areas: a choice is a mask
over the records, and a count per area is the sum of a mask between two positions.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.query.counting.codes import CodedRecords
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure


@dataclass(frozen=True, eq=False)
class Tally:
    """What was counted among the records that match a view.

    Arrays per area have one entry more than there are areas: the last is for records in no area. `counts` are
    matching records, `valid` those with a number in the measure's column, `sums` the sum of these numbers; `ranked`
    holds (area position, number) of each where a median is asked for. `options` counts for each facet the records
    that each option would leave, given all other facets; `shown` is the same within the chosen areas, and `options`
    itself where there are none. Options have one entry more too: records without a value.
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
        options = {name: counts + other.options[name] for name, counts in self.options.items()}
        shown = options if self.shown is self.options else {
            name: counts + other.shown[name] for name, counts in self.shown.items()}
        return Tally(self.counts + other.counts, self.valid + other.valid, self.sums + other.sums, ranked,
                     options, shown)

    @property
    def total(self) -> int:
        """The number of matching records, with those in no area."""
        return int(self.counts.sum())

    @property
    def unjoined(self) -> int:
        """The number of matching records that lie in no area."""
        return int(self.counts[-1])

    def of_groups(self, group_of: np.ndarray, groups: int) -> "Tally":
        """Return the tally with a group in the place of each area, and its last entry for all that is in none.

        `group_of` is each area's position among the groups, or `groups`, which also stands for the records in no area.
        """
        def added(parts: np.ndarray) -> np.ndarray:
            return np.bincount(group_of, parts, minlength=groups + 1).astype(parts.dtype)
        ranked = None if self.ranked is None else (group_of[self.ranked[0]], self.ranked[1])
        return Tally(added(self.counts), added(self.valid), added(self.sums), ranked, self.options, self.shown)

    def values(self, measure: Measure, km2: np.ndarray) -> np.ndarray:
        """Return the measure per area and of the records in none (float64, shape: areas + 1; nan: no data).

        `km2` is the size of each area (shape: areas); records in no area have no size to be divided by.
        """
        return self._measured(measure, self.counts, self.sums, self.valid, np.append(km2, 0.0), self._medians)

    def value_of(self, measure: Measure, km2: np.ndarray, areas: tuple[int, ...] = ()) -> float:
        """Return the measure of the matching records of some area positions together; of all when there are none.

        `km2` is the size of each area. Per km², records in no area do not count: they do not stand on that ground.
        """
        kept = np.full(len(self.counts), not areas)
        kept[list(areas)] = True
        kept[-1] &= not measure.per_km2

        def median(_: int) -> np.ndarray:
            places, numbers = self.ranked
            numbers = numbers if kept.all() else numbers[kept.take(places)]
            return np.array([np.median(numbers) if len(numbers) else np.nan])
        totals = (np.array([part[kept].sum()]) for part in (self.counts, self.sums, self.valid, np.append(km2, 0.0)))
        return float(self._measured(measure, *totals, median)[0])

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


def tally(records: CodedRecords, masks: dict[str, np.ndarray], measure: Measure,
          areas: tuple[int, ...] = ()) -> Tally:
    """Count the records that match `masks` (one bool array for each facet with a choice).

    `areas` are the ascending positions of the chosen areas; none is the whole survey.
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
    kept_out = {}  # where the records stand that a facet's choice alone leaves out
    for name, mask in masks.items():
        others = _all_of((other for another, other in masks.items() if another != name), len(records))
        kept_out[name] = _places_of(others > mask)
    options = shown = _count_options(records, places, kept_out)
    if areas:
        parts = records.in_areas(areas)
        shown = _count_options(records, _within(places, parts),
                               {name: _within(out, parts) for name, out in kept_out.items()})
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


def _within(places: np.ndarray, parts: list[slice]) -> np.ndarray:
    """Return those of the ascending places that lie in some ascending parts of the records."""
    return np.concatenate([places[slice(*np.searchsorted(places, (part.start, part.stop)))] for part in parts])


def _count_options(records: CodedRecords, places: np.ndarray, kept_out: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return for each facet how many records have each option: those at `places` and those that it alone keeps out."""
    counts = {facet.name: _count(records, facet, places) for facet in records.facets}
    for facet in records.facets:
        if facet.name in kept_out:
            counts[facet.name] += _count(records, facet, kept_out[facet.name])
    return counts


def _count(records: CodedRecords, facet: Facet, places: np.ndarray) -> np.ndarray:
    """Return how many of the records at `places` have each option, and no value (shape: options + 1)."""
    if facet.of_area is not None:
        # The records of an area have one group, so counting them per area is all that is to be done for each.
        per_area = np.diff(np.searchsorted(places, records.starts))
        counts = np.bincount(facet.of_area, per_area, minlength=facet.options + 1).astype(np.int64)
        return np.roll(counts, -1)
    counts = np.bincount(records.columns[facet.name].options.take(places), minlength=facet.options + 1)
    return np.roll(counts, -1)  # what has no value comes last
