"""The dashboard in a notebook, wherever Jupyter runs: on one's own machine, below a base URL, on Binder or a hub."""

import asyncio
import json
import logging
import os
import secrets
from pathlib import Path

from bokeh.application import Application
from bokeh.application.handlers import FunctionHandler
from bokeh.document import Document
from bokeh.io import show
from bokeh.io.state import curstate

from dashboard.live.feed import feed_of
from dashboard.page.opening import open_session
from dashboard.page.session import Session

BROWSER_PATIENCE = 60  # seconds that a browser has to open what was shown


async def show_dashboard(app_dir: Path | str = ".") -> Session:
    """Show the dashboard of an app folder below a cell, and return its session once the browser has opened it.

    A notebook's page that is loaded again holds another session; the cell is then to be run again.
    Raises ConfigError and DataError where there is nothing to show, and TimeoutError when no browser comes.
    """
    # Read here, so that the output is the map and no card; in a thread, so that the kernel goes on answering.
    await asyncio.to_thread(feed_of(Path(app_dir)).wait)
    opened = asyncio.get_running_loop().create_future()

    def make_document(doc: Document) -> None:
        session = open_session(doc, app_dir)
        if not opened.done():
            opened.set_result(session)

    _show(Application(FunctionHandler(make_document)))
    try:
        return await asyncio.wait_for(opened, BROWSER_PATIENCE)
    except TimeoutError:
        raise TimeoutError("No browser has opened the dashboard. Where Jupyter runs in an environment of its own, that "
                           "environment needs jupyter-server-proxy.") from None


def _show(app: Application) -> None:
    """Show an app as Bokeh's `show` does, at an address that works beside, below and behind any Jupyter.

    Jupyter's proxy lets in only whom Jupyter lets in, but its address as a browser sees it is not known here, so any
    origin is allowed. Whoever comes to the kernel's port without the proxy would have to know the secret in its path.
    """
    # Bokeh's output_notebook would do this, and load BokehJS from another host or into the notebook's file.
    curstate().output_notebook()
    # On hubs that set this variable Bokeh makes the address, and knows no path.
    secret = "" if os.environ.get("JUPYTER_BOKEH_EXTERNAL_URL") else secrets.token_urlsafe(16)
    logging.getLogger("bokeh.server.util").setLevel(logging.ERROR)  # it warns of the star
    show(app, notebook_url=lambda port: "*" if port is None else f"{_beside_jupyter(port)}/{secret}",
         address="127.0.0.1", prefix=secret, include_headers=[], include_cookies=[])


def _beside_jupyter(port: int) -> str:
    """Return where a browser with a notebook finds a port of the kernel's machine: below Jupyter's own address.

    Without a Jupyter server, as in some editors, it is the port itself.
    """
    base_url = _base_url()
    return f"http://127.0.0.1:{port}" if base_url is None else f"{base_url}proxy/{port}"


def _base_url() -> str | None:
    """Return the path of the Jupyter server that has started this kernel, with a slash at its end."""
    from jupyter_core.paths import jupyter_runtime_dir  # only there where notebooks are

    # Each server leaves such a file, and each kernel is told the number of the process that has started it.
    about = Path(jupyter_runtime_dir()) / f"jpserver-{os.environ.get('JPY_PARENT_PID')}.json"
    if about.exists():
        return json.loads(about.read_text("utf-8"))["base_url"]
    return os.environ.get("JUPYTERHUB_SERVICE_PREFIX")
