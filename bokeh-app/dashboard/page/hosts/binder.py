"""Where the dashboard runs, as far as the page has to know: on Binder, beside Jupyter, or by itself."""

import os
import re
import sys
from dataclasses import dataclass

# Where the server extension serves the app, below Jupyter's base URL.
ADDRESS = "proxy/5006/bokeh-app"


@dataclass(frozen=True)
class Deployment:
    """Addresses to put into the page; empty where there is none.

    `latest` and `exact` launch the repository on Binder, as it will be then and as it is now; the view's address,
    percent-encoded as a whole, is to be appended; `address` is where the app is below Jupyter's. `files` opens the
    data folder in JupyterLab, `issues` the page on which one writes a new issue. `in_kernel` is whether this is a
    notebook's kernel, whose end is the end of the page's address.
    """

    latest: str
    exact: str
    files: str
    issues: str
    in_kernel: bool
    address: str = ADDRESS


def deployment_of_this_process(issues: str = "") -> Deployment:
    """Return the deployment, made from what Binder and the server extension tell their processes.

    `issues` is the address of a page that opens a new issue, where the config names one.

    On Binder the page's own address is personal and dies with the session, so links are made of the launch host and
    of the repository and ref, which BINDER_REQUEST names as asked for and BINDER_PERSISTENT_REQUEST as a commit.
    """
    host = os.environ.get("BINDER_LAUNCH_HOST", "")
    latest, exact = (os.environ.get(name, "") for name in ("BINDER_REQUEST", "BINDER_PERSISTENT_REQUEST"))
    before, _, ref = exact.rpartition("/")
    if latest == exact and re.fullmatch("[0-9a-f]{40}", ref):
        # Launched by a link to a commit, Binder does not tell the branch; HEAD is the repository's own choice.
        latest = f"{before}/HEAD"
    return Deployment(latest=_launch(host, latest), exact=_launch(host, exact),
                      files=os.environ.get("DASHBOARD_FILES_URL", ""),
                      issues=issues or _issues(os.environ.get("BINDER_REPO_URL", "")),
                      in_kernel="ipykernel" in sys.modules)


def _launch(host: str, request: str) -> str:
    return f"{host.rstrip('/')}/{request.strip('/')}?urlpath=" if host and request else ""


def _issues(repository: str) -> str:
    """Return the page that opens a new issue of a repository on GitHub or GitLab; nothing where it is elsewhere."""
    found = re.fullmatch(r"(https://(?:github|gitlab)\.com/[^/?#]+/[^?#]+?)(?:\.git)?/?", repository)
    if found is None:
        return ""
    return f"{found[1]}{'/-' if '//gitlab' in repository else ''}/issues/new"
