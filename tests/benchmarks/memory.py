"""How much memory of the server a further session takes, and what is left of those that were closed (Linux).

``.venv/bin/python tests/benchmarks/memory.py [records]`` prints the figures of one run: the server's own memory, as
Linux counts it (Private of smaps_rollup).
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from survey import written_survey

from servers import served
from visitor import Visitor

OPEN = 40  # sessions beside each other
FIRST = 10  # of them, which fill caches and buffers
ROUNDS, BEFORE = 500, 100  # sessions one after the other, and how many of them come before the first reading
GONE = "--unused-session-lifetime", "200", "--check-unused-sessions", "100"  # ms


async def main(records: int) -> None:
    """Open sessions beside each other, then one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        app = written_survey(Path(folder), records)
        with served(app) as server:
            visitors = [await Visitor.arrive(server.url) for _ in range(FIRST)]
            before = private_memory(server.process.pid)
            visitors += [await Visitor.arrive(server.url) for _ in range(OPEN - FIRST)]
            each = (private_memory(server.process.pid) - before) / (OPEN - FIRST)
            print(f"server of {records:,} records and {FIRST} sessions: {before / 1e6:.0f} MB")
            print(f"a further session: {each / 1e6:.2f} MB, {each / before:.4f} of that")
            for visitor in visitors:
                await visitor.leave()
        with served(app, *GONE) as server:
            for session in range(1, ROUNDS + 1):
                visitor = await Visitor.arrive(server.url)
                await visitor.ask("toggle", "type", "type A")
                await visitor.wait()
                await visitor.leave()
                if session == BEFORE:
                    before = private_memory(server.process.pid)
            after = private_memory(server.process.pid)
            print(f"after {BEFORE} sessions opened and closed {before / 1e6:.0f} MB, "
                  f"after {ROUNDS} {after / 1e6:.0f} MB: {after / before:.3f} times")


def private_memory(pid: int) -> int:
    """Return the bytes of memory that a process has to itself."""
    kilobytes = re.findall(r"^Private_\w+:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return sum(map(int, kilobytes)) * 1024


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
