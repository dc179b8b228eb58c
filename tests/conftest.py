"""What tests share: one browser, one server of the sample, and a page on it; and which of them run at the same time."""

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from xdist.scheduler import LoadFileScheduling

from browsers import ARGUMENTS, browser_path
from dashboard.catalog.catalog import read_catalog
from dashboard.config import read_config
from dashboard.query.survey import survey_of
from rehearsal import Image
from servers import is_here, sample, served

WITH_IMAGE = "test_binder.py", "test_notebook.py"


class ByFile(LoadFileScheduling):
    """One process runs all tests of a file, as they share servers, and all that need Binder's image: it takes long."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "image" if Path(file).name in WITH_IMAGE else file


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


@pytest.fixture(scope="session")
def engine():
    """The engine of the sample."""
    app = sample()
    return survey_of(read_catalog(read_config(app / "config.toml"), app))


@pytest.fixture(scope="session")
def browser():
    """A real browser."""
    expect.set_options(timeout=15_000)  # ms, as the machine may be busy with other tests
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """A server of the sample."""
    with served(sample()) as running:
        yield running


@pytest.fixture(scope="session")
def image(tmp_path_factory):
    """What Binder makes of the repository."""
    image = Image(tmp_path_factory.mktemp("image"))
    built = image.post_build()
    assert built.returncode == 0, built.stdout
    return image


@pytest.fixture
def open_page(browser):
    """A function that opens an address and waits until `shown` is there; what a page complains about fails the test."""
    contexts, complaints = [], []

    def open_page(url: str, *, width: int = 1280, height: int = 800, pixels: float = 1, expected: tuple[str, ...] = (),
                  shown: str = ".dashboard.ready"):
        context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=pixels)
        contexts.append(context)
        # No test reaches out for map tiles.
        context.route("**/*", lambda route: route.continue_() if is_here(route.request.url) else route.abort())
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        tolerated = "ERR_FAILED", *expected  # the map tiles that the route above refuses
        page.on("console", lambda message: complaints.append(message.text)
                if message.type == "error" and not any(text in message.text for text in tolerated) else None)
        page.goto(url)
        page.wait_for_selector(shown, state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
