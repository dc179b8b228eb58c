"""What a click in the page asks for leads to a view that can be shared, and nothing else does."""

from dataclasses import replace

import pytest
import shapely

from dashboard.page.actions import UnknownAction, view_after
from dashboard.query.answers.answer import answer
from dashboard.query.view import View


def after(engine, *requests, start=""):
    """Return the view after some requests, each as the page sends it: do, on, value."""
    view, _ = engine.view(start)
    for request in requests:
        view, refused = view_after(engine, view, dict(zip(("do", "on", "value"), request, strict=False)))
        assert refused == []
    # Whatever a click leads to can be shared.
    assert engine.view(engine.query(view)) == (replace(view, searches=()), [])
    return view


@pytest.mark.parametrize(("start", "request_", "leads_to"), [
    ("", ("toggle", "type", "bowl"), "type=bowl"),
    ("type=bowl", ("toggle", "type", "amphora"), "type=amphora&type=bowl"),
    ("type=amphora&type=bowl", ("toggle", "type", "bowl"), "type=amphora"),
    ("type=amphora", ("toggle", "type", "amphora"), ""),
    ("", ("toggle", "period", ""), "period="),
    ("weight_g=10..", ("toggle", "weight_g", ""), "weight_g=10..&weight_g="),
    ("weight_g=10..&weight_g=", ("toggle", "weight_g", ""), "weight_g=10.."),
    ("weight_g=", ("toggle", "weight_g", ""), ""),
    ("type=bowl&_page=3", ("toggle", "type", "amphora"), "type=amphora&type=bowl"),
    ("type=bowl&period=&_area=P-086", ("clear", "type", ""), "period=&_area=P-086"),
    ("type=bowl&period=&_area=P-086", ("clear", "", ""), "_area=P-086"),
    ("type=bowl&_area=P-086&_measure=sum(weight_g)&_sort=find", ("reset",), ""),
    ("type=bowl", ("area", "", "P-086"), "type=bowl&_area=P-086"),
    ("type=bowl&_area=P-086&_page=2", ("leave", "", ""), "type=bowl"),
    ("type=bowl&_page=2", ("go", "", ""), "type=bowl&_area="),
    ("weight_g=", ("between", "weight_g", "10..250"), "weight_g=10..250&weight_g="),
    ("weight_g=10..250", ("between", "weight_g", ".."), ""), ("", ("between", "weight_g", "10.."), "weight_g=10.."),
    ("", ("between", "found_on", "2015-01-01..2015-12-31"), "found_on=2015-01-01..2015-12-31"),
    ("", ("bins", "found_on", "0..1"), "found_on=..2014-03-31"),
    ("found_on=2015-01-01..", ("bins", "found_on", "0..55"), ""),
    ("type=bowl", ("address", "", "?type=coin&_area=P-086"), "type=coin&_area=P-086"),
    ("", ("pick", "ware", "dressel 20"), "ware=Dressel%2020"), ("", ("pick", "ware", "no such"), ""),
    ("type=bowl", ("tap", "", "0,0,10"), "type=bowl"), ("_area=P-086", ("tap", "", "0,0,10"), ""),
    ("", ("measure", "", "sum(weight_g)"), "_measure=sum(weight_g)"),
    ("_measure=sum(weight_g)", ("measure", "", "count"), ""),
    ("type=bowl&_area=P-086&_measure=sum(weight_g)&_page=2", ("clear", "", "all"), "_measure=sum(weight_g)"),
    ("", ("toggle", "municipality", "Peñalhaja"), "municipality=Pe%C3%B1alhaja"),
    ("municipality=Pe%C3%B1alhaja", ("clear", "municipality"), ""),
    ("", ("pick", "municipality", "benizarrez"), "municipality=Beniz%C3%A1rrez"),
    ("", ("by",), "_by=municipality"), ("_by=municipality", ("by",), ""),
    ("", ("classes",), "_classes=all"), ("_classes=all", ("classes",), ""),
    ("_classes=refit", ("classes",), "_classes=all"),
    ("_page=4", ("sort", "weight_g"), "_sort=weight_g"), ("_sort=weight_g", ("sort", "weight_g"), "_sort=-weight_g"),
    ("_sort=-weight_g", ("sort", "weight_g"), ""), ("_sort=-weight_g", ("sort", "find"), "_sort=find"),
    ("", ("page", "", "3"), "_page=3"), ("_page=3", ("page", "", "1"), ""), ("_page=3", ("page", "", "-2"), ""),
    ("", ("extent", "", "-1.92,37.59,-1.9,37.6"), "_extent=-1.92,37.59,-1.9,37.6"),
    ("_extent=-1.92,37.59,-1.9,37.6", ("extent", "", ""), ""),
])
def test_a_click_leads_to_the_view_that_it_names(engine, start, request_, leads_to):
    view = after(engine, request_, start=start)
    assert replace(view, searches=()) == engine.view(leads_to)[0]
    assert sorted(engine.query(view).split("&")) == sorted(leads_to.split("&"))


