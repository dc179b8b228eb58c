"""Many visitors at once: they come, change their view and go, some of them in the middle of an answer."""

import asyncio
import os
import re

import pytest
from processes import LEVELS, served_by_two

from servers import sample, served
from visitor import Visitor, visit

SOON_GONE = "--unused-session-lifetime", "2000", "--check-unused-sessions", "500"  # ms
GONE = "WARNING Failed sending message as connection was closed"  # Bokeh's word on who leaves before an answer
TYPES = "amphora", "bowl", "coin", "lamp", "tile"


def complaints(log):
    """Return what a server has to complain of: a warning, an error, a traceback."""
    return [line for line in log if not re.match(rf"\d+ (INFO|{GONE})", line)]


async def come_and_go(url, number):
    """Open a page and change its view, then leave: before an answer, in the middle of several, or after all of them."""
    visitor = await Visitor.arrive(url)
    for type_ in TYPES[:number % 4]:
        await visitor.ask("toggle", "type", type_)
    if number % 3 == 0:
        await visitor.wait()
        assert len(visitor.answered) == len(visitor.asked)
    await visitor.leave()


async def crowd(url):
    """Let pages be opened and left while others stay; then ask as one who stayed and as one who comes last."""
    staying = await Visitor.arrive(url)
    await staying.ask("toggle", "type", "coin")
    for round_ in range(3):
        await asyncio.gather(*(come_and_go(url, number) for number in range(8 * round_, 8 * round_ + 8)))
    late = await Visitor.arrive(url)
    await staying.ask("toggle", "type", "coin")
    for visitor in (staying, late):
        await visitor.ask("toggle", "type", "amphora")
        await visitor.wait()
        assert visitor.sentences[-1]["matching"] == 1650
        await visitor.leave()


def test_sessions_come_and_go_under_load_without_a_complaint():
    with served(sample(), *LEVELS, *SOON_GONE) as server:
        visit(crowd(server.url))
        log = server.log
    assert complaints(log) == []


def connected(server):
    """Return the ids of the processes that visitors are connected with."""
    return {match[1] for line in server.log if (match := re.match(r"(\d+) INFO ServerConnection created", line))}


async def fill(server):
    """Open pages until each process has some; every page is answered."""
    visitors = []
    while len(connected(server)) < 2 and len(visitors) < 100:
        visitors += await asyncio.gather(*(Visitor.arrive(server.url) for _ in range(4)))
    for visitor in visitors:
        await visitor.ask("toggle", "type", "amphora")
    for visitor in visitors:
        await visitor.wait()
        assert visitor.sentences[-1]["matching"] == 1650
        await visitor.leave()


@pytest.mark.skipif(os.name == "nt", reason="one process cannot become several on Windows")
def test_two_processes_share_the_visitors():
    with served_by_two() as server:
        visit(fill(server))
        assert len(connected(server)) == 2
    assert server.process.returncode == 0
    assert complaints(server.log) == []
