"""One visitor arrives: put the dashboard into their document."""

from pathlib import Path

from bokeh.io import curdoc

from dashboard.page import open_session

open_session(curdoc(), Path(__file__).parent)
