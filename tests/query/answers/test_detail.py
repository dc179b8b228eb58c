"""The detail of an area or of the whole survey: figures, rank, first areas, charts, the latest records."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import FINDS, PARCELS, answered
from dashboard.query.answers.detail import STEPS, cell, rank

quick = settings(deadline=None, max_examples=60)
OWN = PARCELS.set_index("parcel")
WALKED = PARCELS.parcel[PARCELS.walked == "yes"]  # the others have no measure


def test_the_rank_of_an_area_is_among_all_and_within_its_group(engine):
    counts = FINDS.groupby("parcel").size().reindex(WALKED, fill_value=0)
    group = PARCELS.set_index("parcel").municipality
    for area in ("P-086", "P-106", counts.idxmax()):
        rank = answered(engine, f"_area={area}").detail.rank
        assert (rank.place, rank.of) == ((counts > counts[area]).sum() + 1, len(WALKED))
        mates = counts[group[counts.index] == group[area]]
        assert (rank.group_place, rank.group_of) == ((mates > counts[area]).sum() + 1, len(mates))
        assert rank.steps[rank.mine] == counts[area] and rank.steps == sorted(rank.steps, reverse=True)


@quick
@given(st.lists(st.integers(-5, 5).map(float) | st.floats(-1e6, 1e6) | st.just(np.nan), min_size=1, max_size=300),
       st.data())
def test_a_rank_counts_the_areas_before_it_and_stands_on_its_own_step(values, data):
    values = np.array(values)
    position = data.draw(st.integers(0, len(values) - 1))
    groups = np.array(["north" if place % 3 else "" for place in range(len(values))], dtype=object)
    found, mine = rank(values, groups, position), values[position]
    if np.isnan(mine):
        assert found is None
        return
    valid = values[~np.isnan(values)]
    assert (found.place, found.of) == (1 + (valid > mine).sum(), len(valid))
    assert len(found.steps) == min(len(valid), STEPS) and found.steps == sorted(found.steps, reverse=True)
    assert found.steps[found.mine] == pytest.approx(mine, rel=1e-3)
    if not groups[position]:
        assert found.group_place is found.group_of is None
        return
    mates = values[(groups == "north") & ~np.isnan(values)]
    assert (found.group_place, found.group_of) == (1 + (mates > mine).sum(), len(mates))


def test_the_detail_of_an_area_is_what_the_two_files_say(engine):
    detail = answered(engine, "_area=P-086&type=amphora&_measure=sum(weight_g)").detail
    mine, finds = OWN.loc["P-086"], FINDS[(FINDS.parcel == "P-086") & (FINDS.type == "amphora")]
    assert (detail.label, detail.group) == (mine["name"], mine.municipality)
    assert dict(detail.columns) == {"land use": mine.land_use, "visibility": mine.visibility,
                                    "walked on": str(mine.walked_on)[:10]}
    assert detail.km2 == pytest.approx(PARCELS.to_crs(6933).set_index("parcel").area["P-086"] / 1e6)
    assert (detail.count, detail.gaps) == (len(finds), finds.weight_g.isna().sum())
    assert detail.value == pytest.approx(finds.weight_g.sum())


def test_without_an_area_the_figures_are_those_of_all_and_there_is_no_rank(engine):
    detail = answered(engine, "type=amphora&_measure=median(weight_g)").detail
    finds = FINDS[FINDS.type == "amphora"]
    assert (detail.label, detail.km2, detail.rank, detail.columns) == (None, None, None, [])
    assert (detail.count, detail.gaps) == (len(finds), finds.weight_g.isna().sum())
    assert detail.value == finds.weight_g.median()
    stray = answered(engine, "_area=&_measure=count/km2").detail
    assert (stray.label, stray.count, stray.value) == (None, (~FINDS.parcel.isin(OWN.index)).sum(), None)


def test_the_first_areas_are_the_highest_of_all_or_of_the_chosen_ones_group(engine):
    counts = FINDS[FINDS.type == "coin"].groupby("parcel").size().reindex(OWN.index, fill_value=0)
    first = answered(engine, "type=coin").first
    assert [area.value for area in first] == counts.nlargest(8).tolist()
    assert all(counts[area.id] == area.value and OWN.name[area.id] == area.label for area in first)
    chosen = counts[counts == 0].index[0]
    within = answered(engine, f"type=coin&_area={chosen}").first
    mates = counts[OWN.municipality == OWN.municipality[chosen]]
    # The chosen one is listed wherever it stands.
    assert [area.value for area in within] == [*(value for value in mates.nlargest(8) if value), 0]
    assert within[-1].id == chosen


def test_a_chart_has_every_matching_record_once(engine):
    for query in ("", "type=amphora&type=coin", "_area=P-086", "period=&weight_g=", "_area="):
        found = answered(engine, query)
        assert [chart.facet for chart in found.charts] == ["found_on", "type", "period", "material", "weight_g"]
        for chart in found.charts:
            counts = found.options[chart.facet].counts if chart.counts is None else chart.counts
            mine = [part for part in query.split("&") if part.split("=")[0] != chart.facet]
            others, _ = engine.view("&".join(mine))  # its own choice leaves a chart what it is, to be compared
            assert sum(counts) + chart.rest + chart.missing == len(engine.records(others))
            if chart.options is not None:
                # What is chosen comes after the most frequent ones.
                assert chart.counts[:8] == sorted(chart.counts[:8], reverse=True)
                assert len(chart.counts) <= 8 + query.count(f"{chart.facet}=")
                assert (chart.others == 0) == (chart.rest == 0)


def test_no_records_of_a_survey_that_has_ended_are_the_latest(engine):
    assert answered(engine, "type=amphora").latest is None


@pytest.mark.parametrize(("value", "told"), [
    (None, None), (np.nan, None), (pd.NaT, None), (np.inf, None), (np.float64(2.5), 2.5), ("a", "a"), (True, "True"),
    (pd.Timestamp("2014-05-01"), "2014-05-01"), (pd.Timestamp("2014-05-01 13:30"), "2014-05-01 13:30:00")])
def test_a_cell_is_a_number_a_text_an_iso_date_or_a_gap(value, told):
    assert cell(value) == told
