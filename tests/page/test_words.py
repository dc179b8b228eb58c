"""The words of the page: one sentence says what is shown, and every refusal has words."""

import geopandas as gpd
import pandas as pd
import pytest

from dashboard.query.answers.answer import answer
from dashboard.query.answers.schema import as_data
from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = set(gpd.read_file(sample() / "data" / "parcels.geojson").parcel)
WORDS = "import(document.querySelector('link[href$=\"/words.js\"]').href)"


@pytest.fixture(scope="module")
def words(server, browser):
    """A page in which the words can be asked."""
    page = browser.new_page()
    page.goto(server.url)
    yield page
    page.close()


@pytest.mark.parametrize(("query", "mask", "phrases"), [
    ("", FINDS.find.notna(), ""),
    ("type=amphora&type=bowl&period=Roman", FINDS.type.isin(["amphora", "bowl"]) & (FINDS.period == "Roman"),
     ": amphora or bowl, Roman"),
    ("weight_g=10..250", FINDS.weight_g.between(10, 250), ": weight (g) 10–250"),
    ("weight_g=..250&weight_g=", ~(FINDS.weight_g > 250), ": weight (g) up to 250 or no weight (g)"),
    ("weight_g=", FINDS.weight_g.isna(), ": no weight (g)"),
    ("found_on=2015-01-01..&decorated=yes", (FINDS.found_on >= "2015-01-01") & (FINDS.decorated == "yes"),
     ": decorated: yes, found on from 2015-01-01"),
    ("found_on=2015", FINDS.found_on.str.startswith("2015", na=False), ": found on 2015"),
    ("found_on=may+2015", FINDS.found_on.str.startswith("2015-05", na=False), ": found on May 2015"),
    ("period=", FINDS.period.isna(), ": no period"),
    ("type=amphora&type=bowl&type=coin", FINDS.type.isin(["amphora", "bowl", "coin"]), ": amphora, bowl or coin"),
    ("type=amphora&type=bowl&type=coin&type=lamp", FINDS.type.isin(["amphora", "bowl", "coin", "lamp"]),
     ": amphora, bowl or 2 more"),
    ("type=coin&weight_g=99999..", FINDS.find.isna(), ": coin, weight (g) from 99999"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_one_sentence_says_what_is_shown(engine, words, query, mask, phrases):
    kept = FINDS[mask]
    inside = kept[kept.parcel.isin(PARCELS)]
    some = f"All {len(FINDS):,}" if len(kept) == len(FINDS) else f"{len(kept):,} of {len(FINDS):,}"
    outside = len(kept) - len(inside)
    ending = f". {outside} {'find lies' if outside == 1 else 'finds lie'} in no parcel." if outside else "."
    where = f"in {inside.parcel.nunique()} of {len(PARCELS)} parcels"
    view, refused = engine.view(query)
    assert refused == []
    said = words.evaluate(f"async (shown) => (await {WORDS}).words.sentence(shown)",
                          as_data(answer(engine, view), arrays=False))
    assert said == f"{some} finds, {where}{phrases}{ending}"


@pytest.mark.parametrize(("part", "said"), [
    ("nothing=1", "There is nothing named “nothing” to filter by."), ("type=blob", "type has no option “blob”."),
    ("weight_g=a..b", "weight (g): “a” is not a number."), ("weight_g=9..3", "weight (g): 9 is above 3."),
    ("found_on=spring", "found on: “spring” is not a date like 2014-05-31, May 2014 or 2014."),
    ("found_on=3/4/2015", "found on: “3/4/2015” can be two days. Write 2015-04-03 or 2015-03-04."),
    ("_area=P-999", "There is no area “P-999”."),
    ("_measure=sum(x)", "There is no measure “sum(x)”."), ("_classes=5", "“5” is no way to make classes."),
    ("_by=type", "There is no group “type” to colour by."),
    ("_extent=1,2", "“1,2” is no extent: west,south,east,north in degrees."),
    ("_sort=-nope", "The table has no column “nope”."), ("_page=x", "“x” is no page.")])
def test_what_cannot_be_applied_is_said_in_a_sentence(engine, words, part, said):
    _, (refusal,) = engine.view(part)
    assert words.evaluate(f"async (refusal) => (await {WORDS}).words.notice(refusal)",
                          refusal._asdict()) == f"{said} It was left out."
