"""A large survey is read while the server already answers."""

from playwright.sync_api import expect
from servers import copy_app, served

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
ROWS = 3_000_000


def test_a_page_says_that_the_data_are_being_read(tmp_path, open_page, browser):
    app = copy_app(tmp_path, CONFIG)
    (app / "data").mkdir()
    (app / "data" / "areas.geojson").write_text(AREAS)
    block = "".join(f"a,{'coin' if row % 3 else 'tile'},{row * 7919 % 1000 / 10}\n" for row in range(3000))
    (app / "data" / "records.csv").write_text("area,type,weight\n" + block * (ROWS // 3000))
    with served(app) as running:
        page = browser.new_page()
        page.goto(running.url)
        page.get_by_role("heading", name="Reading the data").last.wait_for()
        page.get_by_text("The map comes by itself.").wait_for()
        # The page loads itself again when the reading is over.
        page.locator(".dashboard.ready").wait_for(state="attached", timeout=60_000)
        expect(page.locator(".sentence")).to_contain_text(f"All {ROWS:,} records")
        page.close()
