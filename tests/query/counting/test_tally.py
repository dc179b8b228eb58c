"""What is counted equals plain pandas, and adds up over any split of the records."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import AREAS, CHOICES, DAYS, DTYPES, FACETS, KM2, MEASURES, RECORDS, TOGETHER, keeps

from dashboard.query.counting.codes import code_records
from dashboard.query.counting.tally import tally

quick = settings(deadline=None, max_examples=60)


def answer(records, choices, measure, areas=()):
    """Return the tally of records by the app."""
    coded = code_records(records, records.area.to_numpy(), AREAS, FACETS, {"grams"})
    masks = {name: choice.mask(coded.columns[name]) for name, choice in choices.items()}
    return tally(coded, masks, measure, areas)


def count_options(records, facet):
    """Return how many records have each option, and no value at the end, by plain pandas."""
    column = records[facet.name]
    if facet.is_range:
        # No value lies on the last edge, which belongs to the last bin.
        bins = pd.cut(column, list(facet.edges), right=False)
        return [*bins.value_counts(sort=False), column.isna().sum()]
    return [*((column == value).sum() for value in facet.values), column.isna().sum()]


def same(found, expected):
    """Check numbers that are summed in another order."""
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


def measured(records, measure, km2):
    """Return a measure of some records by plain pandas; a sum of nothing but gaps is unknown, of no record zero."""
    grams = records.grams
    value = {"count": lambda: float(len(records)), "sum": lambda: grams.sum(min_count=1) if len(records) else 0.0,
             "mean": grams.mean, "median": grams.median}[measure.of]()
    return value / km2 if measure.per_km2 else value


@quick
@given(RECORDS, CHOICES)
def test_every_measure_equals_plain_pandas_per_area_and_in_total(records, choices):
    kept = keeps(records, choices)
    for measure in MEASURES.values():
        found = answer(records, choices, measure)
        assert list(found.counts) == [(kept.area == area).sum() for area in range(AREAS + 1)]
        assert (found.total, found.unjoined) == (len(kept), (kept.area == AREAS).sum())
        expected = [measured(kept[kept.area == area], measure, KM2[area]) for area in range(AREAS)]
        same(found.values(measure, KM2)[:-1], expected)
        # What lies in no area does not stand on their ground.
        grounded = kept[kept.area < AREAS] if measure.per_km2 else kept
        same(found.value_of(measure, KM2), measured(grounded, measure, KM2.sum()))


@quick
@given(RECORDS, CHOICES, TOGETHER)
def test_an_option_counts_what_it_would_leave_given_all_other_facets(records, choices, areas):
    found = answer(records, choices, MEASURES["count"], areas)
    for facet in FACETS:
        left = keeps(records, choices, but=facet.name)
        assert list(found.options[facet.name]) == count_options(left, facet)
        here = left[left.area.isin(areas)] if areas else left
        assert list(found.shown[facet.name]) == count_options(here, facet)
    # What is the same is counted once.
    assert (found.shown is found.options) == (areas == ())


@quick
@given(RECORDS, CHOICES, TOGETHER.filter(bool))
def test_several_areas_together_are_measured_over_all_their_records(records, choices, areas):
    kept = keeps(records, choices)
    here = kept[kept.area.isin(areas)]
    for measure in MEASURES.values():
        found = answer(records, choices, measure, areas)
        assert found.counts[list(areas)].sum() == len(here)
        grounded = here[here.area < AREAS] if measure.per_km2 else here
        km2 = sum(KM2[area] for area in areas if area < AREAS)
        expected = measured(grounded, measure, km2 or 1) if km2 or not measure.per_km2 else np.nan
        same(found.value_of(measure, KM2, areas), expected)


@quick
@given(RECORDS, CHOICES, st.sampled_from(list(MEASURES.values())), TOGETHER, st.data())
def test_tallies_add_up_over_any_split(records, choices, measure, areas, data):
    size = len(records)
    first = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    whole = answer(records, choices, measure, areas)
    added = answer(records[first], choices, measure, areas) + answer(records[~first], choices, measure, areas)
    assert (added.shown is added.options) == (areas == ())
    assert (list(added.counts), list(added.valid)) == (list(whole.counts), list(whole.valid))
    same(added.values(measure, KM2), whole.values(measure, KM2))
    for together in ((), areas):
        same(added.value_of(measure, KM2, together), whole.value_of(measure, KM2, together))
    for facet in FACETS:
        assert list(added.options[facet.name]) == list(whole.options[facet.name])
        assert list(added.shown[facet.name]) == list(whole.shown[facet.name])


def test_a_sum_of_nothing_but_gaps_is_unknown_and_a_sum_of_no_record_is_zero():
    rows = [{"area": area, "grams": grams} for area, grams in ((0, 2.5), (0, None), (1, None))]
    records = pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES)
    values = answer(records, {}, MEASURES["sum"]).values(MEASURES["sum"], KM2)[:-1]
    np.testing.assert_array_equal(values, [2.5, np.nan, 0, 0])


def test_an_area_without_a_size_has_no_measure_per_km2():
    row = {"area": 0, "type": "lamp", "weight": 1.0, "day": DAYS[0], "drawn": "yes", "grams": 5.0}
    records = pd.DataFrame([row]).astype(DTYPES)
    values = answer(records, {}, MEASURES["count/km2"]).values(MEASURES["count/km2"], np.array([0.0, 1, 1, 1]))[:-1]
    np.testing.assert_array_equal(values, [np.nan, 0, 0, 0])
