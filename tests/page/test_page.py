"""The page as its visitors use it: a real browser on a real server."""

import base64
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from playwright.sync_api import expect

from servers import sample, served

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson")
# Where each area is widest (Web Mercator), and how wide it is there.
MIDDLES = {area: (shapely.get_point(line, 0), line.length) for area, line in
           zip(PARCELS.parcel, shapely.maximum_inscribed_circle(PARCELS.to_crs(3857).geometry), strict=True)}


SENTENCE = "document.querySelector('.dashboard').shadowRoot.querySelector('.sentence p').textContent"


def sentence(page):
    return page.evaluate(SENTENCE)


def wait_for_sentence(page, text):
    page.wait_for_function(f"text => {SENTENCE}.includes(text)", arg=text)


def query(page):
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def option(page, value):
    return page.locator(f".facet input[value='{value}']")


def pixel(page, area):
    """Return where an area is widest on the screen; None when it is thin, or something lies above the map there."""
    middle, reach = MIDDLES[area]
    return screen(page, middle.x, middle.y, reach)


def screen(page, x, y, reach):
    """Return where a place (Web Mercator) is on the screen; None if `reach` is three pixels or less or it is hidden."""
    return page.evaluate("""([x, y, reach]) => {
        const plot = Bokeh.documents[0].get_model_by_name("map")
        const box = Bokeh.index.find_one(plot).el.getBoundingClientRect()
        const {x_range, y_range} = plot
        const left = box.left + (x - x_range.start) / (x_range.end - x_range.start) * box.width
        const top = box.top + (y_range.end - y) / (y_range.end - y_range.start) * box.height
        const wide = reach * box.width / (x_range.end - x_range.start) > 3
        const shown = (x, y) => {
            let element = document.elementFromPoint(x, y)
            while (element?.shadowRoot != null && element.shadowRoot.elementFromPoint(x, y) !== element) {
                element = element.shadowRoot.elementFromPoint(x, y)
            }
            return element?.className.includes?.("bk-events")
        }
        const corners = [[-2, -2], [-2, 2], [2, -2], [2, 2]]
        return wide && corners.every(([x, y]) => shown(left + x, top + y)) ? [left, top] : null
    }""", [x, y, reach])


def colour_at(page, places):
    """Return the colours at places of the screen, as ``rgb(r, g, b)``."""
    shot = base64.b64encode(page.screenshot()).decode()
    return page.evaluate("""async ([shot, places]) => {
        const image = new Image()
        image.src = "data:image/png;base64," + shot
        await image.decode()
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext("2d")
        context.drawImage(image, 0, 0)
        const ratio = image.width / innerWidth
        const pixel = ([x, y]) => [...context.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1).data]
        return places.map((place) => `rgb(${pixel(place).slice(0, 3).join(", ")})`)
    }""", [shot, places])


def legend(page):
    """Return the legend as label -> colour."""
    return dict(page.locator(".legend li").evaluate_all(
        "items => items.map(item => [item.querySelector('span').textContent,"
        " getComputedStyle(item.querySelector('i')).backgroundColor])"))


