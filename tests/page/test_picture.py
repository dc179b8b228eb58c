"""Pictures for a talk: the map as PNG and SVG, the charts as SVG, made of what the page shows."""

import base64
import re
import struct
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import shapely
from playwright.sync_api import expect
from test_hostile_text import ATTACKS, hostile  # noqa: F401, the second is a fixture
from test_page import FINDS, PARCELS, class_of, legend, sentence

SVG = "{http://www.w3.org/2000/svg}"
TITLE = "Field survey of the Aljibe valley"
# A red tile of one pixel.
RED = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC")


def taken(page, kind):
    """Take the map's picture by the menu; return the file's name and what is in it."""
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        page.locator(f"[data-do=picture][value={kind}]").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def in_rgb(colour):
    """Return ``#rrggbb`` as ``rgb(r, g, b)``."""
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))


def polygon(path):
    """Return the path of an area as a polygon with holes, in units of the picture."""
    rings = [[tuple(map(float, point.split())) for point in ring.split("L")]
             for ring in path.get("d").removeprefix("M").split("M")]
    return shapely.build_area(shapely.MultiLineString(rings))


def pixels(page, png, places):
    """Return the colours of a PNG at places, as ``rgb(r, g, b)``."""
    return page.evaluate("""async ([png, places]) => {
        const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob())
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d")
        context.drawImage(image, 0, 0)
        return places.map(([x, y]) => `rgb(${[...context.getImageData(x, y, 1, 1).data].slice(0, 3).join(", ")})`)
    }""", [base64.b64encode(png).decode(), places])


def drawn_areas(root):
    """Return the areas of a picture: name -> (path, polygon in units of the picture)."""
    map_ = root.find(f"{SVG}svg")
    shift = float(map_.get("x")), float(map_.get("y"))
    paths = map_.find(f"{SVG}g[@class='areas']").findall(f"{SVG}path")
    return {path.find(f"{SVG}title").text: (path, shapely.affinity.translate(polygon(path), *shift)) for path in paths}


@pytest.mark.parametrize(("query", "mask"), [
    ("", FINDS.find.notna()), ("?type=amphora&type=bowl", FINDS.type.isin(["amphora", "bowl"]))])
def test_the_map_as_svg_has_each_area_in_its_colour(server, open_page, query, mask):
    page = open_page(server.url + query)
    name, svg = taken(page, "svg")
    assert name == "Field-survey-of-the-Aljibe-valley.svg"
    root = ElementTree.fromstring(svg)
    said = texts(root)
    assert said[:2] == [TITLE, sentence(page)]
    for line in (*legend(page), "number of finds", "N"):
        assert line in said
    assert any(re.fullmatch(r"[\d.]+ k?m", line) for line in said)
    assert said[-1].startswith("Synthetic sample data made by make_sample.py · CC0 1.0 · Data of ")
    areas = drawn_areas(root)
    assert len(areas) == len(PARCELS)
    counts = FINDS[mask].groupby("parcel").size()
    for parcel, name, walked in zip(PARCELS.parcel, PARCELS.name, PARCELS.walked, strict=True):
        label = "not surveyed" if walked == "no" else class_of(counts.get(parcel, 0), legend(page))
        assert in_rgb(areas[name][0].get("fill")) == legend(page)[label]
    assert {in_rgb(swatch.get("fill")) for swatch in root.iter(f"{SVG}rect") if swatch.get("class") == "swatch"} \
        == set(legend(page).values())


def test_each_area_is_where_it_is_and_north_is_up(server, open_page):
    areas = drawn_areas(ElementTree.fromstring(taken(open_page(server.url), "svg")[1]))
    seen = np.array([shapely.get_coordinates(areas[name][1].centroid)[0] for name in PARCELS.name])
    true = shapely.get_coordinates(PARCELS.to_crs(3857).geometry.centroid) * [1, -1]
    scale = np.ptp(seen, axis=0) / np.ptp(true, axis=0)
    assert scale[0] == pytest.approx(scale[1], rel=0.001)
    assert np.abs(seen - seen.mean(axis=0) - (true - true.mean(axis=0)) * scale).max() < 1


@pytest.mark.parametrize(("kind", "scale"), [("png", 2), ("large", 4)])
def test_the_map_as_png_is_drawn_at_its_scale_and_on_light_paper(server, open_page, kind, scale):
    page = open_page(f"{server.url}?period=Roman")
    page.emulate_media(color_scheme="dark")
    root = ElementTree.fromstring(taken(page, "svg")[1])
    name, png = taken(page, kind)
    assert name == "Field-survey-of-the-Aljibe-valley.png"
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (int(root.get("width")) * scale, int(root.get("height")) * scale)
    expected, places = ["rgb(255, 255, 255)"], [(3, 3)]
    for path, area in drawn_areas(root).values():
        middle = shapely.maximum_inscribed_circle(area)
        if middle.length > 3:
            expected.append(in_rgb(path.get("fill")))
            places.append([int(value * scale) for value in shapely.get_coordinates(middle)[0]])
    assert len(places) > 350
    assert pixels(page, png, places) == expected


