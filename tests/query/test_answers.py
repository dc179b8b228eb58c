"""An answer is plain data that says of a view what plain pandas says."""

import json
from dataclasses import fields, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.query.answers.answer import answer
from dashboard.query.answers.schema import Answer, as_data
from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson")


def answered(survey, query):
    view, refused = survey.view(query)
    assert refused == []
    return answer(survey, view)


def test_an_answer_is_json_and_typed_arrays_and_nothing_else(engine):
    found = answered(engine, "type=coin&_measure=median(weight_g)")
    data = as_data(found)
    arrays = {name for name, value in data.items() if isinstance(value, np.ndarray)}
    assert arrays >= {"colours", "counts"}
    json.dumps({name: value for name, value in data.items() if name not in arrays}, allow_nan=False)
    assert json.loads(json.dumps(as_data(found, arrays=False), allow_nan=False)).keys() == {
        field.name for field in fields(Answer)}


def test_what_a_view_holds_is_told_as_it_is_written_in_an_address(engine):
    query = "type=amphora&weight_g=10..&weight_g=&_area=P-086&_measure=sum(weight_g)&_classes=refit&_sort=-find&_page=2"
    view = answered(engine, query).view
    assert sorted(view.query.split("&")) == sorted(query.split("&"))
    assert view.choices["type"] == {"values": ["amphora"]}
    assert view.choices["weight_g"] == {"low": "10", "high": None, "missing": True,
                                        "bins": [8, engine.facets["weight_g"].options - 1]}
    assert (view.area, view.measure, view.refit, view.sort, view.page) == ("P-086", "sum(weight_g)", True, "-find", 2)


def test_options_count_what_they_would_leave_and_charts_what_there_is(engine):
    found = answered(engine, "type=amphora&period=Roman")
    about = {facet.name: facet for facet in found.about.facets}
    types = FINDS[FINDS.period == "Roman"].type.value_counts()
    assert dict(zip(about["type"].options, found.options["type"].counts, strict=True)) == {
        option: types.get(option, 0) for option in about["type"].options}
    chart, = (chart for chart in found.charts if chart.facet == "type")
    assert (chart.options, chart.counts) == (["amphora"], [types["amphora"]])
    months, = (chart for chart in found.charts if chart.facet == "found_on")
    days = pd.to_datetime(FINDS[(FINDS.type == "amphora") & (FINDS.period == "Roman")].found_on)
    expected = pd.cut(days, pd.to_datetime(about["found_on"].edges), right=False).value_counts(sort=False)
    assert months.counts is None and found.options["found_on"].counts == expected.tolist()
    inside = answered(engine, "_area=P-086")
    months, = (chart for chart in inside.charts if chart.facet == "found_on")
    assert sum(months.counts) == (FINDS.parcel == "P-086").sum()


def test_the_rank_of_an_area_is_among_all_and_within_its_group(engine):
    counts = FINDS.groupby("parcel").size().reindex(PARCELS.parcel, fill_value=0)
    group = PARCELS.set_index("parcel").municipality
    for area in ("P-086", "P-106", counts.idxmax()):
        rank = answered(engine, f"_area={area}").detail.rank
        assert (rank.place, rank.of) == ((counts > counts[area]).sum() + 1, len(PARCELS))
        mates = counts[group[counts.index] == group[area]]
        assert (rank.group_place, rank.group_of) == ((mates > counts[area]).sum() + 1, len(mates))
        assert rank.steps[rank.mine] == counts[area] and rank.steps == sorted(rank.steps, reverse=True)


def test_pages_of_the_table_hold_each_record_once(engine):
    view, _ = engine.view("type=coin")
    pages = answer(engine, view).table.pages
    rows = [row for page in range(1, pages + 1) for row in answer(engine, replace(view, page=page)).table.rows]
    assert sorted(row[0] for row in rows) == sorted(FINDS[FINDS.type == "coin"].find)


@pytest.mark.parametrize("typed", ["dressel", "ÁLAMOS", "  p-08 "])
def test_what_is_typed_finds_areas_without_case_and_accents(engine, typed):
    view = engine.start.with_search("", typed)
    found = answer(engine, view).found
    names = PARCELS.name + " " + PARCELS.parcel
    plain = names.str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii").str.casefold()
    wanted = {"dressel": "dressel", "ÁLAMOS": "alamos", "  p-08 ": "p-08"}[typed]
    assert len(found) == min(plain.str.contains(wanted).sum(), 8)
    assert all(area.id in set(PARCELS[plain.str.contains(wanted)].parcel) for area in found)
