"""The dashboard in a page of another origin: what the panel "Embed" gives, and the README's snippets."""

import shlex
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from servers import free_port, pages, sample, served
from snippets import snippet

AMPHORAE = "1,650 of 20,000 finds"
REFUSED = ("The server of this map does not let {0} show it. "
           "Whoever runs it can allow that: --allow-websocket-origin={0}")


class Site:
    """Another site: `put` puts HTML into a page of it and gives the page's address."""

    def __init__(self, folder, url):
        self.url, self._folder = url, folder
        self.host = urlsplit(url).netloc

    def put(self, html, name="page.html"):
        page = f"<!doctype html><meta charset='utf-8'><h1>Another site</h1>{html}<p>Below"
        (self._folder / name).write_text(page, "utf-8")
        return f"{self.url}/{name}"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    with pages(folder) as url:
        yield Site(folder, url)


@pytest.fixture(scope="module")
def open_server(site):
    """A server that lets the other site in, started as the README says."""
    port = free_port()
    command = snippet("sh", "--allow-websocket-origin").replace("localhost:5006", f"127.0.0.1:{port}")
    words = shlex.split(command.replace("www.example.org", site.host))
    assert words[:3] == [".venv/bin/bokeh", "serve", "bokeh-app"]
    with served(sample(), *words[3:], port=port) as running:
        yield running


def embed_panel(page):
    """Open the panel "Embed" and return it."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Embed", exact=True).click()
    return page.locator("#embed")


def address_in_readme(text, server):
    """Return a snippet of the README with the server's own address."""
    assert "http://localhost:5006/bokeh-app" in text
    return text.replace("http://localhost:5006/bokeh-app", server.url)


@pytest.mark.parametrize("kind", ["frame", "script"])
def test_the_panel_gives_html_for_the_view_one_sees(kind, open_server, site, open_page):
    page = open_page(f"{open_server.url}?type=amphora")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".facet input[value=Roman]").check()
    expect(page.locator(".sentence")).to_contain_text("806 of 20,000 finds")
    panel = embed_panel(page)
    panel.locator(f"[data-on={kind}] button").click()
    panel.get_by_role("button", name="Copied").wait_for()
    html = page.evaluate("navigator.clipboard.readText()")
    other = open_page(site.put(html), shown="iframe" if kind == "frame" else ".dashboard.ready")
    inside = other.frame_locator("iframe") if kind == "frame" else other
    expect(inside.locator(".sentence")).to_contain_text("806 of 20,000 finds")
    inside.locator(".facet input[value=Roman]").uncheck()
    expect(inside.locator(".sentence")).to_contain_text(AMPHORAE)
    assert other.url == f"{site.url}/page.html"


def test_the_panel_says_when_only_this_computer_knows_the_address(open_server, open_page):
    expect(embed_panel(open_page(open_server.url))).to_contain_text("that only this computer knows")


def test_the_readmes_frame(server, site, open_page):
    """It needs no option of the server, and is as wide as the place it gets."""
    frame = address_in_readme(snippet("html", "<iframe"), server)
    page = open_page(site.put(f"<div style='width: 600px'>{frame}</div>"), shown="iframe")
    inside = page.frame_locator("iframe")
    expect(inside.locator(".sentence")).to_contain_text(AMPHORAE)
    assert inside.locator("body").evaluate("body => body.scrollWidth <= innerWidth")
    expect(inside.get_by_role("button", name="Filters")).to_be_visible()


def readmes_script(server, capsys):
    """Run the README's Python that prints the script."""
    exec(address_in_readme(snippet("python", "server_document"), server), {})
    return capsys.readouterr().out


def test_the_readmes_script(open_server, site, open_page, capsys):
    """The map is a part of the page, as high as the page wants it, and lies between what is before and after it."""
    html = f"<div style='--dashboard-height: 600px'>{readmes_script(open_server, capsys)}</div>"
    page = open_page(site.put(html))
    expect(page.locator(".sentence")).to_contain_text(AMPHORAE)
    expect(page.get_by_text("Loading the map")).to_have_count(0)
    above, map_, below = (page.locator(selector).bounding_box() for selector in ("body > h1", ".dashboard", "body > p"))
    assert map_["height"] == 600
    assert above["y"] + above["height"] <= map_["y"] and map_["y"] + 600 <= below["y"]


def test_a_server_that_does_not_let_the_site_in_says_so(server, site, open_page, capsys):
    page = open_page(site.put(readmes_script(server, capsys)), shown="[role=status]")
    expect(page.get_by_role("status")).to_have_text(REFUSED.format(site.host))
    expect(page.locator(".dashboard")).to_have_count(0)
    expect(page.get_by_text("Below")).to_be_visible()


def test_a_page_whose_own_host_is_not_let_in_says_what_may_be_wrong(site, browser):
    """No answer tells the page that it is refused; after a while it says what else it may be."""
    with served(sample(), f"--allow-websocket-origin={site.host}") as running:
        context = browser.new_context()
        context.route("**/*", lambda route: route.continue_() if "//127.0.0.1" in route.request.url else route.abort())
        page = context.new_page()
        page.clock.install()
        page.goto(running.url)
        page.clock.fast_forward(16_000)
        expect(page.locator("#late")).to_contain_text("lets no page of this address connect")
        context.close()


def test_an_embedded_map_says_when_its_server_is_gone(site, open_page, capsys):
    with served(sample(), f"--allow-websocket-origin={site.host}") as running:
        page = open_page(site.put(readmes_script(running, capsys)), expected=("WebSocket",))
    page.locator(".dashboard[data-lost]").wait_for()
    assert "The connection to the server is lost" in page.locator(".dashboard").evaluate(
        "element => getComputedStyle(element, '::after').content")
