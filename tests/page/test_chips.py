"""Which filters are on: a chip for each, which takes it away."""

import pytest
from playwright.sync_api import expect
from test_page import PARCELS, option, query, sentence, wait_for_sentence

ADDRESS = ("type=amphora&type=bowl&period=&weight_g=10..250&weight_g=&found_on=2015-01-01..&decorated=yes"
           "&municipality=Benizárrez&_area=P-106")
CHIPS = ["type amphora", "type bowl", "period no value", "weight (g) 10–250", "weight (g) no value", "decorated yes",
         "found on from 2015-01-01", "municipality Benizárrez"]


def chips(page):
    """Return the chips as they are read."""
    return page.locator(".chosen-line button:not(.quiet)").evaluate_all(
        "chips => chips.map(chip => [...chip.children].map(part => part.textContent).join(' '))")


def test_each_filter_has_a_chip_that_removes_it(server, open_page):
    page = open_page(f"{server.url}?{ADDRESS}")
    name = PARCELS.set_index("parcel").name["P-106"]
    assert chips(page) == [*CHIPS, f"parcel {name}"]
    for of, text, key, left in (("type", "bowl", "type", ["amphora"]), ("decorated", "yes", "decorated", None),
                                ("weight (g)", "no value", "weight_g", ["10..250"]), ("parcel", name, "_area", None),
                                ("weight (g)", "10–250", "weight_g", None), ("period", "no value", "period", None)):
        chip = f"Remove {of}: {text}"
        page.get_by_role("button", name=chip, exact=True).click()
        page.get_by_role("button", name=chip, exact=True).wait_for(state="detached")
        page.wait_for_function("([key, count]) => new URLSearchParams(location.search).getAll(key).length === count",
                               arg=[key, len(left or [])])
        assert query(page).get(key) == left
    assert chips(page) == ["type amphora", "found on from 2015-01-01", "municipality Benizárrez"]


def test_clear_all_stands_at_the_end_and_the_line_takes_no_room_without_filters(server, open_page):
    page = open_page(server.url)
    top = page.locator(".map").bounding_box()["y"]
    assert page.locator(".chosen-line").count() == 0
    box = option(page, "amphora").element_handle()
    box.check()
    wait_for_sentence(page, "amphora")
    # What stands beside the line is what it was, with a visitor's hand on it.
    assert box.evaluate("box => box.isConnected && box.getRootNode().activeElement === box")
    line = page.locator(".chosen-line").bounding_box()
    words = page.locator(".sentence").bounding_box()
    assert words["y"] + words["height"] <= line["y"]
    assert line["y"] + line["height"] <= page.locator(".map").bounding_box()["y"]
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_function("location.search.includes('_area')")
    assert page.locator(".chosen-line button").last.inner_text() == "Clear all"
    page.get_by_role("button", name="Clear all").click()
    wait_for_sentence(page, "All 20,000 finds")
    page.locator(".chosen-line").wait_for(state="detached")
    assert set(query(page)) <= {"_extent"}
    assert page.locator(".map").bounding_box()["y"] == top


def test_chips_are_removed_by_keys_one_after_the_other(server, open_page):
    page = open_page(f"{server.url}?type=amphora&type=bowl&period=Roman&period=Iberian")
    page.get_by_role("button", name="Remove type: bowl").focus()
    for left in (["type amphora", "period Iberian", "period Roman"], ["type amphora", "period Roman"],
                 ["type amphora"]):
        page.keyboard.press("Enter")
        page.wait_for_function("count => document.querySelector('.dashboard').shadowRoot"
                               ".querySelectorAll('.chosen-line button:not(.quiet)').length === count", arg=len(left))
        assert chips(page) == left
    # What is left in place of the last chip clears the rest.
    page.keyboard.press("Enter")
    wait_for_sentence(page, "All 20,000 finds")


@pytest.mark.parametrize("width", [390, 1024])
def test_many_chips_are_one_line_that_scrolls(server, open_page, width):
    page = open_page(f"{server.url}?{ADDRESS}", width=width, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    line = page.locator(".chosen-line")
    assert line.bounding_box()["height"] < 60
    assert line.evaluate("line => line.scrollWidth > line.clientWidth")
    expect(page.get_by_role("button", name="Clear all")).to_be_in_viewport()
    page.get_by_role("button", name="Remove municipality: Benizárrez").click()
    page.wait_for_function("!location.search.includes('municipality')")
    assert "Benizárrez" not in sentence(page)
