"""BokehJS for the page: the one bundle in use, gzipped once per process.

Bokeh's own page loads five bundles uncompressed, 3.9 MB, from an address at the root of the host, which below a proxy
that takes a prefix off is a blank page. Here each app has one more route, and the page names it relative to itself.
"""

import gzip
import hashlib
from functools import cache

from bokeh.settings import settings

# Widgets would need "bokeh-widgets", TeX "bokeh-mathjax", WebGL "bokeh-gl".
BUNDLE = "bokeh"


def script_url(below: str) -> str:
    """Return the address of the bundle, `below` being what leads to what lies below the app."""
    return f"{below}bokehjs/{BUNDLE}.{_packed_bundle()[0]}.js"


def packed_bundle(version: str) -> bytes | None:
    """Return the gzipped bundle; None for another version than the installed one, as browsers keep it for a year."""
    installed, packed = _packed_bundle()
    return packed if version == installed else None


@cache
def _packed_bundle() -> tuple[str, bytes]:
    """Return the version and the gzipped text of the installed bundle."""
    script = (settings.bokehjs_path() / "js" / f"{BUNDLE}.min.js").read_bytes()
    return hashlib.sha256(script).hexdigest()[:16], gzip.compress(script, mtime=0)
