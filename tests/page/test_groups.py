"""Which municipality has most glass? And the classes of the map, which fit what is chosen."""

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import expect
from test_page import FINDS, MIDDLES, PARCELS, colour_at, legend, miscoloured, option, pixel, query, wait_for_sentence

from servers import copy_code, served

TOWN = FINDS.parcel.map(PARCELS.set_index("parcel").municipality)
GLASS = TOWN[FINDS.material == "glass"].value_counts()


def totals(page):
    """Return the bars of the groups as name -> figure, in their order."""
    return dict(page.locator(".groups .bar").evaluate_all(
        "bars => bars.map(bar => [bar.querySelector('span').textContent, bar.querySelector('b').textContent])"))


@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_which_municipality_has_most_glass(server, open_page, width):
    page = open_page(server.url, width=width)
    if width == 390:
        page.get_by_role("button", name="Filters").click()
    option(page, "glass").check()
    wait_for_sentence(page, "glass")
    if width == 390:
        page.get_by_role("button", name="Show the map").click()
    expect(page.locator(".groups h3")).to_have_text("By municipality: number of finds")
    assert totals(page) == {town: f"{count:,}" for town, count in GLASS.items()}
    most = page.locator(".groups button", has_text=GLASS.index[0])
    most.click()
    wait_for_sentence(page, f"{GLASS.iloc[0]} of 20,000 finds")
    assert query(page) == {"material": ["glass"], "municipality": [GLASS.index[0]]}
    # It stands out, and the others are still there to be compared.
    expect(page.locator(".groups .chosen")).to_have_text(f"{GLASS.index[0]}{GLASS.iloc[0]}")
    assert totals(page) == {town: f"{count:,}" for town, count in GLASS.items()}
    most.click()
    wait_for_sentence(page, f"{GLASS.sum()} of 20,000 finds")
    page.locator(".map-bar select").select_option("median(weight_g)")
    expect(page.locator(".groups h3")).to_have_text("By municipality: median weight")
    weights = FINDS[FINDS.material == "glass"].groupby(TOWN).weight_g.median().sort_values(ascending=False)
    assert totals(page) == {town: f"{weight:.4g} g" for town, weight in weights.items()}


def test_the_map_is_coloured_by_municipality_and_the_tooltip_names_it(server, open_page):
    page = open_page(f"{server.url}?material=glass")
    page.get_by_label("by municipality").check()
    expect(page.locator(".legend summary")).to_contain_text("number of finds by municipality")
    page.wait_for_function("location.search.includes('_by=municipality')")
    colours = legend(page)
    assert list(colours) == [str(count) for count in sorted(GLASS)]
    places = {area: pixel(page, area) for area in MIDDLES}
    seen = {area: place for area, place in places.items() if place is not None}
    town = PARCELS.set_index("parcel").municipality
    assert len(seen) > 200
    assert colour_at(page, list(seen.values())) == [colours[str(GLASS[town[area]])] for area in seen]
    area = next(area for area in seen if town[area] == GLASS.index[0])
    page.mouse.move(*seen[area])
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_contain_text(f"{GLASS.index[0]}number of finds: {GLASS.iloc[0]}")
    expect(tooltip).to_contain_text(PARCELS.set_index("parcel").name[area])
    again = open_page(page.url)
    assert legend(again) == colours
    again.get_by_label("by municipality").uncheck()
    expect(again.locator(".legend summary")).to_have_text("number of finds")
    assert miscoloured(again, FINDS.material == "glass")[0] == []


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A server of areas in thirty groups."""
    app = copy_code(tmp_path_factory.mktemp("many"))
    (app / "data").mkdir()
    names = [f"Town {number}" for number in range(30)]
    areas = gpd.GeoDataFrame({"id": range(60), "town": names * 2}, geometry=PARCELS.geometry[:60], crs=4326)
    areas.to_file(app / "data" / "areas.geojson")
    pd.DataFrame({"area": [number % 60 for number in range(2000)],
                  "kind": ["pot", "pan"] * 1000}).to_csv(app / "data" / "records.csv", index=False)
    (app / "config.toml").write_text('[areas]\ngroup = "town"\n[records]\narea = "area"\n[map]\nbasemap = "none"\n')
    with served(app) as running:
        yield running


@pytest.mark.parametrize("width", [1280, 390])
def test_one_of_many_groups_is_searched_for_in_its_facet(many, open_page, width):
    page = open_page(many.url, width=width)
    expect(page.locator(".groups .bar")).to_have_count(8)
    page.get_by_role("button", name="and 22 more: search").click()
    page.keyboard.type("town 29")
    page.keyboard.press("Enter")
    wait_for_sentence(page, "of 2,000 records")
    expect(page.locator(".groups .chosen")).to_contain_text("Town 29")
    assert query(page) == {"town": ["Town 29"]}


def test_classes_fit_what_is_chosen_say_so_and_can_be_the_same_for_every_choice(server, open_page):
    page = open_page(server.url)
    everything = list(legend(page))
    assert page.get_by_text("Classes fit what is chosen").count() == 0
    option(page, "amphora").check()
    wait_for_sentence(page, "amphora")
    note = page.get_by_text("Classes fit what is chosen. Those of all finds end at 10, 19, 32 and 49.")
    note.wait_for()
    assert miscoloured(page, FINDS.type == "amphora")[0] == []
    classes = page.locator(".legend li", has_not_text="n").locator("b").all_inner_texts()
    shown = [int(count) for count in classes]
    # The map answers at a glance: no class has most of the parcels.
    assert max(shown) < sum(shown) / 2
    page.get_by_label("same classes for every choice").check()
    note.wait_for(state="detached")
    page.wait_for_function("location.search.includes('_classes=all')")
    assert set(everything) <= set(legend(page))
    assert miscoloured(page, FINDS.type == "amphora")[0] == []
    old = open_page(f"{server.url}?type=amphora&_classes=refit")
    old.get_by_text("Classes fit what is chosen").wait_for()
    assert old.locator(".notice").count() == 0


def test_the_latest_finds_give_their_place_to_the_groups_while_none_come(server, open_page):
    page = open_page(server.url)
    expect(page.locator(".groups h3")).to_be_visible()
    assert page.get_by_text("Latest finds").count() == 0