def test_the_scale_bar_is_as_long_as_it_says(server, open_page):
    root = ElementTree.fromstring(taken(open_page(server.url), "svg")[1])
    number, unit = next(re.fullmatch(r"([\d.]+) (k?m)", line) for line in texts(root)
                        if re.fullmatch(r"[\d.]+ k?m", line)).groups()
    bar = root.find(f"{SVG}path[@class='scale']").get("d")
    start, end = float(re.match(r"M([\d.]+)", bar)[1]), float(re.search(r"H([\d.]+)", bar)[1])
    metres = float(number) * (1000 if unit == "km" else 1)
    # The ground is that of the areas themselves, in the projection of their own zone.
    areas = drawn_areas(root)
    seen = np.array([shapely.get_coordinates(areas[name][1].centroid)[0] for name in PARCELS.name])
    ground = shapely.get_coordinates(PARCELS.to_crs(PARCELS.estimate_utm_crs()).geometry.centroid)
    per_metre = np.hypot(*(seen[0] - seen[-1])) / np.hypot(*(ground[0] - ground[-1]))
    assert (end - start) / per_metre == pytest.approx(metres, rel=0.01)


def test_the_picture_shows_the_part_of_the_map_that_one_sees(server, open_page):
    extent = ",".join(f"{bound:.5f}" for bound in PARCELS.set_index("parcel").geometry["P-086"].bounds)
    page = open_page(f"{server.url}?_area=P-086&_extent={extent}")
    expect(page.locator(".legend")).to_contain_text("here, drawn")
    root = ElementTree.fromstring(taken(page, "svg")[1])
    map_ = root.find(f"{SVG}svg")
    assert any("here, drawn" in text for text in texts(root))
    assert map_.findall(f"{SVG}g[@class='dots']/{SVG}circle")
    chosen = [path for path in map_.findall(f"{SVG}path") if path.get("stroke") == "#d6006c"]
    name = PARCELS.set_index("parcel").name["P-086"]
    assert [path.get("d") for path in chosen] == [drawn_areas(root)[name][0].get("d")]


@pytest.mark.parametrize("readable", [True, False], ids=["readable", "not readable"])
def test_tiles_are_part_of_the_picture_where_they_can_be_read(server, open_page, readable):
    page = open_page(server.url)
    # What a server lets an image show it need not let a script read.
    page.route("**/tile.openstreetmap.org/**", lambda route: route.abort()
               if route.request.resource_type == "fetch" and not readable
               else route.fulfill(body=RED, content_type="image/png"))
    page.reload()
    page.wait_for_function("""Bokeh.documents[0]?.get_model_by_name("map").renderers
        .some((renderer) => renderer.type === "TileRenderer")""")
    _, png = taken(page, "png")
    root = ElementTree.fromstring(taken(page, "svg")[1])
    map_ = root.find(f"{SVG}svg")
    corner = [int(2 * (float(map_.get(name)) + 5)) for name in ("x", "y")]
    assert pixels(page, png, [corner]) == ["rgb(255, 0, 0)" if readable else "rgb(236, 239, 240)"]
    assert (len(map_.findall(f"{SVG}image")) > 3) == readable
    assert any("OpenStreetMap contributors" in text for text in texts(root)) == readable


def test_each_chart_as_svg(server, open_page):
    page = open_page(f"{server.url}?period=Roman")
    buttons = page.locator(".detail").get_by_role("button", name="as a picture (SVG)")
    expect(buttons).to_have_count(page.locator(".charts section").count())
    pictures = {}
    for button in buttons.all():
        heading = button.locator("xpath=..").locator("h3").inner_text()
        with page.expect_download() as download:
            button.focus()
            button.press("Enter")
        assert download.value.suggested_filename.startswith("Field-survey-of-the-Aljibe-valley-")
        root = ElementTree.fromstring(download.value.path().read_bytes())
        assert texts(root)[:3] == [heading, TITLE, sentence(page)]
        pictures[heading] = root
    types = FINDS[FINDS.period == "Roman"].type.value_counts()
    shown = pictures["type"]
    for option, count in types.head(5).items():
        assert option in texts(shown) and f"{count:,}" in texts(shown)
    widths = [float(bar.get("width")) for bar in shown.iter(f"{SVG}rect") if bar.get("class") == "bar"]
    assert widths[:5] == pytest.approx(widths[0] * types.head(5).to_numpy() / types.iloc[0], abs=0.1)
    months = pd.to_datetime(FINDS[FINDS.period == "Roman"].found_on).dt.to_period("M").nunique()
    heights = [bar for bar in pictures["found on"].iter(f"{SVG}rect") if bar.get("class") == "bar"]
    assert len(heights) == months


def test_text_of_the_data_is_text_in_a_picture(hostile, open_page):  # noqa: F811
    page = open_page(hostile.url, expected=("x.png", "404"))
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    name, svg = taken(page, "svg")
    assert name == "img-src-x-onerror-alert-1.svg"
    root = ElementTree.fromstring(svg)
    assert texts(root)[0] == ATTACKS[0]
    assert {element.tag.removeprefix(SVG) for element in root.iter()} \
        <= {"svg", "title", "rect", "g", "path", "circle", "text"}
    assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
    areas = root.find(f"{SVG}svg").find(f"{SVG}g").findall(f"{SVG}path")
    assert areas[0].find(f"{SVG}title").text == f"0 {ATTACKS[0]}"
    _, png = taken(page, "png")
    assert png.startswith(b"\x89PNG")
    for button in page.locator("[data-do=chart]").all():
        with page.expect_download() as download:
            button.focus()
            button.press("Enter")
        ElementTree.fromstring(download.value.path().read_bytes())
