"""How long a filter change and a first map take in a browser, against a page that only sets one column of the map.

``.venv/bin/python tests/benchmarks/page.py [rounds]`` prints the medians of one run and their ratios.

The dashboard shows 3,000 areas and 1,000,000 records. The minimal page shows the same polygons at the same size, drawn
by Bokeh's `patches`, one array per ring; each click on its button sets one float32 column that was counted beforehand.

Both are filmed by the browser itself (a screencast), so that what is measured is what a visitor sees, with the work of
all of the browser's threads: each frame of the film bears the time at which it was shown. A change begins with a click
that is made in the page, a first map with the navigation. Either ends with the last frame whose middle of the map
differs from the frame before. Filming costs both pages the same.
"""

import multiprocessing
import statistics
import sys
import tempfile
import time
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from bokeh.application import Application
from bokeh.application.handlers import FunctionHandler
from bokeh.models import Button, Column, ColumnDataSource
from bokeh.plotting import figure
from bokeh.server.server import Server
from bokeh.transform import linear_cmap
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from survey import made_areas, written_survey

from browsers import ARGUMENTS, browser_path
from dashboard.catalog.shapes.mercator import drawn
from servers import served

RECORDS = 1_000_000
# The option that each change clicks at. No two lead to the same choice, so no answer is one that was kept.
CHANGES = [*(f"type {letter}" for letter in "ABCDEFGH"), "yes", *(f"type {letter}" for letter in "ABCDEFG")]
ANSWER = 1000  # bytes; whatever is less is no part of an answer to a change
STILL = 0.4  # seconds without a frame or message after which nothing more is expected
SCREEN = {"width": 1440, "height": 1140}


def main(rounds: int) -> None:
    """Film each page in turn, so that a slow moment of the machine meets both."""
    dashboard, minimal = [], []
    with tempfile.TemporaryDirectory() as name:
        app = written_survey(Path(name), RECORDS)
        spawn = multiprocessing.get_context("spawn")
        here, there = spawn.Pipe()
        process = spawn.Process(target=serve_minimal, args=(app, there), daemon=True)
        process.start()
        address = here.recv()
        with served(app) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=ARGUMENTS)
            visit(browser, server.url, CHANGES[:1])  # until the data are read
            for _ in range(rounds):
                dashboard.append(visit(browser, server.url, CHANGES))
                width, height = dashboard[0].box[2:]
                minimal.append(visit(browser, f"{address}?width={width:.0f}&height={height:.0f}", [""] * len(CHANGES)))
            browser.close()
        process.kill()
    report(dashboard, minimal)


class Visit:
    """What one visit of a page was measured to take: milliseconds, and kilobytes (1000 bytes)."""

    def __init__(self):
        self.box: list[float] = []  # of the map on the screen: left, top, width, height
        self.changes: list[float] = []
        self.bytes_of_changes: list[float] = []
        self.first_map = self.document = self.scripts = 0.0


def report(dashboard: list[Visit], minimal: list[Visit]) -> None:
    """Print the medians and their ratios."""
    figures = {"filter change to settled map, ms": lambda visit: visit.changes,
               "websocket at a change, kB": lambda visit: visit.bytes_of_changes,
               "navigation to first map, ms": lambda visit: [visit.first_map],
               "websocket to first map, kB": lambda visit: [visit.document],
               "page and scripts, kB": lambda visit: [visit.scripts]}
    print("a map of {2:.0f} x {3:.0f} pixels".format(*dashboard[0].box))
    print(f"{'':34}{'dashboard':>12}{'p95':>10}{'minimal page':>16}{'p95':>10}{'ratio':>8}")
    for name, values in figures.items():
        mine, other = ([value for visit in visits for value in values(visit)] for visits in (dashboard, minimal))
        print(f"{name:34}{statistics.median(mine):12.1f}{np.percentile(mine, 95):10.1f}{statistics.median(other):16.1f}"
              f"{np.percentile(other, 95):10.1f}{statistics.median(mine) / statistics.median(other):8.2f}")


def visit(browser: Browser, url: str, changes: list[str]) -> Visit:
    """Open a page as a new visitor, make changes one after the other (the option to click; "": the button)."""
    result = Visit()
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    film = Film(page)
    page.goto(url)
    began = page.evaluate("performance.timeOrigin")
    page.wait_for_function("globalThis.Bokeh?.documents[0]?.get_model_by_name('map') != null")
    film.wait()
    result.box = page.evaluate(MAP_BOX)
    result.first_map = film.settled(result.box) - began
    result.document, result.scripts = sum(film.messages) / 1000, sum(film.files) / 1000
    for change in changes:
        film.cut()
        began = page.evaluate(CLICK, change)
        film.wait()
        result.changes.append(film.settled(result.box) - began)
        result.bytes_of_changes.append(sum(film.messages) / 1000)
    context.close()
    return result


