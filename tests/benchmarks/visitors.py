"""How long an answer takes when twenty visitors change a filter each second, against one visitor alone; is any lost?

``.venv/bin/python tests/benchmarks/visitors.py [records] [seconds]`` prints the figures of one run. Visitors come as
pages do, over HTTP and websocket, from this one process.
"""

import asyncio
import random
import statistics
import sys
import tempfile
from pathlib import Path

from survey import written_survey

from servers import served
from visitor import Visitor

VISITORS = 20
TYPES = [f"type {letter}" for letter in "ABCDEFGHIJKL"]
WARES = [f"ware {number:03d}" for number in range(300)]


async def main(records: int, seconds: int) -> None:
    """Measure one visitor, then all of them, on one server."""
    with tempfile.TemporaryDirectory() as folder, served(written_survey(Path(folder), records)) as server:
        visitors = [await Visitor.arrive(server.url) for _ in range(VISITORS + 1)]
        await change(visitors[0], 0, seconds)
        await asyncio.gather(*(change(visitor, number, seconds) for number, visitor in enumerate(visitors) if number))
        for visitor in visitors:
            await visitor.leave()
    alone, together = figures(visitors[:1]), figures(visitors[1:])
    print(f"{records:,} records, a change a second for {seconds} s")
    for name, (p50, p95, asked, lost) in (("1 visitor", alone), (f"{VISITORS} visitors", together)):
        print(f"{name:12} p50 {p50 * 1000:7.1f} ms   p95 {p95 * 1000:7.1f} ms   {asked} changes, {lost} lost")
    print(f"together against alone: p50 {together[0] / alone[0]:.1f}, p95 {together[1] / alone[1]:.1f}; "
          f"p95 together against p50 alone: {together[1] / alone[0]:.1f}")


async def change(visitor: Visitor, number: int, seconds: int) -> None:
    """Change a filter each second, beginning at a moment of one's own; hardly anybody asks what another one has."""
    choose = random.Random(number).choice
    await asyncio.sleep(number / VISITORS)
    for _ in range(seconds):
        await visitor.ask("toggle", *choose([("type", choose(TYPES)), ("ware", choose(WARES))]))
        await asyncio.sleep(1)
    await visitor.wait()


def figures(visitors: list[Visitor]) -> tuple[float, float, int, int]:
    """Return the median and the 95th percentile of the answers (seconds), how many changes were asked for and lost."""
    times = [visitor.answered[number] - asked for visitor in visitors for number, asked in visitor.asked.items()
             if number in visitor.answered]
    asked = sum(len(visitor.asked) for visitor in visitors)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], asked, asked - len(times)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
                     int(sys.argv[2]) if len(sys.argv) > 2 else 30))
