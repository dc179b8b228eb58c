"""What a visitor chooses of a facet: which records it keeps, and how it is written in an address."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain import CHOICES, FACETS, RECORDS, keeps
from test_bins import NUMBERS, facet_of
from test_view import DAYS, VOCABULARY

from dashboard.query.address import view_from_query
from dashboard.query.choices import Between, Refusal, Refused, Values, bounds_from_text, choice_from_query
from dashboard.query.counting.codes import code_column
from dashboard.query.facets import derive_facets
from dashboard.query.profile import profile_of
from dashboard.settings import Config

quick = settings(deadline=None, max_examples=100)
BY_NAME = {facet.name: facet for facet in FACETS}


@quick
@given(st.lists(st.sampled_from("abcdefgh"), min_size=2), st.sets(st.sampled_from([*"abcdefgh", ""]), min_size=1))
def test_options_together_keep_the_records_that_have_one_of_them(values, chosen):
    column = pd.Series([None if value == "h" else value for value in values], dtype=object)
    config = Config.model_validate({"records": {"area": "parcel"}})
    found, _ = derive_facets(config, {"column": profile_of(column)})
    assume(found)
    choice = Values(tuple(sorted(chosen & {*found[0].values, ""})))
    assume(choice.values)
    assert list(choice.mask(code_column(found[0], column))) == list(column.fillna("").isin(chosen))


@quick
@given(st.lists(NUMBERS, min_size=2, max_size=40), st.tuples(NUMBERS, NUMBERS), st.booleans())
def test_bounds_keep_the_records_between_them_both_included(values, bounds, missing):
    facet, column = facet_of([*values, np.nan])
    assume(facet)
    low, high = sorted(bounds)
    for choice, expected in ((Between(low, high, missing), column.between(low, high)),
                             (Between(low, None, missing), column >= low),
                             (Between(None, high, missing), column <= high)):
        assert list(choice.mask(code_column(facet, column))) == list(expected | (missing & column.isna()))
    assert list(Between(missing=True).mask(code_column(facet, column))) == list(column.isna())


@pytest.mark.parametrize("count", [254, 255, 256, 257, 65_535, 65_536])
def test_bounds_keep_the_right_records_however_many_values_there_are(count):
    facet, column = facet_of([*range(count), np.nan])
    for low, high in ((0, 0), (1, count - 1), (count - 1, count), (3, 2), (-5, count + 5), (count, count)):
        assert list(np.flatnonzero(Between(low, high).mask(code_column(facet, column)))) == list(
            range(max(low, 0), min(high + 1, count)))


def test_the_known_options_of_a_facet_are_applied_beside_an_unknown_one():
    view, refused = view_from_query("type=bowl&type=blob&type=amphora", VOCABULARY)
    assert view.choice("type") == Values(("amphora", "bowl"))
    assert len(refused) == 1


def test_a_single_number_or_day_is_both_bounds():
    view, refused = view_from_query("weight+(g)=5&__found.on=2014-05-01", VOCABULARY)
    assert refused == []
    assert view.choice("weight (g)") == Between(5.0, 5.0)
    assert view.choice("_found.on") == Between(DAYS[0], DAYS[0])


@quick
@given(RECORDS, CHOICES)
def test_a_choice_keeps_what_plain_pandas_keeps_and_is_read_back_from_its_address(records, choices):
    for name, choice in choices.items():
        facet = BY_NAME[name]
        mask = choice.mask(code_column(facet, records[name]))
        assert list(records.index[mask]) == list(keeps(records, {name: choice}).index)
        assert choice_from_query(choice.to_query(facet), facet) == (choice, [])


@quick
@given(st.lists(st.integers(0, 39) | st.none(), max_size=60), st.sets(st.integers(0, 45), min_size=1))
def test_many_options_are_kept_as_few_are_also_those_that_do_not_occur(numbers, chosen):
    """More than a dozen are looked up another way."""
    column = pd.Series([None if number is None else f"o{number}" for number in numbers], dtype=object)
    facet, = derive_facets(Config.model_validate({"records": {"area": "a"}, "facets": {"columns": ["c"]}}),
                           {"c": profile_of(pd.Series([f"o{number}" for number in range(46)], dtype=object))})[0]
    values = tuple(sorted(f"o{number}" for number in chosen))
    for choice in (Values(values), Values(("", *values))):
        assert list(choice.mask(code_column(facet, column))) == list(column.fillna("").isin(choice.values))


@pytest.mark.parametrize(("name", "texts", "choice"), [
    ("type", ["bowl", "", "amphora", "bowl"], Values(("", "amphora", "bowl"))),
    ("weight", ["1..3"], Between(1.0, 3.0)), ("weight", [" 1 .. 3 "], Between(1.0, 3.0)),
    ("weight", ["1.."], Between(1.0, None)), ("weight", ["..3", ""], Between(None, 3.0, True)),
    ("weight", ["0.5"], Between(0.5, 0.5)), ("weight", ["-1e1..1e1"], Between(-10.0, 10.0)),
    ("weight", [""], Between(missing=True)), ("weight", [".."], None), ("type", [], None),
    ("day", ["2014-05-02..2014-05-03"], Between(np.datetime64("2014-05-02"), np.datetime64("2014-05-03")))])
def test_an_address_is_read_as_it_is_meant(name, texts, choice):
    assert choice_from_query(texts, BY_NAME[name]) == (choice, [])


def test_a_part_that_cannot_be_applied_is_told_in_short_and_the_rest_is_chosen():
    long = "x" * 5000
    assert choice_from_query([long, "bowl"], BY_NAME["type"]) == (
        Values(("bowl",)), [Refusal("no option", "type", long[:200])])
    assert choice_from_query([long, "1..3"], BY_NAME["weight"]) == (
        Between(1.0, 3.0), [Refusal("no number", "weight", long[:200])])
    assert str(Refusal("no option", "type", "blob")) == "type: “blob” is no option"


@pytest.mark.parametrize(("name", "text", "what", "value"), [
    ("weight", "3..1", "out of order", "3..1"), ("weight", "1..x", "no number", "x"),
    ("weight", "1..inf", "no number", "inf"), ("day", "2014-13-01", "no date", "2014-13-01"),
    ("day", "2014-05-03..2014-05-02", "out of order", "2014-05-03..2014-05-02"),
    ("day", "spring..", "no date", "spring")])
def test_bounds_that_are_none_are_refused(name, text, what, value):
    with pytest.raises(Refused) as caught:
        bounds_from_text(text, BY_NAME[name])
    assert caught.value.refusal == Refusal(what, name, value)


@quick
@given(st.lists(st.sampled_from(["", "amphora", "bowl"]), min_size=1))
def test_an_option_that_is_toggled_twice_is_as_it_was(values):
    choice, seen = None, set()
    for value in values:
        choice, seen = (choice or Values(())).toggled(value), seen ^ {value}
        assert choice == (Values(tuple(sorted(seen))) if seen else None)


def test_an_answer_tells_bounds_with_the_bins_they_reach_into():
    weight, day = BY_NAME["weight"], BY_NAME["day"]
    told = {"low": "1.5", "high": "5", "missing": True, "bins": [1, 3]}
    assert Between(1.5, 5.0, True).to_data(weight) == told
    assert Between(None, 0.25).to_data(weight) == {"low": None, "high": "0.25", "missing": False, "bins": [0, 0]}
    assert Between(DAYS[0], None).to_data(day)["low"] == "2014-05-01"
    # No bin at all where only the records without a value are chosen.
    assert Between(missing=True).to_data(weight)["bins"] == [0, -1]
    assert Values(("", "bowl")).to_data(BY_NAME["type"]) == {"values": ["", "bowl"]}
