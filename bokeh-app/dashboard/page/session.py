"""One visitor's session: the view and its answers, whoever changes the view."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pandas as pd
from bokeh.application.application import SessionContext
from bokeh.document import Document

from dashboard.export.report import report
from dashboard.live.feed import Feed
from dashboard.page.actions import UnknownAction, view_after
from dashboard.page.answering import Answering
from dashboard.page.channel import Channel
from dashboard.page.figure import Map
from dashboard.page.hosts.binder import deployment_of_this_process
from dashboard.page.hosts.document import add_dashboard
from dashboard.page.hosts.embed import embedding_tag
from dashboard.page.notices import Notices
from dashboard.page.server_panel import ServerPanel
from dashboard.query.answers.answer import answer, start_answer
from dashboard.query.answers.schema import Answer
from dashboard.query.counting.partitions import PartitionsLost
from dashboard.query.survey import Survey, same_layout
from dashboard.query.view import View

log = logging.getLogger("dashboard")
NOTICE_STAYS = 20_000  # milliseconds that one has to read what became of one's choices when the data changed


class Session:
    """A view, and the page that shows its answers. `do` is the one way to another view."""

    def __init__(self, doc: Document, app_dir: Path, feed: Feed, arguments):
        snapshot = feed.wait()
        self._doc, self._feed, self._survey = doc, feed, snapshot.survey
        survey = snapshot.survey
        self._view, refused = survey.view(arguments)
        # A page opens at once: a view of many records is counted once the page is there.
        self._shown = survey.start if survey.is_large else self._view
        self._context = doc.session_context  # None where no server serves the document
        self._listeners: list[Callable[[View], None]] = []
        self._channel = channel = Channel()
        self._notices = Notices(channel, refused, snapshot)
        self._answering = Answering(doc, self._push, self._show_answer, self._give_up)
        self._server = ServerPanel(doc, feed, survey.config, channel, self._push)
        for part, value in (("deployment", deployment_of_this_process(survey.config.report.issues)),
                            ("embedding", embedding_tag()), ("report", report(survey)), ("refused", None)):
            channel.put(part, value)
        channel.put_answer(start_answer(survey) if survey.is_large else answer(survey, self._view))
        channel.waiting = self._shown != self._view
        channel.wire.on_change("request", lambda attr, old, new: self._do_request(new))
        channel.send()
        add_dashboard(doc, app_dir, channel.wire, Map(survey), self._server.root, survey.config)
        doc.on_session_destroyed(self._close)
        if self._context is not None:
            self._loop = asyncio.get_running_loop()
            feed.subscribe(self._hear)
            feed.activity.opened()
        if self._shown != self._view:
            self._ask()
        if feed.snapshot != snapshot:
            doc.add_next_tick_callback(self._renew)

    @property
    def view(self) -> View:
        """The view that is shown, or that is being counted; it can be set, as a view or as the text of an address.

        Raises RuntimeError when it is set after the page was closed.
        """
        return self._view

    @view.setter
    def view(self, view: View | str) -> None:
        self.do({"do": "address", "value": view if isinstance(view, str) else self._survey.query(view)})

    def do(self, action: dict) -> View:
        """Do what a visitor, a widget or a program wants; return the view it leads to, which is then shown.

        `action` is as in ``{"do": "between", "on": "weight_g", "value": "10..250"}``; `dashboard.page.actions` has them
        all. What cannot be applied is told on the page. Raises UnknownAction, and RuntimeError once the page is closed.
        """
        if self._closed:
            raise RuntimeError("The page of this session was closed; show the dashboard again.")
        view, refused = view_after(self._survey, self._view, action)
        at_control = None
        if refused and action["do"] != "address":
            at_control = {**refused[0]._asdict(), "at": action["on"]}
        else:
            self._notices.tell_refused(refused)
        self._channel.put("refused", at_control)
        if view != self._view:
            self._view = view
            self._ask()
        elif self._answering.is_idle:
            # Not at once: a program may call this while it does not hold the document.
            self._doc.add_next_tick_callback(self._channel.send)
        return view

    def on_view(self, listener: Callable[[View], None]) -> None:
        """Call a function with each view, once it is shown."""
        self._listeners.append(listener)

    def records(self) -> pd.DataFrame:
        """Return the records that the view is about: those that fit its choices, in the chosen areas if any."""
        return self._survey.records(self._view)

    def _do_request(self, request: dict) -> None:
        if request.get("do") == "server":
            self._server.open(request.get("value") == "true")
            self._channel.send()
            return
        try:
            self._channel.add("steps", [request.get("n"), self._survey.query(self.do(request))])
        except UnknownAction as error:
            log.warning("A page asked for what cannot be done: %s", error)
            self._channel.send()

    def _ask(self) -> None:
        self._channel.waiting = True
        self._answering.ask(self._survey, self._view)

    def _show_answer(self, view: View, found: Answer, seconds: float) -> None:
        self._feed.activity.answered(seconds)
        if view != self._shown:
            # After news of the same view, which nobody has asked for, the visitor's next change does not wait.
            self._answering.rest()
        self._channel.waiting = False
        self._channel.put_answer(found)
        self._shown = view
        self._channel.send()
        for listener in self._listeners:
            try:
                listener(view)
            except Exception:
                log.exception("A function that is told of each view raised an error")

    def _give_up(self, view: View, error: Exception) -> None:
        """Say why there is no answer; records that are out of reach are answered once they are there again."""
        if isinstance(error, PartitionsLost):
            log.warning("%s", error)
            self._feed.reread(self._survey)
            self._notices.tell_trouble("cluster lost")
        else:
            log.error("A view could not be answered: %s", self._survey.query(view), exc_info=error)
            self._channel.waiting = False
            self._view = self._shown
            self._notices.tell_failed()
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
        snapshot = self._feed.snapshot
        if snapshot is None:
            return
        self._notices.tell_snapshot(snapshot)
        if not same_layout(snapshot.survey, self._survey):
            # The page is made for areas, facets and settings; its address holds the view.
            self._notices.tell_trouble("outdated")
            self._channel.put("outdated", self._survey.query(self._view))
        elif snapshot.survey is not self._survey:
            self._take(snapshot.survey)
        if self._answering.is_idle:
            self._channel.send_changes()

    def _take(self, survey: Survey) -> None:
        """Go on with another survey of the same layout."""
        query = self._survey.query(self._view)
        self._survey = survey
        self._channel.put("report", report(survey))
        view, refused = survey.view(query)
        self._view = view
        if refused:
            told = self._notices.tell_lost(refused)
            self._doc.add_timeout_callback(partial(self._notices.forget, told), NOTICE_STAYS)
        self._ask()

    @property
    def _closed(self) -> bool:
        return self._context is not None and self._context.destroyed

    def _close(self, context: SessionContext) -> None:
        self._feed.unsubscribe(self._hear)
        self._feed.activity.closed()
