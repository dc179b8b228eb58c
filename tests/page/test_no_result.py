"""Where nothing fits: what to drop, by name, and how many records that would bring back."""

import pytest
from playwright.sync_api import expect
from test_page import FINDS, query, wait_for_sentence

HEAVY = FINDS.weight_g >= 4000


def offers(page):
    """Return what can be dropped, and what it would bring back."""
    return page.locator(".no-result button").evaluate_all(
        "buttons => buttons.map(button => [...button.children].map(part => part.textContent))")


@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_a_choice_that_leaves_nothing_says_what_to_drop(server, open_page, width):
    page = open_page(f"{server.url}?type=coin&weight_g=4000..&_measure=sum(weight_g)", width=width)
    wait_for_sentence(page, "0 of 20,000 finds")
    coins = (FINDS.type == "coin").sum()
    assert offers(page) == [["Without type: coin", f"{HEAVY.sum()} finds"],
                            ["Without weight (g) from 4000", f"{coins} finds"], ["Without any filter", "20,000 finds"]]
    # In the place of charts that would be empty.
    assert page.locator(".charts").count() == page.locator(".records table").count() == 0
    page.get_by_role("button", name="Without weight (g) from 4000").click()
    wait_for_sentence(page, f"{coins} of 20,000 finds")
    page.locator(".no-result").wait_for(state="detached")
    expect(page.locator(".charts")).to_be_visible()
    assert query(page) == {"type": ["coin"], "_measure": ["sum(weight_g)"]}


def test_all_filters_can_be_dropped_together_and_an_area_left(server, open_page):
    page = open_page(f"{server.url}?type=coin&_area=P-001")
    here = (FINDS.parcel == "P-001").sum()
    coins = (FINDS.type == "coin").sum()
    assert offers(page) == [["Without type: coin", f"{here} finds"], ["In all parcels", f"{coins} finds"],
                            ["Without any filter", "20,000 finds"]]
    page.get_by_role("button", name="In all parcels").click()
    page.wait_for_function("!location.search.includes('_area')")
    expect(page.locator(".records h2")).to_have_text(f"{coins} finds")
    page.goto(f"{server.url}?type=coin&_area=P-001")
    page.get_by_role("button", name="Without any filter").click()
    wait_for_sentence(page, "All 20,000 finds")
    page.wait_for_function("location.search === ''")
