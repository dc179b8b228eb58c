"""Answers views, for all visitors of one process."""

from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from math import log2
from operator import add

import numpy as np
import pandas as pd
import shapely

from dashboard.catalog import Catalog, parts_of
from dashboard.catalog.areas import Areas
from dashboard.catalog.drawing import TO_DRAWN
from dashboard.catalog.problems import Problem
from dashboard.config import Config
from dashboard.query.classes import Classes, make_classes
from dashboard.query.facets import FEW_OPTIONS, Facet, derive_facets
from dashboard.query.facts import Facts, facts_of
from dashboard.query.measures import Measure, measures_of
from dashboard.query.nearby import Nearby, Window
from dashboard.query.pages import TablePage, table_page
from dashboard.query.partition import Choices, Matches, Partition
from dashboard.query.partitions import Here, Partitions
from dashboard.query.profile import profiles_of
from dashboard.query.tally import Tally
from dashboard.query.view import NO_AREA, View, Vocabulary, view_from_query, view_to_query

ANSWERS_KEPT = 64
LARGE = 200_000  # records
LATEST = 5  # records that are listed as the latest
WORLD_WIDTH = 40_075_016.7  # metres round the equator in Web Mercator
# A zoom of n draws the world 256 * 2**n pixels wide; what a zoom shows is reckoned for a map of this many pixels,
# so that an address shows the same on every screen.
MAP_PIXELS = 768
# An extent fills a screen of other proportions with more than itself, so what lies around it is drawn too.
AROUND = 0.75  # of the extent's longer side, from its middle


@dataclass(frozen=True, eq=False)
class Counted:
    """A tally with what was made of it: the measure of each area and of the records in none, and of all together."""

    tally: Tally
    values: np.ndarray
    value_of_all: float


@dataclass(frozen=True, eq=False)
class Answer:
    """All that a page shows of a view.

    `values` is the measure of each area (float64, shape: areas; nan: no data), `value` that of what the detail shows:
    the chosen area, the records in none, or all. `nearby` is None where the map draws no records. `fresh` are the
    positions of the areas in which the records that were added last fit the choices.
    """

    engine: "Engine"
    view: View
    measure: Measure
    tally: Tally
    values: np.ndarray
    value: float
    classes: Classes
    table: TablePage
    nearby: Nearby | None
    fresh: np.ndarray


@dataclass(frozen=True, eq=False)
class Latest:
    """The latest records: those that were added last, `fresh` of them, then those with the highest times.

    `area_of` is the area position of each (``len(areas)``: in none).
    """

    rows: pd.DataFrame
    area_of: np.ndarray
    fresh: int


