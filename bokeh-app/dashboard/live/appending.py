"""Records that are added while the dashboard runs: counted in a partition of their own, beside those there were."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.catalog.catalog import Catalog
from dashboard.catalog.join import Joining, check_joining
from dashboard.problems import Problem
from dashboard.query.answers.answer import prepared
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.partitions import InProcess
from dashboard.query.facets import Facet
from dashboard.query.measures import measures_of
from dashboard.query.profile import facts_of, profile_of
from dashboard.query.survey import Survey, survey_of

MANY_ADDED = 50_000  # records; more are better counted together with all others


@dataclass(frozen=True, eq=False)
class Appendable:
    """A survey to which records can be added, and the catalogs of those it has.

    `base` is the catalog of the records that were read as a whole (None: they are on a cluster, and none can be added),
    `base_partitions` how many partitions hold them. `last` is that of the records that were added last, `earlier` that
    of those added before. `join_problems` is what is odd about how all records found their areas.
    """

    survey: Survey
    base: Catalog | None = None
    base_partitions: int = 0
    join_problems: tuple[Problem, ...] = ()
    earlier: Catalog | None = None
    last: Catalog | None = None


def start(catalog: Catalog) -> Appendable:
    """Return the survey of a catalog, to which records can be added."""
    survey = prepared(survey_of(catalog))
    return Appendable(survey, catalog, len(survey.partitions.partitions), _join_problems(catalog.joining, catalog))


def append(before: Appendable, more: Catalog) -> Appendable | None:
    """Return the survey with `more` records; what was counted of the others is not counted again.

    None is returned where all records have to be looked at together: they are many, or a facet becomes another.
    """
    survey, base = before.survey, before.base
    facets = {name: _with_more(facet, more) for name, facet in survey.facets.items()}
    earlier = _together(before.earlier, before.last)
    added = len(more.records) + (0 if earlier is None else len(earlier.records))
    if None in facets.values() or added > MANY_ADDED or _begins_to_differ(base, more, survey):
        return None
    facets, measures = tuple(facets.values()), measures_of(base.config)
    fresh = Partition(more, facets, measures)
    partitions = [*_base_partitions(before, facets),
                  *([] if earlier is None else [Partition(earlier, facets, measures)]), fresh]
    facts = survey.facts + facts_of(more)
    join_problems = _join_problems(facts.joining, base)
    problems = (*(problem for problem in survey.problems if problem not in before.join_problems), *join_problems)
    longer = Survey(base.config, base.areas, facts, facets, problems, InProcess(partitions), fresh, survey.record_id)
    return Appendable(prepared(longer), base, before.base_partitions, join_problems, earlier, more)


def _with_more(facet: Facet, more: Catalog) -> Facet | None:
    """Return a facet of more records; None where it becomes one of another kind."""
    if facet.of_area is None:
        return facet.with_more(profile_of(more.records[facet.name]))
    # The areas, and with them their groups, stay.
    return replace(facet, has_missing=facet.has_missing or more.joining.joined < more.joining.total)


def _base_partitions(before: Appendable, facets: tuple[Facet, ...]) -> list[Partition]:
    """Return the partitions of the records that were read as a whole, with facets that may have more options."""
    partitions = before.survey.partitions.partitions[:before.base_partitions]
    if any(facet.options > before.survey.facets[facet.name].options for facet in facets):
        return [partition.with_facets(facets) for partition in partitions]
    return partitions


def _join_problems(joining: Joining, base: Catalog) -> tuple[Problem, ...]:
    return tuple(check_joining(joining, base.areas, base.config.records))


def _together(catalog: Catalog | None, more: Catalog | None) -> Catalog | None:
    """Return the records of two catalogs as one, those of an area in the order in which they came."""
    if catalog is None or more is None:
        return catalog or more
    area_of = np.append(catalog.area_of, more.area_of)
    order = np.argsort(area_of, kind="stable")
    x, y = (None if each is None else np.append(each, others)[order]
            for each, others in ((catalog.x, more.x), (catalog.y, more.y)))
    records = pd.concat([catalog.records, more.records], ignore_index=True).iloc[order].reset_index(drop=True)
    return replace(catalog, records=records, area_of=area_of[order], x=x, y=y, joining=catalog.joining + more.joining)


def _begins_to_differ(base: Catalog, more: Catalog, survey: Survey) -> bool:
    """Say whether a column that is no facet because all its values are the same gets another one."""
    for name in more.records.columns.difference(list(survey.facets)):
        column = base.records[name]
        first = column.iloc[0]
        if (column.iloc[:100] == first).all() and (column == first).all() and not (more.records[name] == first).all():
            return True
    return False
