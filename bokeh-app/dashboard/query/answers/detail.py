"""What was recovered in the chosen areas, or in the whole survey while none is chosen."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.kept import kept
from dashboard.query.answers.counted import ANSWERS_KEPT, Counted
from dashboard.query.answers.parts import AreaEntry, Cell, Chart, Detail, LatestRecord, Rank
from dashboard.query.choices import Choice
from dashboard.query.counting.matches import Matches
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.tally import Tally
from dashboard.query.facets import Facet
from dashboard.query.survey import Survey
from dashboard.query.view import NO_AREA, View

TOP_AREAS = 8
TOP_OPTIONS = 8
CHARTS = 4
LATEST = 5  # records that are listed as the latest
STEPS = 120  # of the outline of all ranked areas
ABOUT_LATEST = 2  # columns that say what a record is


@dataclass(frozen=True)
class ChosenArea:
    """A chosen area; `position` and `km2` are None, and the texts empty, for the records in none."""

    position: int | None
    id: str
    label: str
    km2: float | None


@dataclass(frozen=True)
class Several:
    """Figures of each of several chosen areas: matching records, the measure, and its rank among all areas."""

    counts: list[int]
    values: list[float | None]
    ranks: list[int | None]


def detail(survey: Survey, view: View, counted: Counted) -> Detail:
    """Return figures and rank of the one chosen area, or the figures of several together, or of all."""
    count, gaps, value = counted.count, counted.count - counted.valid, number_or_none(counted.value)
    position = one_area(survey, view)
    if position is None:
        sizes = [area.km2 for area in chosen_areas(survey, view) if area.km2 is not None]
        return Detail(None, "", sum(sizes) if sizes else None, True, [], count, gaps, value, None)
    areas, names = survey.areas, survey.config.facets.labels
    row = areas.table.iloc[position]
    columns = [(names.get(name, name), cell(row[name])) for name in survey.config.detail.columns]
    group = "" if areas.groups is None else areas.groups[position]
    return Detail(areas.labels[position], group, float(areas.km2[position]), bool(areas.surveyed[position]), columns,
                  count, gaps, value, rank(counted.values[:-1], areas.groups, position))


def one_area(survey: Survey, view: View) -> int | None:
    """Return the position of the chosen area; None when none or several are chosen, or the records in none."""
    return None if len(view.areas) != 1 or NO_AREA in view.areas else survey.positions[view.areas[0]]


def chosen_areas(survey: Survey, view: View) -> list[ChosenArea]:
    """Return the chosen areas; the records in none come last."""
    areas = survey.areas
    return [ChosenArea(None, NO_AREA, "", None) if area == NO_AREA else
            ChosenArea(place := survey.positions[area], area, areas.labels[place], float(areas.km2[place]))
            for area in view.areas]


def several(survey: Survey, view: View, counted: Counted) -> Several | None:
    """Return the figures of each chosen area; None when they are not several."""
    if len(view.areas) < 2:
        return None
    places = [survey.positions[area] for area in view.areas]
    values = counted.values[places]
    highest = np.sort(-counted.values[:-1])  # nan comes last
    ranks = np.searchsorted(highest, -values) + 1
    return Several(counted.tally.counts[places].tolist(),
                   [None if np.isnan(value) else float(f"{value:.6g}") for value in values],
                   [None if place == len(survey.areas) or np.isnan(value) else int(rank)
                    for place, value, rank in zip(places, values, ranks, strict=True)])


def rank(values: np.ndarray, groups: np.ndarray | None, position: int) -> Rank | None:
    """Return an area's rank by the measure, among all areas that have a value and within its group.

    An area that was not surveyed and has no records has no value.
    """
    mine = values[position]
    if np.isnan(mine):
        return None
    ranked = np.sort(values[~np.isnan(values)])[::-1]
    steps = min(len(ranked), STEPS)
    place = int((values > mine).sum())
    group_place = group_of = None
    if groups is not None and groups[position]:
        group = values[(groups == groups[position]) & ~np.isnan(values)]
        group_place, group_of = int((group > mine).sum()) + 1, len(group)
    shown = ranked[np.linspace(0, len(ranked) - 1, steps).astype(int)]
    step = round(place * (steps - 1) / max(len(ranked) - 1, 1))
    shown[step] = mine
    return Rank(place + 1, len(ranked), group_place, group_of, [float(f"{value:.4g}") for value in shown], step)


def first_areas(survey: Survey, view: View, values: np.ndarray) -> list[AreaEntry]:
    """Return the first areas by the measure: in the chosen area's group, which stands out, or of all."""
    areas, position = survey.areas, one_area(survey, view)
    among = ~np.isnan(values)
    if position is not None and areas.groups is not None and areas.groups[position]:
        among &= areas.groups == areas.groups[position]
    order = np.flatnonzero(among)[np.argsort(-values[among], kind="stable")]
    below = (values[among] < 0).any()  # then zero is a value among others
    shown = [area for area in order[:TOP_AREAS] if values[area] != 0 or below]
    if position is not None and among[position] and position not in shown:
        shown.append(position)
    return [AreaEntry(areas.ids[area], areas.labels[area], float(values[area])) for area in shown]