def test_a_bar_of_a_histogram_chooses_its_records_and_lets_go_of_them_again(engine):
    facet = engine.facets["weight_g"]
    counts = answer(engine, engine.start).options["weight_g"].counts
    for option in range(facet.options):
        view = after(engine, ("bin", "weight_g", str(option)))
        assert answer(engine, view).sentence.matching == counts[option]
        assert after(engine, *[("bin", "weight_g", str(option))] * 2) == View("count")


def test_choosing_a_bin_keeps_the_records_without_a_value_that_were_chosen(engine):
    assert after(engine, ("bin", "weight_g", "2"), start="weight_g=").choice("weight_g").missing


def test_a_jump_goes_to_the_area_and_all_of_it_is_in_sight(engine):
    view = after(engine, ("go", "", "P-086"))
    west, south, east, north = view.extent
    left, bottom, right, top = engine.areas.shapes[engine.positions["P-086"]].bounds
    assert view.areas == ("P-086",)
    assert west < left < right < east and south < bottom < top < north
    assert (east - west) < 4 * max(right - left, top - bottom)


def test_steps_go_through_all_areas_and_round_the_ends(engine):
    ids = list(engine.areas.ids)
    assert after(engine, ("step", "", "1")).areas == (ids[0],)
    assert after(engine, ("step", "", "-1")).areas == (ids[-1],)
    assert after(engine, ("step", "", "1"), start=f"_area={ids[3]}").areas == (ids[4],)
    assert after(engine, ("step", "", "1"), start=f"_area={ids[-1]}").areas == (ids[0],)
    assert after(engine, ("step", "", "-1"), start=f"_area={ids[0]}").areas == (ids[-1],)


@pytest.mark.parametrize("asked", [
    ("explode",), ("toggle", "nope", "a"), ("toggle", "type", "nope"), ("toggle", "type", ["amphora"]),
    ("toggle", "type", 3), ("bin", "weight_g", "a"), ("bin", "weight_g", "2-3"), ("bin", "weight_g", None),
    ("bin", "weight_g", "-1"), ("bin", "weight_g", "900"), ("bin", "type", "1"),
    ("area", "", "P-9999"), ("go", "", "P-9999"), ("area", "", ["P-086"]), ("step", "", ""),
    ("step", "", "far"), ("tap", "", "1,2"), ("tap", "", "a,b,c"),
    ("search", "nope", "a"), ("pick", "nope", "a"),
    ("between", "type", "1..2"), ("bins", "weight_g", "1"), ("bins", "weight_g", "0..900"),
    ("toggle", "municipality", "nope"), ("refit",),
    ("measure", "", "sum(nope)"), ("sort", "nope"), ("page", "", "x"), ("page", "", None),
    ("extent", "", "1,2,3"), ("extent", "", "1,2,x,4"), ("extent", "", "3,2,1,4"),
    ("extent", "", "nan,nan,nan,nan"), ("extent", "", 5)], ids=repr)
def test_a_request_that_no_page_sends_is_refused(engine, asked):
    with pytest.raises(UnknownAction):
        after(engine, asked)


@pytest.mark.parametrize("asked", [{}, None, "toggle", {"do": None}, {"do": ["toggle"]}], ids=repr)
def test_what_is_no_request_at_all_is_refused(engine, asked):
    with pytest.raises(UnknownAction):
        view_after(engine, View("count"), asked)


def test_what_is_typed_and_is_no_bound_is_refused_and_the_view_stays(engine):
    for value, what in (("heavy..", "no number"), ("..nan", "no number"), ("9..3", "out of order")):
        view, refused = view_after(engine, engine.start, {"do": "between", "on": "weight_g", "value": value})
        assert view == engine.start
        assert [refusal.what for refusal in refused] == [what]
    _, refused = view_after(engine, engine.start, {"do": "between", "on": "found_on", "value": "spring.."})
    assert [(refusal.what, refusal.value) for refusal in refused] == [("no date", "spring")]


def test_what_is_typed_is_searched_for_and_the_best_match_can_be_taken(engine):
    typed = after(engine, ("search", "ware", "DRESSEL"), ("search", "", "p-08"))
    found = answer(engine, typed)
    assert found.options["ware"].options and all("Dressel" in option for option in found.options["ware"].options)
    assert [area.id for area in found.found][:3] == ["P-080", "P-081", "P-082"] or len(found.found) == 8
    taken = after(engine, ("search", "", "p-08"), ("pick", "", "p-086"))
    assert taken.areas == ("P-086",) and taken.searches == ()


def test_a_tap_chooses_the_area_below_it_or_the_nearest_within_reach(engine):
    x, y = engine.areas.drawn[engine.positions["P-086"]].representative_point().coords[0]
    assert after(engine, ("tap", "", f"{x},{y},1")).areas == ("P-086",)
    west, south, east, north = shapely.total_bounds(engine.areas.drawn)
    assert after(engine, ("tap", "", f"{west - 10},{y},1")).areas == ()
    assert after(engine, ("tap", "", f"{west - 10},{(south + north) / 2},{north - south}")).areas != ()
