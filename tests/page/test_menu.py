"""The menus of the header: what a visitor needs is in one row, what is for makers in one menu."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.page.hosts.binder import deployment_of_this_process
from servers import copy_app, sample, served


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A server of the sample whose config says where mistakes are told."""
    config = (sample() / "config.toml").read_text("utf-8")
    app = copy_app(tmp_path_factory.mktemp("told"), config.replace(
        '# issues = ""', 'issues = "https://github.com/someone/their-map/issues/new?labels=data"'))
    (app / "data").symlink_to(sample() / "data")
    with served(app) as running:
        yield running


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def focused(page):
    return page.evaluate("document.querySelector('.dashboard').shadowRoot.activeElement?.textContent")


def open_menus(page):
    return page.locator(".menu-list:popover-open")


def test_a_menu_closes_on_escape_and_on_a_click_beside_it(server, open_page):
    page = open_page(server.url)
    button(page, "Share").click()
    expect(open_menus(page)).to_have_count(1)
    expect(button(page, "Copy link")).to_be_visible()
    page.keyboard.press("Escape")
    expect(open_menus(page)).to_have_count(0)
    assert focused(page) == "Share"
    button(page, "More").click()
    expect(button(page, "Live")).to_be_visible()
    page.locator(".sentence").click()
    expect(open_menus(page)).to_have_count(0)


def test_one_menu_is_open_at_a_time_and_below_its_button(server, open_page):
    page = open_page(server.url)
    for name in ("Share", "Download", "More"):
        button(page, name).click()
        expect(open_menus(page)).to_have_count(1)
        mine, list_ = button(page, name).bounding_box(), open_menus(page).bounding_box()
        assert 0 <= list_["y"] - mine["y"] - mine["height"] < 8
        assert 0 <= list_["x"] and list_["x"] + list_["width"] <= 1280


def test_arrow_keys_walk_a_menu_and_the_focus_comes_back(server, open_page):
    page = open_page(server.url)
    button(page, "More").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Embed"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Live"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Embed"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Live"
    page.keyboard.press("Home")
    assert focused(page) == "Embed"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.locator(".server").wait_for()
    expect(open_menus(page)).to_have_count(0)
    assert focused(page) == "More"


def test_what_is_for_makers_is_in_the_last_menu(server, open_page):
    page = open_page(server.url)
    row = page.locator(".tools").get_by_role("button")
    expect(row).to_have_text(["Share", "Download", "About the data", "Reset", "More"])
    button(page, "More").click()
    expect(open_menus(page).get_by_role("button")).to_have_text(["Embed", "Live"])
    # Nobody is named to whom a mistake could be told.
    expect(open_menus(page).get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_row_is_one_line_and_the_rest_is_in_the_last_menu(server, open_page, width):
    page = open_page(f"{server.url}?type=coin", width=width, height=844)
    row = page.locator(".tools").get_by_role("button")
    expect(row).to_have_text(["Filters", "Share", "Download", "More"])
    places = [one.bounding_box() for one in row.all()]
    assert len({round(place["y"]) for place in places}) == 1
    assert places[-1]["x"] + places[-1]["width"] <= width
    button(page, "More").click()
    expect(open_menus(page).get_by_role("button")).to_have_text(["About the data", "Reset", "Embed", "Live"])
    button(page, "Reset").click()
    expect(page.locator(".sentence")).to_contain_text("All 20,000 finds")
    expect(open_menus(page)).to_have_count(0)


def test_what_is_wrong_is_told_in_an_issue_that_says_what_was_seen(told, open_page):
    page = open_page(f"{told.url}?type=coin")
    button(page, "More").click()
    page.locator(".facet input[value=lamp]").dispatch_event("click")
    expect(page.locator(".sentence")).to_contain_text("coin or lamp")
    link = page.get_by_role("link", name="Something is wrong here")
    assert link.get_attribute("target") == "_blank"
    address = urlsplit(link.get_attribute("href"))
    asked = parse_qs(address.query)
    assert address[:3] == ("https", "github.com", "/someone/their-map/issues/new")
    assert asked["labels"] == ["data"]
    assert asked["title"] == ["Something is wrong: Field survey of the Aljibe valley"]
    assert f"- seen at: {told.url}?type=coin&type=lamp\n" in asked["body"][0]
    as_of = page.locator(".freshness time").get_attribute("datetime")
    assert f"- data of: {as_of}" in asked["body"][0]


@pytest.mark.parametrize(("issues", "title", "body"), [
    ("https://github.com/a/b/issues/new", "title", "body"),
    ("https://gitlab.com/a/b/-/issues/new", "issue[title]", "issue[description]"),
])
def test_an_issue_about_a_record_names_it(server, open_page, issues, title, body):
    page = open_page(server.url)
    link = page.evaluate("""async (issues) => {
        const words = document.querySelector('link[href$="/words.js"]').href
        const {issueLink} = await import(new URL("panels/report_link.js", words))
        const shown = {
            about: {title: "A & <b>survey</b>", record_nouns: ["find", "finds"]}, deployment: {issues, exact: ""},
            freshness: {as_of: "2026-01-02T03:04:05+00:00"}, links: {link: "http://x.example/app?a=1&b=2#"},
        }
        return [issueLink(shown, "F-1&x=<i>"), issueLink({...shown, deployment: {issues: "", exact: ""}}, "F-1")]
    }""", issues)
    assert link[1] is None
    asked = parse_qs(urlsplit(link[0]).query)
    assert link[0].startswith(issues)
    assert asked[title] == ["Something is wrong with find F-1&x=<i>: A & <b>survey</b>"]
    assert "- find: F-1&x=<i>\n- seen at: http://x.example/app?a=1&b=2#\n" in asked[body][0]


@pytest.mark.parametrize(("repository", "issues"), [
    ("https://github.com/a/b", "https://github.com/a/b/issues/new"),
    ("https://github.com/a/b.git", "https://github.com/a/b/issues/new"),
    ("https://gitlab.com/group/sub/b/", "https://gitlab.com/group/sub/b/-/issues/new"),
    ("https://doi.org/10.5281/zenodo.1", ""), ("https://github.com.example.org/a/b", ""), ("", "")])
def test_binder_says_where_the_repository_has_its_issues(monkeypatch, repository, issues):
    monkeypatch.setenv("BINDER_REPO_URL", repository)
    assert deployment_of_this_process().issues == issues
    assert deployment_of_this_process("https://x.example/new").issues == "https://x.example/new"
