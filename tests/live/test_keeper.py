"""What the thread of a feed does, in small folders: one reading reads one config, and nothing old is held."""

import gc
from weakref import ref

import pytest
from small import RECORDS, answering, config_text, small_app

from dashboard.live.feed import Feed
from rehearsal import until


def test_a_config_that_changes_while_its_address_is_asked_comes_with_the_next_reading(tmp_path):
    def answer():
        (tmp_path / "config.toml").write_text(config_text(address, title="Later"), "utf-8")
        return RECORDS

    with answering(answer) as address:
        feed = Feed(small_app(tmp_path, address))
        first = feed.wait().survey.config
        assert (first.title, first.records.file) == ("Small", address)
        until(lambda: feed.wait().survey.config.title == "Later")


@pytest.fixture
def no_collector():
    """Memory is given back at once or not at all: nobody looks for what refers to itself."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("written", [
    [RECORDS.replace("coin", "bowl")], [f"{RECORDS}b,lamp\n"], ["area,kind\nnowhere,coin\n", f"{RECORDS}b,lamp\n"]],
    ids=["replaced", "longer", "after a mistake"])
def test_a_survey_that_was_replaced_is_gone_with_its_last_user(tmp_path, written):
    feed = Feed(small_app(tmp_path))
    survey = ref(feed.wait().survey)
    assert survey() is not None
    *mistakes, records = written
    for mistake in mistakes:
        (tmp_path / "records.csv").write_text(mistake, "utf-8")
        until(lambda: feed.wait().trouble)
    (tmp_path / "records.csv").write_text(records, "utf-8")
    until(lambda: feed.wait().survey is not survey())
    until(lambda: survey() is None, seconds=5)
