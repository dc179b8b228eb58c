"""What visitors are told about their view and the data, and for how long."""

import json

from dashboard.live.feed import Snapshot
from dashboard.page.channel import Channel
from dashboard.page.notices import Notices
from dashboard.query.choices import Refusal

BLOB, FAR = Refusal("no option", "type", "blob"), Refusal("no area", "_area", "P-999")
AS_OF = "2001-09-09T01:46:40+00:00"


class Told:
    """Notices, and what the page has of them."""

    def __init__(self, engine, refused=(), trouble="", unanswered=""):
        self.channel, self.engine = Channel(), engine
        self.channel.wire.listens = True
        self.notices = Notices(self.channel, list(refused), self.snapshot(trouble, unanswered))
        self.parts = {}

    def snapshot(self, trouble="", unanswered=""):
        return Snapshot(self.engine, 1e9, trouble, unanswered)

    @property
    def now(self):
        self.channel.send_changes()
        self.parts |= json.loads(self.channel.wire.message["parts"])
        return self.parts["notices"]


def test_what_is_said_of_a_view_goes_with_the_next_one(engine):
    told = Told(engine, [BLOB, FAR])
    assert told.now == [BLOB._asdict(), FAR._asdict()]
    told.notices.tell_refused([FAR])
    assert told.now == [FAR._asdict()]
    told.notices.tell_failed()
    assert told.now == [{"what": "failed"}]
    told.notices.tell_refused([])
    assert told.now == []


def test_what_other_data_left_out_is_told_beside_it_and_forgotten_unless_there_is_something_newer(engine):
    told = Told(engine, [FAR])
    first = told.notices.tell_lost([BLOB])
    assert told.now == [FAR._asdict(), BLOB._asdict()]
    second = told.notices.tell_lost([BLOB])
    told.notices.forget(first)
    assert told.now == [FAR._asdict(), BLOB._asdict(), BLOB._asdict()]
    told.notices.forget(second)
    # The page is told without being asked.
    assert json.loads(told.channel.wire.message["parts"])["notices"] == [] == told.now
    third = told.notices.tell_lost([BLOB])
    told.notices.tell_refused([FAR])
    told.notices.forget(third)
    assert told.now == [FAR._asdict()]


def test_troubles_with_the_data_stay_until_the_data_are_others(engine):
    told = Told(engine, [BLOB], trouble="finds.csv: there is no such file.", unanswered="It does not answer.")
    troubles = [{"what": "trouble", "value": text, "on": AS_OF}
                for text in ("finds.csv: there is no such file.", "It does not answer.")]
    assert told.now == [BLOB._asdict(), *troubles]
    assert told.parts["freshness"] == {"as_of": AS_OF, "watched": True}
    told.notices.tell_refused([])
    assert told.now == troubles
    told.notices.tell_trouble("outdated")
    assert told.now == [{"what": "outdated"}]
    told.notices.tell_snapshot(told.snapshot())
    assert told.now == []
