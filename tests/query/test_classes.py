"""Every area has the colour of its class, and the legend says which that is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO, Classes, make_classes
from dashboard.settings import MapSettings

quick = settings(deadline=None, max_examples=100)


def map_settings(scheme="quantiles", classes=5):
    return MapSettings(scheme=scheme, classes=classes)


SCHEMES = ["quantiles", "natural breaks", "equal intervals", "logarithmic"]


@pytest.mark.parametrize(("scheme", "values", "bounds"), [
    ("quantiles", [1, 2, 3, 4, 5, 6, 7, 8, 9, 100], [2, 4, 6, 8, 100]),
    ("natural breaks", [1, 2, 30, 31, 50, 52, 70, 90, 91], [2, 31, 52, 70, 91]),
    ("equal intervals", [1, 2, 3, 4, 50, 101], [21, 41, 61, 81, 101]),
    ("logarithmic", [1, 2, 3, 40, 500, 100_000], [10, 100, 1000, 10_000, 100_000])])
def test_each_scheme_makes_its_own_classes(scheme, values, bounds):
    classes = make_classes(np.array(values, dtype=float), map_settings(scheme), zero_apart=True, whole=True)
    np.testing.assert_allclose(classes.bounds, bounds)


@quick
@given(st.lists(st.integers(0, 5000).map(float) | st.floats(-1e6, 1e6) | st.just(np.nan), min_size=1, max_size=40),
       st.sampled_from(SCHEMES), st.integers(2, 9), st.booleans())
def test_every_value_is_coloured_by_the_class_it_lies_in(values, scheme, count, zero_apart):
    values = np.array(values)
    classes = make_classes(values, map_settings(scheme, count), zero_apart=zero_apart, whole=False)
    codes = classes.codes(values, np.ones(len(values), dtype=bool))
    lower = np.concatenate([[-np.inf], classes.bounds[:-1]])
    assert len(classes) <= count and (np.diff(classes.bounds) > 0).all()
    for value, code in zip(values, codes, strict=True):
        if np.isnan(value):
            assert code == NO_DATA
        elif value == 0 and zero_apart:
            assert code == ZERO
        else:
            assert lower[code - FIRST_CLASS] < value <= classes.bounds[code - FIRST_CLASS]


def test_zero_no_data_and_not_surveyed_are_told_apart():
    values = np.array([0, 0, np.nan, np.nan, 4, 4, 9])
    surveyed = np.array([True, False, True, False, True, False, True])
    counted = Classes(np.array([3.0, 6]), zero_apart=True)
    assert list(counted.codes(values, surveyed)) == [ZERO, NOT_SURVEYED, NO_DATA, NOT_SURVEYED, 4, 4, 4]
    # A mean of zero is a value like any other.
    averaged = Classes(np.array([0.0, 6]), zero_apart=False)
    assert list(averaged.codes(values, surveyed)) == [3, 3, NO_DATA, NOT_SURVEYED, 4, 4, 4]


def test_no_value_at_all_makes_no_class():
    values = np.array([np.nan, 0])
    classes = make_classes(values, map_settings(), zero_apart=True, whole=True)
    assert len(classes) == 0
    assert list(classes.codes(values, np.array([True, True]))) == [NO_DATA, ZERO]
