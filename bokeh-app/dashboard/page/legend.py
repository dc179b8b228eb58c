"""What the colours of the map mean."""

from dataclasses import dataclass

import numpy as np
from dashboard.page.palette import spread
from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO, Classes
from dashboard.query.measures import Measure
from dashboard.query.words import number


@dataclass(frozen=True)
class Entry:
    """One colour of the legend, what it means, and how many areas have it."""

    colour: str
    label: str
    areas: int


def legend_entries(codes: np.ndarray, classes: Classes, palette: list[str], measure: Measure, steps: int) -> list[Entry]:
    """Return the legend: what stands apart, as far as the map has it, then all classes from low to high.

    `codes` are the class codes per area, `steps` how many classes `palette` has a colour for.
    """
    labels = {ZERO: "none", NO_DATA: "no data", NOT_SURVEYED: "not surveyed"}
    counts = np.bincount(codes, minlength=FIRST_CLASS + len(classes))
    entries = [Entry(palette[code], label, int(counts[code])) for code, label in labels.items() if counts[code]]
    colours = spread(np.arange(FIRST_CLASS, FIRST_CLASS + len(classes)), len(classes), steps)
    whole = measure.of == "count" and not measure.per_km2
    return entries + [Entry(palette[colour], label, int(counts[FIRST_CLASS + position])) for position, (colour, label)
                      in enumerate(zip(colours, class_labels(classes.bounds, whole=whole), strict=True))]


def class_labels(bounds: np.ndarray, *, whole: bool) -> list[str]:
    """Return the classes in words: ``1–3``, ``4–9``, ``10 and more`` for whole numbers from 1 on."""
    if not len(bounds):
        return []
    if len(bounds) == 1:
        return [number(bounds[0]) if not whole else "1 and more"]
    if whole:
        lows = [1, *(int(bound) + 1 for bound in bounds[:-1])]
        spans = [number(low) if low == high else f"{number(low)}–{number(high)}"
                 for low, high in zip(lows, bounds[:-1].astype(int), strict=False)]
        return [*spans, f"{number(lows[-1])} and more"]
    between = [f"{number(low)} – {number(high)}" for low, high in zip(bounds[:-2], bounds[1:-1], strict=True)]
    return [f"up to {number(bounds[0])}", *between, f"over {number(bounds[-2])}"]
