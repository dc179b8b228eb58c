"""How a visitor came to a document, and what leads from there to what lies below the app."""

import asyncio
import re
from urllib.parse import urlencode

import pytest
from bokeh.document import Document
from inside import in_a_loop, serving
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

from dashboard.page.hosts.request import address_elsewhere, below_app, view_arguments
from rehearsal import until

ELSEWHERE = {"bokeh-autoload-element": "x", "bokeh-app-path": "/some/app",
             "bokeh-absolute-url": "https://a.org/some/app"}


def test_a_document_that_no_server_serves_has_no_address():
    doc = Document()
    assert (view_arguments(doc), address_elsewhere(doc), below_app(doc)) == ({}, "", "")


def known_of(doc):
    """Return all that is known of how a visitor came to a document."""
    arguments = {name: [value.decode() for value in values] for name, values in view_arguments(doc).items()}
    return arguments, address_elsewhere(doc), below_app(doc)


async def seen_at(path, asked, query):
    """Return what is known of a document that somebody asks for at an address."""
    seen = []

    def show(doc):
        seen.append(known_of(doc))

    async with serving(show, path) as address:
        root = address.removesuffix(path)
        await AsyncHTTPClient().fetch(f"{root}{asked}?{urlencode(query)}")
    return seen[0]


@in_a_loop
@pytest.mark.parametrize(("path", "asked", "below"), [
    ("/app", "/app", "./app/"), ("/some/app", "/some/app", "./app/"), ("/some/app", "/some/app/", "./"),
    ("/", "/", "./")])
async def test_on_its_own_page_all_lies_below_the_last_part_of_the_path(path, asked, below):
    arguments, elsewhere, found = await seen_at(path, asked, {"type": "coin", "resources": "x"})
    assert (elsewhere, found) == ("", below)
    # A column may have that name.
    assert arguments == {"type": ["coin"], "resources": ["x"]}


@in_a_loop
@pytest.mark.parametrize(("without", "elsewhere", "below"), [
    ((), "https://a.org/some/app", "https://a.org/some/app/"),
    (("bokeh-absolute-url",), "/some/app", "/some/app/"),
    (("bokeh-absolute-url", "bokeh-app-path"), "/", "/")])
async def test_in_another_page_it_is_where_the_script_was_asked_for(without, elsewhere, below):
    query = {name: value for name, value in ELSEWHERE.items() if name not in without}
    query |= {"type": "coin", "resources": "none"}
    arguments, *found = await seen_at("/some/app", "/some/app/autoload.js", query)
    assert found == [elsewhere, below]
    # What a notebook adds is not of the view.
    assert arguments["type"] == ["coin"] and "resources" not in arguments


@in_a_loop
@pytest.mark.parametrize(("asked", "query"), [
    ("/some/app", {"type": "coin"}), ("/some/app/autoload.js", {**ELSEWHERE, "type": "coin"})], ids=["page", "script"])
async def test_a_page_that_came_so_late_that_its_session_is_made_anew_is_where_it_was(asked, query):
    seen, gone = [], []

    def show(doc):
        seen.append(known_of(doc))
        doc.on_session_destroyed(gone.append)

    soon = {"unused_session_lifetime_milliseconds": 1, "check_unused_sessions_milliseconds": 20}
    async with serving(show, "/some/app", **soon) as address:
        page = await AsyncHTTPClient().fetch(f"{address.removesuffix('/some/app')}{asked}?{urlencode(query)}")
        token = re.search(r'"token":"([^"]+)"', page.body.decode())[1]
        await asyncio.to_thread(until, lambda: gone)
        socket = await websocket_connect(f"ws{address.removeprefix('http')}/ws", subprotocols=["bokeh", token])
        await asyncio.to_thread(until, lambda: len(seen) == 2)
        socket.close()
        while await socket.read_message() is not None:
            pass  # what was said before it closed
    assert seen[0] == seen[1] and seen[0][0]["type"] == ["coin"]
