"""Answers views, for all visitors of one process."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import log2

import numpy as np
import pandas as pd
import shapely

from dashboard.catalog import Catalog
from dashboard.catalog.drawing import TO_DRAWN
from dashboard.catalog.problems import Problem
from dashboard.query.choices import Choice
from dashboard.query.classes import Classes, make_classes
from dashboard.query.facets import Facet, derive_facets
from dashboard.query.measures import Measure, measures_of
from dashboard.query.tally import CodedRecords, Tally, code_records, tally
from dashboard.query.view import NO_AREA, View, Vocabulary, view_from_query, view_to_query

MASKS_KEPT = 64
TALLIES_KEPT = 64
PAGE_ROWS = 15
POINTS_SHOWN = 1000
WORLD_WIDTH = 40_075_016.7  # metres round the equator in Web Mercator
# A zoom of n draws the world 256 * 2**n pixels wide; what a zoom shows is reckoned for a map of this many pixels,
# so that an address shows the same on every screen.
MAP_PIXELS = 768


@dataclass(frozen=True, eq=False)
class Points:
    """The matching records to draw: their places in metres of Web Mercator, and how many lie in the extent."""

    x: np.ndarray
    y: np.ndarray
    in_extent: int


@dataclass(frozen=True, eq=False)
class TablePage:
    """One page of the matching records, and how many there are on all pages."""

    rows: pd.DataFrame
    total: int
    page: int
    pages: int


@dataclass(frozen=True, eq=False)
class Answer:
    """A tally with what was made of it: the measure of each area and of the records in none, and of all together."""

    tally: Tally
    values: np.ndarray
    value_of_all: float


class Engine:
    """A catalog with its records coded; read-only but for its caches, which all sessions share."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.areas = catalog.areas
        facets, left_out = derive_facets(catalog.config, catalog.records)
        self.facets: dict[str, Facet] = {facet.name: facet for facet in facets}
        self.problems: tuple[Problem, ...] = catalog.problems + tuple(left_out) + tuple(self._not_charted())
        self.measures: dict[str, Measure] = {measure.key: measure for measure in measures_of(catalog.config)}
        self.columns = tuple(catalog.config.detail.table or catalog.records.columns)
        self.vocabulary = Vocabulary(tuple(facets), tuple(self.measures), frozenset(self.areas.ids), self.columns)
        # In every array per area, one entry more stands for the records in no area.
        self.positions = {**self.areas.positions(), NO_AREA: len(self.areas)}
        self._records: CodedRecords = code_records(
            catalog.records, catalog.area_of, len(self.areas), tuple(facets),
            {measure.column for measure in self.measures.values() if measure.column})
        self._mask = lru_cache(MASKS_KEPT)(self._make_mask)
        self._answer = lru_cache(TALLIES_KEPT)(self._make_answer)
        self._classes = lru_cache(TALLIES_KEPT)(self._make_classes)
        self._ranks = lru_cache(None)(self._make_ranks)
        self._tree = shapely.STRtree(self.areas.drawn)

    def view(self, query) -> tuple[View, list[str]]:
        """Return the view that an address asks for, and a sentence for each part that cannot be applied."""
        return view_from_query(query, self.vocabulary)

    def query(self, view: View) -> str:
        """Return the view as a URL query."""
        return view_to_query(view, self.vocabulary)

    def measure(self, view: View) -> Measure:
        """Return the measure of a view."""
        return self.measures[view.measure]

    def tally(self, view: View) -> Tally:
        """Return the answer to a view, without the single numbers that its medians were made of."""
        return self._answer(view.choices, view.measure, view.area).tally

    def values(self, view: View) -> np.ndarray:
        """Return the measure of each area (float64, shape: areas; nan: no data)."""
        return self._answer(view.choices, view.measure, view.area).values[:-1]

    def value(self, view: View) -> float:
        """Return the measure of what the detail shows: the chosen area, the records in none, or all of them."""
        answer = self._answer(view.choices, view.measure, view.area)
        return answer.value_of_all if view.area is None else float(answer.values[self.positions[view.area]])

    def classes(self, view: View) -> Classes:
        """Return the classes of a view: those of all records, unless the view fits them to what it shows."""
        return self._classes(view.choices if view.refit else (), view.measure)

    def table(self, view: View) -> TablePage:
        """Return the page of matching records that a view shows: in the chosen area, or in all."""
        found = np.flatnonzero(self._matching(view.choices))
        if view.area is not None:
            part = self._records.in_area(self.positions[view.area])
            found = found[np.searchsorted(found, part.start):np.searchsorted(found, part.stop)]
        if view.sort:
            # A column's own name may start with a minus.
            name = view.sort if view.sort in self.columns else view.sort[1:]
            ranks, missing = self._ranks(name)
            keys = ranks[found] if name == view.sort else np.where(ranks[found] == missing, missing, -ranks[found])
            found = found[np.argsort(keys, kind="stable")]
        pages = max(1, -(-len(found) // PAGE_ROWS))
        page = min(view.page, pages)
        rows = self.catalog.records.iloc[found[(page - 1) * PAGE_ROWS:page * PAGE_ROWS]]
        return TablePage(rows[list(self.columns)], len(found), page, pages)

    def points(self, view: View) -> Points | None:
        """Return the matching records near the middle of the extent; None where the map shows no points.

        They are at most POINTS_SHOWN, the closest to the middle first. An extent fills a screen of other proportions
        with more than itself, so records around it are taken too.
        """
        settings, x, y = self.catalog.config.map, self.catalog.x, self.catalog.y
        if not settings.points or x is None or view.extent is None or self.zoom(view) < self.points_from_zoom:
            return None
        west, south, east, north = self.mercator(view.extent)
        middle_x, middle_y, reach = (west + east) / 2, (south + north) / 2, max(east - west, north - south)
        near = self._matching(view.choices) & (np.abs(x - middle_x) <= reach) & (np.abs(y - middle_y) <= reach)
        found = np.flatnonzero(near)
        inside = (x[found] >= west) & (x[found] <= east) & (y[found] >= south) & (y[found] <= north)
        if len(found) > POINTS_SHOWN:
            distance = (x[found] - middle_x) ** 2 + (y[found] - middle_y) ** 2
            found = np.sort(found[np.argpartition(distance, POINTS_SHOWN)[:POINTS_SHOWN]])
        return Points(x[found], y[found], int(inside.sum()))

    def zoom(self, view: View) -> float:
        """Return the zoom of a view's extent, as tiled maps count it."""
        west, south, east, north = self.mercator(view.extent or self.areas.bounds())
        return log2(WORLD_WIDTH / max(east - west, north - south, 1.0) * MAP_PIXELS / 256)

    @property
    def points_from_zoom(self) -> float:
        """The zoom from which points are drawn: the config's, or two steps closer than all areas."""
        return self.catalog.config.map.points_from_zoom or self.zoom(View("")) + 2

    def extent_of(self, area: str, margin: float) -> tuple[float, float, float, float]:
        """Return the extent around an area in degrees, wider on each side by `margin` times its size."""
        west, south, east, north = self.areas.bounds(self.positions[area])
        reach = max(east - west, north - south) * margin
        extent = west - reach, max(south - reach, -90.0), east + reach, min(north + reach, 90.0)
        return tuple(round(bound, 5) for bound in extent)

    def mercator(self, extent) -> tuple[float, float, float, float]:
        """Return west, south, east, north in metres of Web Mercator for an extent in degrees."""
        west, south, east, north = extent
        (left, right), (bottom, top) = TO_DRAWN.transform([west, east], [max(south, -85.0), min(north, 85.0)])
        return left, bottom, right, top

    def area_at(self, x: float, y: float, reach: float) -> str | None:
        """Return the id of the area at a place in Web Mercator, or of the nearest one within `reach` metres."""
        found = self._tree.query_nearest(shapely.Point(x, y), max_distance=max(reach, 1e-9))
        return self.areas.ids[int(found.min())] if len(found) else None

    def _not_charted(self) -> list[Problem]:
        """Return a warning for each column that the config wants charted and that is no facet."""
        detail = self.catalog.config.detail
        return [Problem("warning", "config.toml, detail", f"{name} is not charted, as it is no facet.",
                        "Add it to facets.columns, or take it out of detail.charts and detail.time.")
                for name in (detail.time, *detail.charts) if name and name not in self.facets]

    def _matching(self, choices: tuple[tuple[str, Choice], ...]) -> np.ndarray:
        result = np.ones(len(self._records), dtype=bool)
        for name, choice in choices:
            result = result & self._mask(name, choice)
        return result

    def _make_mask(self, name: str, choice: Choice) -> np.ndarray:
        return choice.mask(self.facets[name], self._records.codes[name])

    def _make_answer(self, choices: tuple[tuple[str, Choice], ...], measure: str, area: str | None) -> "Answer":
        masks = {name: self._mask(name, choice) for name, choice in choices}
        position = None if area is None else self.positions[area]
        about = self.measures[measure]
        found = tally(self._records, masks, about, position)
        values, value_of_all = found.values(about, self.areas.km2), found.value_of_all(about, float(self.areas.km2.sum()))
        # The numbers behind medians are as many as the records: too many to be kept with every answer.
        return Answer(replace(found, ranked=None), values, value_of_all)

    def _make_classes(self, choices: tuple[tuple[str, Choice], ...], measure: str) -> Classes:
        about = self.measures[measure]
        values = self.values(View(measure, choices))
        return make_classes(values, self.catalog.config.map, zero_apart=about.adds_up and not (values < 0).any(),
                            whole=about.of == "count" and not about.per_km2)

    def _make_ranks(self, name: str) -> tuple[np.ndarray, int]:
        """Return each record's place in the order of a column, and the place of those without a value: the last."""
        codes, values = pd.factorize(self.catalog.records[name], sort=True)
        return np.where(codes < 0, len(values), codes), len(values)
