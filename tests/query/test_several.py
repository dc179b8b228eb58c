"""Several areas together are one filter: what is said of them is what plain pandas says, in one partition or many."""

import pickle

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from dashboard.catalog.catalog import read_catalog
from dashboard.config import read_config
from dashboard.page.actions import UnknownAction, view_after
from dashboard.query.answers.answer import answer
from dashboard.query.survey import survey_of
from dashboard.settings import MeasureSettings
from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson").set_index("parcel")
CHOSEN = ["P-086", "P-106", "P-010", "P-011"]
MEASURES = [MeasureSettings(of=of, column="" if of == "count" else "weight_g", per_km2=per_km2)
            for of in ("count", "sum", "mean", "median") for per_km2 in (False, True)]


@pytest.fixture(scope="module")
def parted():
    """The sample with every measure, in partitions of 3,000 records."""
    app = sample()
    config = read_config(app / "config.toml").model_copy(update={"measures": MEASURES})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.catalog.catalog.PARTITION_RECORDS", 3_000)
        return survey_of(read_catalog(config, app))


def addressed(areas):
    return "&".join(f"_area={area}" for area in areas)


def after(survey, start, do, value, on=""):
    return view_after(survey, survey.view(start)[0], {"do": do, "on": on, "value": value})


@pytest.mark.parametrize("chosen", [CHOSEN, [*CHOSEN, ""], [""]], ids=len)
def test_figures_of_several_areas_are_of_all_their_records(parted, chosen):
    assert len(parted.partitions.partitions) > 3
    everywhere = ~FINDS.parcel.isin(PARCELS.index)
    inside = FINDS[FINDS.parcel.isin(chosen) | (everywhere if "" in chosen else False)]
    kept = inside[inside.type.isin(["bowl", "tile"])]
    sizes = dict(zip(parted.areas.ids, parted.areas.km2, strict=True))
    km2 = sum(sizes[area] for area in chosen if area)
    for key, measure in parted.measures.items():
        view, refused = parted.view(f"type=bowl&type=tile&_measure={key}&{addressed(chosen)}")
        assert refused == []
        found = answer(parted, view)
        grams = (kept[kept.parcel.isin(PARCELS.index)] if measure.per_km2 else kept).weight_g
        expected = {"count": len(grams), "sum": grams.sum(), "mean": grams.mean(), "median": grams.median()}[measure.of]
        expected = expected / km2 if measure.per_km2 and km2 else np.nan if measure.per_km2 else expected
        value = np.nan if found.detail.value is None else found.detail.value
        np.testing.assert_allclose(value, expected, rtol=1e-9)
        assert (found.detail.count, found.table.total) == (len(kept), len(kept))
        assert len(parted.records(view)) == len(kept)


def test_each_of_several_areas_stands_beside_the_others_with_its_rank(parted):
    found = answer(parted, parted.view(f"type=bowl&{addressed([*CHOSEN, ''])}")[0])
    counts = FINDS[FINDS.type == "bowl"].groupby("parcel").size().reindex(parted.areas.ids, fill_value=0)
    ids = [area.id for area in found.chosen]
    assert sorted(ids) == sorted([*CHOSEN, ""]) and ids[-1] == ""
    assert [area.position for area in found.chosen][:-1] == sorted(parted.positions[area] for area in CHOSEN)
    assert found.several.counts[:-1] == found.several.values[:-1] == [counts[area] for area in ids[:-1]]
    assert found.several.ranks == [*((counts > counts[area]).sum() + 1 for area in ids[:-1]), None]
    assert found.detail.km2 == pytest.approx(sum(area.km2 for area in found.chosen[:-1]))


def test_charts_and_pages_are_of_the_chosen_areas_in_their_order(parted):
    view, _ = parted.view(addressed(CHOSEN))
    mine = FINDS[FINDS.parcel.isin(CHOSEN)]
    types, = (chart for chart in answer(parted, view).charts if chart.facet == "type")
    assert dict(zip(types.options, types.counts, strict=True)) == mine.type.value_counts()[types.options].to_dict()
    found = parted.records(view)
    order = [parted.positions[area] for area in found.parcel]
    assert order == sorted(order) and set(found.find) == set(mine.find)
    rows = answer(parted, view).table.rows
    assert [row[0] for row in rows] == list(found.find[:len(rows)])


def test_partitions_and_questions_that_are_sent_to_workers_are_answered_the_same(parted):
    view, _ = parted.view(addressed(CHOSEN))
    asked = parted.matches(view), parted.measures["count"]
    for partition in parted.partitions.partitions:
        there, question = pickle.loads(pickle.dumps((partition, asked)))
        np.testing.assert_array_equal(there.tally(*question).shown["type"], partition.tally(*asked).shown["type"])


def test_areas_are_added_and_taken_away_one_by_one(engine):
    view, _ = after(engine, "_page=3", "also", "P-106")
    view, _ = after(engine, engine.query(view), "also", "P-086")
    view, _ = after(engine, engine.query(view), "also", "")
    assert set(view.areas) == {"P-086", "P-106", ""} and view.page == 1
    assert list(view.areas) == sorted(view.areas, key=engine.positions.get)
    assert set(after(engine, engine.query(view), "also", "P-106")[0].areas) == {"P-086", ""}
    assert after(engine, engine.query(view), "area", "P-106")[0].areas == ("P-106",)
    assert after(engine, engine.query(view), "leave", "")[0].areas == ()
    following = engine.areas.ids[engine.positions[view.areas[0]] + 1]
    assert after(engine, engine.query(view), "step", "1")[0].areas == (following,)


def test_a_tap_adds_the_area_below_it_and_one_beside_all_changes_nothing(engine):
    place = engine.areas.drawn[engine.positions["P-106"]].representative_point()
    tap = f"{place.x},{place.y},1"
    assert set(after(engine, "_area=P-086", "tap", tap, "also")[0].areas) == {"P-086", "P-106"}
    assert after(engine, "_area=P-086&_area=P-106", "tap", tap, "also")[0].areas == ("P-086",)
    assert after(engine, "_area=P-086", "tap", "0,0,1", "also")[0].areas == ("P-086",)


def test_a_box_chooses_all_areas_that_reach_into_it(engine):
    drawn = PARCELS.to_crs(3857).geometry
    west, south, east, north = drawn["P-086"].buffer(60).bounds
    expected = set(drawn.index[drawn.intersects(shapely.box(west, south, east, north))])
    assert len(expected) > 2
    for corners in ((west, south, east, north), (east, north, west, south)):
        view, refused = after(engine, "_area=P-300", "box", ",".join(map(str, corners)))
        assert (set(view.areas), refused) == (expected | {"P-300"}, [])
    for wrong in ("1,2,3", "a,b,c,d", "nan,0,1,1", "0,0,inf,1"):
        with pytest.raises(UnknownAction):
            after(engine, "", "box", wrong)


def test_more_than_can_be_chosen_together_is_refused_and_the_view_stays(engine):
    view, refused = after(engine, "_area=P-086", "box", "-1e7,-1e7,1e7,1e7")
    assert view.areas == ("P-086",)
    assert [(refusal.what, refusal.value) for refusal in refused] == [("too many areas", "200")]