class Engine:
    """Areas and partitions of records; read-only but for its caches, which all sessions share."""

    def __init__(self, config: Config, areas: Areas, facts: Facts, facets: tuple[Facet, ...],
                 problems: tuple[Problem, ...], partitions: Partitions, fresh: Partition | None = None):
        self.config, self.areas, self.facts, self.partitions = config, areas, facts, partitions
        self._fresh = fresh  # those of the records that were added last
        self.facets: dict[str, Facet] = {facet.name: facet for facet in facets}
        self.problems = tuple(dict.fromkeys((*problems, *self._not_charted())))
        self.measures: dict[str, Measure] = {measure.key: measure for measure in measures_of(config)}
        self.columns = tuple(config.detail.table or facts.missing)
        self.vocabulary = Vocabulary(facets, tuple(self.measures), frozenset(areas.ids), self.columns)
        # In every array per area, one entry more stands for the records in no area.
        self.positions = {**areas.positions(), NO_AREA: len(areas)}
        self._counted = lru_cache(ANSWERS_KEPT)(self._count)
        self._classes = lru_cache(ANSWERS_KEPT)(self._make_classes)
        self._table = lru_cache(ANSWERS_KEPT)(self._make_table)
        self._tree = shapely.STRtree(areas.drawn)
        self.latest = self._find_latest()
        self.start = self.answer(View(next(iter(self.measures))))

    def view(self, query) -> tuple[View, list[str]]:
        """Return the view that an address asks for, and a sentence for each part that cannot be applied."""
        return view_from_query(query, self.vocabulary)

    def query(self, view: View) -> str:
        """Return the view as a URL query."""
        return view_to_query(view, self.vocabulary)

    @property
    def is_large(self) -> bool:
        """Whether an answer may take longer than a server should hold its breath."""
        return self.facts.total > LARGE or self.config.engine.use == "dask"

    def answer(self, view: View) -> Answer:
        """Return all that is shown of a view."""
        counted = self._counted(self.matches(view), view.measure)
        value = counted.value_of_all if view.area is None else float(counted.values[self.positions[view.area]])
        matching = counted.tally.total if view.area is None else int(counted.tally.counts[self.positions[view.area]])
        return Answer(self, view, self.measures[view.measure], counted.tally, counted.values[:-1], value,
                      self._classes(view.choices if view.refit else (), view.measure),
                      self._table(self.matches(view), view.sort, view.page, matching), self._nearby(view),
                      self._areas_with_fresh(view.choices))

    def matches(self, view: View) -> Matches:
        """Return which records a view is about."""
        return Matches(view.choices, None if view.area is None else self.positions[view.area])

    def records(self, view: View) -> pd.DataFrame:
        """Return all records that a view is about."""
        return pd.concat(self.partitions.ask(Partition.matching, self.matches(view)), ignore_index=True)

    def zoom(self, view: View) -> float:
        """Return the zoom of a view's extent, as tiled maps count it."""
        west, south, east, north = self.mercator(view.extent or self.areas.bounds())
        return log2(WORLD_WIDTH / max(east - west, north - south, 1.0) * MAP_PIXELS / 256)

    @property
    def points_from_zoom(self) -> float:
        """The zoom from which records are drawn: the config's, or two steps closer than all areas."""
        return self.config.map.points_from_zoom or self.zoom(View("")) + 2

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
        detail = self.config.detail
        return [Problem("warning", "config.toml, detail", f"{name} is not charted, as it is no facet.",
                        "Add it to facets.columns, or take it out of detail.charts and detail.time.")
                for name in (detail.time, *detail.charts) if name and name not in self.facets]

    def _find_latest(self) -> Latest | None:
        """Return the latest records; None where no column says when they were found."""
        time = self.config.detail.time
        if time not in self.facets or not self.facets[time].is_range:
            return None
        found = self.partitions.ask(Partition.latest, time, LATEST)
        fresh = [] if self._fresh is None else [found.pop()]
        others, area_of = pd.concat([rows for rows, _ in found]), np.concatenate([areas for _, areas in found])
        order = np.argsort(-others[time].rank().to_numpy(), kind="stable")
        found = [*fresh, (others.iloc[order], area_of[order])]
        rows, area_of = pd.concat([rows for rows, _ in found]), np.concatenate([areas for _, areas in found])
        return Latest(rows[:LATEST], area_of[:LATEST], len(fresh[0][0]) if fresh else 0)

    def _areas_with_fresh(self, choices: Choices) -> np.ndarray:
        if self._fresh is None:
            return np.array([], dtype=np.int64)
        tally = self._fresh.tally(Matches(choices, None), next(iter(self.measures.values())))
        return np.flatnonzero(tally.counts[:-1])

    def _count(self, matches: Matches, measure: str) -> Counted:
        about, km2 = self.measures[measure], self.areas.km2
        found = reduce(add, self.partitions.ask(Partition.tally, matches, about))
        return Counted(replace(found, ranked=None), found.values(about, km2), found.value_of_all(about, float(km2.sum())))

    def _make_classes(self, choices: Choices, measure: str) -> Classes:
        about = self.measures[measure]
        values = self._counted(Matches(choices, None), measure).values[:-1]
        return make_classes(values, self.config.map, zero_apart=about.adds_up and not (values < 0).any(),
                            whole=about.of == "count" and not about.per_km2)

    def _make_table(self, matches: Matches, sort: str, page: int, matching: int) -> TablePage:
        # A column's own name may start with a minus.
        name = sort if sort in self.columns else sort[1:]
        return table_page(self.partitions, matches, name, name != sort, page, matching, list(self.columns))

    def _nearby(self, view: View) -> Nearby | None:
        if not self.facts.placed or view.extent is None or self.zoom(view) < self.points_from_zoom:
            return None
        west, south, east, north = extent = self.mercator(view.extent)
        x, y, reach = (west + east) / 2, (south + north) / 2, max(east - west, north - south) * AROUND
        window = Window(extent, (x - reach, y - reach, x + reach, y + reach))
        return reduce(add, self.partitions.ask(Partition.nearby, view.choices, window))


def alike(engine: Engine, other: Engine) -> bool:
    """Say whether a page that was made for one engine can show the answers of the other."""
    if engine is other:
        return True
    parts = [[(facet.name, facet.label, facet.is_range, not facet.is_range and facet.options <= FEW_OPTIONS)
              for facet in each.facets.values()] for each in (engine, other)]
    return engine.areas is other.areas and engine.config == other.config and parts[0] == parts[1]


def engine_of(catalog: Catalog) -> Engine:
    """Return the engine of a catalog whose records are in this process."""
    facets, left_out = derive_facets(catalog.config, profiles_of(catalog.records))
    partitions = [Partition(part, tuple(facets), measures_of(catalog.config)) for part in parts_of(catalog)]
    return Engine(catalog.config, catalog.areas, facts_of(catalog), tuple(facets), (*catalog.problems, *left_out),
                  Here(partitions))
