"""Some of the records, or all of them, in one process: what is asked of them is answered in parts that add up."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.catalog.catalog import Catalog
from dashboard.kept import kept
from dashboard.query.choices import Choice
from dashboard.query.codes import CodedRecords, code_records
from dashboard.query.counting.points import Nearby, PointIndex, Window
from dashboard.query.counting.tally import Tally, tally
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure

MASKS_KEPT = 64
TALLIES_KEPT = 64
ORDERS_KEPT = 4
Choices = tuple[tuple[str, Choice], ...]


class Matches(NamedTuple):
    """Which records are meant: those that fit the choices, in the area at a position (None: everywhere)."""

    choices: Choices
    area: int | None


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows in their order: where they stand, in which area, and the values that they were sorted by, if any."""

    places: np.ndarray
    area_of: np.ndarray
    keys: pd.Series | None


class Partition:
    """Records coded by the facets; never changed. All sessions share what is kept of its answers."""

    def __init__(self, catalog: Catalog, facets: tuple[Facet, ...], measures: tuple[Measure, ...]):
        self._records, self._area_of = catalog.records, catalog.area_of
        columns = {measure.column for measure in measures if measure.column}
        self._coded: CodedRecords = code_records(catalog.records, catalog.area_of, len(catalog.areas), facets, columns)
        drawn = catalog.x is not None and catalog.config.map.points
        self._places = PointIndex(catalog.x, catalog.y, self._coded.starts) if drawn else None

    def with_facets(self, facets: tuple[Facet, ...]) -> "Partition":
        """Return the same records with facets that have more options or other ends."""
        other = object.__new__(Partition)
        other.__dict__ = self.__dict__ | {"_coded": replace(self._coded, facets=facets)}
        return other

    def tally(self, matches: Matches, measure: Measure) -> Tally:
        """Return the tally of these records."""
        # The numbers behind medians are as many as the records: too many to be kept with every answer.
        return self._make_tally(matches, measure) if measure.of == "median" else self._kept_tally(matches, measure)

    def ordered(self, matches: Matches, sort: str, descending: bool, count: int, from_end: bool) -> Rows:
        """Return the first `count` matching rows in the order of a column, or of the areas when `sort` is empty.

        Missing values come last; what is equal stays in the order of the areas and of the file. `from_end` gives the
        last rows instead, in the same order.
        """
        found = self._found(matches)
        if sort:
            ranks, missing = self._ranks(sort)
            ranks = ranks.take(found)
            # One number to sort by, so that only the rows that are asked for need to be sorted.
            ranks = (np.where(ranks == missing, missing, -ranks) if descending else ranks) * len(self._area_of) + found
            first = np.arange(len(found))
            if count < len(found):
                bound = len(found) - count if from_end else count - 1
                parted = np.argpartition(ranks, bound)
                first = parted[bound:] if from_end else parted[:count]
            found = found.take(first[np.argsort(ranks.take(first))])
        elif from_end:
            found = found[max(len(found) - count, 0):]
        else:
            found = found[:count]
        keys = self._records[sort].iloc[found].reset_index(drop=True) if sort else None
        return Rows(found, self._area_of[found], keys)

    @kept(1)
    def latest(self, time: str, count: int) -> tuple[pd.DataFrame, np.ndarray]:
        """Return the records with the highest values of a column of dates or numbers, and the area of each."""
        places = self._records[time].nlargest(count, keep="last").index.to_numpy()
        return self._records.iloc[places], self._area_of[places]

    def rows(self, places: np.ndarray) -> pd.DataFrame:
        """Return the records at these places."""
        return self._records.iloc[places]

    def matching(self, matches: Matches) -> pd.DataFrame:
        """Return the matching records, all of them."""
        return self._records.iloc[self._found(matches)]

    def nearby(self, choices: Choices, window: Window) -> Nearby:
        """Return the matching records in a window of the map: the points themselves, or how dense they lie."""
        return self._places.nearby(self._mask_of(choices), window)

    def _found(self, matches: Matches) -> np.ndarray:
        part = slice(0, len(self._area_of)) if matches.area is None else self._coded.in_area(matches.area)
        mask = self._mask_of(matches.choices)
        return np.arange(part.start, part.stop) if mask is None else part.start + np.flatnonzero(mask[part])

    def _mask_of(self, choices: Choices) -> np.ndarray | None:
        """Return which records fit all choices; None where there is no choice."""
        result = None
        for name, choice in choices:
            mask = self._mask(name, choice)
            result = mask if result is None else result & mask
        return result

    @kept(MASKS_KEPT)
    def _mask(self, name: str, choice: Choice) -> np.ndarray:
        return choice.mask(self._coded.columns[name])

    @kept(TALLIES_KEPT)
    def _kept_tally(self, matches: Matches, measure: Measure) -> Tally:
        return self._make_tally(matches, measure)

    def _make_tally(self, matches: Matches, measure: Measure) -> Tally:
        masks = {name: self._mask(name, choice) for name, choice in matches.choices}
        return tally(self._coded, masks, measure, matches.area)

    @kept(ORDERS_KEPT)
    def _ranks(self, name: str) -> tuple[np.ndarray, int]:
        """Return each record's place in the order of a column, and the place of those without a value: the last."""
        codes, values = pd.factorize(self._records[name], sort=True)
        return np.where(codes < 0, len(values), codes).astype(np.int64), len(values)
