"""One answer at a time, beside the event loop: what is overtaken is never told, and the last view wins."""

import asyncio
import threading

import pytest
from inside import in_a_loop, opened
from test_page import query, wait_for_sentence

from answers import FINDS
from dashboard.query.answers.answer import answer
from rehearsal import until
from servers import sample


def test_of_changes_that_come_at_once_those_overtaken_are_not_sent(server, open_page, engine):
    page = open_page(server.url)
    facet = engine.facets["weight_g"]
    asked = page.evaluate("""() => {
        window.messages = []
        const wire = Bokeh.documents[0].roots()[0].tags[0]
        wire.connect(wire.properties.message.change, () => messages.push(wire.message.n))
        const slider = document.querySelector(".dashboard").shadowRoot.querySelector("[data-on=weight_g] .low")
        for (let position = 1; position < slider.max; position += 1) {
            slider.value = position
            slider.dispatchEvent(new Event("input", {bubbles: true}))
        }
        return slider.max - 1
    }""")
    wait_for_sentence(page, f"{(FINDS.weight_g >= facet.edges[asked]).sum():,} of 20,000 finds")
    assert query(page) == {"weight_g": [f"{facet.edges[asked]:g}.."]}
    assert 0 < page.evaluate("messages.length") < asked / 2


class Gate:
    """Answers as the app does, once it is opened; `asked` holds the views that are counted, `fails` those that fail."""

    def __init__(self):
        self.asked, self.fails = [], set()
        self._open = threading.Event()

    def answer(self, survey, view):
        self.asked.append(survey.query(view))
        assert self._open.wait(30)
        if survey.query(view) in self.fails:
            raise ZeroDivisionError("a mistake of ours")
        return answer(survey, view)

    def open(self):
        self._open.set()


@pytest.fixture
def gate(monkeypatch):
    gate = Gate()
    monkeypatch.setattr("dashboard.page.answering.answer", gate.answer)
    yield gate
    gate.open()


def choose(session, *types):
    for type_ in types:
        session.do({"do": "toggle", "on": "type", "value": type_})


@in_a_loop
async def test_of_what_is_asked_at_once_only_the_last_is_counted(gate):
    gate.open()
    async with opened(sample()) as (session, visitor):
        shown = []
        session.on_view(shown.append)
        choose(session, "amphora", "bowl", "coin")
        await visitor.until(lambda: len(visitor.sentences) > 1)
        assert gate.asked == ["type=amphora&type=bowl&type=coin"] and shown == [session.view]
        assert visitor.sentences[-1]["matching"] == FINDS.type.isin(["amphora", "bowl", "coin"]).sum()


@in_a_loop
@pytest.mark.parametrize("fails", [False, True], ids=["answered", "failing"])
async def test_what_is_overtaken_while_it_is_counted_is_never_told(gate, fails):
    async with opened(sample()) as (session, visitor):
        await visitor.ask("toggle", "type", "amphora")
        await visitor.heard()
        await asyncio.to_thread(until, lambda: gate.asked)
        # Meanwhile the page can be spoken to: it is told that another answer is on its way.
        await visitor.ask("toggle", "type", "bowl")
        await visitor.ask("toggle", "type", "amphora")
        await visitor.heard()
        assert gate.asked == ["type=amphora"]
        if fails:
            gate.fails.add("type=amphora")
        gate.open()
        await visitor.wait()
        assert gate.asked == ["type=amphora", "type=bowl"]
        told = [answer["view"]["query"] for answer in visitor.answers if "view" in answer]
        assert told == ["", "type=bowl"] and visitor.answers[-1]["n"] == 3
        assert not any({"what": "failed"} in answer.get("notices", []) for answer in visitor.answers)


@in_a_loop
async def test_a_view_that_is_taken_back_while_it_is_counted_is_answered_as_it_is_now(gate):
    async with opened(sample(), "type=coin") as (session, visitor):
        await visitor.ask("toggle", "type", "amphora")
        await visitor.heard()
        await asyncio.to_thread(until, lambda: gate.asked)
        await visitor.ask("toggle", "type", "amphora")
        await visitor.heard()
        gate.open()
        await visitor.wait()
        assert visitor.answers[-1]["n"] == 2 and not visitor.answers[-1]["waiting"]
        assert visitor.sentences[-1]["matching"] == (FINDS.type == "coin").sum()
        assert session.view.choice("type").values == ("coin",)


@in_a_loop
async def test_a_page_of_many_records_opens_with_all_of_them_and_counts_its_view_then(gate, monkeypatch):
    monkeypatch.setattr("dashboard.query.survey.LARGE", 1000)
    async with opened(sample(), "type=amphora") as (session, visitor):
        assert visitor.answers[0]["waiting"] and visitor.sentences[-1]["matching"] == len(FINDS)
        assert session.view.choice("type").values == ("amphora",)
        gate.open()
        await visitor.until(lambda: not visitor.answers[-1]["waiting"])
        assert visitor.sentences[-1]["matching"] == (FINDS.type == "amphora").sum()
