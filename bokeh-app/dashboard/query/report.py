"""What was read, mended, left out and left over: written once, told on the page and by ``python bokeh-app``."""

from dataclasses import dataclass
from functools import lru_cache

from dashboard.catalog.join import column_name
from dashboard.query.engine import Engine
from dashboard.query.words import number

ENGINES_KEPT = 4


@dataclass(frozen=True)
class Section:
    """A heading and the sentences below it."""

    heading: str
    sentences: tuple[str, ...]


@lru_cache(ENGINES_KEPT)
def report(engine: Engine) -> list[Section]:
    """Return what somebody who does not code wants to know about the data, in a minute's reading."""
    facts, areas, config = engine.facts, engine.areas, engine.config
    west, south, east, north = areas.bounds()
    unjoined = facts.total - facts.joined
    how = f"by id ({column_name(config.records.area)})" if config.records.area else "by place"
    sections = [
        Section("Areas", (
            f"{len(areas):,} {config.areas.many} in {config.areas.file}, {(~areas.surveyed).sum():,} of them not surveyed.",
            f"{areas.crs}; longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}.")),
        Section("Records", (
            f"{facts.total:,} {config.records.many} in {config.records.file_shown}.",
            f"{facts.joined:,} were joined to their {config.areas.one} {how}; {unjoined:,} lie in none.")),
        Section("Measures", tuple(_measure(engine, key) for key in engine.measures)),
        Section("Facets", tuple(
            f"{facet.name}: {facet.kind}, {facet.options:,} {'bins' if facet.is_range else 'options'}"
            f"{', some values missing' if facet.has_missing else ''}." for facet in engine.facets.values())),
    ]
    for level, heading in (("warning", "Warnings"), ("note", "Notes")):
        if sentences := tuple(problem.sentence for problem in engine.problems if problem.level == level):
            sections.append(Section(heading, sentences))
    return sections


def _measure(engine: Engine, key: str) -> str:
    """Return a measure in words, with the records that it leaves out because they have no number."""
    measure = engine.measures[key]
    if not measure.column:
        return f"{measure.label}."
    gaps = engine.facts.missing[measure.column]
    return f"{measure.label}; {number(gaps)} {engine.config.records.many} without a number are left out."
