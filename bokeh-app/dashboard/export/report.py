"""What was read, mended, left out and left over: written once, told on the page and by ``python bokeh-app``."""

from dataclasses import dataclass

from dashboard.catalog.join_by_id import column_name
from dashboard.kept import kept
from dashboard.query.survey import Survey


@dataclass(frozen=True)
class Section:
    """A heading and the sentences below it."""

    heading: str
    sentences: tuple[str, ...]


@kept()
def report(survey: Survey) -> list[Section]:
    """Return what somebody who does not code wants to know about the data, in a minute's reading."""
    facts, areas, config = survey.facts, survey.areas, survey.config
    west, south, east, north = areas.bounds()
    unjoined = facts.total - facts.joined
    how = f"by id ({column_name(config.records.area)})" if config.records.area else "by place"
    sections = [
        Section("Areas", (
            f"{len(areas):,} {config.areas.many} in {config.areas.file}, "
            f"{(~areas.surveyed).sum():,} of them not surveyed.",
            f"{areas.crs}; longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}.")),
        Section("Records", (
            f"{facts.total:,} {config.records.many} in {config.records.file_shown}.",
            f"{facts.joined:,} were joined to their {config.areas.one} {how}; {unjoined:,} lie in none.")),
        Section("Measures", tuple(_measure(survey, key) for key in survey.measures)),
        Section("Facets", tuple(
            f"{facet.name}: {facet.kind}, {facet.options:,} {'bins' if facet.is_range else 'options'}"
            f"{', some values missing' if facet.has_missing else ''}." for facet in survey.facets.values())),
    ]
    for level, heading in (("warning", "Warnings"), ("note", "Notes")):
        if sentences := tuple(problem.sentence for problem in survey.problems if problem.level == level):
            sections.append(Section(heading, sentences))
    return sections


def _measure(survey: Survey, key: str) -> str:
    """Return a measure in words, with the records that it leaves out because they have no number."""
    measure = survey.measures[key]
    if not measure.column:
        return f"{measure.label}."
    gaps = survey.facts.missing[measure.column]
    return f"{measure.label}; {gaps:,} {survey.config.records.many} without a number are left out."
