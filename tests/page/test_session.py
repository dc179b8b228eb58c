"""One visitor's session: every wish goes by one door, and the page, Python and the address see the same view."""

import asyncio
import logging

import pytest
from bokeh.document import Document
from inside import in_a_loop, opened

from answers import FINDS
from dashboard.page import open_session
from dashboard.page.actions import UnknownAction
from dashboard.query.answers.answer import answer
from rehearsal import until
from servers import sample

AMPHORAE = (FINDS.type == "amphora").sum()


def test_a_document_that_no_server_serves():
    doc = Document()
    session = open_session(doc, str(sample()))
    assert doc.title == "Field survey of the Aljibe valley"
    assert len(session.records()) == 20_000
    session.view = "type=amphora"
    assert len(session.records()) == 1_650
    Document.from_json(doc.to_json())  # all of it can be sent


def test_do_returns_the_view_that_an_action_leads_to_and_keeps_it_where_there_is_none():
    session = open_session(Document(), sample())
    view = session.do({"do": "toggle", "on": "type", "value": "amphora"})
    assert view == session.view != session.do({"do": "between", "on": "weight_g", "value": "10..250"})
    mine = FINDS[(FINDS.type == "amphora") & FINDS.weight_g.between(10, 250)]
    assert sorted(session.records().find) == sorted(mine.find)
    before = session.view
    for action in ({"do": "explode"}, {"do": "toggle", "on": "type", "value": "no such"}, {}, None):
        with pytest.raises(UnknownAction):
            session.do(action)
    # What cannot be applied is no error, and changes nothing.
    assert session.do({"do": "between", "on": "weight_g", "value": "9..3"}) == session.view == before
    session.view = view
    assert session.view == view and len(session.records()) == AMPHORAE


@in_a_loop
async def test_a_page_and_a_program_change_the_same_view():
    async with opened(sample(), "type=amphora") as (session, visitor):
        assert visitor.sentences[-1]["matching"] == AMPHORAE == len(session.records())
        shown = []
        session.on_view(shown.append)
        await visitor.ask("toggle", "type", "bowl")
        await visitor.wait()
        assert session.view.choice("type").values == ("amphora", "bowl")
        session.view = "type=coin&_area=P-086"
        await visitor.until(lambda: visitor.answers[-1].get("chosen") is not None)
        assert visitor.answers[-1]["view"]["query"] == "type=coin&_area=P-086"
        assert [view.choice("type").values for view in shown] == [("amphora", "bowl"), ("coin",)]
        assert shown[-1] == session.view


@in_a_loop
async def test_bounds_that_are_none_are_told_at_their_control_until_the_next_wish():
    async with opened(sample(), "type=coin") as (session, visitor):
        before = session.view
        await visitor.ask("between", "weight_g", "heavy..")
        await visitor.wait()
        refused = {"what": "no number", "on": "weight (g)", "value": "heavy", "at": "weight_g"}
        steps = [[1, "type=coin"]]  # the wish left the view as it was
        assert visitor.answers[-1] == {"refused": refused, "steps": steps, "n": 1, "waiting": False}
        assert session.view == before
        await visitor.ask("between", "weight_g", "5..")
        await visitor.wait()
        assert [answer["refused"] for answer in visitor.answers if "refused" in answer] == [None, refused, None]
        assert visitor.sentences[-1]["matching"] == ((FINDS.type == "coin") & (FINDS.weight_g >= 5)).sum()


@in_a_loop
async def test_what_an_address_asks_in_vain_is_a_notice_until_the_next_wish():
    async with opened(sample(), "type=blob&type=coin") as (_, visitor):
        notice = {"what": "no option", "on": "type", "value": "blob"}
        assert visitor.answers[-1]["notices"] == [notice]
        await visitor.ask("address", "", "?type=coin&_area=P-999")
        await visitor.wait()
        assert visitor.answers[-1]["notices"] == [{"what": "no area", "on": "_area", "value": "P-999"}]
        await visitor.ask("classes", "", "")
        await visitor.wait()
        assert visitor.answers[-1]["notices"] == []


@in_a_loop
async def test_a_request_that_no_page_sends_is_logged_and_answered_and_does_no_harm(caplog):
    async with opened(sample()) as (session, visitor):
        for do, on, value in (("explode", "", ""), ("toggle", "nope", "x"), ("tap", "", "a,b")):
            await visitor.ask(do, on, value)
        await visitor.wait()
        assert len(visitor.answered) == 3 and visitor.answers[-1] == {"n": 3, "waiting": False}
        assert sum("cannot be done" in record.message for record in caplog.records) == 3
        await visitor.ask("toggle", "type", "amphora")
        await visitor.wait()
        assert visitor.sentences[-1]["matching"] == AMPHORAE


@in_a_loop
async def test_a_view_that_cannot_be_answered_is_said_and_the_one_before_stays(monkeypatch, caplog):
    def answer_some(survey, view):
        if view.areas == ("P-086",):
            raise ZeroDivisionError("a mistake of ours")
        return answer(survey, view)

    monkeypatch.setattr("dashboard.page.answering.answer", answer_some)
    async with opened(sample(), "type=amphora") as (session, visitor):
        before = session.view
        with caplog.at_level(logging.CRITICAL, "dashboard"):
            await visitor.ask("area", "", "P-086")
            await visitor.wait()
        assert visitor.answers[-1]["notices"] == [{"what": "failed"}] and session.view == before
        await visitor.ask("toggle", "type", "bowl")
        await visitor.wait()
        assert visitor.answers[-1]["notices"] == []
        assert visitor.sentences[-1]["matching"] == FINDS.type.isin(["amphora", "bowl"]).sum()


@in_a_loop
async def test_a_function_that_fails_does_not_keep_a_view_from_others(caplog):
    async with opened(sample()) as (session, visitor):
        shown = []
        session.on_view(lambda view: 1 / 0)
        session.on_view(shown.append)
        await visitor.ask("toggle", "type", "amphora")
        await visitor.wait()
        assert shown == [session.view] and "division by zero" in caplog.text
        assert visitor.sentences[-1]["matching"] == AMPHORAE


@in_a_loop
async def test_a_session_whose_page_was_closed_says_so_to_a_program():
    soon = {"unused_session_lifetime_milliseconds": 300, "check_unused_sessions_milliseconds": 50}
    async with opened(sample(), **soon) as (session, visitor):
        shown = []
        session.on_view(shown.append)
        await visitor.leave()
        await asyncio.to_thread(until, lambda: session._closed)
        with pytest.raises(RuntimeError, match="The page of this session was closed"):
            session.do({"do": "toggle", "on": "type", "value": "amphora"})
        with pytest.raises(RuntimeError):
            session.view = "type=coin"
        assert session.view.choices == () and shown == []
