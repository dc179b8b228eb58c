"""What a page shows while there is no dashboard: how far the reading is, or what is to be mended."""

from pathlib import Path

from bokeh.document import Document

from dashboard.live.feed import Feed
from dashboard.page.channel import Channel
from dashboard.page.hosts.document import add_card

LOOK_EVERY = 300  # milliseconds


def show_waiting_page(doc: Document, app_dir: Path, feed: Feed) -> None:
    """Put a card into a document; the page asks again once there are data to show."""
    channel = Channel()

    def look() -> None:
        ready = feed.snapshot is not None and channel.wire.listens
        channel.put("card", {"ready": ready, "errors": feed.errors, "progress": feed.progress})
        if ready:
            doc.remove_periodic_callback(looking)
        channel.send_changes()

    looking = doc.add_periodic_callback(look, LOOK_EVERY)
    look()
    add_card(doc, app_dir, channel.wire, "This dashboard cannot be shown yet" if feed.errors else "Reading the data")
