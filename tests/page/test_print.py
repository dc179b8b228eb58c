"""The page on paper: the map whole and in its colours, the filters in words, figures, charts, a page of the table."""

import re
import zlib

import pytest
from playwright.sync_api import expect
from test_page import FINDS, colour_at, legend, sentence

MARGIN = {side: "12mm" for side in ("top", "right", "bottom", "left")}
A4 = {"upright": (794, 1123), "across": (1123, 794)}  # at 96 pixels an inch


def in_pdf(pdf):
    """Return the drawing commands of a PDF, and how many pages it has."""
    streams = re.findall(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    text = b"\n".join(zlib.decompressobj().decompress(stream) for stream in streams)
    return text.decode("latin-1"), len(re.findall(rb"/Type\s*/Page\b", pdf))


def fills(commands):
    """Return the colours that areas are filled with in a PDF, as ``rgb(r, g, b)``."""
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg", commands)
    return {"rgb({}, {}, {})".format(*(round(float(part) * 255) for part in colour)) for colour in found}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("across", [False, True], ids=["upright", "across"])
def test_a4_holds_the_map_in_its_colours(server, open_page, scheme, across):
    page = open_page(f"{server.url}?type=amphora")
    colours = legend(page)
    page.emulate_media(color_scheme=scheme)
    before = page.url
    commands, pages = in_pdf(page.pdf(format="A4", landscape=across, print_background=False, margin=MARGIN))
    assert pages == (3 if across else 2)
    assert set(colours.values()) <= fills(commands)
    # Afterwards the page is as it was.
    expect(page.locator(".map")).to_be_visible()
    assert page.url == before
    assert page.locator(".paper").evaluate("paper => paper.shadowRoot.querySelector('svg') == null")


@pytest.mark.parametrize("paper", A4)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_printed_and_what_is_not(server, open_page, paper, scheme):
    page = open_page(f"{server.url}?type=amphora&period=Roman")
    said, colours = sentence(page), legend(page)
    width, height = A4[paper]
    page.emulate_media(media="print", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    picture = page.locator(".paper svg").first
    picture.wait_for()
    box = picture.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
    shown = page.locator(".paper text").all_text_contents()
    # The sentence may take two lines.
    assert said in " ".join(shown)
    assert set(colours) <= set(shown)
    swatches = page.locator(".paper .swatch").all()
    places = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
              for box in (swatch.bounding_box() for swatch in swatches)]
    assert colour_at(page, [(1, 1), *places]) == ["rgb(255, 255, 255)", *colours.values()]
    for part in (".header", ".controls", ".map", ".over", ".sentence", ".pages", ".about", ".latest"):
        expect(page.locator(part)).not_to_be_visible()
    assert page.get_by_role("button", name="SVG").count() == 0
    count = ((FINDS.type == "amphora") & (FINDS.period == "Roman")).sum()
    expect(page.locator(".figures dd").first).to_have_text(f"{count:,}")
    expect(page.locator(".charts section").first).to_be_visible()
    expect(page.locator(".records tbody tr").last).to_be_visible()
    assert page.locator(".records").evaluate("part => part.scrollHeight <= part.clientHeight + 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_map_comes_back_from_printing_as_it_was(server, open_page):
    page = open_page(server.url)
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("location.search.includes('_extent')")
    ranges = """(() => { const {x_range, y_range} = Bokeh.documents[0].get_model_by_name("map")
        return [x_range.start, x_range.end, y_range.start, y_range.end].map(Math.round) })()"""
    before, address = page.evaluate(ranges), page.url
    page.pdf(format="A4")
    page.emulate_media(media="print")
    page.locator(".paper svg").first.wait_for()
    page.emulate_media(media="screen")
    page.locator(".map").wait_for()
    page.wait_for_function(f"before => `${{{ranges}}}` === before", arg=",".join(map(str, before)))
    assert page.url == address
