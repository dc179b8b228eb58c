"""Fifty pages are opened and closed while rows are added: each shows them, and nothing of any page stays."""

import asyncio
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

from rehearsal import until
from servers import sample
from visitor import Visitor, visit

PROGRAM = """
import gc, sys, threading
sys.path.insert(0, "bokeh-app")
from bokeh.application import Application
from bokeh.application.handlers import DirectoryHandler
from bokeh.document import Document
from bokeh.server.server import Server
from dashboard.page.session import Session

server = Server({"/app": Application(DirectoryHandler(filename="bokeh-app"))}, port=0, address="127.0.0.1",
                unused_session_lifetime_milliseconds=3000, check_unused_sessions_milliseconds=100)

def count():
    gc.collect()
    kept = sum(isinstance(thing, Session | Document) for thing in gc.get_objects())
    print(len(server.get_sessions()), kept, flush=True)

def listen():
    for line in sys.stdin:
        server.io_loop.add_callback(count)

threading.Thread(target=listen, daemon=True).start()
server.start()
print(server.port, flush=True)
server.run_until_shutdown()
"""
GONE = "Failed sending message as connection was closed"  # Bokeh's word on who leaves before an answer
VISITORS, AT_ONCE = 50, 10
ROW = "F-9{:04},P-001,coin,Roman,ceramic,Tegula,6.4,35,no,2019-02-19,J. Cánovas,-1.925225,37.608962,\n"


class Program:
    """A server in a process of its own that tells, whenever it is asked, what it keeps of its pages."""

    def __init__(self, process, app):
        self._process, self._finds, self._rows = process, app / "data" / "finds.csv", 0
        self.url = f"http://127.0.0.1:{process.stdout.readline().strip()}/app"

    def add_row(self):
        """Add a record, and return how many there are."""
        self._rows += 1
        with self._finds.open("a", encoding="utf-8", newline="") as file:
            file.write(ROW.format(self._rows))
        return 20_000 + self._rows

    def kept(self):
        """Return how many sessions the server has, and how many of their documents and views are in memory."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return tuple(map(int, self._process.stdout.readline().split()))


@contextmanager
def program(folder):
    """Run the program; what it complains of while it runs fails the test."""
    app = folder / "bokeh-app"
    shutil.copytree(sample(), app, ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    log = folder / "log"
    with log.open("w") as errors, subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}) as process:
        try:
            yield Program(process, app)
        finally:
            process.terminate()
            process.communicate()
    assert [line for line in log.read_text().splitlines() if not line.endswith(GONE)] == []


async def shows(visitor, records):
    """Wait until a page counts so many records, or more."""
    await asyncio.to_thread(until, lambda: visitor.sentences and total(visitor) >= records)


def total(visitor):
    """Return how many records the page knows of."""
    return visitor.sentences[-1]["total"]


async def come_and_go(running, number):
    """Open a page and leave it: at once, in the middle of news, or once the row that came meanwhile is shown."""
    running.add_row()
    visitor = await Visitor.arrive(running.url)
    records = running.add_row()
    if number % 3:
        await visitor.ask("toggle", "type", "coin")
    if number % 2:
        await shows(visitor, records)
    await visitor.leave()


async def crowd(running):
    """Let pages be opened and left while one stays, and another one comes last."""
    staying = await Visitor.arrive(running.url)
    for first in range(0, VISITORS, AT_ONCE):
        await asyncio.gather(*(come_and_go(running, number) for number in range(first, first + AT_ONCE)))
    late = await Visitor.arrive(running.url)
    records = running.add_row()
    for visitor in (staying, late):
        await shows(visitor, records)
        assert total(visitor) == records == 20_000 + 2 * VISITORS + 1
        await visitor.leave()


def test_nothing_is_left_of_pages_that_were_open_while_rows_came(tmp_path):
    with program(tmp_path) as running:
        visit(crowd(running))
        until(lambda: running.kept() == (0, 0))
