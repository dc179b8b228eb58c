"""What a page shows while there is no dashboard: how far the reading is, or what is to be mended."""

from pathlib import Path

from bokeh.document import Document
from bokeh.models import CustomJS
from dashboard.page.browser import Channel
from dashboard.page.document import add_page
from dashboard.query.live import Live

LOOK = 300  # milliseconds


def show_card(doc: Document, app_dir: Path, live: Live) -> None:
    """Put a card into a document; the page loads itself again once there are data to show."""
    channel = Channel(app_dir)
    card = channel.slot("card", "card.html", role="alert")

    def look() -> None:
        card.show(progress=live.progress, mistakes=live.mistakes, ready=live.now is not None)

    look()
    card.root.tags = [channel.browser]
    channel.browser.js_on_change("answer", CustomJS(args={"card": card.root}, code=SHOW))

    def look_again() -> None:
        look()
        channel.put("ready", live.now is not None)
        channel.send_changes()

    doc.add_periodic_callback(look_again, LOOK)
    add_page(doc, app_dir, card.root, "This dashboard cannot be shown yet" if live.mistakes else "Reading the data", "")


# In a notebook or in another site's page the page is not ours to load again.
SHOW = """
    if (this.answer.ready && globalThis.pageIsReady != null) {
        location.reload()
    } else {
        card.text = this.answer.html.card ?? card.text
    }
"""
