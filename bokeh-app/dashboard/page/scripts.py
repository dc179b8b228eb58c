"""BokehJS for the page: the bundles in use only, gzipped once per process, kept by browsers for good.

Bokeh's own page loads five bundles uncompressed, 3.9 MB, from an address at the root of the host, which below a proxy
that takes a prefix off is a blank page. Here each app has one more route, and the page names it relative to itself.
"""

import gzip
import hashlib
from functools import cache

from bokeh.settings import settings
from tornado.web import HTTPError, RequestHandler

# In this order, as the second adds to the first. TeX would need "bokeh-mathjax", WebGL "bokeh-gl".
BUNDLES = ("bokeh", "bokeh-widgets")
YEAR = 365 * 24 * 3600  # seconds


def script_urls(below: str) -> list[str]:
    """Return the addresses of the bundles, `below` being what leads to what lies below the app."""
    return [f"{below}bokehjs/{name}.{_packed(name)[0]}.js" for name in BUNDLES]


class BundleHandler(RequestHandler):
    """Answers ``<app>/bokehjs/<name>.<version>.js``."""

    ROUTE = r"/bokehjs/([a-z-]+)\.([0-9a-f]{16})\.js"

    def initialize(self, **routing: object) -> None:
        """Take what Bokeh gives to each handler of an app; none of it is needed."""

    def get(self, name: str, version: str) -> None:
        """Send a bundle; another version than the installed one would be kept for a year, so it is an error."""
        if name not in BUNDLES or version != _packed(name)[0]:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", f"public, max-age={YEAR}, immutable")
        self.set_header("Vary", "Accept-Encoding")
        body = _packed(name)[1]
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
        else:
            body = gzip.decompress(body)
        self.finish(body)

    head = get


@cache
def _packed(name: str) -> tuple[str, bytes]:
    """Return the version and the gzipped text of an installed bundle."""
    script = (settings.bokehjs_path() / "js" / f"{name}.min.js").read_bytes()
    return hashlib.sha256(script).hexdigest()[:16], gzip.compress(script, mtime=0)
