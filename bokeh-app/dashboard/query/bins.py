"""Readable bin edges for numbers and dates: what a histogram counts in and a slider steps along."""

import numpy as np

BINS = 30
SKEWED = 2.0
ROUND_STEPS = np.array([1, 2, 2.5, 5, 10])
# Ten rounded steps to a decade (the R10 series of preferred numbers, ISO 3).
PREFERRED = np.array([1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8])

# Of up to so many decades, every how manieth of these is an edge.
EVERY_OF_DECADES = (4, 1), (7, 2), (np.inf, 10)
# Of up to so many days: the unit that bins count in, and how many of it each has.
STEPS_OF_SPANS = (366 * 5, "M", 1), (366 * 60, "Y", 1), (366 * 600, "Y", 10), (np.inf, "Y", 100)


def number_edges(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return ascending edges (float64) around the sorted distinct `values`, round numbers where possible.

    Few whole numbers get a bin each; a column skewed to the right, as its rows in `weights` show, gets edges that
    grow by a constant factor; any other gets equal steps.
    """
    low, high = values[0], values[-1]
    if (values % 1 == 0).all() and high - low < BINS:
        return np.arange(low, high + 2)
    if low >= 0 and high > 0 and _skewness(weights) > SKEWED:
        smallest = values[values > 0][0] if (values > 0).any() else high
        smallest = max(smallest, high * 1e-6)
        decades = np.arange(np.floor(np.log10(smallest)), np.ceil(np.log10(high)) + 1)
        # The same figures at every decade, fewer of them where there are many decades.
        series = PREFERRED[::next(every for most, every in EVERY_OF_DECADES if len(decades) <= most)]
        edges = np.array([figure * 10.0**decade for decade in decades for figure in series])
        edges = np.array([float(f"{edge:.3g}") for edge in edges])
        first = np.searchsorted(edges, smallest, side="right") - 1
        last = np.searchsorted(edges, high, side="right")
        edges = edges[max(first, 0):last + 1]
        return np.concatenate([[0.0], edges]) if low < edges[0] else edges
    return _equal_steps(low, high)


def date_edges(days: np.ndarray) -> np.ndarray:
    """Return ascending edges (datetime64[D]) around sorted `days`: by days, months, years or decades."""
    first, last = days[0], days[-1]
    span = int((last - first).astype(int)) + 1
    if span <= 62:
        return np.arange(first, last + 2)
    unit, step = next((unit, step) for longest, unit, step in STEPS_OF_SPANS if span <= longest)
    start, end = first.astype(f"datetime64[{unit}]").astype(int), last.astype(f"datetime64[{unit}]").astype(int)
    base = 0 if unit == "M" else 1970
    start = (start + base) // step * step - base
    return np.arange(start, end + step + 1, step).astype(f"datetime64[{unit}]").astype("datetime64[D]")


def _equal_steps(low: float, high: float) -> np.ndarray:
    if high == low:
        return np.array([low, np.nextafter(low, np.inf)])
    rough = (high - low) / BINS
    magnitude = 10.0 ** np.floor(np.log10(rough))
    step = magnitude * ROUND_STEPS[np.searchsorted(ROUND_STEPS, rough / magnitude * (1 - 1e-9))]
    edges = np.arange(np.floor(low / step), np.floor(high / step) + 2) * step
    return np.array([float(f"{edge:.15g}") for edge in edges])


def _skewness(numbers: np.ndarray) -> float:
    """Return the adjusted third moment over the standard deviation's cube; 0 for a constant column."""
    finite = numbers[np.isfinite(numbers)]
    spread = finite.std()
    return float(((finite - finite.mean()) ** 3).mean() / spread**3) if spread else 0.0
