"""What each option of the facets would leave, and which options and areas fit what is typed."""

import numpy as np

from dashboard.query.answers.parts import AreaEntry, OptionCounts
from dashboard.query.answers.search import MATCHES, best_matches, folded_areas, folded_options
from dashboard.query.counting.tally import Tally
from dashboard.query.facets import FEW_OPTIONS, Facet
from dashboard.query.survey import Survey
from dashboard.query.view import View


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
