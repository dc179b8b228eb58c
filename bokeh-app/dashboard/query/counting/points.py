"""Records near the middle of the map: the points themselves when they are few, else how dense they lie."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

POINTS_SHOWN = 1000
CELLS = 80  # of the density, along each side


class Window(NamedTuple):
    """Two boxes in metres of Web Mercator: the extent that a visitor looks at, and the drawn square around it."""

    extent: tuple[float, float, float, float]
    drawn: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Nearby:
    """The matching records around an extent; what is nearby in two partitions adds up.

    `x` and `y` are the places of all that are drawn (Web Mercator metres), as long as they are at most POINTS_SHOWN;
    otherwise None, and `density` counts them in CELLS x CELLS cells of the window, the first row being the southmost.
    `in_extent` counts those within the extent itself.
    """

    window: Window
    in_extent: int
    x: np.ndarray | None
    y: np.ndarray | None
    density: np.ndarray | None = None

    def __add__(self, other: "Nearby") -> "Nearby":
        """Return what both hold."""
        in_extent = self.in_extent + other.in_extent
        if self.x is not None and other.x is not None:
            return _drawn(self.window, in_extent, np.append(self.x, other.x), np.append(self.y, other.y))
        return Nearby(self.window, in_extent, None, None, self._cells() + other._cells())

    def _cells(self) -> np.ndarray:
        return _density(self.window, self.x, self.y) if self.density is None else self.density


class PointIndex:
    """Where records are, which are sorted by area: `x` and `y` in metres of Web Mercator (gap: nan)."""

    def __init__(self, x: np.ndarray, y: np.ndarray, starts: np.ndarray):
        self._x, self._y, self._starts = x, y, starts
        # Records of an area lie together, so a box around them tells which areas need not be looked at.
        self._filled = np.flatnonzero(np.diff(starts))
        self._boxes = [reach.reduceat(places, starts[self._filled]) if len(self._filled) else np.array([])
                       for places in (x, y) for reach in (np.fmin, np.fmax)]

    def nearby(self, mask: np.ndarray | None, window: Window) -> Nearby:
        """Return the records around an extent that `mask` keeps; all of them when it is None."""
        left, bottom, right, top = window.drawn
        low_x, high_x, low_y, high_y = self._boxes
        areas = self._filled[(low_x <= right) & (high_x >= left) & (low_y <= top) & (high_y >= bottom)]
        found = _ranges(self._starts[areas], self._starts[areas + 1])
        if mask is not None:
            found = found[mask.take(found)]
        x, y = self._x.take(found), self._y.take(found)
        inside = (x >= left) & (x < right) & (y >= bottom) & (y < top)
        x, y = x[inside], y[inside]
        left, bottom, right, top = window.extent
        in_extent = int(((x >= left) & (x <= right) & (y >= bottom) & (y <= top)).sum())
        return _drawn(window, in_extent, x, y)


def _drawn(window: Window, in_extent: int, x: np.ndarray, y: np.ndarray) -> Nearby:
    if len(x) <= POINTS_SHOWN:
        return Nearby(window, in_extent, x, y)
    return Nearby(window, in_extent, None, None, _density(window, x, y))


def _density(window: Window, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    left, bottom, right, top = window.drawn
    column = ((x - left) / (right - left) * CELLS).astype(np.int32)
    row = ((y - bottom) / (top - bottom) * CELLS).astype(np.int32)
    return np.bincount(row.clip(0, CELLS - 1) * CELLS + column.clip(0, CELLS - 1),
                       minlength=CELLS * CELLS).reshape(CELLS, CELLS)


def _ranges(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Return all whole numbers from each start up to each stop, one range after the other."""
    lengths = stops - starts
    return np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
