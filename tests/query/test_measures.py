"""What the areas are coloured by: names, addresses and kinds of the measures of a config."""

import pytest

from dashboard.query.measures import measures_of
from dashboard.settings import Config


def measure(facets=None, **settings):
    """Return the only measure of a config of wells."""
    config = {"records": {"area": "a", "one": "well", "many": "wells"}, "measures": [settings], "facets": facets or {}}
    found, = measures_of(Config.model_validate(config))
    return found


@pytest.mark.parametrize(("settings", "key", "label"), [
    ({"of": "count"}, "count", "number of wells"),
    ({"of": "count", "per_km2": True}, "count/km2", "number of wells per km²"),
    ({"of": "sum", "column": "depth"}, "sum(depth)", "sum of depth"),
    ({"of": "mean", "column": "depth_m"}, "mean(depth_m)", "mean of depth (m)"),
    ({"of": "median", "column": "depth_m", "per_km2": True}, "median(depth_m)/km2", "median of depth (m) per km²"),
    ({"of": "sum", "column": "depth", "per_km2": True, "label": "metres dug"}, "sum(depth)/km2", "metres dug")])
def test_a_measure_is_called_as_the_config_says_or_else_by_what_it_is(settings, key, label):
    found = measure({"labels": {"depth_m": "depth (m)"}}, **settings)
    assert (found.key, found.label) == (key, label)


@pytest.mark.parametrize(("settings", "adds_up", "is_whole"), [
    ({"of": "count"}, True, True), ({"of": "count", "per_km2": True}, True, False),
    ({"of": "sum", "column": "depth"}, True, False), ({"of": "mean", "column": "depth"}, False, False),
    ({"of": "median", "column": "depth"}, False, False)])
def test_only_counts_are_whole_and_only_counts_and_sums_are_zero_without_a_record(settings, adds_up, is_whole):
    found = measure(**settings)
    assert (found.adds_up, found.is_whole) == (adds_up, is_whole)


def test_measures_are_in_the_order_of_the_config_and_there_are_two_without_any():
    found = measures_of(Config.model_validate({"records": {"area": "a"}}))
    assert [each.label for each in found] == ["number of records", "number of records per km²"]
