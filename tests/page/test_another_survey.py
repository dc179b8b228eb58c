"""A fork's own areas and records: other columns, another CRS, no Python edited."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect
from shapely.geometry import box

from servers import copy_app, served

CONFIG = """
title = "Trees of a small town"
[areas]
file = "data/quarters.gpkg"
layer = "quarters"
id = "Nº"
one = "quarter"
many = "quarters"
[records]
file = "data/trees.csv"
x = "Este"
y = "Norte"
crs = "EPSG:25830"
one = "tree"
many = "trees"
[[measures]]
of = "mean"
column = "height m"
unit = "m"
[map]
basemap = "none"
palette = "Viridis"
scheme = "equal intervals"
"""


@pytest.fixture(scope="module")
def trees():
    """400 trees on 4 by 3 quarters of 100 m, in UTM zone 30 (EPSG:25830); some stand outside."""
    random = np.random.default_rng(7)
    return pd.DataFrame({
        "Este": 660_000 + random.uniform(-20, 400, 400), "Norte": 4_160_000 + random.uniform(0, 300, 400),
        "species & kind": random.choice(["olmo", "pino", "ciprés <b>"], 400),
        "height m": random.gamma(2, 4, 400).round(1),
        "país": random.choice(["España", "Portugal"], 400),
        "_planted": random.choice(["1998", "2004", "2010"], 400)})


@pytest.fixture(scope="module")
def survey(tmp_path_factory, trees):
    """A server of another survey."""
    app = copy_app(tmp_path_factory.mktemp("fork"), CONFIG)
    (app / "data").mkdir()
    trees.to_csv(app / "data" / "trees.csv", index=False)
    quarters = [box(660_000 + 100 * x, 4_160_000 + 100 * y, 660_100 + 100 * x, 4_160_100 + 100 * y)
                for y in range(3) for x in range(4)]
    gpd.GeoDataFrame({"Nº": range(1, 13)}, geometry=quarters, crs="EPSG:25830").to_file(
        app / "data" / "quarters.gpkg", layer="quarters")
    with served(app) as running:
        yield running


def test_another_survey_needs_a_config_only(survey, trees, open_page):
    page = open_page(survey.url)
    assert page.title() == "Trees of a small town"
    inside = trees.Este.between(660_000, 660_400)
    expect(page.locator(".sentence")).to_contain_text(
        f"All 400 trees, in 12 of 12 quarters. {(~inside).sum()} trees lie in no quarter.")
    page.locator(".facet input[value='ciprés <b>']").check()
    mine = trees[trees["species & kind"] == "ciprés <b>"]
    expect(page.locator(".sentence")).to_contain_text(f"{len(mine)} of 400 trees")
    assert "species%20%26%20kind=cipr" in page.url


def test_its_addresses_are_its_own_columns(survey, trees, open_page):
    page = open_page(f"{survey.url}?__planted=1998..2004&_area=6")
    inside = trees.Este.between(660_100, 660_200) & trees.Norte.between(4_160_100, 4_160_200)
    chosen = trees[trees["_planted"].isin(["1998", "2004"]) & inside]
    expect(page.locator(".records h2")).to_have_text(f"{len(chosen)} trees in 6")
    expect(page.locator(".figures")).to_contain_text(f"{chosen['height m'].mean():.4g} m")


def test_an_address_may_name_a_column_with_accents(survey, trees, open_page):
    page = open_page(f"{survey.url}?especie%20%C3%B1=&%C3%A1rea=1")
    expect(page.locator(".notice").first).to_contain_text("“especie ñ”")
    page = open_page(f"{survey.url}?pa%C3%ADs=Espa%C3%B1a")
    expect(page.locator(".sentence")).to_contain_text("España")
