"""A page whose session is at hand, as this process serves it: for tests of what a program and a visitor both do."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path

from bokeh.document import Document
from bokeh.server.server import Server

from dashboard.page import open_session
from dashboard.page.session import Session
from visitor import Visitor, visit


def in_a_loop(test: Callable[..., Coroutine]) -> Callable[..., None]:
    """Run a test that is a coroutine in an event loop of its own."""
    @wraps(test)
    def run(*arguments, **fixtures) -> None:
        visit(test(*arguments, **fixtures))
    return run


@asynccontextmanager
async def serving(show: Callable[[Document], object], path: str = "/app", **options: object) -> AsyncIterator[str]:
    """Serve what a function shows in a document, by Bokeh's own server; gives its address."""
    server = Server({path: show}, port=0, address="127.0.0.1", **options)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}{path}"
    finally:
        server.stop()
        server.unlisten()
        await asyncio.sleep(0)


@asynccontextmanager
async def opened(app: Path, query: str = "", **options: object) -> AsyncIterator[tuple[Session, Visitor]]:
    """Open a page of an app folder; gives its session and its visitor."""
    sessions = []
    async with serving(lambda doc: sessions.append(open_session(doc, app)), **options) as address:
        visitor = await Visitor.arrive(f"{address}?{query}")
        try:
            yield sessions[-1], visitor
        finally:
            await visitor.leave()