class Film:
    """The frames that a page has shown since the last cut, and the sizes of what has come to it."""

    def __init__(self, page: Page):
        self._page = page
        self._devtools = devtools = page.context.new_cdp_session(page)
        self.frames: list[tuple[float, str]] = []
        self.messages: list[int] = []
        self.files: list[float] = []
        self._last = time.monotonic()
        self._painted = False  # whether a frame has come since the answer
        devtools.on("Page.screencastFrame", self._take)
        devtools.on("Network.webSocketFrameReceived", lambda event: self._receive(event["response"]))
        devtools.on("Network.loadingFinished", lambda event: self.files.append(event["encodedDataLength"]))
        devtools.send("Network.enable")
        devtools.send("Page.startScreencast", {"format": "jpeg", "quality": 60})

    def _take(self, frame: dict) -> None:
        self.frames.append((frame["metadata"]["timestamp"] * 1000, frame["data"]))
        self._last, self._painted = time.monotonic(), True
        self._devtools.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def _receive(self, message: dict) -> None:
        # Binary messages come as base64.
        text = message["payloadData"]
        self.messages.append(len(text) * 3 // 4 if message["opcode"] == 2 else len(text.encode()))
        self._last, self._painted = time.monotonic(), self._painted and self.messages[-1] < ANSWER

    def cut(self) -> None:
        """Forget all but the last frame, which the next is compared with."""
        self.frames, self.messages, self._last = self.frames[-1:], [], time.monotonic()

    def wait(self) -> None:
        """Wait until an answer has come and is painted, and then nothing more comes for a while."""
        while max(self.messages, default=0) < ANSWER or not self._painted or time.monotonic() - self._last < STILL:
            self._page.wait_for_timeout(20)

    def settled(self, box: list[float]) -> float:
        """Return when the middle of the map changed for the last time (ms since 1970)."""
        left, top, width, height = box
        # Nothing but the map is shown there; the legend and the buttons lie beside it.
        middle = left + width * .35, top + height * .2, left + width * .85, top + height * .8
        pictures = [np.asarray(Image.open(BytesIO(b64decode(data))).crop(middle)).astype(int)
                    for _, data in self.frames]
        return [at for (at, _), before, after in zip(self.frames[1:], pictures, pictures[1:], strict=False)
                if np.abs(after - before).max() > 16][-1]


MAP_BOX = """() => {
    const map = Bokeh.index.find_one(Bokeh.documents[0].get_model_by_name("map"))
    const {left, top, width, height} = map.el.getBoundingClientRect()
    return [left, top, width, height]
}"""

# Bokeh's parts are in shadow roots.
CLICK = """(option) => {
    const find = (node) => {
        for (const element of node.querySelectorAll("*")) {
            const fits = option == "" ? element.matches("button") : element.matches("input") && element.value == option
            const found = fits ? element : element.shadowRoot != null ? find(element.shadowRoot) : null
            if (found != null) {
                return found
            }
        }
        return null
    }
    const control = find(document)
    const began = performance.timeOrigin + performance.now()
    control.click()
    return began
}"""


def serve_minimal(app: Path, tell) -> None:
    """Serve the page that sets one column at each click of its button; tell its address."""
    areas = made_areas()["features"]
    shapes = drawn(np.array([shapely.Polygon(area["geometry"]["coordinates"][0]) for area in areas]))
    left, bottom, right, top = shapely.total_bounds(shapes)
    xs, ys = ([shapely.get_coordinates(shape)[:, axis] for shape in shapes] for axis in (0, 1))
    records = pd.read_parquet(app / "data" / "records.parquet", columns=["area", "type", "decorated"])
    columns = [counts(records, choice, [area["properties"]["area"] for area in areas]) for choice in choices()]
    # The largest area holds so much more than others that colours up to its value would not differ after most changes.
    typical = float(np.median(columns[0]))

    def make_document(doc) -> None:
        width, height = (int(doc.session_context.request.arguments[side][0]) for side in ("width", "height"))
        reach = max((right - left) / width, (top - bottom) / height) * 1.04 / 2
        middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
        source = ColumnDataSource({"xs": xs, "ys": ys, "value": columns[0]})
        plot = figure(width=width, height=height, tools="", toolbar_location=None, min_border=0, name="map",
                      x_range=(middle_x - reach * width, middle_x + reach * width),
                      y_range=(middle_y - reach * height, middle_y + reach * height))
        plot.axis.visible = plot.grid.visible = False
        plot.patches("xs", "ys", source=source, line_color="#4a5560", line_width=0.6,
                     fill_color=linear_cmap("value", "YlGnBu9", 0, typical))
        following = iter(columns[1:])
        button = Button(label="Next")
        button.on_click(lambda: source.data.update(value=next(following)))
        doc.add_root(Column(button, plot))

    server = Server({"/": Application(FunctionHandler(make_document))}, port=0, address="127.0.0.1")
    server.start()
    tell.send(f"http://127.0.0.1:{server.port}/")
    server.io_loop.start()


def choices():
    """Give what is chosen at first and after each change: column -> values."""
    chosen: dict[str, set[str]] = {"type": set(), "decorated": set()}
    yield chosen
    for option in CHANGES:
        chosen["decorated" if option == "yes" else "type"] ^= {option}
        yield chosen


def counts(records: pd.DataFrame, choice: dict[str, set[str]], areas: list[str]) -> np.ndarray:
    """Return the number of records in each area that fit a choice (float32)."""
    fitting = np.logical_and.reduce([records[column].isin(values) | (not values) for column, values in choice.items()])
    return records.area[fitting].value_counts().reindex(areas, fill_value=0).to_numpy(dtype=np.float32)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
