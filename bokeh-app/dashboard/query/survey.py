"""What all visitors of one process share: config, areas, facets, measures, and the records in partitions."""

from collections.abc import Mapping
from math import log2

import pandas as pd
import shapely

from dashboard.catalog.areas import Areas
from dashboard.catalog.catalog import Catalog, split_into_partitions
from dashboard.catalog.shapes.mercator import to_mercator
from dashboard.problems import Problem
from dashboard.query.address import Vocabulary, view_from_query, view_to_query
from dashboard.query.choices import Refusal
from dashboard.query.counting.codes import with_groups
from dashboard.query.counting.matches import Matches
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.partitions import InProcess, Partitions
from dashboard.query.facets import FEW_OPTIONS, Facet, derive_facets
from dashboard.query.measures import Measure, measures_of
from dashboard.query.profile import Facts, Profile, facts_of, profiles_of
from dashboard.query.view import NO_AREA, Extent, View
from dashboard.settings import Config

LARGE = 200_000  # records
WORLD_WIDTH = 40_075_016.7  # metres round the equator in Web Mercator
# A zoom of n draws the world 256 * 2**n pixels wide; what a zoom shows is reckoned for a map of this many pixels,
# so that an address shows the same on every screen.
MAP_PIXELS = 768


class Survey:
    """Areas and partitions of records; never changed. What is made of it is kept beside it, and goes with it."""

    def __init__(self, config: Config, areas: Areas, facts: Facts, facets: tuple[Facet, ...],
                 problems: tuple[Problem, ...], partitions: Partitions, fresh: Partition | None = None,
                 record_id: str = ""):
        self.config, self.areas, self.facts, self.partitions = config, areas, facts, partitions
        self.fresh = fresh  # those of the records that were added last
        self.record_id = record_id  # the column by which a record is found, if there is one
        self.facets: dict[str, Facet] = {facet.name: facet for facet in facets}
        # That of the areas' groups, where it is one.
        self.group = next((facet for facet in facets if facet.of_area is not None), None)
        self.problems = tuple(dict.fromkeys((*problems, *self._not_charted())))
        self.measures: dict[str, Measure] = {measure.key: measure for measure in measures_of(config)}
        self.columns = tuple(config.detail.table or facts.missing)  # of the table, unless a visitor chooses others
        self.all_columns = tuple(dict.fromkeys((*self.columns, *facts.missing)))
        # In every array per area, one entry more stands for the records in no area.
        self.positions = {**areas.positions(), NO_AREA: len(areas)}
        self.vocabulary = Vocabulary(facets, tuple(self.measures), self.positions, self.all_columns,
                                     "" if self.group is None else self.group.name)
        self._tree = shapely.STRtree(areas.drawn)

    @property
    def start(self) -> View:
        """The view that one starts with."""
        return View(next(iter(self.measures)))

    @property
    def is_large(self) -> bool:
        """Whether an answer may take longer than a server should hold its breath."""
        return self.facts.total > LARGE or self.config.engine.use == "dask"

    @property
    def is_live(self) -> bool:
        """Whether records come while somebody looks: they are asked for at an address, or some were added to the file.

        Only then are the latest of them news. Until the first are added to a file there is no telling.
        """
        return self.fresh is not None or self.config.records.is_web_address

    def view(self, query) -> tuple[View, list[Refusal]]:
        """Return the view that an address asks for, and a refusal for each part that cannot be applied."""
        return view_from_query(query, self.vocabulary)

    def query(self, view: View) -> str:
        """Return the view as a URL query."""
        return view_to_query(view, self.vocabulary)

    def matches(self, view: View) -> Matches:
        """Return which records a view is about."""
        return Matches(view.choices, tuple(self.positions[area] for area in view.areas))

    def rows(self, view: View) -> Matches:
        """Return which records the table of a view is about."""
        extent = to_mercator(view.extent) if view.here and view.extent is not None and self.facts.placed else None
        return self.matches(view)._replace(extent=extent)

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

    def areas_in(self, box: tuple[float, float, float, float]) -> list[str]:
        """Return the ids of all areas that reach into a box in Web Mercator: left, bottom, right, top."""
        return [self.areas.ids[area] for area in self._tree.query(shapely.box(*box), predicate="intersects")]

    def _not_charted(self) -> list[Problem]:
        """Return a warning for each column that the config wants charted and that is no facet."""
        detail = self.config.detail
        return [Problem("warning", "config.toml, detail", f"{name} is not charted, as it is no facet.",
                        "Add it to facets.columns, or take it out of detail.charts and detail.time.")
                for name in (detail.time, *detail.charts) if name and name not in self.facets]


def same_layout(survey: Survey, other: Survey) -> bool:
    """Say whether a page that was made for one survey can show the answers of the other."""
    if survey is other:
        return True
    parts = [[(facet.name, facet.label, facet.is_range, not facet.is_range and facet.options <= FEW_OPTIONS)
              for facet in each.facets.values()] for each in (survey, other)]
    return survey.areas is other.areas and survey.config == other.config and parts[0] == parts[1]


def record_id_of(config: Config, profiles: Mapping[str, Profile]) -> str:
    """Return the column by which a record is found: the config's, else the first of texts that all differ."""
    if config.records.id:
        return config.records.id
    return next((name for name, profile in profiles.items() if profile.kind == "text" and not profile.too_many
                 and not profile.missing and len(profile.counts) == profile.present > 1), "")


def survey_of(catalog: Catalog) -> Survey:
    """Return the survey of a catalog whose records are in this process."""
    facts, profiles = facts_of(catalog), profiles_of(catalog.records)
    facets, left_out = facets_of(catalog.config, catalog.areas, facts, profiles)
    measures = measures_of(catalog.config)
    partitions = [Partition(part, tuple(facets), measures) for part in split_into_partitions(catalog)]
    return Survey(catalog.config, catalog.areas, facts, tuple(facets), (*catalog.problems, *left_out),
                  InProcess(partitions), record_id=record_id_of(catalog.config, profiles))


def facets_of(config: Config, areas: Areas, facts: Facts,
              profiles: Mapping[str, Profile]) -> tuple[list[Facet], list[Problem]]:
    """Return the facets of the records' columns and of the areas' groups, and a note for each column that is none."""
    facets, left_out = derive_facets(config, profiles)
    facets, why_none = with_groups(facets, config, areas, facts)
    return facets, left_out + why_none
