"""What the map shows of a view: a colour number for each area, what the colours mean, and the records nearby."""

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from dashboard.catalog.shapes.borders import borders_of
from dashboard.catalog.shapes.mercator import to_mercator
from dashboard.query.answers.parts import Cells, LegendEntry, Near
from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO, Classes
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.points import Nearby, Window
from dashboard.query.measures import Measure
from dashboard.query.survey import Survey
from dashboard.query.view import View

# An extent fills a screen of other proportions with more than itself, so what lies around it is drawn too.
AROUND = 0.75  # of the extent's longer side, from its middle
MEANINGS = {ZERO: "none", NO_DATA: "no data", NOT_SURVEYED: "not surveyed"}


@dataclass(frozen=True)
class ClassesShown:
    """Whether the classes fit what is `chosen`, and where those of all records end, but for the last, which is open."""

    chosen: bool
    ends_of_all: list[float]


def spread(codes: np.ndarray, used: int, classes: int) -> np.ndarray:
    """Return class codes spread over the whole palette when fewer classes are in use than it has (uint8)."""
    places = np.round(np.linspace(0, classes - 1, used)) if used > 1 else np.array([classes - 1])
    lookup = np.concatenate([np.arange(FIRST_CLASS), FIRST_CLASS + places]).astype(np.uint8)
    return lookup[np.minimum(codes, len(lookup) - 1)]


def packed(colours: np.ndarray) -> np.ndarray:
    """Return colour numbers (all below 16), two in a byte, the first in its low half."""
    pairs = np.append(colours, [0] * (len(colours) % 2)).astype(np.uint8).reshape(-1, 2)
    return pairs[:, 0] | pairs[:, 1] << 4


def legend(codes: np.ndarray, values: np.ndarray, classes: Classes, measure: Measure,
           palette_classes: int) -> list[LegendEntry]:
    """Return what stands apart, as far as the map has it, then all classes from low to high.

    `codes` and `values` are per area, `palette_classes` is how many classes the palette has a colour for. Classes that
    hold one value each are called by it.
    """
    counts = np.bincount(codes, minlength=FIRST_CLASS + len(classes))
    apart = [LegendEntry(code, int(counts[code]), meaning) for code, meaning in MEANINGS.items() if counts[code]]
    colours = spread(np.arange(FIRST_CLASS, FIRST_CLASS + len(classes)), len(classes), palette_classes)
    spans = [(float(bound), float(bound)) for bound in classes.bounds] if classes.are_values(values) \
        else spans_of(classes.bounds, whole=measure.is_whole)
    return apart + [LegendEntry(int(colour), int(counts[FIRST_CLASS + position]), "class", low, high)
                    for position, (colour, (low, high)) in enumerate(zip(colours, spans, strict=True))]


def spans_of(bounds: np.ndarray, *, whole: bool) -> list[tuple[float | None, float | None]]:
    """Return from where to where each class goes, given the ascending upper bounds; None is an open end.

    Whole numbers begin with 1, and a class begins with the number after the last of the one before.
    """
    highs = [float(bound) for bound in bounds]
    if whole:
        lows = [1.0, *(float(int(bound) + 1) for bound in highs[:-1])]
        return list(zip(lows, [*highs[:-1], None], strict=True)) if highs else []
    if len(highs) == 1:
        return [(highs[0], highs[0])]
    return list(zip([None, *highs[:-1]], [*highs[:-1], None], strict=True)) if highs else []


def near(survey: Survey, view: View) -> Near | None:
    """Return the matching records around the extent; None where the map draws no records."""
    if not survey.facts.placed or view.extent is None or survey.zoom(view.extent) < survey.points_from_zoom:
        return None
    west, south, east, north = extent = to_mercator(view.extent)
    x, y, reach = (west + east) / 2, (south + north) / 2, max(east - west, north - south) * AROUND
    window = Window(extent, (x - reach, y - reach, x + reach, y + reach))
    found: Nearby = reduce(add, survey.partitions.ask(Partition.nearby, view.choices, window, survey.record_id))
    east, north = borders_of(survey.areas, survey.config.map.simplify).origin
    if found.x is not None:
        return Near(found.in_extent, (found.x - east).astype(np.float32), (found.y - north).astype(np.float32),
                    list(found.ids), None)
    cells = found.density
    filled = np.flatnonzero(cells.counts)
    reach = [(ends[filled] - start).astype(np.float32) for ends, start in
             ((cells.left, east), (cells.bottom, north), (cells.right, east), (cells.top, north))]
    return Near(found.in_extent, None, None, [], Cells(*reach, shades(cells.counts[filled])))


def shades(counts: np.ndarray) -> np.ndarray:
    """Return how dark each cell is drawn (uint8): 255 the densest.

    A logarithm, so that a crowded find spot does not make all others vanish.
    """
    logs = np.log1p(counts)
    return (55 + (200 * logs / logs.max()).round()).astype(np.uint8)
