"""A browser for the tests: an installed one, or one that is installed now. Never none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# Without a sandbox as root needs it; the rest keeps the browser from calling home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-quic"]


class NoBrowser(RuntimeError):
    """There is no browser and none could be installed."""


def browser_path(playwright: Playwright) -> str:
    """Return the path of a browser, installing one where there is none. Raises NoBrowser."""
    for path in _browsers(playwright):
        if path and Path(path).exists():
            return path
    raise NoBrowser("The tests need a browser and could not install one: install Chrome, Chromium or Edge.")


def _browsers(playwright: Playwright) -> Iterator[str | None]:
    """Give one place after the other where a browser may be, installing one only when asked for more."""
    yield from map(shutil.which, NAMES)
    yield from PLACES
    own = playwright.chromium.executable_path
    yield own
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    yield own
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update")
        _run("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
        yield shutil.which("chromium")


def _run(*command: str) -> None:
    # Whether it worked is seen by what it leaves; its output belongs into the test's.
    subprocess.run(command, check=False, timeout=600, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
