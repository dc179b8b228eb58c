"""Messages of a session: a part that is as it was is left out, and arrays go beside the text."""

import json

import numpy as np
from test_page import SENTENCE, option, sentence

from dashboard.page.channel import Channel
from dashboard.query.answers.answer import answer


def _size(response):
    # Binary frames come as base64.
    return len(response["payloadData"]) * 3 // 4 if response["opcode"] == 2 else len(response["payloadData"].encode())


def test_a_change_sends_little_and_polygons_never_again(server, open_page):
    page = open_page(server.url)
    received = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.webSocketFrameReceived", lambda frame: received.append(_size(frame["response"])))
    for value in ("amphora", "Roman", "ceramic", "yes"):
        received.clear()
        before = sentence(page)
        option(page, value).check()
        page.wait_for_function(f"before => {SENTENCE} != before", arg=before)
        assert 0 < sum(received) < 20_000


def message(channel):
    """Return the parts and the arrays of the message that was sent last."""
    return json.loads(channel.wire.message["parts"]), channel.wire.message["arrays"]


def listening():
    channel = Channel()
    channel.wire.listens = True
    return channel


def test_a_part_is_sent_when_it_is_another_one():
    channel = listening()
    channel.put("one", {"value": "á \ud800 “"})
    channel.put("two", [1, None])
    channel.send()
    assert message(channel) == ({"one": {"value": "á ? “"}, "two": [1, None]}, {})  # half a character is none
    channel.put("one", {"value": "á \ud800 “"})
    channel.put("two", [2, None])
    channel.send()
    assert message(channel) == ({"two": [2, None]}, {})


def test_arrays_go_beside_the_text_which_refers_to_them():
    channel = listening()
    places = {"x": np.array([1.5, 2], dtype=np.float32), "y": np.array([3, 4], dtype=np.float32), "count": 2}
    channel.put("near", places)
    channel.put("counts", np.arange(3, dtype=np.uint8))
    channel.send()
    parts, arrays = message(channel)
    assert parts == {"near": {"x": {"array": 0}, "y": {"array": 1}, "count": 2}, "counts": {"array": 0}}
    assert [array.tolist() for array in arrays["near"]] == [[1.5, 2], [3, 4]] and arrays["counts"][0].dtype == np.uint8
    # The text is the same, the array is not.
    channel.put("near", {**places, "y": np.array([3, 5], dtype=np.float32)})
    channel.put("counts", np.arange(3, dtype=np.uint8))
    channel.send()
    parts, arrays = message(channel)
    assert list(parts) == list(arrays) == ["near"] and arrays["near"][1].tolist() == [3, 5]


def test_a_page_that_comes_later_finds_all_parts_in_the_last_message():
    channel = Channel()
    channel.put("one", 1)
    channel.send()
    channel.put("two", np.array([2.0]))
    channel.send()
    assert message(channel)[0] == {"one": 1, "two": {"array": 0}} and channel.wire.message["number"] == 2
    channel.put("three", 3)
    channel.wire.listens = True
    channel.send()
    # What it has found there is not sent again.
    assert message(channel) == ({"three": 3}, {})
    channel.send()
    assert message(channel) == ({}, {})


def test_without_a_change_only_an_action_gets_a_message():
    channel = listening()
    channel.send_changes()
    assert channel.wire.message == {}
    channel.wire.request = {"do": "refit", "n": 7}
    channel.waiting = True
    channel.send()
    assert channel.wire.message == {"n": 7, "number": 1, "waiting": True, "parts": b"{}", "arrays": {}}
    channel.put("one", 1)
    channel.send_changes()
    assert message(channel)[0] == {"one": 1}


def test_of_an_answer_only_the_parts_that_differ_are_sent(engine):
    channel = listening()
    for query in ("type=amphora", "type=amphora&_sort=find"):
        channel.put_answer(answer(engine, engine.view(query)[0]))
        channel.send()
    assert set(message(channel)[0]) == {"view", "table"}
