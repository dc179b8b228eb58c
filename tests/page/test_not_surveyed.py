"""A parcel that was not surveyed says so wherever it is shown, and never that nothing was found there."""

import pytest
from playwright.sync_api import expect
from test_page import FINDS, PARCELS, pixel

UNWALKED = PARCELS[PARCELS.walked == "no"].set_index("parcel").name
WALKED = PARCELS[PARCELS.walked != "no"]


@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_the_detail_says_so_in_place_of_figures_and_there_is_no_rank(server, open_page, width):
    page = open_page(f"{server.url}?_area={UNWALKED.index[0]}", width=width)
    head = page.locator(".detail-head")
    expect(head).to_contain_text("not surveyed")
    expect(head).to_contain_text("This parcel was not surveyed: nobody knows how many finds there are.")
    assert page.locator(".figures").count() == page.locator(".rank").count() == 0
    assert "Rank" not in head.inner_text() and "0 finds" not in head.inner_text()


@pytest.mark.parametrize("address", ["", "_measure=sum(weight_g)&type=bowl", "_by=municipality"])
def test_the_tooltip_says_so(server, open_page, address):
    page = open_page(f"{server.url}?{address}")
    area = next(area for area in UNWALKED.index if pixel(page, area))
    page.mouse.move(*pixel(page, area))
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_contain_text(f"{UNWALKED[area]}not surveyed")
    assert "0" not in tooltip.inner_text().partition(UNWALKED[area])[2].replace("not surveyed", "")


def test_others_are_ranked_among_those_that_were_surveyed(server, open_page):
    counts = FINDS.groupby("parcel").size().reindex(WALKED.parcel, fill_value=0)
    last = counts.idxmin()
    page = open_page(f"{server.url}?_area={last}")
    place = (counts > counts[last]).sum() + 1
    expect(page.locator(".detail-head")).to_contain_text(f"{place}")
    expect(page.locator(".detail-head")).to_contain_text(f"of {len(WALKED)},")
    assert len(WALKED) < len(PARCELS)


def test_no_list_of_the_first_has_one(server, open_page):
    # Of what was found in few parcels, the list would have room for others.
    page = open_page(f"{server.url}?weight_g=2000..")
    names = page.locator(".charts [data-do=go] .bar span").all_inner_texts()
    assert names and not set(names) & set(UNWALKED)
