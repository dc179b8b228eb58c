"""Some records, asked for those that match: all of them, the first in an order, the latest."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import CHOICES, FACETS, MEASURES, RECORDS, TOGETHER, keeps, partition_of

from dashboard.query.choices import Values
from dashboard.query.counting.matches import Matches

quick = settings(deadline=None, max_examples=60)


def kept(records, choices, areas):
    """Return the matching records by plain pandas."""
    found = keeps(records.reset_index(drop=True), choices)
    return found[found.area.isin(areas)] if areas else found


@quick
@given(RECORDS, CHOICES, TOGETHER)
def test_all_matching_records_are_given_as_they_are_in_the_file(records, choices, areas):
    partition, matches = partition_of(records), Matches(tuple(choices.items()), areas)
    pd.testing.assert_frame_equal(partition.matching(matches), kept(records, choices, areas))


@quick
@given(RECORDS, CHOICES, TOGETHER, st.sampled_from(["", "type", "weight", "day", "grams"]), st.booleans(),
       st.integers(1, 70), st.booleans())
def test_the_first_or_last_rows_in_an_order_are_those_of_plain_pandas(
        records, choices, areas, sort, descending, count, from_end):
    found = partition_of(records).ordered(Matches(tuple(choices.items()), areas), sort, descending, count, from_end)
    expected = kept(records, choices, areas)
    if sort:
        expected = expected.sort_values(sort, ascending=not descending, na_position="last", kind="stable")
    expected = expected.iloc[max(len(expected) - count, 0):] if from_end else expected.iloc[:count]
    assert list(found.places) == list(expected.index) and list(found.area_of) == list(expected.area)
    assert (found.keys is None) == (not sort)
    if sort:
        assert found.keys.equals(expected[sort].reset_index(drop=True))


@quick
@given(RECORDS, CHOICES, TOGETHER, st.sampled_from(["day", "weight"]), st.integers(1, 8))
def test_the_latest_of_the_matching_records_come_with_their_areas(records, choices, areas, time, count):
    rows, places = partition_of(records).latest(Matches(tuple(choices.items()), areas), time, count)
    expected = kept(records, choices, areas)[time].dropna().sort_values(ascending=False)[:count]
    assert rows[time].reset_index(drop=True).equals(expected.reset_index(drop=True))
    assert list(rows.area) == list(places)


@quick
@given(RECORDS, st.sampled_from(list(MEASURES.values())))
def test_the_same_records_can_be_counted_by_facets_that_know_more_options(records, measure):
    """Records that were added have brought them; those that were there have none of them."""
    first, matches = partition_of(records), Matches((("type", Values(("bowl", "new"))),))
    more = [type(facet)(facet.name, facet.label, facet.kind, np.append(facet.values, "new"))
            if facet.name == "type" else facet for facet in FACETS]
    before, after = (each.tally(matches, measure) for each in (first, first.with_facets(tuple(more))))
    assert list(before.counts) == list(after.counts)
    assert list(after.options["type"]) == [*before.options["type"][:-1], 0, before.options["type"][-1]]
