"""A document of Bokeh's and the page around it."""

from pathlib import Path

import jinja2
from bokeh.core.templates import FILE
from bokeh.document import Document
from bokeh.models import CustomJS, UIElement
from bokeh.themes import Theme
from bokeh.themes import default as bokehs_theme
from dashboard.page.browser import static_text
from dashboard.page.place import place_of_this_process
from dashboard.page.scripts import script_urls
from dashboard.page.visit import below_app


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
    doc.template_variables.update(introduction=introduction, place=place_of_this_process(),
                                  script_urls=script_urls(below) if below else [],
                                  page_style=static_text(app_dir, "colours.css") + static_text(app_dir, "page.css"),
                                  page_script=static_text(app_dir, "page.js"),
                                  embed_script=static_text(app_dir, "embed.js"))
    # The page itself says when the server is lost, and reloads by its address when it is back.
    doc.config.update(reconnect_session=False, notify_connection_status=False)
    doc.js_on_event("document_ready", CustomJS(code="globalThis.pageIsReady?.()"))
    doc.js_on_event("connection_lost", CustomJS(args={"root": root}, code=LOST))


# In a notebook or in another site's page there is no page of ours that could say it.
LOST = """
export default ({root}, _obj, _data, {index}) => {
  if (globalThis.pageHasLostItsServer != null) {
    globalThis.pageHasLostItsServer()
  } else {
    index.get(root).el.classList.add("lost")
  }
}
"""
