"""What a session and its page tell each other: the page sends actions, the session sends messages."""

import hashlib
import json
from functools import cache
from pathlib import Path

import numpy as np
from bokeh.core.properties import Any, Bool, Dict, String
from bokeh.model import DataModel
from bokeh.models import InlineStyleSheet

from dashboard.query.answers.schema import Answer, as_data


class Wire(DataModel):
    """The model by which both sides talk.

    `request` is set by the page: an action with ``n``, the number of the request. `message` is set by the session:
    ``n`` (the last request that it answers), ``number`` (of the message), ``waiting`` (whether another answer is
    being counted), ``parts`` (JSON in UTF-8: a part's name -> what it holds) and ``arrays`` (a part's name -> its typed
    arrays, to which it refers as ``{"array": position}``). Parts that are the same as before are left out. The part
    ``steps`` lists the requests since the last message, each with the address that it led to. `listens` is set by the
    page once it takes messages.
    """

    request = Dict(String, Any, default={})
    message = Dict(String, Any, default={})
    listens = Bool(default=False)


class Channel:
    """A session's way to its page."""

    def __init__(self):
        self.wire = Wire()
        self.waiting = False
        self._texts: dict[str, str] = {}
        self._arrays: dict[str, list[np.ndarray]] = {}
        self._unsent: set[str] = set()  # those of the parts that no message has held yet
        self._lists: dict[str, list] = {}
        self._marks: dict[str, bytes] = {}  # of the parts that were put last: not the parts, which would stay in memory
        self._messages = 0
        self.wire.on_change("listens", lambda attr, old, new: self._forget_sent())

    def put(self, part: str, value: object) -> None:
        """Add a part to the next message, unless it is what was put last."""
        arrays: list[np.ndarray] = []

        def refer_to(array: np.ndarray) -> dict:
            arrays.append(array)
            return {"array": len(arrays) - 1}

        text = json.dumps(as_data(value), default=refer_to, ensure_ascii=False, separators=(",", ":"))
        mark = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16)
        for array in arrays:
            mark.update(array.tobytes())
        if self._marks.get(part) != mark.digest():
            self._marks[part] = mark.digest()
            self._texts[part], self._arrays[part] = text, arrays
            self._unsent.add(part)

    def add(self, part: str, entry: object) -> None:
        """Add an entry to a part that lists what has come since the last message."""
        self._lists.setdefault(part, []).append(entry)
        self.put(part, self._lists[part])

    def put_answer(self, answer: Answer) -> None:
        """Add an answer, part by part."""
        for part, value in vars(answer).items():
            self.put(part, value)

    def send_changes(self) -> None:
        """Send what has changed since the last message, if anything has."""
        if self._unsent:
            self.send()

    def send(self) -> None:
        """Send what has changed since the last message; also when that is nothing, as an action wants its answer."""
        self._messages += 1
        parts = ",".join(f"{json.dumps(part)}:{text}" for part, text in self._texts.items())
        self.wire.message = {
            "n": self.wire.request.get("n", 0), "number": self._messages, "waiting": self.waiting,
            "parts": f"{{{parts}}}".encode("utf-8", "replace"),
            "arrays": {part: arrays for part, arrays in self._arrays.items() if arrays}}
        self._unsent.clear()
        # A program may change the view before there is a page, which then finds the last message only.
        if self.wire.listens:
            self._forget_sent()
            self._lists.clear()

    def _forget_sent(self) -> None:
        """Leave out from now on what the page has got."""
        for part in self._texts.keys() - self._unsent:
            del self._texts[part], self._arrays[part]


def style_of(app_dir: Path) -> InlineStyleSheet:
    """Return the style of the dashboard's parts."""
    return InlineStyleSheet(css=static_text(app_dir, "colours.css") + static_text(app_dir, "dashboard.css"))


@cache
def static_text(app_dir: Path, name: str) -> str:
    """Return a file of the static folder that goes with the document."""
    return (app_dir / "static" / name).read_text("utf-8")
