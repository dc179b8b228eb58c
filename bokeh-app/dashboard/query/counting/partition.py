"""Some of the records, or all of them, in one process: what is asked of them is answered in parts that add up."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.catalog.catalog import Catalog
from dashboard.catalog.rows.columns import as_key
from dashboard.kept import kept
from dashboard.query.choices import Choice
from dashboard.query.counting.codes import CodedRecords, code_records
from dashboard.query.counting.matches import Choices, Located, Matches, Record, Rows
from dashboard.query.counting.points import Nearby, PointIndex, Window
from dashboard.query.counting.tally import Tally, tally
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure

MASKS_KEPT = 64
TALLIES_KEPT = 64
ORDERS_KEPT = 4
FIRST_LOOK = 10_000  # records that are looked at before all are


class Partition:
    """Records coded by the facets; never changed. All sessions share what is kept of its answers."""

    def __init__(self, catalog: Catalog, facets: tuple[Facet, ...], measures: tuple[Measure, ...]):
        self._records, self._area_of = catalog.records, catalog.area_of
        columns = {measure.column for measure in measures if measure.column}
        self._coded: CodedRecords = code_records(catalog.records, catalog.area_of, len(catalog.areas), facets, columns)
        self._x, self._y = catalog.x, catalog.y
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

    def latest(self, matches: Matches, time: str, count: int) -> tuple[pd.DataFrame, np.ndarray]:
        """Return the matching records with the highest values of a facet of dates or numbers, and the area of each."""
        if not matches.areas:
            places, mask = self._newest_first(time), self._mask_of(matches.choices)
            if mask is not None:
                # Mostly the first few hold enough of them.
                some = places[:FIRST_LOOK]
                some = some[mask.take(some)]
                places = some if len(some) >= count else places[mask.take(places)]
        else:
            found, codes = self._found(matches), self._coded.columns[time].codes
            found = found[codes.take(found) > 0]
            places = found[np.argsort(codes.take(found), kind="stable")[::-1]]
        return self._records.iloc[places[:count]], self._area_of[places[:count]]

    def rows(self, places: np.ndarray) -> pd.DataFrame:
        """Return the records at these places."""
        return self._records.iloc[places]

    def ids_like(self, column: str, typed: str, count: int) -> list[str]:
        """Return the first ids that are `typed`, then the first that begin with it, without regard to case."""
        ids = self._ids(column)
        folded = pc.utf8_lower(ids)
        same, begins = pc.equal(folded, typed.lower()), pc.starts_with(folded, typed.lower())
        found = [*ids.filter(same).slice(0, count).to_pylist(), *ids.filter(begins).slice(0, count).to_pylist()]
        return list(dict.fromkeys(found))[:count]

    def record(self, column: str, record: str) -> "Record | None":
        """Return the first record with an id; None when it is not among these."""
        place = pc.index(self._ids(column), record).as_py()
        if place < 0:
            return None
        x, y = (np.nan, np.nan) if self._places is None else self._places.at(place)
        return Record(place, self._records.iloc[place], int(self._area_of[place]), x, y)

    def standing(self, asked: tuple[Matches, int, int | None]) -> tuple[int, int, bool]:
        """Return how many matching records come before an area, and how many in it, or before a place of these records.

        `asked` are the matches, the area's position and the place (None: it is not among these). Last, whether the
        record at that place matches itself.
        """
        matches, area, place = asked
        found = self._found(matches)
        areas = self._area_of[found]
        before, end = np.searchsorted(areas, area), np.searchsorted(areas, area, side="right")
        if place is None:
            return int(before), int(end - before), False
        stands = int(np.searchsorted(found, place))
        return int(before), stands - int(before), bool(stands < len(found) and found[stands] == place)

    def count(self, matches: Matches) -> int:
        """Return how many records match."""
        return len(self._found(matches))

    def matching(self, matches: Matches) -> pd.DataFrame:
        """Return the matching records, all of them."""
        return self._records.iloc[self._found(matches)]

    def piece(self, matches: Matches, start: int, stop: int) -> Located:
        """Return some of the matching records, in the order of the areas."""
        return self.located(self._found(matches)[start:stop])

    def located(self, places: np.ndarray) -> Located:
        """Return the records at these places, and where they are on the map."""
        x, y = (None if each is None else each[places] for each in (self._x, self._y))
        return Located(self._records.iloc[places], x, y)

    def nearby(self, choices: Choices, window: Window, column: str) -> Nearby:
        """Return the matching records in a window of the map: the points themselves, or how dense they lie.

        `column` holds the records' ids, and is empty where none does.
        """
        return self._places.nearby(self._mask_of(choices), window,
                                   lambda places: tuple(self.ids_at(column, places)) if column else ())

    def _found(self, matches: Matches) -> np.ndarray:
        mask = self._mask_of(matches.choices)
        found = np.concatenate([
            np.arange(part.start, part.stop) if mask is None else part.start + np.flatnonzero(mask[part])
            for part in self._coded.in_areas(matches.areas)])
        return found if matches.extent is None else found[self._places.within(found, matches.extent)]

    def _mask_of(self, choices: Choices) -> np.ndarray | None:
        """Return which records fit all choices; None where there is no choice."""
        result = None
        for name, choice in choices:
            mask = self._mask(name, choice)
            result = mask if result is None else result & mask
        return result

    @kept(1)
    def _ids(self, column: str) -> pa.Array:
        return pa.array(as_key(self._records[column]), pa.string())

    def ids_at(self, column: str, places: np.ndarray) -> list[str]:
        """Return the ids of the records at these places; the empty text where one has none."""
        return [record or "" for record in as_key(self._records[column].iloc[places])]

    @kept(MASKS_KEPT)
    def _mask(self, name: str, choice: Choice) -> np.ndarray:
        return choice.mask(self._coded.columns[name])

    @kept(1)
    def _newest_first(self, time: str) -> np.ndarray:
        """Return where the records with a value of a facet of dates or numbers are, the highest first."""
        codes = self._coded.columns[time].codes
        return np.argsort(codes, kind="stable")[::-1][:np.count_nonzero(codes)].astype(np.uint32)

    @kept(TALLIES_KEPT)
    def _kept_tally(self, matches: Matches, measure: Measure) -> Tally:
        return self._make_tally(matches, measure)

    def _make_tally(self, matches: Matches, measure: Measure) -> Tally:
        masks = {name: self._mask(name, choice) for name, choice in matches.choices}
        return tally(self._coded, masks, measure, matches.areas)

    @kept(ORDERS_KEPT)
    def _ranks(self, name: str) -> tuple[np.ndarray, int]:
        """Return each record's place in the order of a column, and the place of those without a value: the last."""
        codes, values = pd.factorize(self._records[name], sort=True)
        return np.where(codes < 0, len(values), codes).astype(np.int64), len(values)
