"""The map as it is seen: its own fills lie where Bokeh draws the borders, at every zoom, size and density of pixels."""

import re
from io import BytesIO

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PIL import Image
from test_page import (
    FINDS,
    MIDDLES,
    PARCELS,
    class_of,
    colour_at,
    legend,
    miscoloured,
    option,
    pixel,
    screen,
    wait_for_sentence,
)

from rehearsal import until

DRAWN = PARCELS.to_crs(3857).set_index("parcel").geometry
# A yard in the middle of a parcel, that no other parcel fills.
HOLED = max((area for area in DRAWN.index if shapely.get_num_interior_rings(DRAWN[area]) > 0),
            key=lambda area: MIDDLES[area][1])


def extent_around(area):
    """Return an address that shows a parcel from close by."""
    west, south, east, north = PARCELS.set_index("parcel").geometry[area].bounds
    return f"_extent={west - 0.0005},{south - 0.0005},{east + 0.0005},{north + 0.0005}"


def wait_until_painted(page):
    """Wait for more animation frames than Bokeh needs to follow a change of its size."""
    page.evaluate("""async () => {
        for (let frame = 0; frame < 6; frame++) {
            await new Promise((resolve) => requestAnimationFrame(resolve))
        }
    }""")


@pytest.mark.parametrize("pixels", [1, 1.5, 2])
def test_every_area_keeps_its_colour_when_zoomed_in(server, open_page, pixels):
    page = open_page(server.url, pixels=pixels)
    assert miscoloured(page)[0] == []
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('_extent')")
    wrong, seen = miscoloured(page)
    assert wrong == []
    assert seen > 100


