"""A difference or a ratio of two choices has the colour, for every area, that plain pandas reckons."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.query.answers.answer import answer
from dashboard.query.answers.compare import IN_NEITHER, ONLY_IN_A, ONLY_IN_B, SIDES, compared
from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO
from dashboard.query.measures import Measure
from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson").set_index("parcel")
MEASURES = {of: Measure(of, of, of, "" if of == "count" else "grams", False, "") for of in ("count", "sum", "mean")}
AMOUNTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=80)
quick = settings(deadline=None, max_examples=100)


def unpacked(colours, areas):
    return np.column_stack([colours & 15, colours >> 4]).ravel()[:areas]


def holds(entry, value):
    """Say whether a value lies in what an entry of the legend says."""
    return (entry.low is None or value >= entry.low - 1e-9) and (entry.high is None or value <= entry.high + 1e-9)


@quick
@given(AMOUNTS, st.sampled_from(["count", "sum"]))
def test_differences_lie_in_the_class_that_the_legend_says_and_classes_are_symmetric(amounts, of):
    a, b = np.array(amounts, dtype=float).T
    codes, legend = compared("difference", a, b, np.ones(len(a), dtype=bool), MEASURES[of])
    entries = {entry.colour: entry for entry in legend}
    for code, difference in zip(codes, b - a, strict=True):
        assert (code == ZERO) == (difference == 0)
        assert code == ZERO or (difference < 0) == (code < FIRST_CLASS + SIDES) and holds(entries[code], difference)
    spans = {(entry.low, entry.high) for entry in legend if entry.meaning == "difference"}
    assert {(None if high is None else -high, None if low is None else -low) for low, high in spans} == spans
    assert sum(entry.areas for entry in legend) == len(a)


def test_the_bounds_of_differences_part_them_into_equal_numbers():
    b = np.arange(1.0, 401)
    _, legend = compared("difference", np.zeros(400), np.where(b % 2, b, -b) + 0.0, np.ones(400, dtype=bool),
                         MEASURES["sum"])
    sizes = [entry.areas for entry in legend if entry.meaning == "difference"]
    assert sizes == [50] * 2 * SIDES


@quick
@given(AMOUNTS, st.sampled_from(["count", "sum"]))
def test_ratios_lie_in_the_class_that_the_legend_says_and_what_has_none_stands_apart(amounts, of):
    a, b = np.array(amounts, dtype=float).T
    codes, legend = compared("ratio", a, b, np.ones(len(a), dtype=bool), MEASURES[of])
    entries = {entry.colour: entry for entry in legend}
    for code, mine, other in zip(codes, a, b, strict=True):
        expected = {(False, False): IN_NEITHER, (True, False): ONLY_IN_A, (False, True): ONLY_IN_B}.get(
            (mine > 0, other > 0))
        if expected is not None or mine == other:
            assert code == (ZERO if expected is None else expected)
        else:
            assert entries[code].meaning == "ratio" and holds(entries[code], other / mine)
    bounds = {entry.high for entry in legend if entry.meaning == "ratio"} - {None}
    assert {1 / bound for bound in bounds} == {entry.low for entry in legend if entry.meaning == "ratio"} - {None}


def test_means_without_a_record_are_no_data_and_what_was_not_surveyed_says_so():
    a, b = np.array([1.0, np.nan, 0, np.nan, 4]), np.array([2.0, 3, 5, np.nan, 0])
    surveyed = np.array([True, True, True, False, True])
    codes, _ = compared("ratio", a, b, surveyed, MEASURES["mean"])
    assert list(codes) == [FIRST_CLASS + SIDES, NO_DATA, NO_DATA, NOT_SURVEYED, FIRST_CLASS + SIDES - 3]
    codes, _ = compared("difference", a, b, surveyed, MEASURES["mean"])
    assert list(codes[[1, 3]]) == [NO_DATA, NOT_SURVEYED]
    codes, _ = compared("ratio", np.zeros(2), np.zeros(2), np.array([True, False]), MEASURES["count"])
    assert list(codes) == [IN_NEITHER, NOT_SURVEYED]


@pytest.mark.parametrize("shows", ["difference", "ratio"])
def test_an_answer_compares_what_was_kept_with_what_is_chosen(engine, shows):
    view, refused = engine.view(f"type=bowl&period=Roman&_a=type%3Damphora&_show={shows}")
    assert refused == []
    found = answer(engine, view)
    ids = list(engine.areas.ids)
    a, b = (FINDS[mask].groupby("parcel").size().reindex(ids, fill_value=0).to_numpy(dtype=float)
            for mask in (FINDS.type == "amphora", (FINDS.type == "bowl") & (FINDS.period == "Roman")))
    np.testing.assert_array_equal(found.comparison.values, a)
    np.testing.assert_array_equal(found.counts, b)
    assert found.comparison.matching == (FINDS.type == "amphora").sum()
    assert found.comparison.choices == {"type": {"values": ["amphora"]}}
    surveyed = (PARCELS.walked.reindex(ids) != "no").to_numpy()
    expected, legend = compared(shows, a, b, surveyed, engine.measures["count"])
    np.testing.assert_array_equal(unpacked(found.colours, len(ids)), expected)
    assert found.legend == legend and max(expected) < 16


def test_a_and_b_alone_are_seen_in_the_classes_of_the_whole_survey(engine):
    for shows, same in (("a", "type=amphora&_classes=all"), ("b", "type=bowl&_classes=all")):
        found = answer(engine, engine.view(f"type=bowl&_a=type%3Damphora&_show={shows}")[0])
        alone = answer(engine, engine.view(same)[0])
        np.testing.assert_array_equal(found.colours, alone.colours)
        assert found.legend == alone.legend
