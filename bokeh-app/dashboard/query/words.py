"""A view and its tally in words and figures."""

from datetime import date

import numpy as np

from dashboard.query.engine import Answer
from dashboard.query.measures import Measure


def number(value: float) -> str:
    """Write a number for people: thousands apart, a fraction with four figures, or a dash for no data."""
    if value is None or np.isnan(value):
        return "–"
    if abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.4g}"


def with_unit(value: float, measure: Measure) -> str:
    """Write a measure's value with its unit."""
    unit = f"{measure.unit}/km²" if measure.per_km2 and measure.unit else "/km²" if measure.per_km2 else measure.unit
    return f"{number(value)} {unit}".rstrip() if not np.isnan(value) else "no data"


def sentence(answer: Answer) -> str:
    """Return what the page shows: ``312 of 20,000 finds, in 41 of 400 parcels: amphora or bowl, Roman``."""
    engine, tally, config = answer.engine, answer.tally, answer.engine.config
    total, areas = engine.facts.total, int((tally.counts[:-1] > 0).sum())
    some = f"{tally.total:,} of {total:,}" if tally.total < total else f"All {total:,}" if total > 1 else "1"
    nouns = (config.records.many if total > 1 else config.records.one,
             config.areas.many if len(engine.areas) > 1 else config.areas.one)
    text = f"{some} {nouns[0]}, in {areas:,} of {len(engine.areas):,} {nouns[1]}"
    choices = dict(answer.view.choices)
    phrases = [choices[facet.name].phrase(facet) for facet in engine.facets.values() if facet.name in choices]
    if phrases:
        text += f": {', '.join(phrases)}"
    if tally.unjoined:
        verb = "lies" if tally.unjoined == 1 else "lie"
        noun = config.records.one if tally.unjoined == 1 else config.records.many
        text += f". {tally.unjoined:,} {noun} {verb} in no {config.areas.one}"
    return f"{text}."


def cell(value: object) -> str:
    """Write one cell of a table: dates as days, numbers without needless digits, a gap as nothing."""
    if value is None or value != value:  # nan and NaT differ from themselves
        return ""
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    if isinstance(value, date):
        return str(value).removesuffix(" 00:00:00")
    return str(value)


def ordinal(rank: int) -> str:
    """Write a rank: ``1st``, ``2nd``, ``11th``."""
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"
