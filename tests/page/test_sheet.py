"""On a phone a tapped area's figures come up at the lower edge, as the detail is out of sight."""

from playwright.sync_api import expect
from test_page import FINDS, PARCELS, pixel


def test_a_tapped_areas_figures_come_up(server, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server.url}?type=amphora&_extent=-1.93,37.55,-1.87,37.6")
    page.wait_for_selector(".dashboard.ready", state="attached")
    sheet = page.locator(".sheet")
    expect(sheet).to_have_count(0)
    counts = FINDS[FINDS.type == "amphora"].parcel.value_counts()
    area = next(area for area in counts.index if area in set(PARCELS.parcel) and pixel(page, area))
    page.touchscreen.tap(*pixel(page, area))
    expect(sheet).to_contain_text(f"{counts[area]} find")
    expect(sheet).to_contain_text(PARCELS.set_index("parcel").name[area])
    expect(sheet).to_be_in_viewport(ratio=1)
    sheet.get_by_role("button").first.tap()
    expect(page.locator(".detail-head")).to_be_in_viewport()
    sheet.get_by_role("button", name="Back to the whole survey").tap()
    expect(sheet).to_have_count(0)
    context.close()


def test_beside_the_detail_there_is_no_sheet(server, open_page):
    page = open_page(f"{server.url}?_area=P-086", width=1024)
    expect(page.locator(".sheet")).to_be_hidden()
