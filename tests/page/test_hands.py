"""Where the page scrolls too, a wheel or a finger on the map is the page's until the map is tapped."""

import pytest
from playwright.sync_api import expect
from test_page import query

SCROLLED = "(document.scrollingElement.scrollTop + document.querySelector('.dashboard').scrollTop)"


def middle(page):
    """Return the middle of the map in pixels of the page."""
    box = page.locator(".map").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_in_one_column_the_wheel_scrolls_until_the_map_is_clicked(server, open_page):
    page = open_page(server.url, width=800, height=700)
    page.mouse.move(*middle(page))
    page.mouse.wheel(0, 200)
    page.wait_for_function(f"{SCROLLED} > 0")
    assert "_extent" not in query(page)
    page.mouse.move(*middle(page))
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("location.search.includes('_area')")
    page.mouse.wheel(0, -100)
    page.wait_for_function("location.search.includes('_extent')")
    # Elsewhere the hand is the page's again.
    before = page.evaluate(SCROLLED)
    page.locator(".sentence").dispatch_event("pointerdown", {"bubbles": True, "composed": True})
    page.mouse.wheel(0, 100)
    page.wait_for_function(f"{SCROLLED} > {before}")


def test_with_ctrl_held_the_wheel_is_the_maps(server, open_page):
    page = open_page(server.url, width=800, height=700)
    page.mouse.move(*middle(page))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.wait_for_function("location.search.includes('_extent')")
    page.keyboard.up("Control")
    assert page.evaluate(SCROLLED) == 0


def test_beside_wide_columns_the_wheel_is_the_maps(server, open_page):
    page = open_page(server.url, width=1400)
    page.mouse.move(*middle(page))
    page.mouse.wheel(0, -100)
    page.wait_for_function("location.search.includes('_extent')")


@pytest.mark.parametrize("tapped", [False, True])
def test_a_finger_scrolls_the_page_until_the_map_is_tapped(server, browser, tapped):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(server.url)
    page.wait_for_selector(".dashboard.ready", state="attached")
    x, y = middle(page)
    if tapped:
        page.touchscreen.tap(x, y)
        page.wait_for_function("location.search.includes('_area')")
    touch = context.new_cdp_session(page)
    for kind, far in (("touchStart", 0), *(("touchMove", 20 * step) for step in range(1, 9)), ("touchEnd", None)):
        points = [] if far is None else [{"x": x, "y": y - far}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    if tapped:
        page.wait_for_function("location.search.includes('_extent')")
        assert page.evaluate(SCROLLED) == 0
    else:
        page.wait_for_function(f"{SCROLLED} > 0")
        expect(page).to_have_url(server.url)
    context.close()
