"""A document -> the session that shows the dashboard in it, or a card while there is none."""

from pathlib import Path

from bokeh.document import Document

from dashboard.live.feed import feed_of
from dashboard.page.hosts.data import remember_folder
from dashboard.page.hosts.request import view_arguments
from dashboard.page.session import Session
from dashboard.page.waiting_page import show_waiting_page


def open_session(doc: Document, app_dir: Path | str) -> Session | None:
    """Put the dashboard of an app folder into a document; the view is that of the document's address.

    When the config or the data cannot be used the document shows a card that says why, while they are still being read
    one that says so; None is returned then.
    """
    app_dir = Path(app_dir).resolve()
    remember_folder(doc, app_dir)
    feed = feed_of(app_dir)
    if not feed.wait_a_moment() or feed.snapshot is None:
        show_waiting_page(doc, app_dir, feed)
        return None
    return Session(doc, app_dir, feed, view_arguments(doc))
