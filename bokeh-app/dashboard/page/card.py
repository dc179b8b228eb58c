"""What a page shows while there is no dashboard: how far the reading is, or what is to be mended."""

from pathlib import Path

from bokeh.document import Document
from bokeh.models import CustomJS
from dashboard.page.browser import Channel
from dashboard.page.document import add_page
from dashboard.query.live import Live

LOOK = 300  # milliseconds


def show_card(doc: Document, app_dir: Path, live: Live) -> None:
    """Put a card into a document; the page asks again once there are data to show."""
    channel = Channel(app_dir)
    card = channel.slot("card", "card.html", role="alert")

    def show(ready: bool) -> None:
        card.show(progress=live.progress, mistakes=live.mistakes, ready=ready)

    show(ready=False)
    card.root.tags = [channel.browser]
    channel.browser.js_on_change("answer", CustomJS(args={"card": card.root}, code=SHOW))
    doc.js_on_event("document_ready", CustomJS(args={"browser": channel.browser}, code="browser.listens = true"))

    def look() -> None:
        ready = live.now is not None and channel.browser.listens
        show(ready)
        if ready:
            channel.put("ready", True)
            doc.remove_periodic_callback(looking)
        channel.send_changes()

    looking = doc.add_periodic_callback(look, LOOK)
    add_page(doc, app_dir, card.root, "This dashboard cannot be shown yet" if live.mistakes else "Reading the data", "")


SHOW = """
export default ({card}, {answer}, _data, {index}) => {
  card.text = answer.html.card ?? card.text
  if (answer.ready) {
    index.get(card).el.dispatchEvent(new CustomEvent("dashboard-again", {bubbles: true, composed: true}))
  }
}
"""
