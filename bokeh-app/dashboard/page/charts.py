"""Small charts: outlines as SVG paths, and bars that are buttons; the page's style draws and colours them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from dashboard.query.choices import MISSING
from dashboard.query.facets import Facet, format_value
from dashboard.query.view import View

TOP_OPTIONS = 8


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: what it stands for, and what a click on it sends (nothing when `value` is None)."""

    label: str
    text: str
    share: float
    value: str | None
    chosen: bool = False


def bars(heights: Sequence[float], tallest: float, height: float = 100) -> str:
    """Return the SVG path around bars one unit wide each, standing on the bottom of a box `height` high.

    `tallest` is the value that fills the box. A bar that is not zero is at least a little high, or it could not be seen.
    """
    scaled = np.asarray(heights, dtype=float) / (tallest or 1) * height
    tops = np.where(scaled > 0, np.maximum(scaled, height / 50), 0).round(1)
    path = ""
    # Neighbours share one outline, which is half as long as one for each bar.
    for position, (before, top, after) in enumerate(zip([0, *tops], tops, [*tops, 0][1:], strict=False)):
        if top:
            start, end = "" if before else f"M{position} {height:g}", "" if after else f"V{height:g}"
            path += f"{start}V{height - top:g}h1{end}"
    return path


def option_rows(facet: Facet, view: View, counts: np.ndarray) -> list[Bar]:
    """Return a bar for each of the most frequent options, one for the others, and one for records without a value.

    `counts` has one entry more than the facet has options: records without a value.
    """
    choice = view.choice(facet.name)
    chosen = choice.values if choice else ()
    tallest = counts.max(initial=1)
    order = [option for option in np.argsort(-counts[:-1], kind="stable")[:TOP_OPTIONS] if counts[option]]
    rows = [Bar(facet.values[option], f"{counts[option]:,}", counts[option] / tallest, facet.values[option],
                facet.values[option] in chosen) for option in order]
    rest = int(counts[:-1].sum() - counts[order].sum())
    if rest:
        others = (counts[:-1] > 0).sum() - len(order)
        rows.append(Bar("1 other" if others == 1 else f"{others:,} others", f"{rest:,}", rest / tallest, None))
    if counts[-1]:
        rows.append(Bar("no value", f"{counts[-1]:,}", counts[-1] / tallest, MISSING, MISSING in chosen))
    return rows


def bin_columns(facet: Facet, view: View, counts: np.ndarray) -> list[tuple[int, Bar | None]]:
    """Return a bar for each bin that is not empty, with the number of empty bins before it; the last has no bar.

    `counts` has one entry more than the facet has bins: records without a value.
    """
    first, last = _chosen_bins(facet, view)
    tallest = counts[:-1].max(initial=1)
    columns, after = [], 0
    for option in np.flatnonzero(counts[:-1]):
        columns.append((int(option) - after, Bar(_bin_name(facet, option), f"{counts[option]:,}", counts[option] / tallest,
                                                 str(option), first <= option <= last)))
        after = int(option) + 1
    return [*columns, (facet.options - after, None)]


def _chosen_bins(facet: Facet, view: View) -> tuple[int, int]:
    """Return the first and last bin that are chosen; none (0, -1) without a choice of bounds."""
    choice = view.choice(facet.name)
    if choice is None or not choice.bounded:
        return 0, -1
    return facet.bins_of_bounds(choice.low, choice.high)


def _bin_name(facet: Facet, option: int) -> str:
    """Return a bin in words: a day, a month, a year, or from where to where."""
    low, high = facet.edges[option], facet.edges[option + 1]
    if facet.kind == "between":
        return format_value(low) if high - low == 1 and low % 1 == 0 else f"{format_value(low)} to {format_value(high)}"
    days = int((high - low).astype(int))
    return str(low) if days == 1 else str(low)[:7] if days <= 31 else str(low)[:4]
