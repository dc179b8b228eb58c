"""Text in the data and in the config is shown as text, in every part of the page."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import expect
from shapely.geometry import box

from servers import copy_app, served

ATTACKS = ["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "'\"><svg onload=alert(3)>",
           "<% alert(4) %> {{ 5 }} $$x$$", "line\nbreak", "עברית 😀", "javascript:alert(6)", "long " * 2000]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A server of a survey whose every text is an attack."""
    attack, link = ATTACKS[0], ATTACKS[6]
    config = f"""
title = {json.dumps(attack)}
introduction = {json.dumps(ATTACKS[1])}
credit = {json.dumps(ATTACKS[2])}
licence = {json.dumps(ATTACKS[3])}
[areas]
file = "data/areas.geojson"
id = "id"
label = "label"
group = "group"
one = {json.dumps(attack)}
many = {json.dumps(attack)}
[records]
file = "data/records.csv"
area = "area"
one = {json.dumps(attack)}
many = {json.dumps(ATTACKS[1])}
[[measures]]
of = "count"
label = {json.dumps(attack)}
[[measures]]
of = "mean"
column = {json.dumps(ATTACKS[2])}
label = {json.dumps(ATTACKS[1])}
unit = {json.dumps(attack)}
[facets]
labels = {{ kind = {json.dumps(attack)} }}
[map]
basemap = "none"
[detail]
columns = ["remark"]
images = ["address"]
links = ["kind"]
"""
    app = copy_app(tmp_path_factory.mktemp("hostile"), config)
    (app / "data").mkdir()
    ids = [f"{number} {text}" for number, text in enumerate(ATTACKS[:6])]
    gpd.GeoDataFrame({"id": ids, "label": ids, "group": ATTACKS[:6], "remark": ATTACKS[:6]},
                     geometry=[box(x, 0, x + 1, 1) for x in range(6)], crs=4326).to_file(app / "data" / "areas.geojson")
    kinds = [ATTACKS[row % 7] for row in range(210)]
    pd.DataFrame({"area": [ids[row % 6] for row in range(210)], "kind": kinds,
                  attack: [f"{row % 30} {ATTACKS[row % 3]}" for row in range(210)],
                  ATTACKS[2]: [row / 7 for row in range(210)], "address": [link] * 200 + ["static/x.png"] * 10,
                  "note": [ATTACKS[7] if row % 5 == 0 else "" for row in range(210)]}).to_csv(
        app / "data" / "records.csv", index=False)
    with served(app) as running:
        yield running


def test_nothing_in_the_data_runs(hostile, open_page):
    page = open_page(hostile.url, expected=("x.png", "404"))
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    expect(page.locator(".header h1")).to_have_text(ATTACKS[0])
    expect(page).to_have_title(ATTACKS[0])
    for attack in ATTACKS[:4]:
        control = page.locator(f".facet input[value={json.dumps(attack)}]").first
        control.check()
        expect(page.locator(".sentence")).to_contain_text(attack)
        control.uncheck()
    page.locator(".facet.searching input.search").first.press_sequentially("<img")
    page.locator("select[data-do=measure]").select_option(index=1)
    page.locator(".jump input").press_sequentially("<")
    page.locator(".matches button").first.click()
    expect(page.locator(".detail h2").first).to_contain_text("0 <img")
    for _ in range(5):
        page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("button", name="Show the whole map").click()
    box = page.locator(".map").bounding_box()
    for share in (0.35, 0.45, 0.6, 0.8):
        # Beside the legend.
        page.mouse.move(box["x"] + 200 + (box["width"] - 250) * share, box["y"] + box["height"] * 0.55)
        page.locator(".tooltip").wait_for()
    for heading in page.locator(".records th button").all():
        heading.click()
        expect(page.locator(".records th[aria-sort=ascending]")).to_have_count(1)
    page.get_by_role("button", name="About the data").click()
    page.locator(".about").wait_for()
    assert page.locator(".records a[href^=javascript]").count() == 0
    # Neither a script nor an image came out of the data: the only images are the ten of the image column.
    assert page.locator("img:not([src='static/x.png']), svg[onload], [onerror]").count() == 0


def test_nothing_in_an_address_runs(hostile, open_page):
    page = open_page(f"{hostile.url}?kind=%3Cimg%20src%3Dx%20onerror%3Dalert(7)%3E"
                     "&%3Cscript%3Ealert(8)=1&_sort=%3Csvg%20onload%3Dalert(9)%3E")
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    expect(page.locator(".notice").first).to_be_visible()
    assert page.locator("img:not([src='static/x.png']), svg[onload], [onerror]").count() == 0