def class_of(value, labels):
    """Return the label of the legend that a count belongs to."""
    if value == 0:
        return "none"
    for label in labels:
        numbers = [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", label)]
        if numbers and numbers[0] <= value and ("more" in label or value <= numbers[-1]):
            return label
    raise AssertionError(f"no class for {value} in {labels}")


def miscoloured(page, mask=True):
    """Return the areas that have not the legend's colour for their number of finds, and how many could be seen."""
    colours = legend(page)
    counts = FINDS[FINDS.find.notna() & mask].groupby("parcel").size()
    expected, places = [], []
    for area, walked in zip(PARCELS.parcel, PARCELS.walked, strict=True):
        place = pixel(page, area)
        if place is not None:
            places.append(place)
            label = "not surveyed" if walked == "no" else class_of(counts.get(area, 0), colours)
            expected.append((area, label, colours[label]))
    seen = colour_at(page, places)
    wrong = [(*one, colour) for one, colour in zip(expected, seen, strict=True) if one[2] != colour]
    return wrong, len(places)


def test_the_page_opens_with_the_whole_survey(server, open_page):
    page = open_page(server.url)
    assert sentence(page) == "All 20,000 finds, in 380 of 413 parcels. 9 finds lie in no parcel."
    assert page.title() == "Field survey of the Aljibe valley"
    assert not page.locator("#loading").is_visible()
    assert page.locator(".records tbody tr").count() > 10


def test_a_choice_filters_everything(server, open_page):
    page = open_page(server.url)
    option(page, "amphora").check()
    option(page, "bowl").check()
    option(page, "Roman").check()
    mine = FINDS[FINDS.type.isin(["amphora", "bowl"]) & (FINDS.period == "Roman")]
    wait_for_sentence(page, f"{len(mine):,} of 20,000 finds")
    assert sentence(page).endswith(": amphora or bowl, Roman.")
    assert query(page) == {"type": ["amphora", "bowl"], "period": ["Roman"]}
    # An option counts what it would leave, given the other facets only.
    shown = page.locator(".facet label", has=page.locator("input[value=tile]")).locator("b").inner_text()
    assert shown == f"{((FINDS.period == 'Roman') & (FINDS.type == 'tile')).sum():,}"
    page.get_by_role("button", name="Clear type").click()
    wait_for_sentence(page, f"{(FINDS.period == 'Roman').sum():,} of 20,000 finds")
    page.get_by_role("button", name="Clear all").click()
    wait_for_sentence(page, "All 20,000 finds")


@pytest.mark.parametrize(("address", "mask"), [
    ("", FINDS.find.notna()),
    ("type=amphora", FINDS.type == "amphora"),
    ("period=Roman&period=&weight_g=10..250",
     (FINDS.period.isna() | (FINDS.period == "Roman")) & FINDS.weight_g.between(10, 250)),
    ("found_on=2015-01-01..2016-12-31&decorated=yes&_classes=all",
     FINDS.found_on.between("2015-01-01", "2016-12-31") & (FINDS.decorated == "yes")),
], ids=["all", "one type", "missing values and bounds", "dates and the classes of all"])
def test_every_area_has_the_legends_colour_for_its_count(server, open_page, address, mask):
    wrong, seen = miscoloured(open_page(f"{server.url}?{address}", width=1920, height=1200), mask)
    assert wrong == []
    assert seen > 250


def test_jump_to_an_area_and_back(server, open_page):
    page = open_page(server.url)
    box = page.locator(".jump input")
    box.press_sequentially("P-08")
    page.locator(".matches button").first.wait_for()
    box.fill("P-086")
    box.press("Enter")
    page.wait_for_function("location.search.includes('_area=P-086')")
    assert "_extent" in query(page)
    name = PARCELS.set_index("parcel").name["P-086"]
    page.get_by_role("heading", name=name, exact=True).wait_for()
    mine = FINDS[FINDS.parcel == "P-086"]
    assert page.locator(".figures dd").first.inner_text() == str(len(mine))
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_function("!location.search.includes('P-086')")
    page.go_back()
    page.get_by_role("heading", name=name, exact=True).wait_for()
    page.go_back()
    page.get_by_role("heading", name="All parcels").wait_for()
    assert query(page) == {}


def test_a_tap_chooses_the_area(server, open_page):
    page = open_page(server.url)
    area = next(area for area in FINDS.parcel.value_counts().index if area in set(PARCELS.parcel) and pixel(page, area))
    page.mouse.click(*pixel(page, area))
    page.wait_for_function("area => location.search.includes('_area=' + area)", arg=area)
    assert page.locator(".records h2").inner_text().startswith(f"{(FINDS.parcel == area).sum():,} finds in ")


def test_a_tap_beside_all_areas_lets_go_of_the_chosen_one(server, open_page):
    page = open_page(f"{server.url}?_area=P-086")
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 8)
    page.get_by_role("heading", name="All parcels").wait_for()
    assert query(page) == {}


def test_a_bar_becomes_a_choice(server, open_page):
    page = open_page(server.url)
    page.locator(".detail [data-on=type] button", has_text="tile").click()
    wait_for_sentence(page, f"{(FINDS.type == 'tile').sum():,} of 20,000 finds")
    months = page.locator(".detail [data-on=found_on] button")
    months.locator("nth=0").click()
    first = FINDS.found_on.str.startswith("2014-02")
    wait_for_sentence(page, f"{(first & (FINDS.type == 'tile')).sum():,} of 20,000 finds")
    assert query(page)["found_on"] == ["..2014-02-28"]


