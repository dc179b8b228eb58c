"""Tally, measure and classes of a view: counted once for all who ask the same."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np

from dashboard.kept import kept
from dashboard.query.classes import Classes, make_classes
from dashboard.query.counting.partition import Choices, Matches, Partition
from dashboard.query.counting.tally import Tally
from dashboard.query.survey import Survey

ANSWERS_KEPT = 64


@dataclass(frozen=True, eq=False)
class Counted:
    """A tally with what was made of it: the measure of each area, then of the records in none, and of all together."""

    tally: Tally
    values: np.ndarray
    value_of_all: float

    def count(self, area: int | None) -> int:
        """Return the number of matching records in an area position, or of all."""
        return self.tally.total if area is None else int(self.tally.counts[area])

    def value(self, area: int | None) -> float:
        """Return the measure of an area position, or of all; nan where there is none."""
        return self.value_of_all if area is None else float(self.values[area])


@kept(ANSWERS_KEPT)
def counted(survey: Survey, matches: Matches, measure: str) -> Counted:
    """Return what a choice of records amounts to."""
    asked, km2 = survey.measures[measure], survey.areas.km2
    tally = reduce(add, survey.partitions.ask(Partition.tally, matches, asked))
    return Counted(replace(tally, ranked=None), tally.values(asked, km2), tally.value_of_all(asked, float(km2.sum())))


@kept(ANSWERS_KEPT)
def classes_of(survey: Survey, choices: Choices, measure: str) -> Classes:
    """Return the classes that fit the areas' values under some choices."""
    asked = survey.measures[measure]
    values = counted(survey, Matches(choices, None), measure).values[:-1]
    return make_classes(values, survey.config.map, zero_apart=asked.adds_up and not (values < 0).any(),
                        whole=asked.is_whole)


@kept(ANSWERS_KEPT)
def fresh_areas(survey: Survey, choices: Choices) -> np.ndarray:
    """Return the positions of the areas in which the records that were added last fit the choices."""
    if survey.fresh is None:
        return np.array([], dtype=np.int64)
    return np.flatnonzero(survey.fresh.tally(Matches(choices, None), survey.measures[survey.start.measure]).counts[:-1])
