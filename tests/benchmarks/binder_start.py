"""How long a Binder session takes to a drawn map, against plain ``bokeh serve`` and Jupyter's own start.

``.venv/bin/python tests/benchmarks/binder_start.py [rounds]`` prints the medians of one run and their ratio.
"""

import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from playwright.sync_api import sync_playwright

from browsers import ARGUMENTS, browser_path
from rehearsal import TOKEN, Image, Server, until
from servers import served

PAGE = "proxy/5006/bokeh-app"


def main(rounds: int) -> None:
    """Measure each way in turn, so that a slow moment of the machine meets all of them."""
    folder = Path(tempfile.mkdtemp())
    image = Image(folder)
    assert image.post_build().returncode == 0
    times: dict[str, list[float]] = {"Jupyter to map": [], "bokeh serve to map": [], "Jupyter alone": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=ARGUMENTS)
        for _ in range(rounds):
            began = time.monotonic()
            with Server(image, folder / "log") as server:
                draw(browser, server.link(PAGE))
                times["Jupyter to map"].append(time.monotonic() - began)
            began = time.monotonic()
            with served(image.home / "bokeh-app") as server:
                draw(browser, server.url)
                times["bokeh serve to map"].append(time.monotonic() - began)
            began = time.monotonic()
            with Server(image, folder / "log") as server:
                until(lambda server=server: server.get("api", {"Authorization": f"token {TOKEN}"})[0] == 200)
                times["Jupyter alone"].append(time.monotonic() - began)
                server.end(signal.SIGTERM)
        browser.close()
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f"{name:20}{median:6.2f} s")
    together = medians["bokeh serve to map"] + medians["Jupyter alone"]
    print(f"ratio of the first to the other two together: {medians['Jupyter to map'] / together:.2f}")


def draw(browser, url: str) -> None:
    """Open an address and wait until the map is drawn."""
    page = browser.new_page()
    page.goto(url)
    page.locator(".dashboard.ready").wait_for(state="attached")
    page.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
