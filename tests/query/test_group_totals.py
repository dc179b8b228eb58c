"""The areas' groups: a facet that no column holds, and the measure of each, by plain pandas."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalog.catalog import read_catalog
from dashboard.config import read_config
from dashboard.live.reading import read_survey
from dashboard.query.answers.answer import answer
from dashboard.query.answers.facets import FIRST_GROUPS, NoResult
from dashboard.query.survey import survey_of
from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson")
TOWN = FINDS.parcel.map(PARCELS.set_index("parcel").municipality)
KM2 = (PARCELS.to_crs("EPSG:6933").area / 1e6).groupby(PARCELS.municipality).sum()
TYPES = ["amphora", "bowl", "glass vessel", "coin"]


def answered(survey, query):
    view, refused = survey.view(query)
    assert refused == []
    return answer(survey, view)


def totals(found):
    """Return the measure of the groups that are listed, by name."""
    return {found.about.group_names[place]: value for place, value in found.groups.totals}


def made(**changes):
    """Return a survey of the sample whose areas, records or facets were changed in the config."""
    config, app = read_config(sample() / "config.toml"), sample()
    parts = {name: getattr(config, name).model_copy(update=part) for name, part in changes.items()}
    return survey_of(read_catalog(config.model_copy(update=parts), app))


def by_town(finds, town, measure):
    """Return a measure per group by plain pandas; no find counts and weighs nothing, and has no median."""
    counts, weights = finds.groupby(town).size().reindex(KM2.index, fill_value=0), finds.weight_g.groupby(town)
    if measure == "median(weight_g)":
        return weights.median().reindex(KM2.index)
    sums = weights.sum(min_count=1).reindex(KM2.index).mask(counts == 0, 0)
    return {"count": counts, "count/km2": counts / KM2, "sum(weight_g)": sums}[measure]


@settings(deadline=None, max_examples=30)
@given(types=st.sets(st.sampled_from(TYPES)), town=st.none() | st.sampled_from(sorted(KM2.index)), heavy=st.booleans(),
       measure=st.sampled_from(["count", "count/km2", "sum(weight_g)", "median(weight_g)"]))
def test_a_group_has_the_measure_of_all_its_records(engine, types, town, heavy, measure):
    mask = (FINDS.type.isin(types) if types else FINDS.find.notna()) & (FINDS.weight_g.ge(50) if heavy else True)
    query = "&".join([*(f"type={value}" for value in types), *["weight_g=50.."] * heavy, f"_measure={measure}"])
    expected = by_town(FINDS[mask], TOWN[mask], measure)
    # A choice of groups leaves the others what they are, to be compared.
    found = answered(engine, query + f"&municipality={town}" * (town is not None))
    values = totals(found)
    assert values.keys() == set(KM2.index) and found.groups.others == 0
    for name, value in values.items():
        assert (np.nan if value is None else value) == pytest.approx(expected[name], nan_ok=True)
    ordered = [-np.inf if value is None else value for value in values.values()]
    assert ordered == sorted(ordered, reverse=True)
    here = mask if town is None else mask & (TOWN == town)
    assert found.sentence.matching == here.sum()
    coloured = answered(engine, query + "&_by=municipality" + f"&municipality={town}" * (town is not None))
    of_group = dict(zip(coloured.about.group_names, coloured.group_values, strict=True))
    mine = by_town(FINDS[here], TOWN[here], measure)[list(of_group)]
    np.testing.assert_allclose(list(of_group.values()), mine, rtol=1e-5)


def test_the_group_is_a_facet_like_any_other(engine):
    facet = engine.facets["municipality"]
    assert (facet.kind, facet.label, facet.has_missing) == ("one-of", "municipality", True)
    assert list(facet.values) == sorted(KM2.index)
    found = answered(engine, "type=amphora&municipality=")
    counts = TOWN[FINDS.type == "amphora"].value_counts()
    options = found.options["municipality"]
    assert options.counts == [counts[name] for name in facet.values]
    assert options.missing == (TOWN.isna() & (FINDS.type == "amphora")).sum() == found.sentence.matching
    inside = answered(engine, "municipality=Benizárrez")
    assert inside.options["type"].counts == [
        ((FINDS.type == option) & (TOWN == "Benizárrez")).sum() for option in engine.facets["type"].values]
    assert inside.sentence.areas == TOWN[TOWN == "Benizárrez"].index.map(FINDS.parcel).nunique()
    assert "municipality" not in engine.columns


def test_every_area_is_coloured_as_its_group_is(engine):
    found = answered(engine, "material=glass&_by=municipality")
    colours = np.column_stack([found.colours & 15, found.colours >> 4]).ravel()[:len(PARCELS)]
    towns = PARCELS.set_index("parcel").municipality.loc[engine.areas.ids].to_numpy()
    of_town = {town: set(colours[towns == town]) for town in KM2.index}
    assert all(len(mine) == 1 for mine in of_town.values())
    assert len(set.union(*of_town.values())) == len(KM2)
    glass = TOWN[FINDS.material == "glass"].value_counts()
    assert [(entry.low, entry.areas) for entry in found.legend] == [
        (glass[town], (towns == town).sum()) for town in glass.index[::-1]]
    assert [found.about.group_names[place] for place in found.group_of] == list(towns)


def test_a_group_without_a_size_or_of_no_area_has_no_value():
    survey = made(areas={"group": "land_use"})
    lonely = replace(survey.areas, groups=np.where(survey.areas.groups == "almond", "", survey.areas.groups))
    assert survey.facets["land_use"].label == "land use"
    catalog = read_catalog(survey.config, sample())
    found = answered(survey_of(replace(catalog, areas=lonely)), "_by=land_use")
    without = found.group_of == len(found.about.group_names)
    assert list(without) == list(lonely.groups == "")
    colours = np.column_stack([found.colours & 15, found.colours >> 4]).ravel()[:len(without)]
    assert set(colours[without]) <= {0, 1}


def test_many_groups_are_listed_as_far_as_one_wants_to_see_and_searched_for_the_rest():
    survey = made(areas={"group": "name"})
    found = answered(survey, "")
    finds = FINDS.groupby(FINDS.parcel.map(PARCELS.set_index("parcel").name)).size()
    assert totals(found) == dict(finds.nlargest(FIRST_GROUPS))
    assert found.groups.others == PARCELS.name.nunique() - FIRST_GROUPS
    last = finds.idxmin()
    chosen = answered(survey, f"name={last}&_by=name")
    assert list(totals(chosen)) == [*finds.nlargest(FIRST_GROUPS).index, last]
    typed = answer(survey, survey.start.with_search("name", last[:6]))
    assert typed.options["name"].options and all(last[:6] in name for name in typed.options["name"].options)


def test_a_column_of_the_records_goes_before_a_group_of_its_name():
    survey = made(areas={"group": "parcel"})
    assert survey.group is None and "parcel" not in survey.facets
    assert ("data/parcels.geojson, column parcel: is no facet: the finds have a column of that name."
            in [problem.sentence for problem in survey.problems])
    assert survey.view("_by=parcel")[1][0].what == "no group"
    assert answered(survey, "").groups is None


def test_a_group_may_be_named_among_the_facets_hidden_and_charted():
    columns = ["type", "municipality", "period"]
    survey = made(facets={"columns": columns}, detail={"charts": ["municipality"]})
    assert list(survey.facets) == columns
    assert [chart.facet for chart in answered(survey, "").charts] == ["municipality"]
    assert made(facets={"hidden": ["municipality"]}).group is None


def test_where_nothing_fits_it_is_said_what_would_bring_records_back(engine):
    assert answered(engine, "type=coin").no_result is None
    heavy = FINDS.weight_g >= 4000
    found = answered(engine, "type=coin&weight_g=4000..&period=Roman").no_result
    coins = ((FINDS.type == "coin") & (FINDS.period == "Roman")).sum()
    expected = {"weight_g": coins, "type": (heavy & (FINDS.period == "Roman")).sum(),
                "period": (heavy & (FINDS.type == "coin")).sum()}
    assert found == NoResult({name: count for name, count in expected.items() if count}, None, len(FINDS))
    here = FINDS[FINDS.parcel == "P-001"]
    assert not (here.type == "coin").any()
    assert answered(engine, "type=coin&_area=P-001").no_result == NoResult(
        {"type": len(here)}, (FINDS.type == "coin").sum(), len(FINDS))


def test_what_was_not_surveyed_has_no_measure_and_no_rank_unless_it_has_records(engine):
    unwalked = PARCELS[PARCELS.walked == "no"].parcel
    found = answered(engine, f"_area={unwalked.iloc[0]}&_measure=count/km2")
    assert (found.detail.surveyed, found.detail.count, found.detail.value, found.detail.rank) == (False, 0, None, None)
    places = [engine.positions[area] for area in unwalked]
    assert np.isnan(found.values[places]).all() and found.about.unsurveyed == sorted(places)
    assert not set(unwalked) & {area.id for area in found.first}
    # One that has finds was surveyed, whatever the file says of it.
    surveyed = engine.areas.surveyed.copy()
    surveyed[engine.positions["P-106"]] = False
    catalog = read_catalog(engine.config, sample())
    other = answered(survey_of(replace(catalog, areas=replace(catalog.areas, surveyed=surveyed))), "_area=P-106")
    assert not other.detail.surveyed
    assert other.detail.rank == answered(engine, "_area=P-106").detail.rank
    np.testing.assert_array_equal(other.colours, answered(engine, "_area=P-106").colours)


def test_classes_fit_what_is_chosen_and_the_legend_has_those_of_all(engine):
    everything = answered(engine, "")
    assert (everything.classes.chosen, everything.legend) == (False, answered(engine, "_classes=all").legend)
    ends = [entry.high for entry in everything.legend if entry.meaning == "class"][:-1]
    chosen = answered(engine, "type=amphora")
    assert chosen.classes.chosen and chosen.classes.ends_of_all == ends
    counts = FINDS[FINDS.type == "amphora"].parcel.value_counts()
    areas = [entry.areas for entry in chosen.legend if entry.meaning == "class"]
    assert sum(areas) == len(counts) and max(areas) < len(counts) / 2
    same = answered(engine, "type=amphora&_classes=all")
    assert not same.classes.chosen
    assert [entry.high for entry in same.legend if entry.meaning == "class"][:-1] == ends
    # A chosen area is no choice of records for the map.
    assert answered(engine, "type=amphora&_area=P-106").legend == chosen.legend


def test_in_several_partitions_the_groups_are_the_same(engine, monkeypatch):
    monkeypatch.setattr("dashboard.catalog.catalog.PARTITION_RECORDS", 3_000)
    parted = read_survey(sample())
    for query in ("municipality=Peñalhaja&_by=municipality", "_measure=median(weight_g)&_by=municipality&type=coin"):
        mine, expected = answered(parted, query), answered(engine, query)
        assert (mine.groups, mine.legend, mine.options) == (expected.groups, expected.legend, expected.options)
