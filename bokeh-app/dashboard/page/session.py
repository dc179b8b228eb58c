"""One visitor's session: the view, and the panels that show it."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import pandas as pd
from bokeh.application.application import SessionContext
from bokeh.document import Document, without_document_lock
from bokeh.models import Column, CustomJS
from dashboard.page.actions import UnknownRequest, choose_area, leave_area, view_after
from dashboard.page.browser import Channel, static_text
from dashboard.page.card import show_card
from dashboard.page.controls import Controls
from dashboard.page.detail import Detail
from dashboard.page.document import add_page
from dashboard.page.jump import Jump
from dashboard.page.map import Map
from dashboard.page.place import ADDRESS, place_of_this_process
from dashboard.page.server_panel import ServerPanel
from dashboard.page.summary import Summary
from dashboard.page.table import Table
from dashboard.page.visit import address_elsewhere, below_app, view_arguments
from dashboard.query.choices import Choice
from dashboard.query.engine import Answer, alike
from dashboard.query.live import Live, live_data
from dashboard.query.partitions import PartitionsLost
from dashboard.query.report import report
from dashboard.query.view import View

log = logging.getLogger("dashboard")
NOTICE = 20_000  # milliseconds that one has to read what became of one's choices when the data changed
PACE = 0.08  # seconds between two answers to one page, about what it takes to draw one
OTHER_PAGE = "The areas or the settings have changed. Load this page again to see them."
LOST = "The cluster that holds the records does not answer. This page goes on by itself once it does."


def open_session(doc: Document, app_dir: Path | str) -> "Session | None":
    """Put the dashboard of an app folder into a document; the view is that of the document's address.

    When the config or the data cannot be used the document shows a card that says why, while they are still being read
    one that says so; None is returned then.
    """
    app_dir = Path(app_dir).resolve()
    live = live_data(app_dir)
    if not live.wait_a_moment() or live.now is None:
        show_card(doc, app_dir, live)
        return None
    return Session(doc, app_dir, live, view_arguments(doc))


class Session:
    """A view and the panels that show it, whoever changes the view: a visitor, or a program.

    Answers are counted beside the server's event loop, so that no visitor waits for another one's. While one is being
    counted the view may change again; then it is overtaken, and only the answer to the last view is shown.
    """

    def __init__(self, doc: Document, app_dir: Path, live: Live, arguments):
        data = live.data()
        self._doc, self._live, self._engine = doc, live, data.engine
        engine = data.engine
        self._view, refused = engine.view(arguments)
        self._channel = channel = Channel(app_dir)
        self._working = False
        self._context = doc.session_context  # None where no server serves the document
        self._sent_at = 0.0
        self._told: list[Callable[[View], None]] = []
        config = engine.config
        header = channel.slot("header", "header.html")
        header.show(config=config, place=place_of_this_process(), address=ADDRESS)
        self._summary = Summary(channel, _left_out(refused), data)
        self._map = Map(engine, channel, self._tap)
        jump = Jump(engine.areas, channel, lambda area: self.change(choose_area(engine, self.view, "go", area)))
        controls = Controls(engine.facets.values(), channel, self._choose)
        detail, table = Detail(config, engine.facets, channel), Table(channel, below_app(doc))
        self._about = about = channel.slot("about", "about.html")
        about.show(sections=report(engine))
        self._server = ServerPanel(doc, live, config, channel, self._push)
        self._panels = self._summary, controls, self._map, jump, detail, table
        self._map.root.children.append(jump.root)
        # A page opens at once: a view of many records is counted once the page is there.
        self._show(engine.start if engine.is_large else engine.answer(self._view))
        channel.browser.on_change("request", lambda attr, old, new: self._asked(new))
        root = Column(header.root, *self._summary.roots, controls.root, self._map.root, detail.root, table.root,
                      about.root, self._server.root, css_classes=["dashboard"], stylesheets=[channel.style],
                      sizing_mode="stretch_both", name="dashboard", tags=[channel.browser, *self._map.tiles])
        channel.send()
        add_page(doc, app_dir, root, config.title, config.introduction)
        scripts = {"root": root, "browser": channel.browser, "elsewhere": address_elsewhere(doc)}
        doc.js_on_event("document_ready", CustomJS(code=static_text(app_dir, "address.js"), args=scripts),
                        CustomJS(code=static_text(app_dir, "snippets.js"), args={"browser": channel.browser}),
                        self._map.script(root, static_text(app_dir, "fills.js") + static_text(app_dir, "map.js")))
        doc.on_session_destroyed(self._close)
        if self._context is not None:
            self._loop = asyncio.get_running_loop()
            live.listen(self._hear)
            live.activity.opened()
        if self._shown != self._view:
            self._begin()
        if live.now != data:
            doc.add_next_tick_callback(self._renew)

    @property
    def view(self) -> View:
        """The view that is shown, or that is being counted; it can be set, as a view or as the text of an address.

        Raises RuntimeError when it is set after the page was closed.
        """
        return self._view

    @view.setter
    def view(self, view: View | str) -> None:
        if self._closed:
            raise RuntimeError("The page of this session was closed; show the dashboard again.")
        if isinstance(view, str):
            view, refused = self._engine.view(view)
            self.change(view, _left_out(refused))
        else:
            self.change(view)

    def on_view(self, told: Callable[[View], None]) -> None:
        """Call a function with each view, once it is shown."""
        self._told.append(told)

    def records(self) -> pd.DataFrame:
        """Return the records that the view is about: those that fit its choices, in the chosen area if there is one."""
        return self._engine.records(self._view)

    def change(self, view: View, notices: Sequence[str] = ()) -> None:
        """Show another view, and sentences about it: its answer is counted, then each panel shows it."""
        changed = view != self._view or list(notices) != self._summary.notices
        self._view, self._summary.notices = view, list(notices)
        if changed:
            self._begin()
        elif not self._working:
            # Not at once: a program may call this while it does not hold the document.
            self._doc.add_next_tick_callback(self._channel.send)

    def _begin(self) -> None:
        """Have the view answered, unless another answer is under way: that one's end begins the next."""
        if self._working:
            return
        self._working = self._channel.waiting = True
        # A handle that is dragged asks more often than a page can draw; the last position is never left out.
        rest = self._sent_at + PACE - time.monotonic()
        if rest > 0:
            self._doc.add_timeout_callback(self._work, int(rest * 1000) + 1)
        else:
            self._doc.add_next_tick_callback(self._work)

    @without_document_lock
    async def _work(self) -> None:
        """Count the answer to the view in another thread; this visitor's further requests come in meanwhile."""
        try:
            began = time.monotonic()
            answer = await asyncio.to_thread(self._engine.answer, self._view)
            self._live.activity.answered(time.monotonic() - began)
            finish = partial(self._finish, answer)
        except PartitionsLost as lost:
            log.warning("%s", lost)
            finish = self._lose
        except Exception:  # noqa: BLE001 - whatever it is, the visitor is told and can go on
            log.exception("A view could not be answered: %s", self._engine.query(self._view))
            finish = self._give_up
        self._push(finish)

    def _lose(self) -> None:
        """Say that the records are out of reach; the view is answered once they are there again."""
        self._working = False
        self._live.lose(self._engine)
        self._summary.troubles = [LOST]
        self._summary.tell()
        self._channel.send()
        self._renew()

    def _hear(self) -> None:
        """Look at the data as they are now; called in another thread."""
        # There a document must not be touched at all: Bokeh would take it for the one that is just being opened.
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._push, self._renew)

    def _push(self, callback: Callable[[], None]) -> None:
        """Have a function called with the document at hand, where it is still there."""
        if not self._closed:
            self._doc.add_next_tick_callback(callback)

    def _renew(self) -> None:
        """Show the data as they are now, in the same view as far as they have what it asks for."""
        data, before = self._live.now, self._engine
        if data is None:
            return
        self._summary.show_data(data)
        if not alike(data.engine, before):
            # All panels are made for areas, facets and settings; the page's address holds the view.
            self._summary.troubles = [OTHER_PAGE]
            self._summary.tell()
            self._channel.put("outdated", before.query(self._view))
        elif data.engine is not before:
            self._engine = data.engine
            self._about.show(sections=report(data.engine))
            self._view, refused = data.engine.view(before.query(self._view))
            if refused:
                self._summary.notices = notices = self._summary.notices + _left_out(refused)
                self._doc.add_timeout_callback(partial(self._forget, notices), NOTICE)
            self._begin()
        if not self._working:
            self._channel.send_changes()

    def _forget(self, notices: list[str]) -> None:
        """Take notices away, unless there are others by now."""
        if self._summary.notices is notices:
            self._summary.notices = []
            self._summary.tell()
            self._channel.send_changes()

    def _finish(self, answer: Answer) -> None:
        self._working = False
        if answer.view != self._view or answer.engine is not self._engine:
            self._begin()
            return
        self._channel.waiting = False
        if answer.view != self._shown:
            # After news of the same view, which nobody has asked for, the visitor's next change does not wait.
            self._sent_at = time.monotonic()
        self._show(answer)
        self._channel.send()
        for told in self._told:
            try:
                told(answer.view)
            except Exception:  # noqa: BLE001 - somebody else's function; the others are told all the same
                log.exception("A function that is told of each view raised an error")

    def _give_up(self) -> None:
        self._working = self._channel.waiting = False
        self._view = self._shown
        self._summary.notices = ["This could not be answered; the server's log says why."]
        self._summary.tell()
        self._channel.send()

    def _show(self, answer: Answer) -> None:
        for panel in self._panels:
            panel.show(answer)
        self._shown = answer.view
        self._channel.put("query", self._engine.query(self._view))
        self._channel.put("chosen", self._view.area)

    @property
    def _closed(self) -> bool:
        return self._context is not None and self._context.destroyed

    def _close(self, context: SessionContext) -> None:
        self._live.leave(self._hear)
        self._live.activity.closed()

    def _choose(self, facet: str, make: Callable[[Choice | None], Choice | None]) -> None:
        self.change(self.view.with_choice(facet, make(self.view.choice(facet))))

    def _tap(self, area: str | None) -> None:
        self.change(leave_area(self._engine, self.view, "", "") if area is None else
                    choose_area(self._engine, self.view, "", area))

    def _asked(self, request: dict) -> None:
        if request.get("do") == "address":
            self.view = str(request.get("value", ""))
            return
        if request.get("do") == "server":
            self._server.open(request.get("value") == "true")
            self._channel.send()
            return
        try:
            self.change(view_after(self._engine, self.view, request))
        except UnknownRequest as error:
            log.warning("A page sent a request that cannot be answered: %s", error)
            self._channel.send()


def _left_out(refused: list[str]) -> list[str]:
    return [f"{sentence} It was left out." for sentence in refused]
