"""One answer at a time, counted beside the server's event loop; the last view wins."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

from bokeh.document import Document, without_document_lock

from dashboard.query.answers.answer import answer
from dashboard.query.answers.schema import Answer
from dashboard.query.survey import Survey
from dashboard.query.view import View

PACE = 0.08  # seconds between two answers to one page, about what it takes to draw one


class Answering:
    """Has views answered: what is asked while an answer is counted overtakes it, and only the last is told.

    It is idle, waits for the page to be drawn, or counts. `on_answer` is called with the view, its answer and how long
    that took (seconds); `on_failure` with the view that could not be answered and the error. Both have the document.
    """

    def __init__(self, doc: Document, push: Callable[[Callable[[], None]], None],
                 on_answer: Callable[[View, Answer, float], None], on_failure: Callable[[View, Exception], None]):
        self._doc, self._push, self._on_answer, self._on_failure = doc, push, on_answer, on_failure
        self._asked: tuple[Survey, View] | None = None  # what is to be answered; None when idle
        self._told_at = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no answer is under way."""
        return self._asked is None

    def ask(self, survey: Survey, view: View) -> None:
        """Have a view answered by a survey, in place of whatever was asked before and is not answered yet."""
        was_idle, self._asked = self.is_idle, (survey, view)
        if was_idle:
            self._begin()

    def _begin(self) -> None:
        # A handle that is dragged asks more often than a page can draw; the last position is never left out.
        rest = self._told_at + PACE - time.monotonic()
        if rest > 0:
            self._doc.add_timeout_callback(self._count, int(rest * 1000) + 1)
        else:
            self._doc.add_next_tick_callback(self._count)

    @without_document_lock
    async def _count(self) -> None:
        asked = self._asked
        began = time.monotonic()
        try:
            found = await asyncio.to_thread(answer, *asked)
        except Exception as error:  # noqa: BLE001 - whatever it is, the visitor is told and can go on
            self._push(partial(self._fail, asked, error))
        else:
            self._push(partial(self._tell, asked, found, time.monotonic() - began))

    def _tell(self, asked: tuple[Survey, View], found: Answer, seconds: float) -> None:
        if asked != self._asked:
            self._begin()
            return
        self._asked = None
        self._on_answer(asked[1], found, seconds)

    def _fail(self, asked: tuple[Survey, View], error: Exception) -> None:
        if asked != self._asked:
            self._begin()
            return
        self._asked = None
        self._on_failure(asked[1], error)

    def rest(self) -> None:
        """Let the page draw what it was told before the next answer comes."""
        self._told_at = time.monotonic()
