"""The menu "Download" on the page: what one sees, as a file, by a click; and the address of the data, to be copied."""

import pandas as pd
import pytest
from playwright.sync_api import expect

from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv")


def menu(page):
    """Open the menu and return it."""
    page.get_by_role("button", name="Download", exact=True).click()
    return page.locator("#menu-download")


@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_a_click_takes_the_finds_of_the_view(server, open_page, tmp_path, width):
    page = open_page(f"{server.url}?type=amphora", width=width)
    if width < 900:
        page.get_by_role("button", name="Filters").click()
    page.locator(".facet input[value=Roman]").check()
    expect(page.locator(".sentence")).to_contain_text("806 of 20,000 finds")
    if width < 900:
        page.get_by_role("button", name="Show the map").click()
    panel = menu(page)
    expect(panel).to_contain_text("The 806 finds of this view")
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    with page.expect_download() as taking:
        panel.get_by_role("link", name="finds as CSV").click()
    assert taking.value.suggested_filename == "Field-survey-of-the-Aljibe-valley-finds.csv"
    taking.value.save_as(tmp_path / "finds.csv")
    mine = FINDS[(FINDS.type == "amphora") & (FINDS.period == "Roman")].sort_values("find", ignore_index=True)
    found = pd.read_csv(tmp_path / "finds.csv").sort_values("find", ignore_index=True)
    pd.testing.assert_frame_equal(found, mine, check_dtype=False)
    # The page stays as it was.
    expect(page.locator(".dashboard.ready")).to_have_count(1)


def test_it_works_by_the_keyboard(server, open_page):
    page = open_page(f"{server.url}?_area=P-086")
    button = page.get_by_role("button", name="Download", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu-download")).to_be_visible()
    taken = page.get_by_role("link", name="finds as CSV")
    for _ in range(page.locator("#menu-download").locator("a, button").count()):
        if not taken.evaluate("link => link.matches(':focus')"):
            page.keyboard.press("ArrowDown")
    expect(taken).to_be_focused()
    with page.expect_download() as taking:
        page.keyboard.press("Enter")
    assert taking.value.url == f"{server.url}/records.csv?_area=P-086"
    # What is taken closes the menu, as Escape does.
    expect(page.locator("#menu-download")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#menu-download")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu-download")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("ending", ["CSV", "GeoJSON", "GeoPackage"])
def test_the_parcels_are_there_too(server, open_page, ending):
    page = open_page(f"{server.url}?_measure=sum(weight_g)")
    panel = menu(page)
    expect(panel).to_contain_text("All 413 parcels with their total weight")
    with page.expect_download() as taking:
        panel.get_by_role("link", name=f"parcels as {ending}").click()
    assert taking.value.path().stat().st_size > 10_000


def test_the_lines_for_python_do_what_they_say(server, open_page):
    page = open_page(f"{server.url}?type=amphora")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    menu(page).get_by_role("button", name="Address, Python, R …").click()
    panel = page.locator("#data-lines")
    for name in ("address", "r", "python"):
        button = panel.locator(f".line:has([name={name}]) button")
        button.click()
        expect(button).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f"{server.url}/records.csv?type=amphora" in copied
    names = {}
    exec(copied, names)
    assert len(names["records"]) == (FINDS.type == "amphora").sum()
    assert copied.startswith("import pandas as pd\nrecords = pd.read_csv(")
