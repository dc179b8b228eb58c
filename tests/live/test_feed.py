"""Data that change while the server runs: every open page shows them, and what cannot be read changes nothing."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from servers import sample, served

ROW = "F-9{:04},{},{},Roman,ceramic,Tegula,6.4,35,no,{},J. Cánovas,-1.925225,37.608962,\n"
WRITER = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read())"


def row(number=0, area="P-001", kind="bowl", day="2019-02-19"):
    return ROW.format(number, area, kind, day)


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A server of a copy of the sample, whose files the tests change."""
    app = tmp_path_factory.mktemp("live") / "bokeh-app"
    shutil.copytree(sample(), app, ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    with served(app) as server:
        yield app, server
    assert "Traceback" not in "".join(server.log), "".join(server.log)


@pytest.fixture
def finds(live):
    """The records file, which is as it was after the test."""
    path = live[0] / "data" / "finds.csv"
    yield path
    replace(path, (sample() / "data" / "finds.csv").read_bytes())


@pytest.fixture
def two(live, finds, open_page):
    """Two visitors' pages of the whole survey."""
    pages = [open_page(live[1].url) for _ in range(2)]
    for page in pages:
        shows(page, "All 20,000 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
    return pages


def shows(page, text):
    expect(page.locator(".sentence p")).to_have_text(text)


def begins(page, text):
    expect(page.locator(".sentence p")).to_have_text(re.compile(f"^{text}"))


def append(path, *rows):
    """Add rows in a process of its own."""
    subprocess.run([sys.executable, "-c", WRITER, path], input="".join(rows).encode(), check=True)


def replace(path, content):
    """Put a file in the place of another one, at once."""
    draft = path.with_name("draft")
    draft.write_bytes(content)
    os.replace(draft, path)


def test_added_rows_are_on_every_open_page(two, finds):
    one, other = two
    other.locator(".facet input[value=coin]").check()
    begins(other, "195 of 20,000 finds")
    append(finds, row(1, kind="coin"), row(2, area="P-002", kind="tile"), row(3, area="nowhere"))
    shows(one, "All 20,003 finds, in 380 of 413 parcels. 10 finds lie in no parcel.")
    begins(other, "196 of 20,003 finds")
    first = one.locator(".latest li").first
    expect(first).to_have_class("new")
    expect(first).to_contain_text("2019-02-19")
    # The latest are those of the view.
    expect(other.locator(".latest li").first).to_have_class("new")
    latest = other.locator(".latest li").all_inner_texts()
    assert len(latest) == 5 and all("coin" in record for record in latest)


def test_areas_with_new_records_flash(live, finds, open_page):
    page = open_page(live[1].url + "?type=lamp")
    begins(page, "303 of 20,000 finds")
    page.evaluate("""() => {
        window.flashed = []
        const filter = Bokeh.documents[0].get_model_by_name("fresh areas").view.filter
        filter.connect(filter.properties.indices.change, () => flashed.push([...filter.indices]))
    }""")
    append(finds, row(1, kind="lamp"), row(2, area="P-002", kind="tile"))
    # Only where the new record fits the filters, and not for long.
    page.wait_for_function("flashed.length == 2")
    names = page.evaluate("""flashed[0].map(
        area => Bokeh.documents[0].get_model_by_name('areas').data_source.data.name[area])""")
    assert len(names) == 1
    assert page.evaluate("flashed[1]") == []


def test_a_new_option_of_a_facet_is_there(two, finds):
    page, _ = two
    append(finds, row(1, kind="astrolabe"))
    option = page.locator(".facet label", has=page.locator("input[value=astrolabe]"))
    expect(option.locator("b")).to_have_text("1")
    option.click()
    shows(page, "1 of 20,001 finds, in 1 of 413 parcels: astrolabe.")


def test_a_row_counts_once_it_is_whole(two, finds):
    page, _ = two
    with finds.open("a", encoding="utf-8", newline="") as file:
        file.write(row(1) + row(2)[:20])
        file.flush()
        shows(page, "All 20,001 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
        file.write(row(2)[20:])
        file.flush()
        shows(page, "All 20,002 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
    assert page.locator(".notice").count() == 0


def test_a_file_that_is_written_slowly_changes_nothing_until_it_is_whole(two, finds):
    page, _ = two
    text = finds.read_text("utf-8")
    half = text[:text.index("F-10000") + 20]
    with finds.open("w", encoding="utf-8", newline="") as file:
        file.write(half)
        file.flush()
        notice = page.locator(".notice")
        words = r"finds.csv, row 10001: .* The data shown are of \d+ \w+ \d{4}, \d\d:\d\d\."
        expect(notice).to_have_text(re.compile(words), timeout=20_000)
        shows(page, "All 20,000 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
        file.write(text[len(half):] + row(1))
    shows(page, "All 20,001 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
    expect(notice).to_have_count(0)


def test_a_file_that_goes_and_comes_back_changes_nothing(two, finds):
    page, _ = two
    away = finds.rename(finds.with_name("away.csv"))
    expect(page.locator(".notice")).to_contain_text("finds.csv: there is no such file.")
    # Who comes now sees the last good data, and why they are no fresher.
    page.reload()
    expect(page.locator(".notice")).to_contain_text("finds.csv: there is no such file.")
    shows(page, "All 20,000 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
    away.rename(finds)
    expect(page.locator(".notice")).to_have_count(0)


def test_a_file_that_is_replaced_is_shown_in_the_same_view(two, finds):
    page, other = two
    page.locator(".facet input[value=coin]").check()
    page.locator(".facet input[value=lamp]").check()
    other.locator(".facet input[value=amphora]").check()
    begins(other, "1,650 of 20,000 finds")
    heading, *rows = finds.read_text("utf-8").splitlines(keepends=True)
    kept = [text for text in rows if ",coin," not in text]
    replace(finds, "".join([heading, *kept]).encode())
    begins(page, f"303 of {len(kept):,} finds")
    expect(page.locator(".notice")).to_have_text("type has no option “coin”. It was left out.")
    begins(other, f"1,650 of {len(kept):,} finds")
    assert page.url.endswith("?type=lamp")
    # It goes by itself, once there was time to read it.
    expect(page.locator(".notice")).to_have_count(0, timeout=30_000)


def test_another_config_makes_other_pages_of_the_same_view(live, two):
    app, _ = live
    page, _ = two
    page.locator(".facet input[value=coin]").check()
    begins(page, "195 of 20,000 finds")
    config = app / "config.toml"
    text = config.read_text("utf-8")
    replace(config, text.replace('many = "finds"', 'many = 7').encode())
    expect(page.locator(".notice")).to_contain_text("config.toml: records.many: found 7")
    replace(config, text.replace('many = "finds"', 'many = "things"').encode())
    begins(page, "195 of 20,000 things")
    replace(config, text.encode())
    begins(page, "195 of 20,000 finds")
    expect(page.locator(".notice")).to_have_count(0)


def test_other_areas_are_drawn_by_every_page(live, two):
    app, _ = live
    page, _ = two
    path = app / "data" / "parcels.geojson"
    text = path.read_bytes()
    replace(path, text.replace(b'"P-001"', b'"P-001x"'))
    expect(page.locator(".sentence p")).to_contain_text("in 379 of 413 parcels")
    replace(path, text)
    shows(page, "All 20,000 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")


def test_areas_that_are_as_they_were_reload_nothing(live, two):
    app, _ = live
    page, _ = two
    page.evaluate("window.stayed = true")
    path = app / "data" / "parcels.geojson"
    text = path.read_bytes()
    replace(path, text[:-1000])
    expect(page.locator(".notice")).to_contain_text("parcels.geojson")
    replace(path, text)
    expect(page.locator(".notice")).to_have_count(0)
    assert page.evaluate("window.stayed")


def test_a_click_is_not_lost_when_rows_come_while_the_button_is_down(two, finds):
    page, other = two
    box = page.locator(".facet input[value=coin]").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    append(finds, row(1))
    shows(other, "All 20,001 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
    page.wait_for_function("""() => {
        const [wire] = Bokeh.documents[0].roots()[0].tags
        return new TextDecoder().decode(wire.message.parts).includes("20001")
    }""")
    page.mouse.up()
    begins(page, "195 of 20,001 finds")


def test_what_was_typed_in_vain_stays_when_rows_come(two, finds):
    page, _ = two
    low = page.locator(".facet.range", has_text="weight").locator(".bound input").first
    low.fill("abc")
    low.press("Enter")
    refused = page.get_by_text("“abc” is not a number")
    refused.wait_for()
    append(finds, row(1))
    begins(page, "All 20,001 finds")
    assert low.input_value() == "abc" and refused.is_visible()


def test_a_page_says_of_when_the_data_are(two, finds):
    page, _ = two
    freshness = page.locator(".freshness p")
    expect(freshness).to_have_text(re.compile(r"Data of \d+ \w+ \d{4}, \d\d:\d\d · live"))
    append(finds, row(1))
    os.utime(finds, (1_000_000_000, 1_000_000_000))
    expect(freshness.locator("time")).to_have_attribute("datetime", "2001-09-09T01:46:40+00:00")


def test_what_is_not_watched_stays_as_it_was_read(tmp_path, live, finds, open_page):
    app = tmp_path / "bokeh-app"
    shutil.copytree(sample(), app, ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    text = (app / "config.toml").read_text("utf-8")
    text = text.replace("data/finds.csv", finds.as_posix()).replace("# watch = true", "watch = false")
    (app / "config.toml").write_text(text, "utf-8")
    with served(app) as server:
        still, moving = open_page(server.url), open_page(live[1].url)
        expect(still.locator(".freshness p")).not_to_contain_text("live")
        for number in (1, 2, 3):
            append(finds, row(number))
            begins(moving, f"All 20,00{number} finds")
        still.locator(".facet input[value=bowl]").check()
        begins(still, "4,077 of 20,000 finds")


def test_a_mistake_that_is_mended_brings_the_map(tmp_path, browser):
    app = tmp_path / "bokeh-app"
    shutil.copytree(sample(), app, ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    text = (app / "config.toml").read_bytes()
    replace(app / "config.toml", text.replace(b"[areas]", b"[aeras]"))
    with served(app) as server:
        page = browser.new_page()
        page.goto(server.url)
        page.locator(".card", has_text="config.toml: aeras is not a setting; did you mean areas?").wait_for()
        replace(app / "config.toml", text)
        shows(page, "All 20,000 finds, in 380 of 413 parcels. 9 finds lie in no parcel.")
        page.close()
