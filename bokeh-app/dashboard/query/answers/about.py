"""What is the same for every view: the survey's names, facets, measures and columns."""

from dataclasses import dataclass

import numpy as np

from dashboard.query.facets import FEW_OPTIONS, Facet
from dashboard.query.survey import Survey

LISTED_YEARS = 60


@dataclass(frozen=True)
class FacetAbout:
    """A facet: its `kind` is "one-of", "yes/no", "between" or "dates".

    `options` are all of one-of and yes/no, or None where they are too many to be listed; `size` is how many there are.
    `edges` (numbers, or days as ISO dates; one more than bins) cut between and dates into bins; `ends` are the lowest
    and the highest value. `months` (``2015-05``) are those with records, None where they are of too many years to be
    listed. `has_missing`: some records have no value.
    """

    name: str
    label: str
    kind: str
    options: list[str] | None
    size: int
    edges: list | None
    ends: list | None
    months: list[str] | None
    has_missing: bool


@dataclass(frozen=True)
class MeasureAbout:
    """A measure that the map can be coloured by; `whole`: its values are whole numbers; `unit` is without "/km²"."""

    key: str
    label: str
    unit: str
    per_km2: bool
    whole: bool


@dataclass(frozen=True)
class ColumnAbout:
    """A column of the table; its `kind` is "number", "text", "image" or "link"."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True)
class About:
    """What is the same for every view: the survey. Nouns are for one and for many; `areas` counts all.

    `unsurveyed` are the positions of the areas that were not surveyed, `group` the facet of the areas' groups (""
    where they have none) and `group_names` what they are called.
    `placed` says whether records have places.
    """

    title: str
    introduction: str
    credit: str
    licence: str
    area_nouns: list[str]
    record_nouns: list[str]
    areas: int
    unsurveyed: list[int]
    group: str
    group_names: list[str]
    placed: bool
    facets: list[FacetAbout]
    measures: list[MeasureAbout]
    columns: list[ColumnAbout]


def about(survey: Survey) -> About:
    """Return what is the same for every view of a survey."""
    config = survey.config
    return About(
        title=config.title, introduction=config.introduction, credit=config.credit, licence=config.licence,
        area_nouns=[config.areas.one, config.areas.many], record_nouns=[config.records.one, config.records.many],
        areas=len(survey.areas), unsurveyed=np.flatnonzero(~survey.areas.surveyed).tolist(),
        group=survey.vocabulary.group, group_names=[] if survey.group is None else list(survey.group.values),
        placed=survey.facts.joining.placed > 0,
        facets=[_facet(facet) for facet in survey.facets.values()],
        measures=[MeasureAbout(measure.key, measure.label, measure.unit, measure.per_km2, measure.is_whole)
                  for measure in survey.measures.values()],
        columns=[_column(survey, name) for name in survey.all_columns])


def _facet(facet: Facet) -> FacetAbout:
    listed = None if facet.is_range or facet.options > FEW_OPTIONS else [str(value) for value in facet.values]
    edges, ends = (None if bounds is None else [bound_as_data(bound) for bound in bounds]
                   for bounds in (facet.edges, facet.ends))
    return FacetAbout(facet.name, facet.label, facet.kind, listed, facet.options, edges, ends,
                      _months(facet), facet.has_missing)


def _months(facet: Facet) -> list[str] | None:
    if facet.months is None or len(np.unique(facet.months.astype("datetime64[Y]"))) > LISTED_YEARS:
        return None
    return [str(month) for month in facet.months]


def _column(survey: Survey, name: str) -> ColumnAbout:
    return ColumnAbout(name, survey.config.facets.labels.get(name, name), column_kind(survey, name))


def column_kind(survey: Survey, name: str) -> str:
    """Return the kind of a column: "number", "text", "image" or "link"."""
    detail = survey.config.detail
    if name in detail.images:
        return "image"
    if name in detail.links:
        return "link"
    return "number" if name in survey.facts.numbers else "text"


def bound_as_data(bound: float | np.datetime64) -> float | str:
    """Return a bound as a number, or as an ISO date."""
    return str(bound) if isinstance(bound, np.datetime64) else float(bound)
