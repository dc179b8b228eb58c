"""Finds of one season: years and months as chips, typed as people write them, dragged over, and played through."""

import re

import pytest
from test_page import FINDS, option, query, wait_for_sentence
from test_steps import steps, wait_for_query

DAYS = FINDS.found_on
YEARS = sorted(set(DAYS.dropna().str[:4]))


def facet(page):
    return page.locator(".facet.range", has_text="found on")


def chip(page, name):
    return facet(page).locator(".season-chips").get_by_role("button", name=name, exact=True)


def found(prefix, mask=True):
    """Return the beginning of the sentence for the finds of a year or month."""
    return f"{(DAYS.str.startswith(prefix, na=False) & mask).sum():,} of 20,000 finds"


def bins(page, chart, first, last):
    """Return where the first and the last of some bins of a chart are on the screen."""
    chart.scroll_into_view_if_needed()
    box, count = chart.bounding_box(), int(chart.get_attribute("data-drag"))
    return [(box["x"] + (place + 0.5) * box["width"] / count, box["y"] + box["height"] - 8) for place in (first, last)]


@pytest.mark.parametrize("width", [1400, 390])
def test_years_and_their_months_are_chips(server, open_page, width):
    page = open_page(server.url, width=width, height=844)
    if width == 390:
        page.get_by_role("button", name="Filters").click()
    assert facet(page).locator(".season-chips button").all_inner_texts() == YEARS
    chip(page, "2015").click()
    wait_for_sentence(page, found("2015"))
    wait_for_query(page, "?found_on=2015-01-01..2015-12-31")
    assert chip(page, "2015").get_attribute("aria-pressed") == "true"
    months = facet(page).locator(".season-chips").nth(1).locator("button")
    assert months.count() == DAYS[DAYS.str.startswith("2015", na=False)].str[:7].nunique()
    chip(page, "May 2015").click()
    wait_for_sentence(page, found("2015-05"))
    wait_for_query(page, "?found_on=2015-05-01..2015-05-31")
    chip(page, "May 2015").click()
    wait_for_sentence(page, "All 20,000 finds")
    wait_for_query(page, "")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_chip_says_how_many_it_would_leave(server, open_page):
    page = open_page(f"{server.url}?type=coin")
    for year in YEARS:
        count = (DAYS.str.startswith(year, na=False) & (FINDS.type == "coin")).sum()
        assert chip(page, year).get_attribute("title") == f"{year}: {count:,}"


@pytest.mark.parametrize(("low", "high", "bounds"), [
    ("2015", "", "2015-01-01.."), ("", "2015", "..2015-12-31"), ("2015-05", "May 2015", "2015-05-01..2015-05-31"),
    ("1.5.2015", "2015-05-11", "2015-05-01..2015-05-11")])
def test_bounds_are_typed_as_people_write_them(server, open_page, low, high, bounds):
    page = open_page(server.url)
    boxes = facet(page).locator(".bound input")
    for place, text in enumerate((low, high)):
        if text:
            boxes.nth(place).fill(text)
            boxes.nth(place).press("Enter")
    wait_for_query(page, f"?found_on={bounds}")
    first, last = bounds.split("..")
    wait_for_sentence(page, f"{DAYS.between(first or '0', last or '9').sum():,} of 20,000 finds")
    assert [boxes.nth(place).input_value() for place in (0, 1)] == [first, last]


def test_what_can_be_two_days_is_refused_with_what_to_write(server, open_page):
    page = open_page(server.url)
    box = facet(page).locator(".bound input").first
    box.fill("03/04/2015")
    box.press("Enter")
    facet(page).get_by_text("can be two days. Write 2015-04-03 or 2015-03-04.").wait_for()
    assert box.input_value() == "03/04/2015" and query(page) == {}


@pytest.mark.parametrize("written", ["2015", "2015-05", "May+2015"])
def test_an_address_may_name_a_year_or_a_month(server, open_page, written):
    page = open_page(f"{server.url}?found_on={written}")
    wait_for_sentence(page, found("2015" if written == "2015" else "2015-05"))
    assert re.fullmatch(r"2015-\d\d-01\.\.2015-\d\d-31", query(page)["found_on"][0])


@pytest.mark.parametrize("place", [".controls .histogram", ".detail .columns-chart"])
def test_dragging_over_a_chart_chooses_its_bins_in_one_step(server, open_page, engine, place):
    page = open_page(server.url)
    before = steps(page)
    chart = page.locator(f"{place}[data-on=found_on]")
    chart.scroll_into_view_if_needed()
    (from_x, y), (to_x, _) = bins(page, chart, 30, 12)
    page.mouse.move(from_x, y)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(from_x + (to_x - from_x) * step / 8, y)
    page.mouse.up()
    low, high = engine.facets["found_on"].bounds_of_bins(12, 30)
    wait_for_sentence(page, f"{DAYS.between(str(low), str(high)).sum():,} of 20,000 finds")
    wait_for_query(page, f"?found_on={low}..{high}")
    assert steps(page) == before + 1
    page.go_back()
    wait_for_sentence(page, "All 20,000 finds")


