"""A large survey is read while the server already answers."""

from urllib.parse import urlsplit

import pytest
from bokeh.embed import server_document
from playwright.sync_api import expect

from servers import copy_app, pages, served

CONFIG = """
[areas]
file = "data/areas.geojson"
[records]
file = "data/records.csv"
area = "area"
[map]
basemap = "none"
"""
AREAS = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "a"}, "geometry":
{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}"""
ROWS = 6_000_000


@pytest.fixture
def large(tmp_path):
    """A copy of the app with records that take a while to be read."""
    app = copy_app(tmp_path, CONFIG)
    (app / "data").mkdir()
    (app / "data" / "areas.geojson").write_text(AREAS)
    block = "".join(f"a,{'coin' if row % 3 else 'tile'},{row * 7919 % 1000 / 10}\n" for row in range(3000))
    (app / "data" / "records.csv").write_text("area,type,weight\n" + block * (ROWS // 3000))
    return app


def test_a_page_says_that_the_data_are_being_read(large, browser):
    with served(large) as running:
        page = browser.new_page()
        page.goto(running.url)
        page.get_by_role("heading", name="Reading the data").last.wait_for()
        page.get_by_text("The map comes by itself.").wait_for()
        # The page loads itself again when the reading is over.
        page.locator(".dashboard.ready").wait_for(state="attached", timeout=60_000)
        expect(page.locator(".sentence")).to_contain_text(f"All {ROWS:,} records")
        page.close()


def test_a_map_in_another_page_comes_when_its_data_have_been_read(large, tmp_path, open_page):
    with pages(tmp_path) as site, served(large, f"--allow-websocket-origin={urlsplit(site).netloc}") as running:
        (tmp_path / "page.html").write_text(f"<h1>Another site</h1>{server_document(running.url)}")
        page = open_page(f"{site}/page.html", shown=".card, .dashboard.ready")
        page.get_by_text("The map comes by itself.").wait_for()
        page.locator(".dashboard.ready").wait_for(timeout=60_000)
        expect(page.locator(".sentence")).to_contain_text(f"All {ROWS:,} records")
        expect(page.get_by_text("Reading the data")).to_have_count(0)


def test_a_long_reading_that_fails_is_told(large, browser):
    (large / "data" / "areas.geojson").write_text(AREAS.replace('"id": "a"', '"id": "b"'))
    with served(large) as running:
        page = browser.new_page()
        page.goto(running.url)
        page.locator(".card", has_text="names an area that exists").wait_for(timeout=60_000)
        page.close()
