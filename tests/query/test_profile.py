"""What columns hold; profiles and facts of two sets of records add up to those of both."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import AREAS, RECORDS, catalog_of_records

from dashboard.query.profile import facts_of, profile_of, profiles_of

quick = settings(deadline=None, max_examples=60)


def told(profile):
    """Return all that a profile says; the order in which values were met says nothing."""
    return profile.kind, dict(profile.counts), profile.missing, profile.too_many, profile.present


@quick
@given(RECORDS, st.data())
def test_profiles_and_facts_add_up_over_any_split(records, data):
    size = len(records)
    first = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)
    parts = records[first], records[~first]
    whole, one, other = (profiles_of(part) for part in (records, *parts))
    for name in records:
        assert told(one[name] + other[name]) == told(other[name] + one[name]) == told(whole[name])
    facts, added = facts_of(catalog_of_records(records)), [facts_of(catalog_of_records(part)) for part in parts]
    added = added[0] + added[1]
    assert (added.total, added.joined, added.missing) == (facts.total, facts.joined, facts.missing)
    assert (facts.total, facts.joined) == (size, (records.area < AREAS).sum())


@pytest.mark.parametrize(("column", "kind", "values"), [
    (pd.Series([2.0, 1, np.nan, 2]), "number", [1.0, 2.0]),
    (pd.Series(["b", None, "b"], dtype=object), "text", None), (pd.Series([None, None], dtype=object), "", None),
    # Hours of one day are one day.
    (pd.Series(["2014-05-02T13", None, "2014-05-01T00", "2014-05-02T08"]).astype("datetime64[s]"), "date",
     list(np.array(["2014-05-01", "2014-05-02"], dtype="datetime64[D]")))])
def test_the_kind_of_a_column_and_its_values(column, kind, values):
    found = profile_of(column)
    assert (found.kind, found.missing, found.present) == (kind, column.isna().sum(), column.notna().sum())
    if values is not None:
        assert list(found.values) == values
    if kind == "number":
        assert sorted(found.weights()) == sorted(column.dropna())


def test_texts_that_are_too_many_are_not_all_counted_and_that_stays_known(monkeypatch):
    monkeypatch.setattr("dashboard.query.profile.TOO_MANY", 3)
    many, few = profile_of(pd.Series(list("abcd"))), profile_of(pd.Series(list("abca")))
    assert (many.too_many, len(many.counts), few.too_many) == (True, 3, False)
    assert (many + few).too_many and (few + many).too_many