def test_bounds_can_be_typed_and_what_is_no_number_is_said(server, open_page):
    page = open_page(server.url)
    facet = page.locator(".facet.range", has_text="weight")
    low, high = (facet.locator(".bound input").nth(place) for place in (0, 1))
    low.fill("10")
    low.press("Enter")
    wait_for_sentence(page, f"{(FINDS.weight_g >= 10).sum():,} of 20,000 finds")
    high.fill("heavy")
    high.press("Enter")
    facet.get_by_text("is not a number").wait_for()
    assert high.input_value() == "heavy"
    high.fill("250")
    high.press("Enter")
    wait_for_sentence(page, f"{FINDS.weight_g.between(10, 250).sum():,} of 20,000 finds")
    assert query(page) == {"weight_g": ["10..250"]}


def test_a_slider_steps_along_readable_bounds(server, open_page, engine):
    page = open_page(server.url)
    handle = page.locator(".facet.range", has_text="weight").locator(".slider .low")
    handle.focus()
    for _ in range(4):
        handle.press("ArrowRight")
    low = engine.facets["weight_g"].edges[4]
    wait_for_sentence(page, f"{(FINDS.weight_g >= low).sum():,} of 20,000 finds")
    assert query(page) == {"weight_g": [f"{low:g}.."]}


def test_a_search_finds_an_option_among_many(server, open_page):
    page = open_page(server.url)
    facet = page.locator(".facet.searching", has_text="ware")
    ware = FINDS.ware.value_counts().index[-1]
    facet.locator("input.search").press_sequentially(ware[:6].upper())
    facet.locator(f"input[value='{ware}']").check()
    wait_for_sentence(page, f"{(FINDS.ware == ware).sum():,} of 20,000 finds")
    facet.get_by_role("button", name=f"Remove {ware}").click()
    wait_for_sentence(page, "All 20,000 finds")


def test_a_shared_address_shows_the_same_in_another_browser(server, open_page):
    first = open_page(server.url)
    option(first, "amphora").check()
    wait_for_sentence(first, "amphora")
    first.locator(".map-bar select").select_option("sum(weight_g)")
    first.locator(".legend summary", has_text="total weight").wait_for()
    first.get_by_role("button", name="Next", exact=True).click()
    first.wait_for_function("location.search.includes('_area')")
    second = open_page(first.url)
    assert second.url == first.url
    assert sentence(second) == sentence(first)
    assert legend(second) == legend(first)
    for part in (".detail", ".records", ".legend"):
        assert second.locator(part).inner_text() == first.locator(part).inner_text() != ""


def test_what_an_address_asks_in_vain_is_said_and_the_rest_applied(server, open_page):
    page = open_page(f"{server.url}?type=amphora&type=%3Cb%3Eblob&nothing=1&weight_g=a..b"
                     "&_area=P-9999&_extent=1,2&token=secret")
    wait_for_sentence(page, f"{(FINDS.type == 'amphora').sum():,} of 20,000 finds")
    notices = page.locator(".notice").all_inner_texts()
    assert len(notices) == 5
    assert any("<b>blob" in notice for notice in notices)
    assert query(page) == {"type": ["amphora"]}
    assert "secret" not in page.content()


def test_zoomed_in_many_records_are_drawn_as_density_and_few_as_points(server, open_page):
    page = open_page(server.url)
    zoom = page.get_by_role("button", name="Zoom in")
    for drawn in ("", "", "as density", "", "", "as points"):
        before = page.url
        zoom.click()
        page.wait_for_function("before => location.href != before", arg=before)
        page.locator(".legend", has_text=drawn).wait_for()
    page.get_by_role("button", name="Show the whole map").click()
    page.wait_for_function("!location.search.includes('_extent')")
    assert page.locator(".legend", has_text="here, drawn").count() == 0


