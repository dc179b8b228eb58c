"""Tally, measure and classes of a view: counted once for all who ask the same.

The classes fit what is chosen. With those of all records most areas of a rare choice would be in the lowest class, and
the map would not say where the records are; yet two maps would look alike where one is of ten times as many. So the
legend says that its classes are of the choice, and what those of all records would be; and who compares maps turns them
on for every choice.
"""

from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np

from dashboard.kept import kept
from dashboard.query.classes import Classes, make_classes
from dashboard.query.counting.matches import Choices, Matches
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.tally import Tally
from dashboard.query.survey import Survey

ANSWERS_KEPT = 64
CLASSES_KEPT = 16


@dataclass(frozen=True, eq=False)
class Counted:
    """A tally with what was made of it: the measure of each area, then of the records in none.

    An area that was not surveyed and has no records has no measure (nan), not even zero. `count`, `valid` and `value`
    are the matching records, those with a number to measure, and the measure (nan where there is none) of the chosen
    areas together, or of all where none is chosen. `of_groups` is the measure of each of the areas' groups, then of all
    that is in none; it is empty without groups.
    """

    tally: Tally
    values: np.ndarray
    count: int
    valid: int
    value: float
    of_groups: np.ndarray


@kept(ANSWERS_KEPT)
def counted(survey: Survey, matches: Matches, measure: str) -> Counted:
    """Return what a choice of records amounts to."""
    asked, km2 = survey.measures[measure], survey.areas.km2
    tally = reduce(add, survey.partitions.ask(Partition.tally, matches, asked))
    values = tally.values(asked, km2).copy()  # a median's are not to be written to
    unseen = np.append(~survey.areas.surveyed, False) & (tally.counts == 0)
    values[unseen] = np.nan
    chosen = list(matches.areas) or slice(None)
    value = np.nan if unseen[chosen].all() else tally.value_of(asked, km2, matches.areas)
    of_groups = np.array([])
    if survey.group is not None:
        groups, group_of = survey.group.options, group_positions(survey)
        km2_of_groups = np.bincount(group_of[:-1], km2, minlength=groups + 1)[:-1]
        of_groups = tally.of_groups(group_of, groups).values(asked, km2_of_groups)
    return Counted(replace(tally, ranked=None), values, int(tally.counts[chosen].sum()),
                   int(tally.valid[chosen].sum()), value, of_groups)


@kept()
def group_positions(survey: Survey) -> np.ndarray:
    """Return the position of each area's group, and of that of the records in no area; after the last: in none."""
    group = survey.group
    return np.where(group.of_area == 0, group.options, group.of_area.astype(np.int64) - 1)


def drawn_values(survey: Survey, found: Counted, by: str) -> np.ndarray:
    """Return what each area is coloured by: its own measure, or its group's where `by` names that."""
    return np.append(found.of_groups[:-1], np.nan)[group_positions(survey)[:-1]] if by else found.values[:-1]


def classes_of(survey: Survey, found: Counted, measure: str, by: str) -> Classes:
    """Return the classes that fit the measure of the areas, or of their groups."""
    values = found.of_groups[:-1] if by else found.values[:-1]
    return _classes_of(survey, values.tobytes(), measure)


@kept(CLASSES_KEPT)
def _classes_of(survey: Survey, values: bytes, measure: str) -> Classes:
    # Kept by the values themselves, as they are the same for every area that is chosen.
    asked, values = survey.measures[measure], np.frombuffer(values)
    return make_classes(values, survey.config.map, zero_apart=asked.adds_up and not (values < 0).any(),
                        whole=asked.is_whole)


@kept(ANSWERS_KEPT)
def fresh_areas(survey: Survey, choices: Choices) -> np.ndarray:
    """Return the positions of the areas in which the records that were added last fit the choices."""
    if survey.fresh is None:
        return np.array([], dtype=np.int64)
    return np.flatnonzero(survey.fresh.tally(Matches(choices), survey.measures[survey.start.measure]).counts[:-1])
