"""What is counted equals plain pandas, and adds up over any split of the records."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.query.choices import Between, Values
from dashboard.query.codes import code_records
from dashboard.query.counting.tally import tally
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure

quick = settings(deadline=None, max_examples=60)

AREAS = 4
KM2 = np.array([0.5, 2.0, 1.0, 0.25])
TYPES = ["amphora", "bowl", "lamp"]
WEIGHTS = np.arange(0.0, 13)
DAYS = np.arange("2014-05-01", "2014-05-09", dtype="datetime64[D]")
FACETS = (Facet("type", "type", "one-of", np.array(TYPES, dtype=object)),
          Facet("weight", "weight", "between", edges=np.array([0.0, 1, 2, 5, 13])),
          Facet("day", "day", "dates", edges=np.append(DAYS[::3], DAYS[-1:] + 1)),
          Facet("drawn", "drawn", "yes/no", np.array(["yes", "no"], dtype=object)))
MEASURES = {f"{of}{'/km2' * per_km2}": Measure(of, of, of, "" if of == "count" else "grams", per_km2, "")
            for of in ("count", "sum", "mean", "median") for per_km2 in (False, True)}

ONE_WEIGHT, ONE_DAY = st.sampled_from(list(WEIGHTS)), st.sampled_from(list(DAYS))
DTYPES = {"area": np.int32, "type": object, "weight": float, "day": "datetime64[us]", "drawn": object, "grams": float}
# A record without an area lies in the one after the last; every other column may have gaps.
RECORDS = st.lists(st.fixed_dictionaries({
    "area": st.integers(0, AREAS), "type": st.none() | st.sampled_from(TYPES), "weight": st.none() | ONE_WEIGHT,
    "day": st.none() | ONE_DAY, "drawn": st.none() | st.sampled_from(["yes", "no"]),
    "grams": st.none() | st.integers(-1000, 100_000).map(lambda cents: cents / 100)}), max_size=60).map(
    lambda rows: pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES).sort_values("area", kind="stable"))
CHOICES = st.fixed_dictionaries({}, optional={
    "type": st.sets(st.sampled_from([*TYPES, ""]), min_size=1).map(lambda values: Values(tuple(sorted(values)))),
    "weight": st.just(Between(missing=True)) | st.builds(
        lambda ends, missing: Between(*sorted(ends), missing), st.tuples(ONE_WEIGHT, ONE_WEIGHT), st.booleans()),
    "day": st.tuples(ONE_DAY, ONE_DAY).map(lambda ends: Between(*sorted(ends))),
    "drawn": st.sampled_from(["yes", "no", ""]).map(lambda value: Values((value,)))})


def answer(records, choices, measure, area=None):
    """Return the tally of records by the app."""
    coded = code_records(records, records.area.to_numpy(), AREAS, FACETS, {"grams"})
    masks = {name: choice.mask(coded.columns[name]) for name, choice in choices.items()}
    return tally(coded, masks, measure, area)


def keeps(records, choices, but=""):
    """Return which records the choices keep, by plain pandas, without the choice of one facet."""
    mask = pd.Series(True, index=records.index)
    for name, choice in choices.items():
        column = records[name]
        if name == but:
            continue
        if isinstance(choice, Values):
            mask &= column.fillna("").isin(choice.values)
        elif choice.low is None:
            mask &= column.isna()
        else:
            mask &= column.between(choice.low, choice.high) | (column.isna() & choice.missing)
    return records[mask]


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
        same(found.value_of_all(measure, KM2.sum()), measured(grounded, measure, KM2.sum()))


@quick
@given(RECORDS, CHOICES, st.none() | st.integers(0, AREAS - 1))
def test_an_option_counts_what_it_would_leave_given_all_other_facets(records, choices, area):
    found, kept = answer(records, choices, MEASURES["count"], area), keeps(records, choices)
    here = kept if area is None else kept[kept.area == area]
    for facet in FACETS:
        assert list(found.options[facet.name]) == count_options(keeps(records, choices, but=facet.name), facet)
        assert list(found.shown[facet.name]) == count_options(here, facet)


@quick
@given(RECORDS, CHOICES, st.sampled_from(list(MEASURES.values())), st.none() | st.integers(0, AREAS - 1), st.data())
def test_tallies_add_up_over_any_split(records, choices, measure, area, data):
    size = len(records)
    first = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    whole = answer(records, choices, measure, area)
    added = answer(records[first], choices, measure, area) + answer(records[~first], choices, measure, area)
    assert (list(added.counts), list(added.valid)) == (list(whole.counts), list(whole.valid))
    same(added.values(measure, KM2), whole.values(measure, KM2))
    same(added.value_of_all(measure, KM2.sum()), whole.value_of_all(measure, KM2.sum()))
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
