"""The bins of numbers and dates: every value lies in its own, and choosing bins chooses what was counted in them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dashboard.query.choices import Between, choice_from_query
from dashboard.query.counting.codes import code_column
from dashboard.query.facets import derive_facets
from dashboard.query.profile import profile_of
from dashboard.settings import Config

quick = settings(deadline=None, max_examples=150)

CENTS = st.integers(-10**6, 10**6).map(lambda cents: cents / 100)
NUMBERS = st.one_of(
    CENTS, st.integers(-100, 100).map(float), st.floats(-1e9, 1e9).map(lambda number: round(number, 9)),
    # What a spreadsheet adds up: 0.1 + 0.2 is not 0.3.
    st.builds(lambda one, other: one + other, CENTS, CENTS),
    # Weights, lengths, prices: many small, a few enormous.
    st.builds(lambda figure, power: float(f"{figure}e{power}"), st.integers(1, 99), st.integers(-6, 6)),
    # Coordinates in metres.
    st.integers(0, 10**6).map(lambda cents: 4_160_000 + cents / 100))
DAYS = st.dates().map(np.datetime64)


def facet_of(values):
    """Return the facet of numbers or days and its column; None where all are the same, or yes and no."""
    column = pd.Series(np.array(values, dtype="datetime64[s]" if isinstance(values[0], np.datetime64) else float))
    config = Config.model_validate({"records": {"area": "parcel"}, "facets": {"columns": ["value"]}})
    found, _ = derive_facets(config, {"value": profile_of(column)})
    return (found[0] if found and found[0].is_range else None), column


def kept(choice, facet, column):
    """Return which records a choice keeps; no bound at all keeps all."""
    return choice.mask(code_column(facet, column)) if choice.bounded else np.ones(len(column), dtype=bool)


def bin_of_each(facet, column):
    return code_column(facet, column).options.astype(int) - 1


# Numbers of thirteen digits are article numbers, or milliseconds since 1970.
@quick
@example([1_400_000_000_000.0, 1_400_000_000_040.0])
@given(st.lists(NUMBERS, min_size=2, max_size=40) | st.lists(DAYS, min_size=2, max_size=40))
def test_edges_ascend_and_every_value_lies_in_its_bin(values):
    facet, column = facet_of(values)
    assume(facet)
    assert (facet.edges[1:] > facet.edges[:-1]).all()
    # Few enough to be seen as bars, apart from one bar a day in two months or a decade in many centuries.
    assert facet.options <= (1000 if facet.kind == "dates" else 50)
    bins, cells = bin_of_each(facet, column), column.to_numpy().astype(facet.edges.dtype)
    # Edges are rounded to be read, so a value may lie a rounding error beyond the scale's ends.
    slack = np.timedelta64(0) if facet.kind == "dates" else 1e-9 * np.abs(facet.edges).max()
    assert (facet.edges[bins] - slack <= cells).all() and (cells <= facet.edges[bins + 1] + slack).all()
    inner = bins < facet.options - 1
    assert (cells[inner] < facet.edges[bins[inner] + 1]).all()


@quick
@example([0.15, 1.0], 0.0, 0.0)
@example([0.0, 2.0], 0.5, 0.5)
@given(st.lists(NUMBERS, min_size=2, max_size=40) | st.lists(DAYS, min_size=2, max_size=40),
       st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_choosing_bins_keeps_exactly_the_records_counted_in_them_and_is_an_address(values, one, other):
    facet, column = facet_of(values)
    assume(facet)
    first, last = sorted(int(part * facet.options) for part in (one, other))
    choice = Between(*facet.bounds_of_bins(first, last))
    bins = bin_of_each(facet, column)
    assert list(kept(choice, facet, column)) == list((first <= bins) & (bins <= last))
    # An empty bin too can be chosen with the slider, and then shared.
    read, refused = choice_from_query(choice.to_query(facet), facet)
    assert refused == []
    assert (read or Between()) == choice
    if choice.bounded:
        assert list(read.mask(code_column(facet, column))) == list((first <= bins) & (bins <= last))


def test_a_skewed_column_gets_edges_that_grow_by_a_factor():
    weights = np.round(np.random.default_rng(3).lognormal(3, 1.5, 2000), 1)
    facet, column = facet_of(weights)
    positive = facet.edges[facet.edges > 0]
    factors = positive[1:] / positive[:-1]
    # A bin half as wide as its neighbours would look like a dent in the histogram.
    assert factors.max() < 1.1 * factors.min()
    shares = np.bincount(bin_of_each(facet, column)) / len(column)
    assert shares.max() < 0.25


def test_a_column_that_is_not_skewed_gets_equal_round_steps():
    facet, _ = facet_of(np.linspace(3, 97, 500))
    steps = np.diff(facet.edges)
    assert steps == pytest.approx(np.full(len(steps), steps[0]))
    assert steps[0] in (2.5, 5)


def test_few_whole_numbers_get_a_bin_each():
    facet, column = facet_of([1, 2, 2, 5, 9])
    assert list(facet.edges) == list(range(1, 11))
    assert list(np.bincount(bin_of_each(facet, column))) == [1, 2, 0, 0, 1, 0, 0, 0, 1]


@pytest.mark.parametrize(("days", "second"), [
    (("2014-05-01", "2014-05-20"), "2014-05-02"), (("2013-11-03", "2016-02-01"), "2013-12-01"),
    (("1950-03-01", "1990-01-01"), "1951-01-01"), (("1492-03-01", "1990-01-01"), "1500-01-01"),
    (("0044-03-15", "1990-01-01"), "0100-01-01")], ids=["days", "months", "years", "decades", "centuries"])
def test_days_are_counted_by_the_calendar(days, second):
    facet, _ = facet_of([np.datetime64(day) for day in days])
    edges = [str(edge) for edge in facet.edges]
    assert edges[1] == second
    assert edges[0] <= days[0] and days[1] <= edges[-1]
    assert len(edges) <= 62
