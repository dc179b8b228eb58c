"""Back takes the last change away and Forward brings it again: a step for each change that a visitor would call one."""

import pytest
from test_page import FINDS, option, query, wait_for_sentence

CHANGES = [
    ("a filter", lambda page: option(page, "bowl").check(), {"type": ["bowl"]}),
    ("an area", lambda page: page.get_by_role("button", name="Next", exact=True).click(), None),
    ("a measure", lambda page: page.locator(".map-bar select").select_option("sum(weight_g)"),
     {"_measure": ["sum(weight_g)"]}),
    ("sorting", lambda page: page.locator("th button", has_text="weight").click(), {"_sort": ["weight_g"]}),
    ("a table page", lambda page: page.get_by_role("button", name="Next page").click(), {"_page": ["2"]}),
    ("a bar", lambda page: page.locator(".detail [data-on=type] button", has_text="tile").click(), {"type": ["tile"]}),
]


def steps(page):
    """Return the number of entries in the page's history."""
    return page.evaluate("history.length")


def wait_until_settled(page):
    page.locator(".dashboard:not(.busy)").wait_for(state="attached")


def wait_for_query(page, search):
    page.wait_for_function("search => location.search === search", arg=search)


def low_handle(page):
    return page.locator(".facet.range", has_text="weight").locator(".slider .low")


@pytest.mark.parametrize(("name", "change", "leads_to"), CHANGES, ids=[name for name, _, _ in CHANGES])
def test_back_takes_a_change_away_and_forward_brings_it_again(server, open_page, name, change, leads_to):
    page = open_page(f"{server.url}?material=ceramic")
    before = steps(page)
    change(page)
    page.wait_for_function("location.search !== '?material=ceramic'")
    assert steps(page) == before + 1
    after = page.url
    assert leads_to is None or query(page) == {"material": ["ceramic"], **leads_to}
    page.go_back()
    wait_for_sentence(page, f"{(FINDS.material == 'ceramic').sum():,} of 20,000 finds")
    wait_for_query(page, "?material=ceramic")
    page.go_forward()
    page.wait_for_function("url => location.href === url", arg=after)
    wait_until_settled(page)
    assert page.url == after and steps(page) == before + 1


def test_a_reset_can_be_taken_back(server, open_page):
    page = open_page(f"{server.url}?type=bowl&_area=P-086")
    page.get_by_role("button", name="Reset").click()
    wait_for_sentence(page, "All 20,000 finds")
    wait_for_query(page, "")
    page.go_back()
    wait_for_sentence(page, "bowl")
    assert query(page) == {"type": ["bowl"], "_area": ["P-086"]}


def test_two_fast_clicks_are_two_steps(server, open_page):
    page = open_page(server.url)
    before = steps(page)
    # At once, so that the answer to the first is overtaken.
    page.evaluate("""() => {
        const root = document.querySelector(".dashboard").shadowRoot
        root.querySelector(".facet input[value=Roman]").click()
        root.querySelector(".facet input[value=Iberian]").click()
    }""")
    page.wait_for_function("location.search.includes('Iberian')")
    assert query(page) == {"period": ["Iberian", "Roman"]} and steps(page) == before + 2
    page.go_back()
    wait_for_sentence(page, f"{(FINDS.period == 'Roman').sum():,} of 20,000 finds")
    wait_for_query(page, "?period=Roman")
    page.go_back()
    wait_for_sentence(page, "All 20,000 finds")
    wait_for_query(page, "")


def test_a_drag_of_a_handle_is_one_step_and_the_next_drag_another(server, open_page):
    page = open_page(server.url)
    handle, before = low_handle(page), steps(page)
    handle.scroll_into_view_if_needed()
    track = handle.bounding_box()
    middle = track["y"] + track["height"] / 2
    at = track["x"] + 9
    for drag in (1, 2):
        page.mouse.move(at, middle)
        page.mouse.down()
        search = page.evaluate("location.search")
        for step in range(1, 5):
            at = track["x"] + 9 + (track["width"] - 18) * 0.2 * (drag - 1 + step / 4)
            page.mouse.move(at, middle)
            # Each position is shown before the next.
            page.wait_for_function("search => location.search !== search", arg=search)
            search = page.evaluate("location.search")
        page.mouse.up()
        assert steps(page) == before + drag
    page.go_back()
    page.wait_for_function("search => location.search !== search", arg=search)
    assert "weight_g" in query(page)
    page.go_back()
    wait_for_query(page, "")


def test_keys_on_a_handle_are_one_step_as_long_as_it_has_the_focus(server, open_page, engine):
    page = open_page(server.url)
    handle, before, edges = low_handle(page), steps(page), engine.facets["weight_g"].edges
    handle.focus()
    for number in (1, 2, 3):
        handle.press("ArrowRight")
        wait_for_query(page, f"?weight_g={edges[number]:g}..")
    assert steps(page) == before + 1
    option(page, "bowl").check()
    page.wait_for_function("location.search.includes('bowl')")
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_function("low => location.search.includes(low)", arg=f"weight_g={edges[4]:g}..")
    assert steps(page) == before + 3


def test_moving_the_map_is_no_step_and_a_jump_is_one(server, open_page):
    page = open_page(server.url)
    before = steps(page)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('_extent')")
    assert steps(page) == before
    moved = page.evaluate("location.search")
    box = page.locator(".jump input")
    box.fill("P-086")
    box.press("Enter")
    page.wait_for_function("location.search.includes('_area=P-086')")
    assert steps(page) == before + 1
    page.go_back()
    page.get_by_role("heading", name="All parcels").wait_for()
    wait_for_query(page, moved)


def test_what_is_taken_back_after_a_move_of_the_map_is_the_change(server, open_page):
    page = open_page(server.url)
    option(page, "bowl").check()
    wait_for_query(page, "?type=bowl")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('_extent')")
    page.go_back()
    wait_for_sentence(page, "All 20,000 finds")
    wait_for_query(page, "")
