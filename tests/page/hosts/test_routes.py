"""The addresses that each app has beside Bokeh's: scripts to be kept for good, gzipped, for any page."""

import gzip
import re
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest


@pytest.fixture(scope="module")
def scripts(server):
    """The addresses of the page's two kinds of scripts: BokehJS and a module."""
    with urlopen(server.url) as page:
        html = page.read().decode()
    patterns = r'<script src="([^"]*/bokehjs/[^"]+)"', r'href="([^"]+client\.js)"'
    return [urljoin(server.url, re.search(pattern, html)[1]) for pattern in patterns]


def ask(address, method="GET", **headers):
    with urlopen(Request(address, method=method, headers=headers)) as response:
        return response.headers, response.read()


def test_a_script_is_gzipped_for_who_takes_that_and_plain_for_others(scripts):
    for address in scripts:
        headers, packed = ask(address, **{"Accept-Encoding": "br, gzip"})
        plain_headers, plain = ask(address)
        assert headers["Content-Encoding"] == "gzip" and plain_headers["Content-Encoding"] is None
        assert gzip.decompress(packed) == plain != b"" and len(packed) < len(plain)
        assert headers["Vary"] == plain_headers["Vary"] == "Accept-Encoding"


def test_a_script_is_kept_for_good_and_may_be_used_by_any_page(scripts):
    for address in scripts:
        for method in ("GET", "HEAD"):
            headers, body = ask(address, method)
            assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert headers["Access-Control-Allow-Origin"] == "*"
            assert headers["Content-Type"] == "text/javascript; charset=utf-8"
            assert bool(body) == (method == "GET")


@pytest.mark.parametrize("change", [
    lambda bundle, module: re.sub(r"[0-9a-f]{16}", "0" * 16, bundle), lambda bundle, module: f"{bundle}.map",
    lambda bundle, module: re.sub(r"[0-9a-f]{16}", "0" * 16, module),
    lambda bundle, module: module.replace("client.js", "no_such.js"),
    lambda bundle, module: module.replace("client.js", "embed.js"),
    lambda bundle, module: module.replace("client.js", "dashboard.css"),
    lambda bundle, module: module.replace("client.js", "../../config.toml"),
    lambda bundle, module: module.replace("client.js", "%2e%2e/%2e%2e/config.toml")],
    ids=["other BokehJS", "map", "other version", "no module", "none either", "style", "config", "in other letters"])
def test_nothing_else_is_there(scripts, change):
    with pytest.raises(HTTPError) as caught:
        ask(change(*scripts))
    assert caught.value.code == 404
    caught.value.close()


def test_what_is_not_ours_is_answered_as_bokeh_does(server):
    headers, _ = ask(f"{server.url}/metadata")
    assert headers["Content-Type"].startswith("application/json")
    _, style = ask(urljoin(server.url, "bokeh-app/static/page.css"))
    assert b"loading" in style
