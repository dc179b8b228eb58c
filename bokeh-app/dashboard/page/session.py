"""One visitor's session: the view, and the panels that show it."""

import logging
from pathlib import Path

from bokeh.document import Document
from bokeh.models import Column, CustomJS, UIElement
from dashboard.catalog.problems import DataError
from dashboard.config import ConfigError
from dashboard.page.actions import UnknownRequest, choose_area, leave_area, view_after
from dashboard.page.browser import Channel, static_text
from dashboard.page.controls import Controls
from dashboard.page.detail import Detail
from dashboard.page.jump import Jump
from dashboard.page.map import Map
from dashboard.page.place import ADDRESS, place_of_this_process
from dashboard.page.scripts import below_app, script_urls
from dashboard.page.summary import Summary
from dashboard.page.table import Table
from dashboard.query.engine import Engine
from dashboard.query.reading import Reading, reading_of
from dashboard.query.report import report
from dashboard.query.view import View

log = logging.getLogger("dashboard")


def open_session(doc: Document, app_dir: Path) -> "Session | None":
    """Put the dashboard of an app folder into a document; the view is that of the document's address.

    When the config or the data cannot be used the document shows a card that says why, while they are still being read
    one that says so; None is returned then.
    """
    reading = reading_of(app_dir)
    if not reading.wait_a_moment():
        _show_reading(doc, app_dir, reading)
        return None
    try:
        engine = reading.engine()
    except (ConfigError, DataError) as error:
        _show_mistake(doc, app_dir, str(error))
        return None
    except Exception:  # noqa: BLE001 - Bokeh would show an empty page; the reading has logged what nobody foresaw
        _show_mistake(doc, app_dir, "Something went wrong while reading the data; the server's log says what.")
        return None
    context = doc.session_context
    arguments = context.request.arguments if context is not None and context.request is not None else {}
    return Session(doc, app_dir, engine, arguments)


class Session:
    """A view and the panels that show it; `change` is the one way to another view."""

    def __init__(self, doc: Document, app_dir: Path, engine: Engine, arguments):
        self._engine = engine
        view, notices = engine.view(arguments)
        self._channel = channel = Channel(app_dir)
        config = engine.catalog.config
        header = channel.slot("header", "header.html")
        header.show(config=config, place=place_of_this_process(), address=ADDRESS)
        self._summary = Summary(engine, channel, notices)
        self._map = Map(engine, channel, self._tap)
        jump = Jump(engine, channel, lambda area: self.change(choose_area(engine, self.view, "go", area)))
        controls = Controls(engine, channel, lambda name, choice: self.change(self.view.with_choice(name, choice)))
        detail, table = Detail(engine, channel), Table(engine, channel, below_app(doc))
        about = channel.slot("about", "about.html")
        about.show(sections=report(engine))
        self._panels = self._summary, controls, self._map, jump, detail, table
        self._map.root.children.append(jump.root)
        self._show(view)
        channel.browser.on_change("request", lambda attr, old, new: self._asked(new))
        root = Column(header.root, *self._summary.roots, controls.root, self._map.root, detail.root, table.root, about.root,
                      css_classes=["dashboard"], stylesheets=[channel.style], sizing_mode="stretch_both",
                      name="dashboard", tags=[channel.browser, *self._map.tiles])
        channel.send()
        _add_page(doc, app_dir, root, config.title, config.introduction)
        scripts = {"root": root, "browser": channel.browser}
        doc.js_on_event("document_ready", CustomJS(code=static_text(app_dir, "address.js"), args=scripts),
                        self._map.script(root, static_text(app_dir, "map.js")))

    def change(self, view: View) -> None:
        """Show another view: count once, then let each panel show it."""
        if view != self.view:
            self._summary.notify([])
            self._show(view)
        self._channel.send()

    def _show(self, view: View) -> None:
        tally = self._engine.tally(view)
        self.view = view
        for panel in self._panels:
            panel.show(view, tally)
        self._channel.put("query", self._engine.query(view))
        self._channel.put("chosen", view.area)

    def _tap(self, area: str | None) -> None:
        self.change(leave_area(self._engine, self.view, "", "") if area is None else
                    choose_area(self._engine, self.view, "", area))

    def _asked(self, request: dict) -> None:
        if request.get("do") == "address":
            view, notices = self._engine.view(str(request.get("value", "")))
            self._summary.notify(notices)
            self._show(view)
            self._channel.send()
            return
        try:
            self.change(view_after(self._engine, self.view, request))
        except UnknownRequest as error:
            log.warning("A page sent a request that cannot be answered: %s", error)
            self._channel.send()


def _show_mistake(doc: Document, app_dir: Path, message: str) -> None:
    """Show a card with what is to be mended, in place of the dashboard."""
    channel = Channel(app_dir)
    card = channel.slot("mistake", "mistake.html", role="alert")
    card.show(sentences=message.splitlines())
    _add_page(doc, app_dir, card.root, "This dashboard cannot be shown yet", "")


def _show_reading(doc: Document, app_dir: Path, reading: Reading) -> None:
    """Show what the reading is at, and load the page again once it is over."""
    channel = Channel(app_dir)
    card = channel.slot("reading", "reading.html", role="status")
    card.show(progress=reading.progress)
    card.root.tags = [channel.browser]
    channel.browser.js_on_change("answer", CustomJS(args={"card": card.root}, code="""
        if (this.answer.reload) {
            location.reload()
        } else {
            card.text = this.answer.html.reading ?? card.text
        }
    """))

    def look() -> None:
        card.show(progress=reading.progress)
        channel.put("reload", reading.over)
        channel.send()

    doc.add_periodic_callback(look, 300)
    _add_page(doc, app_dir, card.root, "Reading the data", "")


def _add_page(doc: Document, app_dir: Path, root: UIElement, title: str, introduction: str) -> None:
    """Put a root into the document, and what the page's template needs beside it."""
    doc.title = title
    doc.add_root(root)
    doc.template_variables.update(introduction=introduction, place=place_of_this_process(),
                                  script_urls=script_urls(doc),
                                  page_style=static_text(app_dir, "colours.css") + static_text(app_dir, "page.css"),
                                  page_script=static_text(app_dir, "page.js"))
    # The page itself says when the server is lost, and reloads by its address when it is back.
    doc.config.update(reconnect_session=False, notify_connection_status=False)
    doc.js_on_event("document_ready", CustomJS(code="globalThis.pageIsReady?.()"))
    doc.js_on_event("connection_lost", CustomJS(code="globalThis.pageHasLostItsServer?.()"))