def test_every_area_keeps_its_colour_when_the_map_is_dragged_and_wheeled(server, open_page):
    page = open_page(server.url, width=1600, height=1000)
    # Where there is no area, or the tooltip would lie above some.
    box = page.locator(".map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 70, y - 30, steps=5)
    wait_until_painted(page)
    wrong, seen = miscoloured(page)
    assert wrong == []
    assert seen > 200
    page.mouse.up()
    page.mouse.wheel(0, -200)
    wait_until_painted(page)
    assert miscoloured(page)[0] == []


def test_every_area_keeps_its_colour_when_the_window_changes_its_size(server, open_page):
    page = open_page(f"{server.url}?type=bowl")
    for size in ({"width": 1000, "height": 900}, {"width": 390, "height": 844}, {"width": 1500, "height": 700}):
        page.set_viewport_size(size)
        wait_until_painted(page)
        wrong, seen = miscoloured(page, FINDS.type == "bowl")
        assert wrong == []
        assert seen > 100


def test_a_changed_choice_is_on_the_map_when_it_is_in_the_sentence(server, open_page):
    page = open_page(f"{server.url}?{extent_around(HOLED)}")
    for chosen in (["amphora"], ["amphora", "tile"]):
        option(page, chosen[-1]).check()
        wait_for_sentence(page, f"{FINDS.type.isin(chosen).sum():,} of 20,000 finds")
        wait_until_painted(page)
        wrong, seen = miscoloured(page, FINDS.type.isin(chosen))
        assert wrong == []
        assert seen


@pytest.mark.parametrize("pixels", [1, 2])
def test_a_hole_stays_empty_and_nothing_else_lies_over_an_area(server, open_page, pixels):
    page = open_page(f"{server.url}?weight_g=..0.05&{extent_around(HOLED)}", pixels=pixels)
    area, yard = DRAWN[HOLED], shapely.Polygon(DRAWN[HOLED].interiors[0])
    background = page.locator(".map").evaluate("map => getComputedStyle(map).backgroundColor")
    metres = 3 * page.evaluate("""() => {
        const {x_range, inner_width} = Bokeh.documents[0].get_model_by_name("map")
        return (x_range.end - x_range.start) / inner_width
    }""")
    for shape, colour in ((area, legend(page)["none"]), (yard, background)):
        # All of it but for three pixels along the border.
        inner = shape.buffer(-metres)
        west, south, east, north = inner.bounds
        grid = shapely.points(*np.meshgrid(np.linspace(west, east, 40), np.linspace(south, north, 40))).ravel()
        places = [screen(page, point.x, point.y, 9e9) for point in grid[shapely.contains(inner, grid)]]
        places = [place for place in places if place is not None]
        assert len(places) > 300
        assert set(colour_at(page, places)) == {colour}


def test_a_basemap_lies_below_the_areas_and_shows_where_there_is_none(server, open_page):
    page = open_page(server.url)
    tile = BytesIO()
    Image.new("RGB", (256, 256), (250, 120, 10)).save(tile, "png")
    page.route(re.compile("openstreetmap"), lambda route: route.fulfill(
        body=tile.getvalue(), content_type="image/png", headers={"access-control-allow-origin": "*"}))
    page.reload()
    page.wait_for_selector(".dashboard.ready", state="attached")
    box = page.locator(".map").bounding_box()
    beside = box["x"] + box["width"] / 2, box["y"] + box["height"] - 8
    until(lambda: colour_at(page, [beside]) == ["rgb(250, 120, 10)"])
    assert miscoloured(page)[0] == []
    option(page, "amphora").check()
    wait_for_sentence(page, "amphora")
    wait_until_painted(page)  # a shorter sentence may leave more room to the map
    assert miscoloured(page, FINDS.type == "amphora")[0] == []
    assert colour_at(page, [beside]) == ["rgb(250, 120, 10)"]


def test_legend_and_map_agree_where_the_system_sets_the_colours(server, open_page):
    page = open_page(server.url)
    page.emulate_media(forced_colors="active")
    assert len(set(legend(page).values())) == 6
    assert miscoloured(page)[0] == []


@pytest.mark.parametrize("pixels", [1, 1.5])
def test_the_map_is_filled_up_to_its_rim(server, open_page, pixels):
    middle, reach = max(MIDDLES.values(), key=lambda place: place[1])
    west, south, east, north = gpd.GeoSeries([middle.buffer(reach / 9)], crs=3857).to_crs(4326).total_bounds
    page = open_page(f"{server.url}?_extent={west},{south},{east},{north}", pixels=pixels)
    box = page.locator(".map").bounding_box()
    # Whole pixels, as the browser clips what lies in a box.
    left, top, right, bottom = np.ceil([box["x"], box["y"], box["x"] + box["width"] - 1, box["y"] + box["height"] - 1])
    wide, high = np.linspace(left, right, 50), np.linspace(top, bottom, 50)
    rim = [*((x, y) for x in wide for y in (top, bottom)), *((x, y) for y in high for x in (left, right))]
    assert len(set(colour_at(page, rim))) == 1


CELLS = """() => {
    const {left, bottom, right, top} = Bokeh.documents[0].get_model_by_name("density").data_source.data
    return Array.from(left, (_, cell) => [left[cell], bottom[cell], right[cell], top[cell]])
}"""


def zoomed_to_density(page):
    for _ in range(3):
        before = page.url
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_function("before => location.href != before", arg=before)
    page.locator(".legend", has_text="as density").wait_for()


def test_density_is_drawn_only_where_records_are(server, open_page):
    page = open_page(server.url)
    zoomed_to_density(page)
    cells = shapely.box(*np.array(page.evaluate(CELLS)).T)
    finds = gpd.GeoSeries(gpd.points_from_xy(FINDS.lon, FINDS.lat), crs=4326).to_crs(3857)
    assert len(cells) > 100
    metres = page.evaluate("""() => {
        const {x_range, inner_width} = Bokeh.documents[0].get_model_by_name("map")
        return (x_range.end - x_range.start) / inner_width
    }""")
    # A cell reaches no further than its records do, but for the few pixels that it needs to be seen.
    tree = shapely.STRtree(finds.to_numpy())
    for cell in cells:
        held = finds.iloc[tree.query(cell.buffer(0.01), "intersects")]  # places are sent in single precision
        assert len(held)
        west, south, east, north = cell.bounds
        left, bottom, right, top = held.total_bounds
        assert max(left - west, bottom - south, east - right, north - top) < 3 * metres


def test_cells_of_density_stand_out_from_areas_of_every_class(server, open_page):
    page = open_page(server.url, pixels=2)
    zoomed_to_density(page)
    colours, counts = legend(page), FINDS.parcel.value_counts()
    walked = DRAWN.index[(PARCELS.walked != "no").to_numpy()]
    lines = {label: [] for label in colours if label != "not surveyed"}
    for west, south, east, north in page.evaluate(CELLS):
        width = east - west
        for area in walked[DRAWN[walked].contains(shapely.box(west - width, south, east + width, north))]:
            mine = lines[class_of(counts.get(area, 0), colours)]
            # From the middle of the cell to beyond its rim.
            line = [screen(page, (west + east) / 2 + step * width / 16, (south + north) / 2, 9e9)
                    for step in range(17)] if len(mine) < 3 else [None]
            if None not in line:
                mine.append(line)
    for label, mine in lines.items():
        assert mine, label
        seen = iter(colour_at(page, [place for line in mine for place in line]))
        for line in mine:
            across = [next(seen) for _ in line]
            light = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in
                     (map(int, re.findall(r"\d+", colour)) for colour in across)]
            assert max(light) - min(light) > 40


def test_the_tooltip_names_the_area_and_its_finds_also_after_a_choice(server, open_page):
    page = open_page(server.url)
    area = next(area for area in FINDS.parcel.value_counts().index if area in DRAWN.index and pixel(page, area))
    page.mouse.move(*pixel(page, area))
    tooltip = page.locator(".tooltip").filter(has_text=PARCELS.set_index("parcel").name[area])
    mine = FINDS[FINDS.parcel == area]
    tooltip.filter(has_text=f"{len(mine):,} finds").wait_for()
    # By the keyboard, so that the mouse stays where it is.
    option(page, "tile").press("Space")
    tooltip.filter(has_text=f"{(mine.type == 'tile').sum():,} finds").wait_for()


def test_the_chosen_area_is_outlined_and_keeps_its_colour(server, open_page):
    page = open_page(f"{server.url}?_area={HOLED}&{extent_around(HOLED)}")
    line = shapely.segmentize(DRAWN[HOLED].exterior, 2)
    places = [screen(page, x, y, 9e9) for x, y in shapely.get_coordinates(line)]
    seen = colour_at(page, [place for place in places if place is not None])
    # Where it is drawn simplified, or another part of it passes, it lies beside its place.
    assert seen.count("rgb(214, 0, 108)") > len(seen) / 2 > 40
    assert miscoloured(page)[0] == []
