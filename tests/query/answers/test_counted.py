"""What a choice of records amounts to: the measure of each area and of all, the classes, where records are new."""

import numpy as np
import pytest

from answers import FINDS, PARCELS
from dashboard.query.answers.counted import classes_of, counted, fresh_areas


@pytest.mark.parametrize(("measure", "of"), [
    ("count", len), ("sum(weight_g)", lambda finds: finds.weight_g.sum(min_count=1) if len(finds) else 0.0),
    ("median(weight_g)", lambda finds: finds.weight_g.median())])
def test_the_measure_of_an_area_of_the_records_in_none_and_of_all_is_that_of_plain_pandas(engine, measure, of):
    view, _ = engine.view("type=lamp&type=coin")
    found, finds = counted(engine, engine.matches(view), measure), FINDS[FINDS.type.isin(["lamp", "coin"])]
    for area, position in engine.positions.items():
        mine = finds[finds.parcel == area] if area else finds[~finds.parcel.isin(PARCELS.parcel)]
        assert found.tally.counts[position] == len(mine)
        unsurveyed = bool(area) and not engine.areas.surveyed[position] and not len(mine)
        assert found.values[position] == pytest.approx(np.nan if unsurveyed else of(mine), nan_ok=True)
    assert (found.count, found.value) == (len(finds), pytest.approx(of(finds)))


def test_zero_stands_apart_where_it_means_no_record_and_is_a_value_elsewhere(engine):
    for measure, apart in (("count", True), ("sum(weight_g)", True), ("median(weight_g)", False)):
        found = counted(engine, engine.matches(engine.start), measure)
        classes = classes_of(engine, found, measure, "")
        assert classes.zero_apart == apart
        assert classes.bounds[-1] == np.nanmax(found.values[:-1]) and len(classes) == engine.config.map.classes


def test_no_area_is_new_where_no_records_were_added(engine):
    assert fresh_areas(engine, ()).tolist() == []
