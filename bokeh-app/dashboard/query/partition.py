"""Some of the records, or all of them, in one process: what is asked of them is answered in parts that add up."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.catalog import Catalog
from dashboard.query.choices import Choice
from dashboard.query.coding import CodedRecords, code_records
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure
from dashboard.query.nearby import Nearby, Places, Window
from dashboard.query.tally import Tally, tally

MASKS_KEPT = 64
TALLIES_KEPT = 64
ORDERS_KEPT = 4
Choices = tuple[tuple[str, Choice], ...]


class Matches(NamedTuple):
    """Which records are meant: those that fit the choices, in the area at a position, or everywhere when that is None."""

    choices: Choices
    area: int | None


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows in their order: where they stand, in which area, and the values that they were sorted by, if any."""

    places: np.ndarray
    area_of: np.ndarray
    keys: pd.Series | None


class Partition:
    """Records coded by the facets; read-only but for its caches, which all sessions share."""

    def __init__(self, catalog: Catalog, facets: tuple[Facet, ...], measures: tuple[Measure, ...]):
        self._records, self._area_of = catalog.records, catalog.area_of
        columns = {measure.column for measure in measures if measure.column}
        self._coded: CodedRecords = code_records(catalog.records, catalog.area_of, len(catalog.areas), facets, columns)
        drawn = catalog.x is not None and catalog.config.map.points
        self._places = Places(catalog.x, catalog.y, self._coded.starts) if drawn else None
        self._begin_caches()

    def with_facets(self, facets: tuple[Facet, ...]) -> "Partition":
        """Return the same records with facets that have more options or other ends."""
        other = object.__new__(Partition)
        other.__dict__ = self.__dict__ | {"_coded": replace(self._coded, facets=facets)}
        other._begin_caches()
        return other

    def _begin_caches(self) -> None:
        self._mask = lru_cache(MASKS_KEPT)(self._make_mask)
        self._kept_tally = lru_cache(TALLIES_KEPT)(self._make_tally)
        self._ranks = lru_cache(ORDERS_KEPT)(self._make_ranks)
        self._latest = lru_cache(1)(self._make_latest)

    def __getstate__(self) -> dict:
        """Return what another process needs; it keeps its own caches."""
        caches = "_mask", "_kept_tally", "_ranks", "_latest"
        return {name: value for name, value in self.__dict__.items() if name not in caches}

    def __setstate__(self, state: dict) -> None:
        self.__dict__ = state
        self._begin_caches()

    def tally(self, matches: Matches, measure: Measure) -> Tally:
        """Return the tally of these records."""
        # The numbers behind medians are as many as the records: too many to be kept with every answer.
        return (self._make_tally if measure.of == "median" else self._kept_tally)(matches, measure)

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
            kept = np.arange(len(found))
            if count < len(found):
                bound = len(found) - count if from_end else count - 1
                parted = np.argpartition(ranks, bound)
                kept = parted[bound:] if from_end else parted[:count]
            found = found.take(kept[np.argsort(ranks.take(kept))])
        elif from_end:
            found = found[max(len(found) - count, 0):]
        else:
            found = found[:count]
        keys = self._records[sort].iloc[found].reset_index(drop=True) if sort else None
        return Rows(found, self._area_of[found], keys)

    def latest(self, time: str, count: int) -> tuple[pd.DataFrame, np.ndarray]:
        """Return the records with the highest values of a column of dates or numbers, and the area of each."""
        return self._latest(time, count)

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

    def _make_mask(self, name: str, choice: Choice) -> np.ndarray:
        return choice.mask(self._coded.columns[name])

    def _make_tally(self, matches: Matches, measure: Measure) -> Tally:
        masks = {name: self._mask(name, choice) for name, choice in matches.choices}
        return tally(self._coded, masks, measure, matches.area)

    def _make_latest(self, time: str, count: int) -> tuple[pd.DataFrame, np.ndarray]:
        places = self._records[time].nlargest(count, keep="last").index.to_numpy()
        return self._records.iloc[places], self._area_of[places]

    def _make_ranks(self, name: str) -> tuple[np.ndarray, int]:
        """Return each record's place in the order of a column, and the place of those without a value: the last."""
        codes, values = pd.factorize(self._records[name], sort=True)
        return np.where(codes < 0, len(values), codes).astype(np.int64), len(values)
