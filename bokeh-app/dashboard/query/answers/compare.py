"""Two choices compared on one map: A, which was kept, and B, the view's own; their difference, or their ratio."""

from dataclasses import dataclass

import numpy as np

from dashboard.query.answers.counted import Counted, counted
from dashboard.query.answers.map import MEANINGS, spans_of
from dashboard.query.answers.parts import LegendEntry
from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO
from dashboard.query.counting.matches import Matches
from dashboard.query.measures import Measure
from dashboard.query.survey import Survey
from dashboard.query.view import View

SIDES = 4  # classes on each side of the middle, which has ZERO's code
ONLY_IN_A, ONLY_IN_B = FIRST_CLASS, FIRST_CLASS + 2 * SIDES - 1  # of a ratio, whose classes lie between these
IN_NEITHER = FIRST_CLASS + 2 * SIDES
STEPS = 2, 4, 10  # of ratios, from one class to the next


@dataclass(frozen=True)
class Comparison:
    """What is compared: A's `choices`, as a view's; how many records they match, and A's measure of each area.

    `shows` is "a", "b", "difference" (B minus A) or "ratio" (B to A). `values` are float32, or unsigned where the
    measure is the count; they are the groups' where areas are coloured by these. Of a difference or a ratio the map's
    colours are another palette's: 2 is the middle, from 3 to 10 classes from low to high, 11 areas in which neither has
    a record.
    """

    shows: str
    choices: dict[str, dict]
    matching: int
    values: np.ndarray


def kept_counted(survey: Survey, view: View) -> Counted | None:
    """Return what A amounts to; None where nothing is compared."""
    return None if view.kept is None else counted(survey, Matches(view.kept), view.measure)


def comparison(survey: Survey, view: View, kept: Counted | None) -> Comparison | None:
    """Return what is compared; None where nothing is."""
    if kept is None:
        return None
    choices = {name: choice.to_data(survey.facets[name]) for name, choice in view.kept}
    counts = kept.tally.counts[:-1]
    if view.by:
        values = kept.of_groups[:-1].astype(np.float32)
    elif view.measure == "count":
        values = counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
    else:
        values = kept.values[:-1].astype(np.float32)
    return Comparison(view.shows, choices, kept.tally.total, values)


def compared(shows: str, a: np.ndarray, b: np.ndarray, surveyed: np.ndarray,
             measure: Measure) -> tuple[np.ndarray, list[LegendEntry]]:
    """Return the colour of each area (uint8) for the difference or the ratio of its values, and what colours mean."""
    codes, spans = _differences(b - a, measure) if shows == "difference" else _ratios(a, b, measure)
    lost = np.isnan(a) | np.isnan(b)
    codes[lost] = NO_DATA
    # As on every map: an area that was not surveyed and yet has a value keeps its value.
    codes[~surveyed & (np.nan_to_num(a) == 0) & (np.nan_to_num(b) == 0)] = NOT_SURVEYED
    counts = np.bincount(codes, minlength=IN_NEITHER + 1)
    apart = {NO_DATA: MEANINGS[NO_DATA], NOT_SURVEYED: MEANINGS[NOT_SURVEYED], IN_NEITHER: "in neither"}
    entries = [LegendEntry(code, int(counts[code]), meaning) for code, meaning in apart.items() if counts[code]]
    # From low to high, with the middle in the middle.
    order = sorted(spans, key=lambda code: FIRST_CLASS + SIDES - 0.5 if code == ZERO else code)
    return codes, entries + [LegendEntry(code, int(counts[code]), *spans[code]) for code in order]


def _differences(differences: np.ndarray, measure: Measure) -> tuple[np.ndarray, dict[int, tuple]]:
    """Return codes of differences, and for each: what it means, from where to where.

    Classes are as wide below zero as above, and their bounds part the differences, without their signs, into equal
    numbers of areas: so a colour's depth means the same on both sides.
    """
    sizes = np.abs(differences[np.isfinite(differences) & (differences != 0)])
    bounds = np.unique(np.quantile(sizes, np.arange(1, SIDES + 1) / SIDES, method="inverted_cdf")) if len(sizes) else []
    # Fewer classes than there are colours are the deeper ones.
    first = SIDES - len(bounds)
    places = first + np.searchsorted(bounds, np.abs(differences)).clip(0, max(len(bounds) - 1, 0))
    codes = np.where(differences < 0, FIRST_CLASS + SIDES - 1 - places, FIRST_CLASS + SIDES + places)
    codes = np.where(differences == 0, ZERO, codes).astype(np.uint8)
    spans = {ZERO: ("the same", None, None)}
    reaches = spans_of(np.asarray(bounds), whole=measure.is_whole)
    if len(bounds) == 1 and sizes.min() < bounds[0] and not measure.is_whole:
        reaches = [(None, float(bounds[0]))]  # one class, and yet of several values
    for place, (low, high) in enumerate(reaches, first):
        low = low or 0.0
        spans[FIRST_CLASS + SIDES + place] = "difference", low, high
        spans[FIRST_CLASS + SIDES - 1 - place] = "difference", None if high is None else -high, -low
    return codes, spans


def _ratios(a: np.ndarray, b: np.ndarray, measure: Measure) -> tuple[np.ndarray, dict[int, tuple]]:
    """Return codes of ratios, and for each: what it means, from where to where.

    Classes are as wide below one as above on a logarithm: halves and doubles, or wider steps where ratios lie farther
    apart. Where one is zero there is no ratio of counts and sums: such areas stand apart.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(b / a)
    finite = np.abs(logs[np.isfinite(logs)])
    usual = np.quantile(finite, 2 / 3) if len(finite) else 0.0
    step = next((step for step in STEPS if 2 * np.log(step) >= usual), STEPS[-1])
    # A ratio of exactly a step belongs to the class nearer to the middle.
    places = np.searchsorted([step, step * step], np.exp(np.abs(logs)) * (1 - 1e-12))
    codes = np.where(logs < 0, FIRST_CLASS + SIDES - 1 - places, FIRST_CLASS + SIDES + places)
    codes = np.where(logs == 0, ZERO, np.where(np.isnan(logs) | np.isposinf(logs), NO_DATA, codes)).astype(np.uint8)
    spans = {ZERO: ("the same", None, None)}
    for place, (low, high) in enumerate([(1.0, float(step)), (float(step), float(step**2)), (float(step**2), None)]):
        spans[FIRST_CLASS + SIDES + place] = "ratio", low, high
        spans[FIRST_CLASS + SIDES - 1 - place] = "ratio", None if high is None else 1 / high, 1 / low
    if measure.adds_up:
        for code, meaning, mask in ((ONLY_IN_A, "only in A", (a != 0) & (b == 0)),
                                    (ONLY_IN_B, "only in B", (a == 0) & (b != 0)),
                                    (IN_NEITHER, "in neither", (a == 0) & (b == 0))):
            codes[mask] = code
            if meaning != "in neither":
                spans[code] = meaning, None, None
    return codes, spans