def test_the_table_sorts_and_turns(server, open_page):
    page = open_page(f"{server.url}?type=coin")
    coins = FINDS[FINDS.type == "coin"].sort_values("weight_g", ascending=False, kind="stable")
    heading = page.locator("th button", has_text="weight")
    heading.click()
    page.locator("th[aria-sort=ascending]").wait_for()
    heading.click()
    page.locator("th[aria-sort=descending]").wait_for()
    heaviest = page.locator(".records tbody tr").first
    assert f"{coins.weight_g.iloc[0]:g}" in heaviest.inner_text()
    page.get_by_role("button", name="Next page").click()
    page.wait_for_function("location.search.includes('_page=2')")


def test_a_phone_shows_the_map_first_and_facets_in_a_drawer(server, open_page):
    page = open_page(server.url, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    top = page.locator(".map").bounding_box()["y"]
    assert 0 < top < 400 and page.locator(".detail").bounding_box()["y"] > top
    assert not option(page, "amphora").is_visible()
    page.get_by_role("button", name="Filters").click()
    option(page, "amphora").check()
    wait_for_sentence(page, "amphora")
    page.get_by_role("button", name="Show the map").click()
    option(page, "amphora").wait_for(state="hidden")
    # A tap beside the drawer closes it too.
    page.get_by_role("button", name="Filters").click()
    option(page, "amphora").wait_for()
    page.mouse.click(380, 600)
    option(page, "amphora").wait_for(state="hidden")


def test_a_lost_server_is_said_and_the_view_comes_back_with_it(open_page):
    with served(sample()) as first:
        page = open_page(f"{first.url}?type=amphora", expected=("ERR_CONNECTION_REFUSED",))
        port = first.port
    page.get_by_text("The connection to the server is lost").wait_for()
    with served(sample(), port=port):
        page.locator("#lost").wait_for(state="hidden")
        page.wait_for_selector(".dashboard.ready", state="attached")
        assert query(page) == {"type": ["amphora"]}
        assert "amphora" in sentence(page)


def test_copy_link_gives_the_address_of_the_view(server, open_page):
    page = open_page(f"{server.url}?type=coin")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_records_in_no_area_can_be_chosen(server, open_page):
    page = open_page(server.url)
    page.get_by_title("Show them").click()
    page.get_by_role("heading", name="In no parcel", exact=True).wait_for()
    assert query(page) == {"_area": [""]}
    assert page.locator(".records h2").inner_text() == "9 finds in no parcel"
    assert page.locator(".records tbody tr").count() == 9
    again = open_page(page.url)
    assert again.locator(".detail").inner_text() == page.locator(".detail").inner_text() != ""


def test_the_page_tells_of_its_data_what_the_command_line_tells(server, open_page):
    page = open_page(server.url)
    page.get_by_role("button", name="About the data").click()
    expect(page.locator(".about .facts")).to_contain_text("Synthetic sample data made by make_sample.py")
    expect(page.locator(".about .facts")).to_contain_text("CC0 1.0")
    page.locator(".about summary", has_text="For makers").click()
    about = page.locator(".about").inner_text()
    told = subprocess.run([sys.executable, sample()], check=True, capture_output=True, text=True).stdout
    for line in told.splitlines()[1:]:
        assert line.strip() in about
    assert "P-999" in about
    page.locator(".about button").click()
    page.locator(".about").wait_for(state="hidden")


def test_of_a_dragged_handle_the_last_position_is_shown(server, open_page, engine):
    page = open_page(server.url)
    facet = page.locator(".facet.range", has_text="weight")
    facet.locator(".slider").scroll_into_view_if_needed()
    track = facet.locator(".slider").bounding_box()
    middle = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + 9, middle)
    page.mouse.down()
    steps = 60
    for step in range(steps + 1):
        page.mouse.move(track["x"] + 9 + track["width"] * step / steps * 0.7, middle)
    page.mouse.up()
    page.wait_for_function("location.search.includes('weight_g=')")
    page.locator(".dashboard:not(.busy)").wait_for(state="attached")
    low = engine.facets["weight_g"].edges[int(facet.locator(".slider .low").input_value())]
    wait_for_sentence(page, f"{(FINDS.weight_g >= low).sum():,} of 20,000 finds")
    assert query(page) == {"weight_g": [f"{low:g}.."]}
