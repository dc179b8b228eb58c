"""What was recovered in the chosen area, or in the whole survey while none is chosen."""

from collections.abc import Collection

import numpy as np
from bokeh.models import Column
from dashboard.config import Config
from dashboard.page.browser import Channel
from dashboard.page.charts import Bar, bars, bin_columns, option_rows
from dashboard.query.engine import Answer, Engine
from dashboard.query.measures import Measure
from dashboard.query.view import NO_AREA
from dashboard.query.words import cell, ordinal, with_unit

TOP_AREAS = 8
CHARTS = 4
ABOUT_LATEST = 2  # columns that say what a record is


class Detail:
    """Headline figures, ranks, counts over time and counts per facet."""

    def __init__(self, config: Config, facets: Collection[str], channel: Channel):
        self._head = channel.slot("detail-head", "detail_head.html")
        self._latest = channel.slot("latest", "latest.html")
        self._first: Engine | None = None  # nothing in it is new to this visitor
        self._charts = channel.slot("charts", "charts.html")
        self.root = Column(self._head.root, self._latest.root, self._charts.root, css_classes=["detail"],
                           stylesheets=[channel.style])
        time = config.detail.time
        names = config.detail.charts or [name for name in facets if name != time][:CHARTS]
        self._charted = [name for name in ([time] if time else []) + names if name in facets]

    def show(self, answer: Answer) -> None:
        """Show the chosen area, or the whole survey."""
        self._first = self._first or answer.engine
        engine, view, tally, values, measure = answer.engine, answer.view, answer.tally, answer.values, answer.measure
        place = None if view.area is None else engine.positions[view.area]
        if place is None:
            count, valid = tally.total, int(tally.valid.sum())
        else:
            count, valid = int(tally.counts[place]), int(tally.valid[place])
        # What follows is about an area that there is, which "in no area" is not.
        position = None if view.area == NO_AREA else place
        about = None if position is None else _about(engine, position)
        self._head.show(
            config=engine.config, area=view.area, measure=measure, count=count, value=with_unit(answer.value, measure),
            gaps=count - valid, share=count / tally.total if tally.total else 0.0, unjoined=tally.unjoined, about=about,
            rank=_rank(engine, values, position))
        self._latest.show(config=engine.config, latest=None if view.area is not None else _latest(engine, engine is not self._first))
        self._charts.show(
            config=engine.config, about=about, areas=_area_bars(engine, measure, values, position),
            charts=[(facet, (bin_columns if facet.is_range else option_rows)(facet, view, tally.shown[facet.name]))
                    for facet in map(engine.facets.get, self._charted)])


def _latest(engine: Engine, are_new: bool) -> list[dict] | None:
    """Return the latest records: when, where, what, and whether they are new; None where no column says when."""
    latest, time = engine.latest, engine.config.detail.time
    if latest is None:
        return None
    names = [name for name in engine.columns if name not in (time, engine.config.records.area)][:ABOUT_LATEST]
    return [{"when": cell(row[time]), "area": engine.areas.ids[area] if area < len(engine.areas) else None,
             "where": engine.areas.labels[area] if area < len(engine.areas) else f"in no {engine.config.areas.one}",
             "what": ", ".join(filter(None, (cell(row[name]) for name in names))), "new": are_new and number < latest.fresh}
            for number, ((_, row), area) in enumerate(zip(latest.rows.iterrows(), latest.area_of, strict=True))]


def _about(engine: Engine, position: int) -> dict:
    """Return what the areas file says of an area."""
    areas, config = engine.areas, engine.config
    row = areas.table.iloc[position]
    return {"label": areas.labels[position], "group": "" if areas.groups is None else areas.groups[position],
            "surveyed": bool(areas.surveyed[position]), "km2": areas.km2[position],
            "columns": [(config.facets.labels.get(name, name), cell(row[name])) for name in config.detail.columns]}


def _rank(engine: Engine, values: np.ndarray, position: int | None) -> dict | None:
    """Return the chosen area's rank by the measure, among all areas that have a value and within its group."""
    if position is None or np.isnan(values[position]):
        return None
    groups = engine.areas.groups
    ranked = np.sort(values[~np.isnan(values)])[::-1]
    # All areas as one outline, of at most 120 steps; the chosen one's step stands out.
    steps = min(len(ranked), 120)
    shown = ranked[np.linspace(0, len(ranked) - 1, steps).astype(int)]
    rank = int((values > values[position]).sum())
    step = round(rank * (steps - 1) / max(len(ranked) - 1, 1))
    mine = np.zeros(steps)
    mine[step] = values[position]
    tallest = max(float(ranked[0]), 0)
    words = [f"{ordinal(rank + 1)} of {len(ranked):,}"]
    if groups is not None and groups[position]:
        group = values[(groups == groups[position]) & ~np.isnan(values)]
        words.append(f"{ordinal(int((group > values[position]).sum()) + 1)} of {len(group):,} in {groups[position]}")
    return {"words": words, "steps": steps, "bars": bars(shown.clip(0), tallest), "mine": bars(mine.clip(0), tallest)}


def _area_bars(engine: Engine, measure: Measure, values: np.ndarray, position: int | None) -> list[Bar]:
    """Return the first areas by the measure: in the chosen area's group, which stands out, or of all."""
    areas = engine.areas
    among = ~np.isnan(values)
    if position is not None and areas.groups is not None and areas.groups[position]:
        among &= areas.groups == areas.groups[position]
    order = np.flatnonzero(among)[np.argsort(-values[among], kind="stable")]
    below = (values[among] < 0).any()  # then zero is a value among others
    shown = [area for area in order[:TOP_AREAS] if values[area] != 0 or below]
    if position is not None and among[position] and position not in shown:
        shown.append(position)
    tallest = max(values[shown].max(), 0) if shown else 0
    return [Bar(areas.labels[area], with_unit(values[area], measure), max(values[area], 0) / (tallest or 1),
                areas.ids[area], area == position) for area in shown]
