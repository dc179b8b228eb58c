"""SHOWS: controls, map, detail, table, summary, session. The only rooms that import Bokeh."""

from dashboard.page.session import open_session

__all__ = ["open_session"]
