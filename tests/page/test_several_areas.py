"""Several areas at once, chosen as visitors do: with Ctrl and a click, by a box, and by fingers with the switch."""

import pytest
import shapely
from test_page import FINDS, PARCELS, SENTENCE, pixel, query, screen, wait_for_sentence

DRAWN = PARCELS.to_crs(3857).set_index("parcel").geometry
NAMES = PARCELS.set_index("parcel").name
HEADING = ".detail-head h2"


@pytest.fixture
def busy(server, open_page):
    """An open page, and the parcels with most finds that can be clicked on it."""
    page = open_page(server.url)
    found = [area for area in FINDS.parcel.value_counts().index if area in NAMES.index and pixel(page, area)]
    return page, found


def extent(page):
    return page.evaluate("""() => {
        const {x_range, y_range} = Bokeh.documents[0].get_model_by_name("map")
        return [x_range.start, y_range.start, x_range.end, y_range.end]
    }""")


def chosen(page, areas):
    """Wait until these areas, and no others, are chosen."""
    page.wait_for_function(
        "areas => JSON.stringify(new URLSearchParams(location.search).getAll('_area').sort()) == JSON.stringify(areas)",
        arg=sorted(areas))


def outlined(page):
    """Return the names of the areas that the map outlines."""
    return page.evaluate("""() => {
        const {renderers} = Bokeh.documents[0].get_model_by_name("map")
        const {view, data_source} = renderers.find(({name}) => name === "chosen area")
        return view.filter.indices.map((index) => data_source.data.name[index])
    }""")


def drag(page, start, end, *keys):
    for key in keys:
        page.keyboard.down(key)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    assert page.locator(".box").is_visible()
    page.mouse.up()
    for key in keys:
        page.keyboard.up(key)
    page.locator(".box").wait_for(state="detached")


@pytest.mark.parametrize("key", ["Control", "Meta", "Shift"])
def test_a_click_with_a_key_adds_an_area_and_takes_it_away(busy, key):
    page, (first, second, third, *_) = busy
    before = extent(page)
    page.mouse.click(*pixel(page, first))
    chosen(page, [first])
    page.keyboard.down(key)
    for area in (second, third):
        page.mouse.click(*pixel(page, area))
    chosen(page, [first, second, third])
    page.keyboard.up(key)
    together = FINDS[FINDS.parcel.isin([first, second, third])]
    page.locator(HEADING, has_text="3 parcels").wait_for()
    assert page.locator(".figures dd").first.inner_text() == f"{len(together):,}"
    assert page.locator(".records h2").inner_text() == f"{len(together):,} finds in 3 parcels"
    assert sorted(outlined(page)) == sorted(page.locator(".several tbody th").all_inner_texts())
    page.keyboard.down(key)
    page.mouse.click(*pixel(page, second))
    chosen(page, [first, third])
    page.keyboard.up(key)
    page.mouse.click(*pixel(page, second))
    chosen(page, [second])
    assert extent(page) == before


def test_chosen_areas_stand_side_by_side_and_each_can_be_removed(server, open_page, engine):
    areas = ["P-086", "P-106", "P-010"]
    page = open_page(f"{server.url}?type=bowl&{'&'.join(f'_area={area}' for area in areas)}")
    bowls = FINDS[FINDS.type == "bowl"].groupby("parcel").size().reindex(NAMES.index, fill_value=0)
    rows = {row[0]: row[1:] for row in page.locator(".several tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))")}
    for area in areas:
        count, _, rank, _ = rows[NAMES[area]]
        assert (count, rank) == (str(bowls[area]), str((bowls > bowls[area]).sum() + 1))
    page.get_by_role("button", name=f"Remove {NAMES['P-106']}").click()
    chosen(page, ["P-086", "P-010"])
    page.locator(HEADING, has_text="2 parcels").wait_for()
    page.get_by_role("button", name=f"Remove {NAMES['P-010']}").click()
    page.locator(HEADING, has_text=NAMES["P-086"]).wait_for()
    assert page.locator(".several").count() == 0
    page.go_back()
    page.locator(HEADING, has_text="2 parcels").wait_for()


