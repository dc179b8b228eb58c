"""An open page without a browser: it fetches the page and speaks to its session over the websocket, as BokehJS does."""

import asyncio
import base64
import json
import re
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

LONG = 60.0  # seconds that nothing may take


def visit(visits: Coroutine) -> None:
    """Run what visitors do, in a thread of its own, as the tests' browser keeps an event loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, visits).result()


class Visitor:
    """One visitor.

    `asked` and `answered` are when each change was asked for and answered, by its number; `answers` all that came.
    """

    def __init__(self, socket: WebSocketClientConnection):
        self.asked: dict[int, float] = {}
        self.answered: dict[int, float] = {}
        self.answers: list[dict] = []
        self._socket, self._wire = socket, ""
        self._sent = self._taken = 0  # changes of the document
        self._news = asyncio.Event()
        self._ear: asyncio.Task | None = None

    @classmethod
    async def arrive(cls, url: str) -> "Visitor":
        """Open the page at `url`, again while the data are being read, and return its visitor."""
        while True:
            page = await AsyncHTTPClient().fetch(url, request_timeout=LONG)
            token = re.search(r'"token":"([^"]+)"', page.body.decode())[1]
            path = url.removeprefix("http").partition("?")[0]
            visitor = cls(await websocket_connect(f"ws{path}/ws", subprotocols=["bokeh", token]))
            await visitor._take_document()
            if "view" in visitor.answers[0]:
                return visitor
            await visitor.leave()
            await asyncio.sleep(0.2)

    @property
    def sentences(self) -> list[dict]:
        """What the page was told is found, one after the other."""
        return [answer["sentence"] for answer in self.answers if "sentence" in answer]

    async def ask(self, do: str, on: str, value: str) -> None:
        """Ask for a change, as a click in the page does."""
        number = len(self.asked) + 1
        self.asked[number] = time.perf_counter()
        request = {"do": do, "on": on, "value": value, "n": number}.items()
        await self._set("request", {"type": "map", "entries": list(request)})

    async def wait(self) -> None:
        """Wait until all that was asked for is answered; after a long time in vain just return."""
        await self.until(lambda: len(self.answered) == len(self.asked))

    async def heard(self) -> None:
        """Wait until the server has taken all that was asked for; after a long time in vain just return."""
        await self.until(lambda: self._taken == self._sent)

    async def leave(self) -> None:
        """Close the page."""
        self._socket.close()
        await self._ear

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what came makes a condition true; after a long time in vain just return."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONG):
                while not condition():
                    self._news.clear()
                    await self._news.wait()

    async def _take_document(self) -> None:
        self._socket.protocol.set_nodelay(True)  # as browsers do
        await self._message()  # the server's greeting, before which it hears nothing
        await self._send("PULL-DOC-REQ", {})
        kind, document, buffers = await self._message()
        while kind != "PULL-DOC-REPLY":  # a page that says how far the reading is has news at any time
            kind, document, buffers = await self._message()
        wire = next(part for part in _parts(document["doc"])
                    if part.get("type") == "object" and part["name"].endswith(".Wire"))
        self._wire = wire["id"]
        message = dict(wire["attributes"].get("message", {}).get("entries", []))
        self.answers = [_told(message, buffers)] if message else [{}]
        self._ear = asyncio.create_task(self._listen())
        await self._set("listens", True)

    async def _listen(self) -> None:
        while (message := await self._message()) is not None:
            kind, content, buffers = message
            if kind == "OK":
                self._taken += 1
            for event in content.get("events", []):
                if event.get("attr") == "message":
                    self._take_answer(_told(dict(event["new"]["entries"]), buffers))
            self._news.set()

    def _take_answer(self, answer: dict) -> None:
        self.answers.append(answer)
        if not answer["waiting"]:
            # It is the answer to all that was asked before, too.
            for number in range(len(self.answered) + 1, answer["n"] + 1):
                self.answered[number] = time.perf_counter()

    async def _set(self, attribute: str, value: object) -> None:
        self._sent += 1
        await self._send("PATCH-DOC", {"events": [{"kind": "ModelChanged", "model": {"id": self._wire},
                                                   "attr": attribute, "new": value}]})

    async def _send(self, kind: str, content: dict) -> None:
        for part in ({"msgid": str(time.perf_counter_ns()), "msgtype": kind}, {}, content):
            await self._socket.write_message(json.dumps(part))

    async def _message(self) -> tuple[str, dict, dict[str, bytes]] | None:
        """Return the next message's kind, content and binary parts; None once the socket is closed."""
        frames = []
        while len(frames) < 3 or len(frames) < 3 + 2 * json.loads(frames[0]).get("num_buffers", 0):
            frame = await self._socket.read_message()
            if frame is None:
                return None
            frames.append(frame)
        buffers = {json.loads(head)["id"]: body for head, body in zip(frames[3::2], frames[4::2], strict=True)}
        return json.loads(frames[0])["msgtype"], json.loads(frames[2]), buffers


def _told(message: dict, buffers: dict[str, bytes]) -> dict:
    """Return the parts of a session's message, with what it says of itself."""
    data = message["parts"]["data"]
    text = base64.b64decode(data) if isinstance(data, str) else buffers[data["id"]]
    return {**json.loads(text), "n": message["n"], "waiting": message["waiting"]}


def _parts(value: object):
    """Yield every dict within a document's JSON."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _parts(part)
