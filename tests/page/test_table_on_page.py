"""The table of records as it reads: columns, numbers, long texts, pages, and the rows of what the map shows."""

from playwright.sync_api import expect
from test_page import FINDS, query

HERE = "_extent=-1.915,37.605,-1.905,37.615"


def test_numbers_stand_right_aligned_on_the_decimal_mark(server, open_page):
    page = open_page(server.url)
    cells = page.locator(".records td.n")
    assert cells.first.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
    weights = [text for text in page.locator(".records td.n:nth-child(6)").all_text_contents() if text]
    # Blanks as wide as digits and marks fill up what has fewer decimals.
    places = {len(text) - (text.index(".") if "." in text else text.index("\u2008") if "\u2008" in text else len(text))
              for text in weights}
    assert len(places) == 1


def test_a_long_note_is_one_line_that_unfolds(server, open_page):
    noted = FINDS[FINDS.note.fillna("").str.len() > 45].iloc[0]
    page = open_page(f"{server.url}?_area={noted.parcel}&_record={noted.find}")
    row = page.locator(".records tr[aria-current=true]")
    other = page.locator(".records tbody tr").filter(has_not=page.locator("details")).first
    assert row.bounding_box()["height"] < 1.6 * other.bounding_box()["height"]
    row.locator("summary").click()
    row.locator("details[open]").wait_for()
    expect(row).to_contain_text(noted.note)


def test_a_page_can_be_typed(server, open_page):
    page = open_page(f"{server.url}?type=coin")
    field = page.get_by_label("Page", exact=True)
    field.fill("7")
    field.press("Enter")
    page.wait_for_function("location.search.includes('_page=7')")
    coins = FINDS[FINDS.type == "coin"]
    assert page.locator(".records tbody tr").count() == 15
    field.fill("9999")
    field.press("Enter")
    expect(page.locator(".records tbody tr")).to_have_count(len(coins) % 15 or 15)


def test_columns_are_chosen_and_stand_in_the_address(server, open_page):
    page = open_page(server.url)
    page.get_by_role("button", name="Columns").click()
    choice = page.locator("#columns")
    choice.get_by_text("surveyor", exact=True).click()
    expect(page.locator(".records th", has_text="surveyor")).to_be_visible()
    choice.get_by_text("ware", exact=True).click()
    expect(page.locator(".records th", has_text="ware")).to_have_count(0)
    names = query(page)["_columns"]
    assert "surveyor" in names and "ware" not in names
    again = open_page(page.url)
    assert again.locator(".records th").all_inner_texts() == page.locator(".records th").all_inner_texts()


def test_the_rows_can_be_those_of_what_the_map_shows(server, open_page):
    page = open_page(f"{server.url}?type=bowl&{HERE}")
    west, south, east, north = map(float, HERE.removeprefix("_extent=").split(","))
    here = FINDS[(FINDS.type == "bowl") & FINDS.lon.between(west, east) & FINDS.lat.between(south, north)]
    page.get_by_label("only what the map shows").check()
    expect(page.locator(".records .head h2")).to_have_text(f"{len(here):,} finds")
    assert query(page)["_rows"] == ["here"]
