"""What the server and the scripts of a page tell each other.

A page sends requests and gets answers, each one message: the HTML of the slots that changed, the address, and what
the map needs. Bokeh's own widgets speak for themselves besides.
"""

import hashlib
import pickle
from functools import cache
from pathlib import Path

import jinja2
import markupsafe
from bokeh.core.properties import Any, Bool, Dict, String
from bokeh.core.templates import AUTOLOAD_REQUEST_TAG
from bokeh.model import DataModel
from bokeh.models import CustomJS, Div, InlineStyleSheet, Model
from dashboard.query.facets import format_value
from dashboard.query.words import cell, number


class Browser(DataModel):
    """The model by which both sides talk.

    `request` is set by the page: ``do`` (an action), ``on``, ``value``, and ``n``, the request's number.
    `answer` is set by the server: ``n`` (the last request answered), ``waiting`` (whether another answer is being
    counted), ``html`` (slot name -> HTML), and what panels put; what is the same as before is left
    out. `listens` is set by the page once it takes answers.
    """

    request = Dict(String, Any, default={})
    answer = Dict(String, Any, default={})
    listens = Bool(default=False)


class Channel:
    """A session's way to its page: the slots it shows, and the answers it sends."""

    def __init__(self, app_dir: Path):
        self.browser = Browser()
        self.style = InlineStyleSheet(css=_style(app_dir))
        self._templates = _templates(app_dir)
        self._html: dict[str, str] = {}
        self._parts: dict[str, object] = {}
        self._marks: dict[str, bytes] = {}  # of the parts that were put last: not the parts, which would stay in memory
        self._answers = 0
        self.waiting = False

    def slot(self, name: str, template: str, *, role: str = "", css_classes: tuple[str, ...] = ()) -> "Slot":
        """Return a new place in the page that `template`, a file in templates/slots, fills.

        `name` is ours and not from the data: it becomes a CSS class.
        """
        root = Div(disable_math=True, css_classes=[name, *css_classes], stylesheets=[self.style])
        return Slot(name, self._templates.get_template(f"slots/{template}"), role, root, self._html)

    def waits_for(self, widget: Model, attribute: str) -> None:
        """Let the page show that it waits for an answer whenever a visitor changes a widget of Bokeh's."""
        widget.js_on_change(attribute, CustomJS(args={"browser": self.browser}, code="browser.wait?.()"))

    def put(self, part: str, value: object) -> None:
        """Add something for the page's scripts to the next answer, unless it is what was put last."""
        mark = hashlib.blake2b(pickle.dumps(value), digest_size=16).digest()
        if self._marks.get(part) != mark:
            self._marks[part] = mark
            self._parts[part] = value

    def send_changes(self) -> None:
        """Send what has changed since the last answer, if anything has."""
        if self._html or self._parts:
            self.send()

    def send(self) -> None:
        """Send what has changed since the last answer; also when that is nothing, as a request wants its answer."""
        self._answers += 1
        self.browser.answer = {"answer": self._answers, "n": self.browser.request.get("n", 0),
                               "waiting": self.waiting, "html": dict(self._html), **self._parts}
        # A program may change the view before there is a page, which then finds the last answer only.
        if self.browser.listens:
            self._html.clear()
            self._parts.clear()


class Slot:
    """One place in a page: a Div whose content is sent again only when it differs."""

    def __init__(self, name: str, template: jinja2.Template, role: str, root: Div, changed: dict[str, str]):
        self.root = root
        self._name, self._template, self._role, self._changed = name, template, role, changed
        self._html: str | None = None

    def show(self, **context: object) -> None:
        """Fill the place; the first time it goes with the page itself."""
        html = self._template.render(context)
        if self._html is None:
            role = f" role='{self._role}'" if self._role else ""
            self.root.text = f"<div data-slot='{self._name}'{role}>{html}</div>"
        elif html != self._html:
            self._changed[self._name] = html
        self._html = html


@cache
def _templates(app_dir: Path) -> jinja2.Environment:
    """Return the templates; they escape all that they are given."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(app_dir / "templates"), autoescape=True,
                                     trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"number": number, "cell": cell, "bound": format_value}
    # The script of Bokeh's own `server_document`, with words that static/snippets.js replaces.
    environment.globals["script_tag"] = markupsafe.Markup(AUTOLOAD_REQUEST_TAG.render(
        src_path="SCRIPT_ADDRESS", elementid="SCRIPT_ID", headers={}, with_credentials=False).strip())
    return environment


@cache
def _style(app_dir: Path) -> str:
    return static_text(app_dir, "colours.css") + static_text(app_dir, "dashboard.css")


@cache
def static_text(app_dir: Path, name: str) -> str:
    """Return a file of the static folder: a script or a style that goes with the document."""
    return (app_dir / "static" / name).read_text("utf-8")
