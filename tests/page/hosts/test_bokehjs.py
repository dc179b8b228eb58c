"""BokehJS as it is installed, at an address that names its version."""

import gzip
import re

from bokeh.settings import settings

from dashboard.page.hosts.bokehjs import packed_bundle, script_url


def test_the_address_names_the_bundle_that_is_installed():
    found = re.fullmatch(r"\./app/bokehjs/bokeh\.([0-9a-f]{16})\.js", script_url("./app/"))
    installed = settings.bokehjs_path() / "js" / "bokeh.min.js"
    packed = packed_bundle(found[1])
    assert gzip.decompress(packed) == installed.read_bytes()
    assert len(packed) < installed.stat().st_size / 3


def test_another_version_is_not_answered_as_browsers_would_keep_it():
    assert packed_bundle("0" * 16) is None and packed_bundle("") is None
