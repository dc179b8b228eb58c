"""A document of Bokeh's and the page around it."""

from pathlib import Path

import jinja2
from bokeh.core.templates import FILE
from bokeh.document import Document
from bokeh.models import Column, CustomJS, Pane, UIElement
from bokeh.themes import Theme
from bokeh.themes import default as bokehs_theme

from dashboard.page.channel import Wire, static_text, style_of
from dashboard.page.figure import Map
from dashboard.page.hosts.binder import deployment_of_this_process
from dashboard.page.hosts.bokehjs import script_url
from dashboard.page.hosts.modules import modules_of, modules_url
from dashboard.page.hosts.request import address_elsewhere, below_app
from dashboard.settings import Config


def add_dashboard(doc: Document, app_dir: Path, wire: Wire, map_: Map, server_panel: Pane, config: Config) -> None:
    """Put the dashboard into the document: the map, and around it what the page's scripts make of the messages."""
    style = style_of(app_dir)
    server_panel.stylesheets = [style]
    # One pixel wider on each side than what is seen of it, as Bokeh does not clear the rim of its overlays.
    frame = Column(map_.plot, css_classes=["map"], stylesheets=[style])
    root = Column(frame, server_panel, css_classes=["dashboard"], stylesheets=[style], sizing_mode="stretch_both",
                  name="dashboard", tags=[wire, *map_.tiles])
    add_page(doc, app_dir, root, config.title, config.introduction)
    run_when_ready(doc, app_dir, "client.js", {"root": root, "wire": wire, "below": below_app(doc),
                                               "elsewhere": address_elsewhere(doc), **map_.models})


def add_card(doc: Document, app_dir: Path, wire: Wire, title: str) -> None:
    """Put a card into the document in place of a dashboard."""
    root = Pane(css_classes=["card"], stylesheets=[style_of(app_dir)], tags=[wire])
    add_page(doc, app_dir, root, title, "")
    run_when_ready(doc, app_dir, "waiting.js", {"root": root, "wire": wire})


def add_page(doc: Document, app_dir: Path, root: UIElement, title: str, introduction: str) -> None:
    """Put a root into the document, and around it the page of the app folder.

    Bokeh gives template and theme to the documents of a folder that it serves; a document that somebody's own function
    fills gets them here, unless it has others already.
    """
    if doc.template is FILE:
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(app_dir / "templates"))
        doc.template = environment.get_template("index.html")
    if doc.theme is bokehs_theme:
        doc.theme = Theme(filename=app_dir / "theme.yaml")
    doc.title = title
    doc.add_root(root)
    below = below_app(doc)
    scripts = modules_url(app_dir, below)
    doc.template_variables.update(introduction=introduction, deployment=deployment_of_this_process(),
                                  script_url=script_url(below),
                                  modules=[f"{scripts}{name}" for name in modules_of(app_dir)[1]],
                                  page_style=static_text(app_dir, "colours.css") + static_text(app_dir, "page.css"),
                                  embed_script=static_text(app_dir, "embed.js"))
    # The page itself says when the server is lost, and reloads by its address when it is back.
    doc.config.update(reconnect_session=False, notify_connection_status=False)
    doc.js_on_event("connection_lost", CustomJS(args={"root": root, "scripts": scripts}, code=TELL_OF_LOSS))


def run_when_ready(doc: Document, app_dir: Path, module: str, models: dict[str, object]) -> None:
    """Have a module's `start` called with models and the index of their views, once the document is ready."""
    script = modules_url(app_dir, below_app(doc)) + module
    doc.js_on_event("document_ready", CustomJS(args={"script": script, **models}, code=START))


START = """
export default async ({script, ...models}, _obj, _data, {index}) => {
  const {start} = await import(new URL(script, document.baseURI))
  start(models, index)
}
"""

TELL_OF_LOSS = """
export default async ({root, scripts}, _obj, _data, {index}) => {
  const {lost} = await import(new URL(scripts + "page.js", document.baseURI))
  lost(index.get(root).el)
}
"""
