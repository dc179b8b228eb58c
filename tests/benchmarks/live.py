"""How long until an appended row is on two open maps, and what appending costs visitors who change a filter meanwhile.

``.venv/bin/python tests/benchmarks/live.py [records] [rounds]`` prints the figures of one run. Twenty visitors speak to
their sessions as pages do; phases in which a row is appended each second take turns with phases in which none is, so
that a slow moment of the machine meets both. Then rows are appended while the same visitors go on and two pages of a
real browser show the map; not before, as browsers that paint on the server's own machine take its time.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from playwright.async_api import Page, async_playwright
from survey import AREAS, written_survey

from browsers import ARGUMENTS, browser_path
from servers import served
from visitor import Visitor

VISITORS = 20
PHASE = 15  # seconds
LONG = 20  # seconds after which a row counts as lost
TYPES = [f"type {letter}" for letter in "ABCDEFGHIJKL"]
WARES = [f"ware {number:03d}" for number in range(300)]
# Two frames after new areas flash on the map all of the answer is painted: note when, and how many records it counts.
WATCH = """() => {
    const root = Bokeh.documents[0].get_model_by_name("dashboard")
    const {filter} = Bokeh.documents[0].get_model_by_name("fresh areas").view
    const counted = () => root.tags[0].message.arrays.counts[0].reduce((sum, count) => sum + count, 0)
    const note = () => painted.push([Date.now() / 1000, counted()])
    window.painted = []
    filter.connect(filter.properties.indices.change, () => requestAnimationFrame(() => requestAnimationFrame(note)))
    return counted()
}"""


async def main(records: int, rounds: int) -> None:
    """Measure phases with and without appended rows in turn, then the two maps, on one server."""
    with tempfile.TemporaryDirectory() as folder, served(survey_in_csv(Path(folder), records)) as server:
        path = Path(folder) / "bokeh-app" / "data" / "records.csv"
        visitors = [await Visitor.arrive(server.url) for _ in range(VISITORS)]
        chooses = [random.Random(number).choice for number in range(VISITORS)]
        times: dict[bool, list[float]] = {False: [], True: []}
        appended: list[float] = []

        async def phase(appends: bool) -> list[float]:
            """Have all visitors ask for a while; return how long their answers took (seconds)."""
            asking = map(change, visitors, chooses, range(VISITORS))
            found = await asyncio.gather(*asking, *([append(path, appended)] if appends else []))
            return [seconds for each in found[:VISITORS] for seconds in each]

        await phase(appends=True)  # so that nothing is met for the first time
        for appends in [False, True] * rounds:
            times[appends] += await phase(appends)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=browser_path(playwright), args=ARGUMENTS)
            pages = [await (await browser.new_context()).new_page() for _ in range(2)]
            appended.clear()
            for page in pages:
                await page.goto(server.url)
                await page.wait_for_selector(".dashboard.ready", state="attached")
                before = await page.evaluate(WATCH)
            await phase(appends=True)
            delays = [await delays_of(page, before, appended) for page in pages]
            await browser.close()
        for visitor in visitors:
            await visitor.leave()
        lost = sum(len(visitor.asked) - len(visitor.answered) for visitor in visitors)
    print(f"{records:,} records, {AREAS:,} areas; {rounds} phases of {PHASE} s of each kind")
    for appends, name in ((False, "as the data are"), (True, "a row each second")):
        print(f"{VISITORS} visitors, {name:18} p50 {percentile(times[appends], 50) * 1000:7.1f} ms   "
              f"p95 {percentile(times[appends], 95) * 1000:7.1f} ms   {len(times[appends])} changes")
    p50, p95 = (percentile(times[True], share) / percentile(times[False], share) for share in (50, 95))
    print(f"with rows against without: p50 {p50:.2f}, p95 {p95:.2f}; {lost} changes lost")
    both = [max(pair) for pair in zip(*delays, strict=True)]
    print(f"{len(both)} rows, each until it is painted on both maps: "
          f"p50 {percentile(both, 50):.2f} s   p95 {percentile(both, 95):.2f} s   longest {max(both):.2f} s")


def survey_in_csv(folder: Path, records: int) -> Path:
    """Return a copy of the app with a survey whose records are text, as rows can be appended to it."""
    app = written_survey(folder, records)
    packed = app / "data" / "records.parquet"
    table = pa.parquet.read_table(packed)
    place = table.column_names.index("found")
    table = table.set_column(place, "found", table["found"].cast(pa.date32()))
    pa.csv.write_csv(table, packed.with_suffix(".csv"))
    packed.unlink()
    config = app / "config.toml"
    config.write_text(config.read_text("utf-8").replace("records.parquet", "records.csv"), "utf-8")
    return app


async def append(path: Path, appended: list[float]) -> None:
    """Append a row a second; note when."""
    for _ in range(PHASE):
        appended.append(time.time())
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(f'"A{random.randrange(AREAS):04d}","type A","ware 001",12.5,200,2019-02-19,"yes"\n')
        await asyncio.sleep(1)


async def change(visitor: Visitor, choose, number: int) -> list[float]:
    """Change a filter each second of a phase, from a moment of one's own on; return how long (seconds) answers took."""
    before = len(visitor.asked)
    await asyncio.sleep(number / VISITORS)
    for _ in range(PHASE):
        await visitor.ask("toggle", *choose([("type", choose(TYPES)), ("ware", choose(WARES))]))
        await asyncio.sleep(1)
    await visitor.wait()
    return [visitor.answered[each] - asked for each, asked in visitor.asked.items()
            if each > before and each in visitor.answered]


async def delays_of(page: Page, before: int, appended: list[float]) -> list[float]:
    """Return how long after it was appended each row was painted (seconds), beside `before` records."""
    last = f"painted.some(([when, counted]) => counted == {before + len(appended)})"
    await page.wait_for_function(last, timeout=LONG * 1000)
    painted = await page.evaluate("painted")
    return [next(when for when, counted in painted if counted >= before + number) - began
            for number, began in enumerate(appended, 1)]


def percentile(times: list[float], share: int) -> float:
    """Return the value that so many of a hundred stay below."""
    return statistics.quantiles(times, n=100)[share - 1]


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
                     int(sys.argv[2]) if len(sys.argv) > 2 else 3))
