"""What all visitors of one process share: config, areas, facets, measures, and the records in partitions."""

from dataclasses import dataclass
from math import log2

import numpy as np
import pandas as pd
import shapely

from dashboard.catalog.areas import Areas
from dashboard.catalog.catalog import Catalog, split_into_partitions
from dashboard.catalog.shapes.mercator import to_mercator
from dashboard.problems import Problem
from dashboard.query.choices import Refusal
from dashboard.query.counting.partition import Matches, Partition
from dashboard.query.counting.partitions import InProcess, Partitions
from dashboard.query.facets import FEW_OPTIONS, Facet, derive_facets
from dashboard.query.measures import Measure, measures_of
from dashboard.query.profile import Facts, facts_of, profiles_of
from dashboard.query.view import NO_AREA, Extent, View, Vocabulary, view_from_query, view_to_query
from dashboard.settings import Config

LARGE = 200_000  # records
LATEST = 5  # records that are listed as the latest
WORLD_WIDTH = 40_075_016.7  # metres round the equator in Web Mercator
# A zoom of n draws the world 256 * 2**n pixels wide; what a zoom shows is reckoned for a map of this many pixels,
# so that an address shows the same on every screen.
MAP_PIXELS = 768


@dataclass(frozen=True, eq=False)
class Latest:
    """The latest records: those that were added last, `fresh` of them, then those with the highest times.

    `area_of` is the area position of each (``len(areas)``: in none).
    """

    rows: pd.DataFrame
    area_of: np.ndarray
    fresh: int


class Survey:
    """Areas and partitions of records; never changed. What is made of it is kept beside it, and goes with it."""

    def __init__(self, config: Config, areas: Areas, facts: Facts, facets: tuple[Facet, ...],
                 problems: tuple[Problem, ...], partitions: Partitions, fresh: Partition | None = None):
        self.config, self.areas, self.facts, self.partitions = config, areas, facts, partitions
        self.fresh = fresh  # those of the records that were added last
        self.facets: dict[str, Facet] = {facet.name: facet for facet in facets}
        self.problems = tuple(dict.fromkeys((*problems, *self._not_charted())))
        self.measures: dict[str, Measure] = {measure.key: measure for measure in measures_of(config)}
        self.columns = tuple(config.detail.table or facts.missing)
        self.vocabulary = Vocabulary(facets, tuple(self.measures), frozenset(areas.ids), self.columns)
        # In every array per area, one entry more stands for the records in no area.
        self.positions = {**areas.positions(), NO_AREA: len(areas)}
        self._tree = shapely.STRtree(areas.drawn)
        self.latest = self._find_latest()

    @property
    def start(self) -> View:
        """The view that one starts with."""
        return View(next(iter(self.measures)))

    @property
    def is_large(self) -> bool:
        """Whether an answer may take longer than a server should hold its breath."""
        return self.facts.total > LARGE or self.config.engine.use == "dask"

    def view(self, query) -> tuple[View, list[Refusal]]:
        """Return the view that an address asks for, and a refusal for each part that cannot be applied."""
        return view_from_query(query, self.vocabulary)

    def query(self, view: View) -> str:
        """Return the view as a URL query."""
        return view_to_query(view, self.vocabulary)

    def matches(self, view: View) -> Matches:
        """Return which records a view is about."""
        return Matches(view.choices, None if view.area is None else self.positions[view.area])

    def records(self, view: View) -> pd.DataFrame:
        """Return all records that a view is about."""
        return pd.concat(self.partitions.ask(Partition.matching, self.matches(view)), ignore_index=True)

    def zoom(self, extent: Extent | None) -> float:
        """Return the zoom of an extent in degrees, or of all areas, as tiled maps count it."""
        west, south, east, north = to_mercator(extent or self.areas.bounds())
        return log2(WORLD_WIDTH / max(east - west, north - south, 1.0) * MAP_PIXELS / 256)

    @property
    def points_from_zoom(self) -> float:
        """The zoom from which records are drawn: the config's, or two steps closer than all areas."""
        return self.config.map.points_from_zoom or self.zoom(None) + 2

    def extent_of(self, area: str, margin: float) -> Extent:
        """Return the extent around an area in degrees, wider on each side by `margin` times its size."""
        west, south, east, north = self.areas.bounds(self.positions[area])
        reach = max(east - west, north - south) * margin
        extent = west - reach, max(south - reach, -90.0), east + reach, min(north + reach, 90.0)
        return tuple(round(bound, 5) for bound in extent)

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
        fresh = [] if self.fresh is None else [found.pop()]
        others, area_of = pd.concat([rows for rows, _ in found]), np.concatenate([areas for _, areas in found])
        order = np.argsort(-others[time].rank().to_numpy(), kind="stable")
        found = [*fresh, (others.iloc[order], area_of[order])]
        rows, area_of = pd.concat([rows for rows, _ in found]), np.concatenate([areas for _, areas in found])
        return Latest(rows[:LATEST], area_of[:LATEST], len(fresh[0][0]) if fresh else 0)


def same_layout(survey: Survey, other: Survey) -> bool:
    """Say whether a page that was made for one survey can show the answers of the other."""
    if survey is other:
        return True
    parts = [[(facet.name, facet.label, facet.is_range, not facet.is_range and facet.options <= FEW_OPTIONS)
              for facet in each.facets.values()] for each in (survey, other)]
    return survey.areas is other.areas and survey.config == other.config and parts[0] == parts[1]


def survey_of(catalog: Catalog) -> Survey:
    """Return the survey of a catalog whose records are in this process."""
    facets, left_out = derive_facets(catalog.config, profiles_of(catalog.records))
    measures = measures_of(catalog.config)
    partitions = [Partition(part, tuple(facets), measures) for part in split_into_partitions(catalog)]
    return Survey(catalog.config, catalog.areas, facts_of(catalog), tuple(facets), (*catalog.problems, *left_out),
                  InProcess(partitions))
