"""Several routes in one server: the README's program as it stands, with a second folder beside the first."""

import os
import shutil
import subprocess
import sys
from io import BytesIO

import pytest
from bokeh.embed import server_document
from PIL import Image
from playwright.sync_api import expect

from servers import copy_app, sample
from snippets import snippet

WELLS = """
title = "Wells"
[areas]
file = "data/farms.csv"
id = "farm"
crs = "EPSG:4326"
[records]
file = "data/wells.csv"
area = "farm"
one = "well"
many = "wells"
[map]
basemap = "none"
"""
FARMS = """farm,wkt
a,"POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"
b,"POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"
"""
KINDS = "dug", "drilled", "dry"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The README's program: its address, and a function that reads a line of what it prints."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(sample(), folder / "bokeh-app", ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    other = copy_app(folder / "other", WELLS).rename(folder / "other-app")
    (other / "data").mkdir()
    (other / "data" / "farms.csv").write_text(FARMS)
    wells = "".join(f"{'ab'[n % 2]},{KINDS[n % 3]}\n" for n in range(60))
    (other / "data" / "wells.csv").write_text(f"farm,kind\n{wells}")
    (folder / "program.py").write_text(snippet("python", "Server("), "utf-8")
    with subprocess.Popen([sys.executable, "-u", "program.py"], cwd=folder, stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}) as process:
        try:
            address = process.stdout.readline().strip().removesuffix("/mine")
            tags = [server_document(address + path, arguments={"_measure": "count/km2"}) for path in ("/", "/other")]
            (folder / "bokeh-app" / "static" / "two.html").write_text(f"<body>{tags[0]}<hr>{tags[1]}")
            yield address, process.stdout.readline
        finally:
            process.terminate()
            process.stdout.read()  # it says that it ends, which it can only where somebody listens


def sentence(page):
    return page.locator(".sentence")


def test_each_route_shows_the_data_of_its_folder(program, open_page):
    address, _ = program
    page = open_page(f"{address}/")
    expect(sentence(page)).to_contain_text("All 20,000 finds")
    page.locator(".facet input[value=bowl]").check()
    expect(sentence(page)).to_contain_text("bowl")
    assert page.url == f"{address}/?type=bowl"
    other = open_page(f"{address}/other?type=bowl")
    assert other.title() == "Wells"
    expect(sentence(other)).to_contain_text("All 60 wells, in 2 of 2 areas.")
    expect(other.locator(".notice")).to_contain_text("There is nothing named “type” to filter by.")
    other.locator(".facet input[value=dug]").check()
    expect(sentence(other)).to_contain_text("20 of 60 wells")
    assert other.url == f"{address}/other?kind=dug"


def test_a_function_gets_the_whole_page(program, open_page):
    address, line = program
    page = open_page(f"{address}/mine")
    assert page.title() == "Field survey of the Aljibe valley"
    expect(sentence(page)).to_contain_text("1,650 of 20,000 finds")
    assert page.locator(".facet input[value=amphora]").is_checked()
    assert page.url == f"{address}/mine?type=amphora"
    assert page.locator(".dashboard").bounding_box()["height"] == 800
    page.locator(".facet input[value=Roman]").check()
    expect(sentence(page)).to_contain_text("806 of 20,000 finds")
    assert [line(), line()] == ["1650 finds\n", "806 finds\n"]


def test_a_view_that_a_function_sets_is_told_to_all_parts_of_the_page(program, open_page):
    page = open_page(f"{program[0]}/mine?type=bowl")
    expect(sentence(page)).to_contain_text("1,650 of 20,000 finds")
    expect(page.locator(".records h2")).to_have_text("1,650 finds")
    expect(page.locator(".figures dd").first).to_have_text("1,650")


def test_two_routes_in_one_page(program, open_page):
    """A page of somebody's own holds both, by the script of Bokeh's `server_document`."""
    page = open_page(f"{program[0]}/static/two.html")
    expect(page.locator(".dashboard.ready")).to_have_count(2)
    first, second = (page.locator(".dashboard").nth(number) for number in (0, 1))
    expect(sentence(first)).to_contain_text("All 20,000 finds")
    expect(sentence(second)).to_contain_text("All 60 wells")
    second.locator(".facet input[value=dry]").check()
    expect(sentence(second)).to_contain_text("20 of 60 wells")
    expect(sentence(first)).to_contain_text("All 20,000 finds")
    for dashboard in (first, second):
        dashboard.locator(".map").scroll_into_view_if_needed()
        picture = Image.open(BytesIO(dashboard.locator(".map").screenshot())).convert("RGB")
        pixels = {f"rgb{colour}": count for count, colour in picture.getcolors(picture.width * picture.height)}
        colours = dashboard.locator(".legend li").evaluate_all("""items => items
            .filter(item => item.querySelector("b").textContent != "0")
            .map(item => getComputedStyle(item.querySelector("i")).backgroundColor)""")
        # More than the legend itself shows of them.
        assert colours and all(pixels.get(colour, 0) > 500 for colour in colours)
    assert page.url == f"{program[0]}/static/two.html"
