"""SHOWS: controls, map, detail, table, summary, session. The only rooms that import Bokeh."""

from bokeh.server.urls import per_app_patterns
from dashboard.page.embedding import EmbedHandler
from dashboard.page.scripts import BundleHandler
from dashboard.page.session import open_session
from dashboard.page.websocket import PromptHandler

__all__ = ["open_session"]

# Each app of every server that is built from now on has routes of ours. The first that fits wins, so ours come first.
per_app_patterns[:0] = [(BundleHandler.ROUTE, BundleHandler), (r"/autoload.js", EmbedHandler), (r"/ws", PromptHandler)]
