"""Where the dashboard runs, made from what Binder tells its processes."""

import pytest

from dashboard.page.hosts.binder import deployment_of_this_process

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAMES = "BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_PERSISTENT_REQUEST", "DASHBOARD_FILES_URL"


@pytest.fixture
def deployed(monkeypatch):
    """A function that returns the deployment of a process whose environment has these variables."""
    def deployed(*values):
        for name, value in zip(NAMES, (*values, *[None] * 4), strict=False):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return deployment_of_this_process()
    return deployed


def test_elsewhere_than_on_binder_there_is_nothing_to_launch(deployed):
    for values in ((), ("https://mybinder.org",), ("", f"v2/gh/a/b/{COMMIT}", f"v2/gh/a/b/{COMMIT}")):
        found = deployed(*values)
        assert (found.latest, found.exact, found.files) == ("", "", "")
    assert not deployed().in_kernel


@pytest.mark.parametrize(("asked", "latest"), [
    ("v2/gh/a/b/main", "v2/gh/a/b/main"), ("v2/zenodo/10.5281/zenodo.1", "v2/zenodo/10.5281/zenodo.1"),
    # Launched by a link to a commit: the newest is the repository's own choice.
    (f"v2/gh/a/b/{COMMIT}", "v2/gh/a/b/HEAD")])
def test_links_launch_what_was_asked_for_and_exactly_this(deployed, asked, latest):
    exact = asked if COMMIT in asked else f"v2/gh/a/b/{COMMIT}"
    found = deployed("https://mybinder.org/", asked, exact, "/user/x/lab/tree/bokeh-app/data")
    assert found.latest == f"https://mybinder.org/{latest}?urlpath="
    assert found.exact == f"https://mybinder.org/{exact}?urlpath="
    assert found.files == "/user/x/lab/tree/bokeh-app/data"
