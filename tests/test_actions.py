"""What a click in the page asks for leads to a view that can be shared, and nothing else does."""

import pytest
from dashboard.page.actions import UnknownRequest, view_after
from dashboard.query.view import View


def after(engine, *requests, start=""):
    """Return the view after some requests, each as the page sends it: do, on, value."""
    view, _ = engine.view(start)
    for request in requests:
        view = view_after(engine, view, dict(zip(("do", "on", "value"), request, strict=False)))
    # Whatever a click leads to can be shared.
    assert engine.view(engine.query(view)) == (view, [])
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
    ("type=bowl&_page=2", ("area", "go", ""), "type=bowl&_area="),
    ("", ("measure", "", "sum(weight_g)"), "_measure=sum(weight_g)"),
    ("_measure=sum(weight_g)", ("measure", "", "count"), ""),
    ("", ("refit",), "_classes=refit"), ("_classes=refit", ("refit",), ""),
    ("_page=4", ("sort", "weight_g"), "_sort=weight_g"), ("_sort=weight_g", ("sort", "weight_g"), "_sort=-weight_g"),
    ("_sort=-weight_g", ("sort", "weight_g"), ""), ("_sort=-weight_g", ("sort", "find"), "_sort=find"),
    ("", ("page", "", "3"), "_page=3"), ("_page=3", ("page", "", "1"), ""), ("_page=3", ("page", "", "-2"), ""),
    ("", ("extent", "", "-1.92,37.59,-1.9,37.6"), "_extent=-1.92,37.59,-1.9,37.6"),
    ("_extent=-1.92,37.59,-1.9,37.6", ("extent", "", ""), ""),
])
def test_a_click_leads_to_the_view_that_it_names(engine, start, request_, leads_to):
    view = after(engine, request_, start=start)
    assert view == engine.view(leads_to)[0]
    assert sorted(engine.query(view).split("&")) == sorted(leads_to.split("&"))


def test_a_bar_of_a_histogram_chooses_its_records_and_lets_go_of_them_again(engine):
    facet = engine.facets["weight_g"]
    counts = engine.answer(engine.view("")[0]).tally.options["weight_g"]
    for option in range(facet.options):
        view = after(engine, ("bin", "weight_g", str(option)))
        assert engine.answer(view).tally.total == counts[option]
        assert after(engine, *[("bin", "weight_g", str(option))] * 2) == View("count")


def test_choosing_a_bin_keeps_the_records_without_a_value_that_were_chosen(engine):
    assert after(engine, ("bin", "weight_g", "2"), start="weight_g=").choice("weight_g").missing


def test_a_jump_goes_to_the_area_and_all_of_it_is_in_sight(engine):
    view = after(engine, ("area", "go", "P-086"))
    west, south, east, north = view.extent
    left, bottom, right, top = engine.areas.shapes[engine.positions["P-086"]].bounds
    assert view.area == "P-086"
    assert west < left < right < east and south < bottom < top < north
    assert (east - west) < 4 * max(right - left, top - bottom)


def test_steps_go_through_all_areas_and_round_the_ends(engine):
    ids = list(engine.areas.ids)
    assert after(engine, ("step", "", "1")).area == ids[0]
    assert after(engine, ("step", "", "-1")).area == ids[-1]
    assert after(engine, ("step", "", "1"), start=f"_area={ids[3]}").area == ids[4]
    assert after(engine, ("step", "", "1"), start=f"_area={ids[-1]}").area == ids[0]
    assert after(engine, ("step", "", "-1"), start=f"_area={ids[0]}").area == ids[-1]


@pytest.mark.parametrize("asked", [
    ("explode",), ("toggle", "nope", "a"), ("toggle", "type", "nope"), ("toggle", "type", ["amphora"]),
    ("toggle", "type", 3), ("bin", "weight_g", "a"), ("bin", "weight_g", "2-3"), ("bin", "weight_g", None),
    ("bin", "weight_g", "-1"), ("bin", "weight_g", "900"), ("bin", "type", "1"),
    ("area", "", "P-9999"), ("area", "go", "P-9999"), ("area", "", ["P-086"]), ("step", "", ""),
    ("step", "", "far"), ("measure", "", "sum(nope)"), ("sort", "nope"), ("page", "", "x"), ("page", "", None),
    ("extent", "", "1,2,3"), ("extent", "", "1,2,x,4"), ("extent", "", "3,2,1,4"),
    ("extent", "", "nan,nan,nan,nan"), ("extent", "", 5)], ids=repr)
def test_a_request_that_no_page_sends_is_refused(engine, asked):
    with pytest.raises(UnknownRequest):
        after(engine, asked)


@pytest.mark.parametrize("asked", [{}, None, "toggle", {"do": None}, {"do": ["toggle"]}], ids=repr)
def test_what_is_no_request_at_all_is_refused(engine, asked):
    with pytest.raises(UnknownRequest):
        view_after(engine, View("count"), asked)
