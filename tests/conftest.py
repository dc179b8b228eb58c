"""What tests share: one browser, one server of the sample, and a page on it."""

import pytest
from browsers import ARGUMENTS, browser_path
from dashboard.catalog import read_catalog
from dashboard.query.engine import engine_of
from playwright.sync_api import sync_playwright
from rehearsal import Image
from servers import APP, is_here, served


@pytest.fixture(scope="session")
def engine():
    """The engine of the sample."""
    return engine_of(read_catalog(APP))


@pytest.fixture(scope="session")
def browser():
    """A real browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """A server of the sample."""
    with served(APP) as running:
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
        context.set_default_timeout(10_000)
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
