"""Records near the middle of the map: which they are, how dense they lie, and that what partitions have adds up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.query.counting.points import CELLS, POINTS_SHOWN, PointIndex, Window

quick = settings(deadline=None, max_examples=60)
AREAS = 5
# Cells of 8 metres, on whose borders no record lies.
WINDOW = Window((100.0, 200.0, 540.0, 440.0), (0.0, 0.0, CELLS * 8.0, CELLS * 8.0))


def scattered(seed, count):
    """Return areas, ascending, and places of records on and around the window; some have no place."""
    random = np.random.default_rng(seed)
    x, y = (random.integers(-200, 840, count) + 0.25 for _ in range(2))
    x[random.random(count) < 0.1] = np.nan
    y[np.isnan(x)] = np.nan
    return np.sort(random.integers(0, AREAS + 1, count)), x, y


def nearby(area_of, x, y, mask=None):
    return PointIndex(x, y, np.searchsorted(area_of, np.arange(AREAS + 2))).nearby(
        mask, WINDOW, lambda places: tuple(map(str, places)))


def same(found, x, y):
    """Check what is nearby against all places that are kept, by plain NumPy."""
    left, bottom, right, top = WINDOW.extent
    assert found.in_extent == ((x >= left) & (x <= right) & (y >= bottom) & (y <= top)).sum()
    left, bottom, right, top = WINDOW.drawn
    inside = (x >= left) & (x < right) & (y >= bottom) & (y < top)
    if inside.sum() <= POINTS_SHOWN:
        assert sorted(zip(found.x, found.y, strict=True)) == sorted(zip(x[inside], y[inside], strict=True))
        return
    assert found.x is None
    cells = np.histogram2d(y[inside], x[inside], CELLS, ((bottom, top), (left, right)))[0]
    np.testing.assert_array_equal(found.density.counts, cells.ravel())
    # Each cell's reach is that of its own records.
    row, column = ((places[inside] // 8).astype(int) for places in (y, x))
    for ends, places, reach in ((found.density.left, x, np.min), (found.density.top, y, np.max)):
        some = cells.ravel().argmax()
        assert ends[some] == reach(places[inside][row * CELLS + column == some])


@quick
@given(st.integers(0, 10**6), st.integers(0, 6000), st.booleans())
def test_what_is_nearby_are_the_matching_records_in_the_window(seed, count, all_of_them):
    area_of, x, y = scattered(seed, count)
    mask = np.random.default_rng(seed).random(count) < 0.5
    if all_of_them:
        same(nearby(area_of, x, y), x, y)
    else:
        same(nearby(area_of, x, y, mask), x[mask], y[mask])


@quick
@given(st.integers(0, 10**6), st.integers(0, 8000), st.floats(0, 1))
def test_what_is_nearby_in_two_partitions_adds_up(seed, count, share):
    area_of, x, y = scattered(seed, count)
    first = np.random.default_rng(seed).random(count) < share
    parts = [nearby(area_of[part], x[part], y[part]) for part in (first, ~first)]
    same(parts[0] + parts[1], x, y)
    same(parts[1] + parts[0], x, y)


def test_records_without_any_place_are_nowhere():
    gaps = np.full(3, np.nan)
    found = nearby(np.array([0, 0, 5]), gaps, gaps)
    assert (found.in_extent, len(found.x)) == (0, 0)