def test_a_finger_drags_over_a_chart_of_a_phone(server, open_page, engine):
    page = open_page(server.url, width=390, height=844)
    chart = page.locator(".detail .columns-chart[data-on=found_on]")
    (from_x, y), (to_x, _) = bins(page, chart, 12, 30)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    moves = (("touchMove", from_x + (to_x - from_x) * step / 8) for step in range(1, 9))
    for kind, x in (("touchStart", from_x), *moves, ("touchEnd", None)):
        devtools.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [] if x is None else [{"x": x, "y": y}]})
    low, high = engine.facets["found_on"].bounds_of_bins(12, 30)
    wait_for_query(page, f"?found_on={low}..{high}")


def test_the_other_bars_stay_and_are_grey(server, open_page):
    page = open_page(server.url)
    chart = page.locator(".detail .columns-chart[data-on=found_on]")
    heights = "bars => bars.map(bar => bar.style.getPropertyValue('--share'))"
    paint = "bar => getComputedStyle(bar).backgroundImage"
    before, coloured = chart.locator("button").evaluate_all(heights), chart.locator("button").nth(3).evaluate(paint)
    chart.locator("button").nth(3).click()
    page.wait_for_function("location.search.includes('found_on')")
    chart.locator("button.chosen").wait_for()
    assert chart.locator("button").evaluate_all(heights) == before
    assert chart.locator("button").nth(3).evaluate(paint) == coloured
    assert chart.locator("button").nth(4).evaluate(paint) != coloured
    # The same of a facet of options, where the chosen one stays also when it is rare.
    page.go_back()
    wait_for_sentence(page, "All 20,000 finds")
    rows = page.locator(".detail [data-on=type] .bar")
    count = rows.count()
    option(page, FINDS.type.value_counts().index[-1]).check()
    page.locator(".detail [data-on=type] .bar.chosen").wait_for()
    assert count <= rows.count() <= count + 1


def test_stepping_by_hand_goes_through_the_years_a_step_each(server, open_page):
    page = open_page(server.url)
    before = steps(page)
    forward, back = (facet(page).get_by_role("button", name=name) for name in ("Step forward", "Step back"))
    for year in YEARS:
        forward.click()
        wait_for_query(page, f"?found_on={year}-01-01..{year}-12-31")
    assert forward.is_disabled() and steps(page) == before + len(YEARS)
    back.click()
    wait_for_query(page, f"?found_on={YEARS[-2]}-01-01..{YEARS[-2]}-12-31")
    page.go_back()
    wait_for_query(page, f"?found_on={YEARS[-1]}-01-01..{YEARS[-1]}-12-31")


def test_playing_shows_every_year_for_a_while_and_is_one_step(server, open_page):
    page = open_page(server.url)
    before = steps(page)
    page.evaluate("""() => {
        window.seen = []
        const note = () => {
            const year = new URLSearchParams(location.search).get("found_on")?.slice(0, 4)
            if (year != null && seen.at(-1)?.year !== year) {
                seen.push({year, at: performance.now()})
            }
            requestAnimationFrame(note)
        }
        note()
    }""")
    facet(page).get_by_role("button", name="Play through found on").click()
    facet(page).get_by_role("button", name="Pause").wait_for()
    page.wait_for_function("year => seen.at(-1)?.year === year", arg=YEARS[-1])
    facet(page).get_by_role("button", name="Play through found on").wait_for()
    seen = page.evaluate("seen")
    assert [one["year"] for one in seen] == YEARS
    assert all(after["at"] - one["at"] > 750 for one, after in zip(seen, seen[1:], strict=False))
    assert steps(page) == before + 1
    page.go_back()
    wait_for_sentence(page, "All 20,000 finds")


def test_anything_else_that_is_done_ends_the_play(server, open_page):
    page = open_page(server.url)
    facet(page).get_by_role("button", name="Play through found on").click()
    page.wait_for_function("location.search.includes('found_on')")
    option(page, "bowl").check()
    facet(page).get_by_role("button", name="Play through found on").wait_for()
    wait_for_sentence(page, found(YEARS[0], FINDS.type == "bowl"))
    facet(page).get_by_role("button", name="Play through found on").click()
    facet(page).get_by_role("button", name="Pause").click()
    facet(page).get_by_role("button", name="Play through found on").wait_for()


def test_who_wants_no_motion_steps_only(server, open_page):
    page = open_page(server.url)
    page.emulate_media(reduced_motion="reduce")
    facet(page).get_by_role("button", name="Play through").wait_for(state="hidden")
    facet(page).get_by_role("button", name="Step forward").click()
    wait_for_sentence(page, found(YEARS[0]))
