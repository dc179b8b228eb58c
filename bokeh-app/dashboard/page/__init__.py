"""SHOW: answers in a browser. The only rooms that import Bokeh.

    opening          a document -> its session
    session          one visitor's session: do(action) -> view
    actions          an action -> the view it leads to
    answering        a view -> its answer, one at a time, beside the event loop
    channel          messages out, actions in; notices: what visitors have to be told
    figure           the map's Bokeh figure; palette: its colours
    server_panel     what the server is doing
    waiting_page     what is shown while there is no dashboard
    notebook         the dashboard below a notebook's cell
    hosts/           how the page reaches a browser
"""

from dashboard.page.hosts.modules import prepare_scripts
from dashboard.page.hosts.routes import add_routes
from dashboard.page.opening import open_session

__all__ = ["open_session", "prepare_scripts"]

add_routes()