def test_shift_and_a_drag_choose_all_areas_in_a_box_and_the_map_stays(busy):
    page, found = busy
    west, south, east, north = before = extent(page)
    box = page.locator(".map").bounding_box()
    scale = (east - west) / box["width"]

    def is_free(x, y):
        """Say whether nothing lies above the map at a place of the screen."""
        return screen(page, west + (x - box["x"]) * scale, north - (y - box["y"]) * scale, 1e9) is not None
    area, x, y = next((area, x, y) for area in found for x, y in [pixel(page, area)]
                      if is_free(x - 25, y - 20) and is_free(x + 25, y + 20))
    drag(page, (x - 25, y - 20), (x + 25, y + 20), "Shift")
    page.wait_for_function("location.search.includes('_area=')")
    middle = DRAWN[area].representative_point()
    place = screen(page, middle.x, middle.y, 1e9)
    assert place is not None
    left, top = middle.x - (place[0] - x + 25) * scale, middle.y + (place[1] - y + 20) * scale
    reach = shapely.box(left, top - 40 * scale, left + 50 * scale, top)
    for margin, check in ((-2, set.issuperset), (2, set.issubset)):
        inside = set(DRAWN.index[DRAWN.intersects(reach.buffer(margin * scale))])
        assert check(set(query(page)["_area"]), inside)
    assert len(query(page)["_area"]) > 3
    assert extent(page) == before


def test_a_box_around_everything_is_too_much_and_says_so(server, open_page):
    page = open_page(server.url)
    box = page.locator(".map").bounding_box()
    drag(page, (box["x"] + 4, box["y"] + 4), (box["x"] + box["width"] - 4, box["y"] + box["height"] - 4), "Shift")
    page.locator(".hint", has_text="No more than 200 parcels").wait_for()


@pytest.mark.parametrize("width", [390, 1024])
def test_fingers_choose_several_with_the_switch_on(server, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server.url}?_extent=-1.93,37.55,-1.87,37.6")
    page.wait_for_selector(".dashboard.ready", state="attached")
    before = extent(page)
    first, second, third = [area for area in FINDS.parcel.value_counts().index
                            if area in NAMES.index and pixel(page, area)][:3]
    switch = page.get_by_role("button", name="Choose several")
    switch.tap()
    page.locator(".hint", has_text="Tap parcels").wait_for()
    assert switch.get_attribute("aria-pressed") == "true"
    for area in (first, second, third, second):
        count = len(query(page).get("_area", []))
        page.touchscreen.tap(*pixel(page, area))
        page.wait_for_function(
            "count => new URLSearchParams(location.search).getAll('_area').length != count", arg=count)
    chosen(page, [first, third])
    # A finger's drag draws the box: it does not pan.
    x, y = pixel(page, second)
    touch = context.new_cdp_session(page)
    for kind, far in (("touchStart", 0), ("touchMove", 10), ("touchMove", 20)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + far, "y": y + far}]})
    page.locator(".box").wait_for()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("area => location.search.includes(area)", arg=second)
    assert extent(page) == before
    switch.tap()
    page.locator(".hint").wait_for(state="detached")
    page.touchscreen.tap(*pixel(page, second))
    chosen(page, [second])
    context.close()


def test_several_can_be_chosen_without_a_mouse(server, open_page):
    page = open_page(server.url)
    page.get_by_role("button", name="Choose several").press("Enter")
    for area in ("P-086", "P-106"):
        page.locator(".jump input").fill(area)
        page.locator(f".matches button[value={area}]").press("Enter")
        page.wait_for_function("area => location.search.includes(area)", arg=area)
    chosen(page, ["P-086", "P-106"])
    page.get_by_role("button", name=f"Remove {NAMES['P-086']}").press("Enter")
    chosen(page, ["P-106"])


def test_a_shared_address_shows_the_same_areas_together(server, open_page):
    address = "_area=P-086&_area=P-106&_area=&type=tile"
    page = open_page(f"{server.url}?{address}")
    page.locator(HEADING, has_text="2 parcels and no parcel").wait_for()
    mine = FINDS[(FINDS.type == "tile") & (FINDS.parcel.isin(["P-086", "P-106"]) | ~FINDS.parcel.isin(NAMES.index))]
    assert page.evaluate(SENTENCE).startswith(f"{(FINDS.type == 'tile').sum():,} of")
    assert page.locator(".figures dd").first.inner_text() == f"{len(mine):,}"
    assert len(page.locator(".several tbody tr").all()) == 3
    wait_for_sentence(page, "tile")
    assert sorted(query(page)["_area"]) == ["", "P-086", "P-106"]
