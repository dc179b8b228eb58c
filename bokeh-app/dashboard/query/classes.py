"""Values per area -> a few classes to colour them by."""

from dataclasses import dataclass

import jenkspy
import numpy as np

from dashboard.settings import MapSettings

NOT_SURVEYED, NO_DATA, ZERO, FIRST_CLASS = range(4)


@dataclass(frozen=True, eq=False)
class Classes:
    """The ascending upper bounds of the classes, each bound included; `zero_apart` gives zero a class of its own."""

    bounds: np.ndarray
    zero_apart: bool

    def __len__(self) -> int:
        return len(self.bounds)

    def codes(self, values: np.ndarray, surveyed: np.ndarray) -> np.ndarray:
        """Return what each area is coloured as (uint8, shape: areas).

        NOT_SURVEYED, NO_DATA, ZERO, or FIRST_CLASS plus the number of the class. A value beyond the last bound
        belongs to the last class. An area that was not surveyed and yet has a value keeps its value.
        """
        classes = np.searchsorted(self.bounds, values, side="left").clip(0, max(len(self.bounds) - 1, 0))
        codes = (FIRST_CLASS + classes).astype(np.uint8)
        codes[np.isnan(values)] = NO_DATA
        empty = np.isnan(values)
        if self.zero_apart:
            codes[values == 0] = ZERO
            empty |= values == 0
        codes[empty & ~surveyed] = NOT_SURVEYED
        return codes

    def are_values(self, values: np.ndarray) -> bool:
        """Say whether each class holds one of these values only: its bound."""
        others = values[np.isfinite(values)]
        return bool(np.isin(others[others != 0] if self.zero_apart else others, self.bounds).all())


def make_classes(values: np.ndarray, settings: MapSettings, *, zero_apart: bool, whole: bool) -> Classes:
    """Return at most ``settings.classes`` classes of the finite values (shape: areas).

    `zero_apart` leaves zeros out of them; `whole` rounds the bounds of whole numbers to whole numbers.
    """
    finite = values[np.isfinite(values)]
    if zero_apart:
        finite = finite[finite != 0]
    distinct = np.unique(finite)
    count = settings.classes
    if len(distinct) <= count:
        return Classes(distinct, zero_apart)
    steps = np.arange(1, count + 1) / count
    low, high = distinct[0], distinct[-1]
    match settings.scheme:
        case "quantiles":
            bounds = _quantiles(finite, count)
        case "natural breaks":
            bounds = np.array(jenkspy.jenks_breaks(finite, n_classes=count)[1:])
        case "logarithmic" if low > 0:
            bounds = np.geomspace(low, high, count + 1)[1:]
        case _:
            # A logarithm of zero or less does not exist; equal intervals stand in for it.
            bounds = low + (high - low) * steps
    if whole:
        bounds = np.floor(bounds)
    bounds[-1] = high
    return Classes(np.unique(bounds[bounds >= low]), zero_apart)


def _quantiles(values: np.ndarray, count: int) -> np.ndarray:
    """Return the upper bounds of `count` classes of as many values each, as far as equal values allow that.

    What has no place in a class that one frequent value fills is shared out among the others: so of mostly ones, some
    twos and few others not two classes are made but one, two, and some of the others.
    """
    distinct, counts = np.unique(values, return_counts=True)
    up_to, places, taken = counts.cumsum(), [], 0
    for classes in range(count, 0, -1):
        share = -(-(len(values) - taken) // classes)
        # Each class that is still to come has a value at least.
        places.append(min(np.searchsorted(up_to, taken + share), len(distinct) - classes))
        taken = up_to[places[-1]]
    return distinct[places]
