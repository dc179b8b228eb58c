"""Records near the middle of the map: the points themselves when they are few, else how dense they lie."""

from collections.abc import Callable
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
class Density:
    """How many records lie in each of CELLS x CELLS cells of a window, and how far they reach within it.

    The first row is the southmost. `counts` is of whole numbers; `left`, `bottom`, `right` and `top` are in metres of
    Web Mercator, and without end where a cell is empty (shape of all: cells).
    """

    counts: np.ndarray
    left: np.ndarray
    bottom: np.ndarray
    right: np.ndarray
    top: np.ndarray

    def __add__(self, other: "Density") -> "Density":
        """Return the density of both sets of records."""
        return Density(self.counts + other.counts,
                       np.minimum(self.left, other.left), np.minimum(self.bottom, other.bottom),
                       np.maximum(self.right, other.right), np.maximum(self.top, other.top))


@dataclass(frozen=True, eq=False)
class Nearby:
    """The matching records around an extent; what is nearby in two partitions adds up.

    `x` and `y` are the places of all that are drawn (Web Mercator metres), as long as they are at most POINTS_SHOWN,
    and `ids` says which they are; otherwise they are None, and `density` counts them in cells of the window.
    `in_extent` counts those within the extent itself.
    """

    window: Window
    in_extent: int
    x: np.ndarray | None
    y: np.ndarray | None
    density: Density | None = None
    ids: tuple[str, ...] = ()

    def __add__(self, other: "Nearby") -> "Nearby":
        """Return what both hold."""
        in_extent = self.in_extent + other.in_extent
        if self.x is not None and other.x is not None:
            x, y = np.append(self.x, other.x), np.append(self.y, other.y)
            return _drawn(self.window, in_extent, x, y, self.ids + other.ids)
        return Nearby(self.window, in_extent, None, None, self._cells() + other._cells())

    def _cells(self) -> Density:
        return _density(self.window, self.x, self.y) if self.density is None else self.density


class PointIndex:
    """Where records are, which are sorted by area: `x` and `y` in metres of Web Mercator (gap: nan)."""

    def __init__(self, x: np.ndarray, y: np.ndarray, starts: np.ndarray):
        self._x, self._y, self._starts = x, y, starts
        # Records of an area lie together, so a box around them tells which areas need not be looked at.
        self._filled = np.flatnonzero(np.diff(starts))
        self._boxes = [reach.reduceat(places, starts[self._filled]) if len(self._filled) else np.array([])
                       for places in (x, y) for reach in (np.fmin, np.fmax)]

    def at(self, place: int) -> tuple[float, float]:
        """Return where one record is."""
        return float(self._x[place]), float(self._y[place])

    def within(self, places: np.ndarray, extent: tuple[float, float, float, float]) -> np.ndarray:
        """Return which of the records at some places lie in an extent (bool, shape: places)."""
        left, bottom, right, top = extent
        x, y = self._x.take(places), self._y.take(places)
        return (x >= left) & (x <= right) & (y >= bottom) & (y <= top)

    def nearby(self, mask: np.ndarray | None, window: Window,
               ids_at: Callable[[np.ndarray], tuple[str, ...]]) -> Nearby:
        """Return the records around an extent that `mask` keeps; all of them when it is None.

        `ids_at` gives the ids of the records at some places.
        """
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
        return _drawn(window, in_extent, x, y, ids_at(found[inside]) if len(x) <= POINTS_SHOWN else ())


def _drawn(window: Window, in_extent: int, x: np.ndarray, y: np.ndarray, ids: tuple[str, ...]) -> Nearby:
    if len(x) <= POINTS_SHOWN:
        return Nearby(window, in_extent, x, y, ids=ids)
    return Nearby(window, in_extent, None, None, _density(window, x, y))


def _density(window: Window, x: np.ndarray, y: np.ndarray) -> Density:
    left, bottom, right, top = window.drawn
    column = ((x - left) / (right - left) * CELLS).astype(np.int32).clip(0, CELLS - 1)
    row = ((y - bottom) / (top - bottom) * CELLS).astype(np.int32).clip(0, CELLS - 1)
    cell = row * CELLS + column
    order = np.argsort(cell, kind="stable")
    filled, starts = np.unique(cell[order], return_index=True)
    density = Density(np.bincount(cell, minlength=CELLS * CELLS), *(np.full(CELLS * CELLS, end) for end in
                                                                    (np.inf, np.inf, -np.inf, -np.inf)))
    if len(filled):
        for ends, reach, places in ((density.left, np.minimum, x), (density.bottom, np.minimum, y),
                                    (density.right, np.maximum, x), (density.top, np.maximum, y)):
            ends[filled] = reach.reduceat(places[order], starts)
    return density


def _ranges(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Return all whole numbers from each start up to each stop, one range after the other."""
    lengths = stops - starts
    return np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
