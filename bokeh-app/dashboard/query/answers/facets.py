"""What each option of the facets would leave, what fits a typed text, what each of the areas' groups amounts to, and
what to drop where no record fits."""

from dataclasses import dataclass

import numpy as np

from dashboard.query.answers.counted import Counted, counted
from dashboard.query.answers.parts import AreaEntry, OptionCounts
from dashboard.query.answers.search import MATCHES, best_matches, folded_areas, folded_options
from dashboard.query.counting.tally import Tally
from dashboard.query.facets import FEW_OPTIONS, Facet
from dashboard.query.survey import Survey
from dashboard.query.view import View

FIRST_GROUPS = 8  # of more than FEW_OPTIONS


@dataclass(frozen=True)
class Groups:
    """The measure of the groups (place among their names, value), the highest first; None is no value.

    All of them are listed when they are few, else the first and those that are chosen; `others` is how many more there
    are. They are counted under all choices but that of groups, so that those that are not chosen can be compared.
    """

    facet: str
    totals: list[tuple[int, float | None]]
    others: int


@dataclass(frozen=True)
class NoResult:
    """How many records would be there without the choice of one facet, for each that would bring any back.

    `without_area` is how many fit outside the chosen areas, None where none is chosen; `without_all` how many there are
    in all.
    """

    without: dict[str, int]
    without_area: int | None
    without_all: int


def option_counts(survey: Survey, view: View, tally: Tally) -> dict[str, OptionCounts]:
    """Return what the options of each facet would leave: of all, of the most frequent ones, or of those that fit."""
    typed = dict(view.searches)
    return {name: _counts(facet, tally.options[name], typed.get(name, "")) for name, facet in survey.facets.items()}


def _counts(facet: Facet, counts: np.ndarray, typed: str) -> OptionCounts:
    missing = int(counts[-1])
    if facet.is_range or facet.options <= FEW_OPTIONS:
        return OptionCounts(None, counts[:-1].tolist(), missing)
    if typed.strip():
        listed = best_matches(typed.strip(), folded_options(facet))
    else:
        listed = np.argsort(-counts[:-1], kind="stable")[:MATCHES]
    return OptionCounts([str(facet.values[option]) for option in listed], counts[listed].tolist(), missing)


def found_areas(survey: Survey, view: View) -> list[AreaEntry]:
    """Return the areas that fit what is typed to find one."""
    typed, areas = dict(view.searches).get("", "").strip(), survey.areas
    found = best_matches(typed, folded_areas(areas)[0]) if typed else []
    return [AreaEntry(areas.ids[area], areas.labels[area]) for area in found]


def group_totals(survey: Survey, view: View) -> Groups | None:
    """Return the measure of each group; None where the areas have no groups."""
    facet = survey.group
    if facet is None:
        return None
    choices = tuple((name, choice) for name, choice in view.choices if name != facet.name)
    # With the chosen areas these are mostly counted already, and they make no difference.
    values = counted(survey, survey.matches(view)._replace(choices=choices), view.measure).of_groups[:-1]
    order = np.argsort(-np.nan_to_num(values, nan=-np.inf), kind="stable")
    chosen = view.choice(facet.name)
    if facet.options > FEW_OPTIONS:
        wanted = np.isin(facet.values, [] if chosen is None else list(chosen.values))
        order = [*order[:FIRST_GROUPS], *(place for place in order[FIRST_GROUPS:] if wanted[place])]
    totals = [(int(place), None if np.isnan(values[place]) else float(values[place])) for place in order]
    return Groups(facet.name, totals, facet.options - len(totals))


def no_result(survey: Survey, view: View, found: Counted) -> NoResult | None:
    """Return what would bring records back; None while there are some."""
    matches = survey.matches(view)
    if found.count > 0:
        return None
    without = {}
    for dropped, _ in view.choices:
        others = tuple((name, choice) for name, choice in view.choices if name != dropped)
        without[dropped] = counted(survey, matches._replace(choices=others), survey.start.measure).count
    return NoResult({name: count for name, count in without.items() if count},
                    found.tally.total if matches.areas else None, survey.facts.total)
