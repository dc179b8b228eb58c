"""One record: found by its number, looked at on the map, chosen in the table, and all that is known of it."""

import re

from playwright.sync_api import expect
from test_page import FINDS, query

MINE = FINDS[FINDS.find == "F-03694"].iloc[0]
CLOSE = f"_extent={MINE.lon - 0.0008},{MINE.lat - 0.0004},{MINE.lon + 0.0008},{MINE.lat + 0.0004}"
DOTS = "Bokeh.documents[0].get_model_by_name('points').data_source.data.x.length > 0"
# Where the dot nearest to a place in degrees is on the screen.
DOT = """([lon, lat]) => {
    const plot = Bokeh.documents[0].get_model_by_name("map")
    const {left, top, width, height} = Bokeh.index.find_one(plot).el.getBoundingClientRect()
    const {x_range, y_range} = plot
    const [x, y] = [lon * 6378137 * Math.PI / 180, 6378137 * Math.asinh(Math.tan(lat * Math.PI / 180))]
    return [left + (x - x_range.start) / (x_range.end - x_range.start) * width,
        top + (y_range.end - y) / (y_range.end - y_range.start) * height]
}"""


def test_a_find_is_found_by_its_number(server, open_page):
    page = open_page(server.url)
    box = page.locator(".jump input")
    box.fill("f-03694")
    box.press("Enter")
    page.wait_for_function("location.search.includes('_record=F-03694')")
    card = page.locator(".record-card")
    expect(card.get_by_role("heading", name="F-03694")).to_be_visible()
    for value in (MINE.type, MINE.period, MINE.ware, MINE.surveyor, f"{MINE.weight_g:g}", MINE.note):
        expect(card).to_contain_text(str(value))
    row = page.locator(".records tr[aria-current=true]")
    expect(row).to_contain_text("F-03694")
    # The map has gone to its point, which stands out.
    page.wait_for_function("location.search.includes('_extent')")
    west, south, east, north = map(float, query(page)["_extent"][0].split(","))
    assert west < MINE.lon < east and south < MINE.lat < north
    page.wait_for_function("Bokeh.documents[0].get_model_by_name('record').data_source.data.x.length == 1")
    card.get_by_role("button", name="Close this record").click()
    card.wait_for(state="hidden")
    assert "_record" not in query(page)


def test_its_address_shows_the_same_and_leads_to_its_parcel(server, open_page):
    page = open_page(f"{server.url}?type=tile&_record=F-03694&{CLOSE}")
    expect(page.locator(".record-card")).to_contain_text("Tegula")
    expect(page.locator(".records tr[aria-current=true]")).to_have_count(1)
    page.locator(".record-card button[data-do=go]").click()
    page.wait_for_function("location.search.includes('_area=P-086')")
    other = open_page(f"{server.url}?type=bowl&_record=F-03694")
    expect(other.locator(".record-card")).to_contain_text("not among those that the filters and the chosen area leave")
    expect(other.locator(".records tr[aria-current=true]")).to_have_count(0)


def test_a_find_far_down_the_table_is_on_the_page_that_is_shown(server, open_page):
    last = FINDS[FINDS.type == "coin"].iloc[-1].find
    page = open_page(f"{server.url}?type=coin&_record={last}")
    expect(page.locator(".records tr[aria-current=true]")).to_contain_text(last)
    page.get_by_role("button", name="First page").click()
    expect(page.locator(".records tr[aria-current=true]")).to_have_count(0)
    assert query(page)["_page"] == ["1"]


def test_a_number_that_no_find_has_is_said(server, open_page):
    page = open_page(f"{server.url}?_record=F-99999999")
    expect(page.locator(".record-card")).to_contain_text("There is no find “F-99999999”.")


def test_a_dot_says_what_it_is_and_a_click_chooses_it(server, open_page):
    page = open_page(f"{server.url}?{CLOSE}")
    page.wait_for_function(DOTS)
    x, y = page.evaluate(DOT, [MINE.lon, MINE.lat])
    page.mouse.move(x, y)
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_contain_text(re.compile(r"F-\d{5}"))
    expect(tooltip).to_contain_text("weight (g)")
    told = tooltip.locator("b").inner_text()
    page.mouse.click(x, y)
    page.wait_for_function("id => location.search.includes('_record=' + id)", arg=told)
    # The parcel below it is not chosen.
    assert "_area" not in query(page)
    page.mouse.move(x, y - 400)
    expect(tooltip.filter(has_text="F-")).to_have_count(0)


def test_a_row_goes_to_its_point(server, open_page):
    page = open_page(server.url)
    row = page.locator(".records tbody tr").nth(4)
    mine = FINDS[FINDS.find == row.locator("button.row").inner_text()].iloc[0]
    row.locator("td").nth(2).click()
    page.wait_for_function("id => location.search.includes('_record=' + id)", arg=mine.find)
    page.wait_for_function("location.search.includes('_extent')")
    west, south, east, north = map(float, query(page)["_extent"][0].split(","))
    assert west < mine.lon < east and south < mine.lat < north
