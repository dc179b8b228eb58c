"""Records that are added while the dashboard runs: counted in a partition of their own, beside those there were."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.catalog import Catalog
from dashboard.catalog.joining import Joining, about_joining
from dashboard.catalog.problems import Problem
from dashboard.query.engine import Engine, engine_of
from dashboard.query.facts import facts_of
from dashboard.query.measures import measures_of
from dashboard.query.partition import Partition
from dashboard.query.partitions import Here
from dashboard.query.profile import profile_of

MANY = 50_000  # added records; more are better counted together with all others


@dataclass(frozen=True, eq=False)
class Grown:
    """An engine, and the catalogs of its records: those it began with (None: on a cluster), those that came last, and
    those that came between.

    `first` is how many partitions hold those it began with, `about` what is odd about how all records found their areas.
    """

    engine: Engine
    base: Catalog | None = None
    first: int = 0
    about: tuple[Problem, ...] = ()
    between: Catalog | None = None
    last: Catalog | None = None


def begun(catalog: Catalog) -> Grown:
    """Return the engine of a catalog, to which records can be added."""
    engine = engine_of(catalog)
    return Grown(engine, catalog, len(engine.partitions.partitions), _about(catalog.joining, catalog))


def grown(before: Grown, more: Catalog) -> Grown | None:
    """Return the engine with `more` records; what was counted of the others is not counted again.

    None is returned where all records have to be looked at together: they are many, or a facet becomes another.
    """
    engine, base = before.engine, before.base
    facets = {name: facet.with_more(profile_of(more.records[name])) for name, facet in engine.facets.items()}
    between = _together(before.between, before.last)
    added = len(more.records) + (0 if between is None else len(between.records))
    if None in facets.values() or added > MANY or _begin_to_differ(base, more, engine):
        return None
    widened = any(facet.options > engine.facets[name].options for name, facet in facets.items())
    first = engine.partitions.partitions[:before.first]
    facets, measures = tuple(facets.values()), measures_of(base.config)
    fresh = Partition(more, facets, measures)
    partitions = [*([part.with_facets(facets) for part in first] if widened else first),
                  *([] if between is None else [Partition(between, facets, measures)]), fresh]
    facts = engine.facts + facts_of(more)
    about = _about(facts.joining, base)
    problems = (*(problem for problem in engine.problems if problem not in before.about), *about)
    together = Engine(base.config, base.areas, facts, facets, problems, Here(partitions), fresh)
    return Grown(together, base, before.first, about, between, more)


def _about(joining: Joining, base: Catalog) -> tuple[Problem, ...]:
    return tuple(about_joining(joining, base.areas, base.config.records))


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


def _begin_to_differ(base: Catalog, more: Catalog, engine: Engine) -> bool:
    """Say whether a column that is no facet because all its values are the same gets another one."""
    for name in more.records.columns.difference(list(engine.facets)):
        column = base.records[name]
        first = column.iloc[0]
        if (column.iloc[:100] == first).all() and (column == first).all() and not (more.records[name] == first).all():
            return True
    return False
