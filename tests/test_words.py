"""One sentence says what is shown, in words and figures."""

import geopandas as gpd
import pandas as pd
import pytest
from dashboard.query.words import sentence
from servers import APP

FINDS = pd.read_csv(APP / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = set(gpd.read_file(APP / "data" / "parcels.geojson").parcel)


@pytest.mark.parametrize(("query", "mask", "phrases"), [
    ("", FINDS.find.notna(), ""),
    ("type=amphora&type=bowl&period=Roman", FINDS.type.isin(["amphora", "bowl"]) & (FINDS.period == "Roman"),
     ": amphora or bowl, Roman"),
    ("weight_g=10..250", FINDS.weight_g.between(10, 250), ": weight (g) 10–250"),
    ("weight_g=..250&weight_g=", ~(FINDS.weight_g > 250), ": weight (g) up to 250 or no weight (g)"),
    ("weight_g=", FINDS.weight_g.isna(), ": no weight (g)"),
    ("found_on=2015-01-01..&decorated=yes", (FINDS.found_on >= "2015-01-01") & (FINDS.decorated == "yes"),
     ": decorated: yes, found on from 2015-01-01"),
    ("period=", FINDS.period.isna(), ": no period"),
    ("type=amphora&type=bowl&type=coin&type=lamp", FINDS.type.isin(["amphora", "bowl", "coin", "lamp"]),
     ": amphora, bowl or 2 more"),
    ("type=coin&weight_g=99999..", FINDS.find.isna(), ": coin, weight (g) from 99999"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_one_sentence_says_what_is_shown(engine, query, mask, phrases):
    kept = FINDS[mask]
    inside = kept[kept.parcel.isin(PARCELS)]
    some = f"All {len(FINDS):,}" if len(kept) == len(FINDS) else f"{len(kept):,} of {len(FINDS):,}"
    outside = len(kept) - len(inside)
    ending = f". {outside} {'find lies' if outside == 1 else 'finds lie'} in no parcel." if outside else "."
    where = f"in {inside.parcel.nunique()} of {len(PARCELS)} parcels"
    view, refused = engine.view(query)
    assert refused == []
    assert sentence(engine.answer(view)) == f"{some} finds, {where}{phrases}{ending}"