def charts(survey: Survey, view: View, tally: Tally) -> list[Chart]:
    """Return a chart for each facet that the config names, the one over time first."""
    settings, groups = survey.config.detail, survey.vocabulary.group  # which have a place of their own
    names = settings.charts or [name for name in survey.facets if name not in (settings.time, groups)][:CHARTS]
    charted = [name for name in ([settings.time] if settings.time else []) + names if name in survey.facets]
    return [_chart(survey.facets[name], view.choice(name), tally.shown[name], tally.options[name]) for name in charted]


def _chart(facet: Facet, choice: Choice | None, counts: np.ndarray, options: np.ndarray) -> Chart:
    missing = int(counts[-1])
    if facet.is_range:
        bins = None if np.array_equal(counts, options) else counts[:-1].tolist()
        return Chart(facet.name, None, bins, 0, 0, missing)
    top = [option for option in np.argsort(-counts[:-1], kind="stable")[:TOP_OPTIONS] if counts[option]]
    if choice is not None:
        # What is chosen is always there to be seen, and to be let go of.
        top += [place for place in np.flatnonzero(np.isin(facet.values, choice.values)) if place not in top]
    rest = int(counts[:-1].sum() - counts[top].sum())
    others = int((counts[:-1] > 0).sum() - (counts[top] > 0).sum())
    return Chart(facet.name, [str(facet.values[option]) for option in top], counts[top].tolist(), others, rest, missing)


@kept(ANSWERS_KEPT)
def latest(survey: Survey, matches: Matches) -> list[LatestRecord] | None:
    """Return the latest of the matching records: those that were added last, then those with the highest times.

    None is returned where no column says when a record is of, or where no records come while somebody looks.
    """
    time, areas = survey.config.detail.time, survey.areas
    if not survey.is_live or time not in survey.facets or not survey.facets[time].is_range:
        return None
    found = survey.partitions.ask(Partition.latest, matches, time, LATEST)
    fresh = 0 if survey.fresh is None else len(found[-1][0])  # theirs is the last partition
    rows, area_of = pd.concat([rows for rows, _ in found]), np.concatenate([areas for _, areas in found])
    earlier = np.argsort(-rows[time].iloc[:len(rows) - fresh].rank().to_numpy(), kind="stable")
    order = [*range(len(rows) - fresh, len(rows)), *earlier][:LATEST]
    names = [name for name in survey.columns if name not in (time, survey.config.records.area)][:ABOUT_LATEST]
    records = []
    for number, ((_, row), area) in enumerate(zip(rows.iloc[order].iterrows(), area_of[order], strict=True)):
        joined = area < len(areas)
        what = [text for name in names if (text := cell(row[name])) is not None]
        records.append(LatestRecord(cell(row[time]), areas.ids[area] if joined else None,
                                    areas.labels[area] if joined else None, what, number < fresh))
    return records


def number_or_none(value: float) -> float | None:
    """Return a number, or None for nan."""
    return None if np.isnan(value) else float(value)


def cell(value: object) -> Cell:
    """Return a cell of a table as an answer holds it: a number, a text, an ISO date; None is a gap."""
    if value is None or value != value:  # nan and NaT differ from themselves
        return None
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, pd.Timestamp):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return str(value)
