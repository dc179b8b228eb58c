"""Which area each record lies in: by its id or its place, and what some records say of it adds up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import AREAS, SQUARES

from dashboard.catalog.join import check_joining, join
from dashboard.catalog.records import RawRecords
from dashboard.problems import DataError
from dashboard.settings import Config

quick = settings(deadline=None, max_examples=60)
BY_ID, BY_PLACE = (Config.model_validate({"records": {"file": "wells.csv", **records}})
                   for records in ({"area": "id"}, {"x": "lon", "y": "lat"}))
IDS = st.none() | st.sampled_from([*SQUARES.ids, "elsewhere"])
# In an area, in none, or nowhere; none lies on a border.
PLACES = st.sampled_from([0.5, 1.5, 2.5, 3.5, 7.5, None])


def raw(**columns):
    return RawRecords("wells.csv", pd.DataFrame(columns), None, None, [])


def parts_of(records, first):
    return [RawRecords("wells.csv", records.table[mask], None, None, []) for mask in (first, ~first)]


def told(joining):
    """Return all that is told of a joining; ids in any order."""
    ids = None if joining.ids is None else {None if key != key else key: count for key, count in joining.ids.items()}
    return joining.total, joining.placed, joining.joined, ids


@quick
@given(st.lists(st.tuples(IDS, st.booleans()), min_size=1, max_size=30))
def test_records_find_the_area_whose_id_they_name_and_their_counts_add_up(rows):
    records = raw(id=pd.Series([row[0] for row in rows], dtype=object))
    whole = join(records, SQUARES, BY_ID)
    position = dict(zip(SQUARES.ids, range(AREAS), strict=True))
    assert whole.area_of.tolist() == [position.get(area, AREAS) for area, _ in rows]
    assert (whole.x, whole.y, whole.joining.placed) == (None, None, 0)
    one, other = (join(part, SQUARES, BY_ID).joining for part in parts_of(records, np.array([row[1] for row in rows])))
    assert told(one + other) == told(other + one) == told(whole.joining)


@quick
@given(st.lists(st.tuples(PLACES, st.booleans()), min_size=1, max_size=30))
def test_records_find_the_area_they_lie_in_and_their_counts_add_up(rows):
    lon = pd.Series([row[0] for row in rows], dtype=float)
    records = raw(lon=lon, lat=np.full(len(rows), 0.5))
    if lon.isna().all():
        # Of all records that is an error, but a few that were added may all lack a place.
        with pytest.raises(DataError, match="has no coordinates at all"):
            join(records, SQUARES, BY_PLACE)
    whole = join(records, SQUARES, BY_PLACE, some=True)
    assert whole.area_of.tolist() == [int(min(place or AREAS, AREAS)) for place, _ in rows]
    assert (np.isnan(whole.x) == lon.isna()).all() and whole.joining.ids is None
    one, other = (join(part, SQUARES, BY_PLACE, some=True).joining
                  for part in parts_of(records, np.array([row[1] for row in rows])))
    assert told(one + other) == told(whole.joining)


def test_an_id_decides_also_where_there_are_places_and_the_places_are_kept_to_be_drawn():
    both = BY_PLACE.model_copy(update={"records": BY_PLACE.records.model_copy(update={"area": "id"})})
    found = join(raw(id=["a", "zz"], lon=[1.5, 2.5], lat=[0.5, 0.5]), SQUARES, both)
    assert found.area_of.tolist() == [0, AREAS] and (found.joining.placed, found.joining.joined) == (2, 1)
    np.testing.assert_allclose(found.x, SQUARES.to_drawn([1.5, 2.5], [0.5, 0.5])[0])


@pytest.mark.parametrize(("config", "columns", "found"), [
    (BY_ID, {"id": ["a", "zz", None]}, "ONLY 1 of 3 records name an area that exists"), (BY_ID, {"id": ["a", "b"]}, ""),
    (BY_PLACE, {"lon": [0.5, 7.5, None], "lat": [0.5] * 3}, "2 of 3 records lie in no area, 1 of them without coord"),
    (BY_PLACE, {"lon": [0.5, 1.5], "lat": [0.5] * 2}, "")])
def test_what_is_odd_is_said_of_all_records_together(config, columns, found):
    joining = join(raw(**columns), SQUARES, config).joining
    said = [problem.sentence for problem in check_joining(joining, SQUARES, config.records)]
    assert len(said) == bool(found) and all(found in sentence for sentence in said)
    nowhere = {name: ["zz"] if name == "id" else [7.5] for name in columns}
    with pytest.raises(DataError):
        check_joining(join(raw(**nowhere), SQUARES, config).joining, SQUARES, config.records)
