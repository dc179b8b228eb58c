"""A Jupyter server extension that shows this repository's dashboard, run by Bokeh beside Jupyter.

The dashboard is at `<base_url>proxy/5006/bokeh-app`; `<base_url>bokeh-app` leads there. Jupyter decides who may see it.
"""

import atexit
import html
from pathlib import Path
from urllib.parse import quote, unquote_plus

from bokehprocess import Bokeh
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from jupyter_server_proxy.handlers import NamedLocalProxyHandler
from tornado import web
from tornado.httputil import HTTPHeaders, HTTPServerRequest

HERE = Path(__file__).resolve().parent  # postBuild installs a symbolic link to this file
APP = HERE.parent / "bokeh-app"
ADDRESS = "proxy/5006"  # where Bokeh has always been on Binder: old links and habits keep working

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The dashboard has not started</title>
<body style="font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem">
<h1>The dashboard has not started</h1>
<p>Jupyter keeps trying to start it: <a href="">reload this page</a> in a moment.
If that does not help, the end of its log may say why:</p>
<pre style="overflow: auto; padding: 1rem; background: #eee">{log}</pre>
"""


class DashboardHandler(NamedLocalProxyHandler):
    """Passes on to Bokeh whom Jupyter lets in, less what only Jupyter should know."""

    def initialize(self, bokeh: Bokeh) -> None:
        """Take the running Bokeh, the same for all requests."""
        self.bokeh, self.unix_socket = bokeh, bokeh.socket
        self.absolute_url = True  # Bokeh knows the prefix: its redirects are right as they are

    async def prepare(self) -> None:
        """Let in whom Jupyter lets in; take its token from the address bar; have who comes too early wait."""
        await super().prepare()
        if self._finished:  # sent to the login page
            return
        page = self.request.method == "GET" and "Upgrade" not in self.request.headers
        if page and self.get_query_argument("token", ""):
            self.redirect(self.request.path + query(self.request))
        else:
            await self.wait_for_bokeh()

    async def wait_for_bokeh(self) -> None:
        """Return as soon as Bokeh answers, or end the request with the page of `write_error`."""
        if not await self.bokeh.ready():
            raise web.HTTPError(503)

    async def http_get(self, path: str) -> None:
        """Send Bokeh's answer, also if it dies under the request and has to be started again first."""
        try:
            return await super().http_get(path)
        except (OSError, web.HTTPError):
            self.bokeh.doubt()
            await self.wait_for_bokeh()
            return await super().http_get(path)

    def get_client_uri(self, protocol: str, host: str, port: int, proxied_path: str) -> str:
        """Return the address as the browser sent it, less the token: Bokeh serves below it, and logs addresses."""
        return f"{protocol}://{host}:{port}{self.request.path}{query(self.request)}"

    def proxy_request_headers(self) -> HTTPHeaders:
        """Return the headers for Bokeh, which writes all that it gets into its page, less those Jupyter judged by."""
        headers = super().proxy_request_headers()
        for name in ("Authorization", "Cookie", "Origin", "Referer"):
            headers.pop(name, None)
        return headers

    def write_error(self, status_code: int, **details: object) -> None:
        """Send a readable page if Bokeh cannot be reached, Jupyter's own for all else."""
        if status_code < 500:
            super().write_error(status_code, **details)
            return
        self.set_status(503)
        self.finish(PAGE.format(log=html.escape("\n".join(self.bokeh.lines))))


class ShortAddress(JupyterHandler):
    """`<base_url>bokeh-app` leads to the dashboard, with the view that the query holds."""

    @web.authenticated
    def get(self) -> None:
        """Redirect to the classic address."""
        self.redirect(url_path_join(self.base_url, ADDRESS, APP.name) + query(self.request))


def query(request: HTTPServerRequest) -> str:
    """Return the query of a request as the browser sent it, "" or "?…", without Jupyter's token."""
    kept = [part for part in request.query.split("&") if unquote_plus(part.partition("=")[0]) != "token"]
    return "?" + "&".join(kept) if any(kept) else ""


def files_address(base_url: str, root: Path) -> dict[str, str]:
    """Return what tells the dashboard where JupyterLab shows its data; nothing where Jupyter's folder has none."""
    data = APP / "data"
    if not data.is_relative_to(root.resolve()):
        return {}
    below = quote(data.relative_to(root.resolve()).as_posix())
    return {"DASHBOARD_FILES_URL": url_path_join(base_url, "lab/tree", below)}


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "bokehserverextension"}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    """Start Bokeh with Jupyter; add its two addresses, and a tile in JupyterLab's launcher."""
    base_url = app.web_app.settings["base_url"]
    prefix = url_path_join(base_url, ADDRESS)
    bokeh = Bokeh(APP, prefix, app.log, files_address(base_url, Path(app.root_dir)))
    atexit.register(bokeh.stop)
    # The first rule that fits wins. jupyter_server_proxy has one for every port, but is loaded later: "b" before "j".
    app.web_app.add_handlers(".*", [
        (prefix + "(|/.*)", DashboardHandler, {"bokeh": bokeh}),
        (url_path_join(base_url, APP.name) + "/?", ShortAddress),
    ])
    dashboard = f"{ADDRESS}/{APP.name}"
    tile = {"title": "Dashboard", "path_info": dashboard, "icon_path": str(HERE / "dashboard.svg")}
    app.config.ServerProxy.servers.update({dashboard: {"unix_socket": bokeh.socket, "launcher_entry": tile}})
