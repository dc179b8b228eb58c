"""The routes that each app has beside Bokeh's."""

import gzip

from bokeh.server.urls import per_app_patterns
from bokeh.server.views.ws import WSHandler
from tornado.web import HTTPError, RequestHandler

from dashboard.export.formats import FORMATS
from dashboard.page.hosts.bokehjs import packed_bundle
from dashboard.page.hosts.data import DataHandler
from dashboard.page.hosts.embed import EmbedHandler
from dashboard.page.hosts.modules import packed_module

YEAR = 365 * 24 * 3600  # seconds


class ScriptHandler(RequestHandler):
    """Sends a gzipped script, whose address names its version, to be kept for good."""

    def initialize(self, **routing: object) -> None:
        """Take what Bokeh gives to each handler of an app; none of it is needed."""

    def send(self, packed: bytes | None) -> None:
        """Send a script. Any page may import it, as a script that shows the dashboard elsewhere does."""
        if packed is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", f"public, max-age={YEAR}, immutable")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
        else:
            packed = gzip.decompress(packed)
        self.finish(packed)


class BundleHandler(ScriptHandler):
    """Answers ``<app>/bokehjs/bokeh.<version>.js``."""

    def get(self, version: str) -> None:
        """Send the bundle."""
        self.send(packed_bundle(version))

    head = get


class ModuleHandler(ScriptHandler):
    """Answers ``<app>/page/<version>/<name>.js``."""

    def get(self, version: str, name: str) -> None:
        """Send a module."""
        self.send(packed_module(version, name))

    head = get


class PromptHandler(WSHandler):
    """Answers ``<app>/ws`` as Bokeh does, and sends at once.

    A system holds small parts of a message back until the browser has acknowledged those before, which it does after 40
    milliseconds when it has nothing to say itself (Nagle's algorithm and delayed acknowledgement, RFC 896 and 1122).
    """

    def open(self) -> None:
        """Begin to talk."""
        self.set_nodelay(True)
        super().open()


def add_routes() -> None:
    """Give each app of every server that is built from now on our routes: first, as the first that fits wins."""
    per_app_patterns[:0] = [
        (r"/bokehjs/bokeh\.([0-9a-f]{16})\.js", BundleHandler),
        (r"/page/([0-9a-f]{16})/([a-z_]+(?:/[a-z_]+)*\.js)", ModuleHandler),
        *((rf"/({what})\.({'|'.join(endings)})", DataHandler) for what, endings in FORMATS.items()),
        (r"/autoload.js", EmbedHandler), (r"/ws", PromptHandler)]
