"""What was recovered in the chosen area, or in the whole survey while none is chosen."""

import numpy as np
import pandas as pd

from dashboard.query.answers.counted import Counted
from dashboard.query.answers.parts import AreaEntry, Cell, Chart, Detail, LatestRecord, Rank
from dashboard.query.counting.tally import Tally
from dashboard.query.facets import Facet
from dashboard.query.survey import Survey
from dashboard.query.view import NO_AREA, View

TOP_AREAS = 8
TOP_OPTIONS = 8
CHARTS = 4
STEPS = 120  # of the outline of all ranked areas
ABOUT_LATEST = 2  # columns that say what a record is


def detail(survey: Survey, view: View, counted: Counted) -> Detail:
    """Return figures and rank of the chosen area, or the figures of all."""
    place = None if view.area is None else survey.positions[view.area]
    count = counted.count(place)
    valid = int(counted.tally.valid.sum() if place is None else counted.tally.valid[place])
    value = number_or_none(counted.value(place))
    position = area_position(survey, view)
    if position is None:
        return Detail(None, "", None, True, [], count, count - valid, value, None)
    areas, names = survey.areas, survey.config.facets.labels
    row = areas.table.iloc[position]
    columns = [(names.get(name, name), cell(row[name])) for name in survey.config.detail.columns]
    group = "" if areas.groups is None else areas.groups[position]
    return Detail(areas.labels[position], group, float(areas.km2[position]), bool(areas.surveyed[position]), columns,
                  count, count - valid, value, rank(counted.values[:-1], areas.groups, position))


def area_position(survey: Survey, view: View) -> int | None:
    """Return the position of the chosen area; None when none is chosen, or the records in none."""
    return None if view.area in (None, NO_AREA) else survey.positions[view.area]


def rank(values: np.ndarray, groups: np.ndarray | None, position: int) -> Rank | None:
    """Return an area's rank by the measure, among all areas that have a value and within its group."""
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
    areas, position = survey.areas, area_position(survey, view)
    among = ~np.isnan(values)
    if position is not None and areas.groups is not None and areas.groups[position]:
        among &= areas.groups == areas.groups[position]
    order = np.flatnonzero(among)[np.argsort(-values[among], kind="stable")]
    below = (values[among] < 0).any()  # then zero is a value among others
    shown = [area for area in order[:TOP_AREAS] if values[area] != 0 or below]
    if position is not None and among[position] and position not in shown:
        shown.append(position)
    return [AreaEntry(areas.ids[area], areas.labels[area], float(values[area])) for area in shown]


def charts(survey: Survey, tally: Tally) -> list[Chart]:
    """Return a chart for each facet that the config names, the one over time first."""
    settings = survey.config.detail
    names = settings.charts or [name for name in survey.facets if name != settings.time][:CHARTS]
    charted = [name for name in ([settings.time] if settings.time else []) + names if name in survey.facets]
    return [_chart(survey.facets[name], tally.shown[name], tally.options[name]) for name in charted]


def _chart(facet: Facet, counts: np.ndarray, options: np.ndarray) -> Chart:
    missing = int(counts[-1])
    if facet.is_range:
        bins = None if np.array_equal(counts, options) else counts[:-1].tolist()
        return Chart(facet.name, None, bins, 0, 0, missing)
    top = [option for option in np.argsort(-counts[:-1], kind="stable")[:TOP_OPTIONS] if counts[option]]
    rest = int(counts[:-1].sum() - counts[top].sum())
    others = int((counts[:-1] > 0).sum()) - len(top)
    return Chart(facet.name, [str(facet.values[option]) for option in top], counts[top].tolist(), others, rest, missing)


def latest(survey: Survey) -> list[LatestRecord] | None:
    """Return the latest records; None where no column says when a record is of."""
    found, time, areas = survey.latest, survey.config.detail.time, survey.areas
    if found is None:
        return None
    names = [name for name in survey.columns if name not in (time, survey.config.records.area)][:ABOUT_LATEST]
    records = []
    for number, ((_, row), area) in enumerate(zip(found.rows.iterrows(), found.area_of, strict=True)):
        joined = area < len(areas)
        what = [text for name in names if (text := cell(row[name])) is not None]
        records.append(LatestRecord(cell(row[time]), areas.ids[area] if joined else None,
                                    areas.labels[area] if joined else None, what, number < found.fresh))
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
