"""Whether files have changed, and whether they are written."""

import pytest
from small import RECORDS, small_app

from dashboard.config import read_config
from dashboard.live import watch
from dashboard.live.watch import SETTLED, SETTLED_WITHIN_ROW, Watch


@pytest.fixture
def clock(monkeypatch):
    """A function that lets a time pass, in seconds, for the module that is tested."""
    now = [1000.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])

    def let_pass(seconds):
        now[0] += seconds
    return let_pass


@pytest.fixture
def watched(tmp_path, clock):
    """A watch of a small app folder that was read, its config, and its records."""
    folder = small_app(tmp_path)
    config, watched = read_config(folder / "config.toml"), Watch(folder)
    watched.read = watched.shown = watched.look(config)
    clock(60)
    watched.look(config)
    return watched, config, folder / "records.csv"


def test_each_file_has_its_own_stamp(watched):
    watched, config, records = watched
    before = watched.stamps(config)
    records.write_text(RECORDS + "b,coin\n")
    stamps = watched.stamps(config)
    assert stamps.records != before.records and stamps[:2] == before[:2]
    assert watched.stamps(None).config == before.config and not watched.stamps(None).areas


def test_a_file_is_taken_to_be_written_after_a_moment_without_a_change(watched, clock):
    watched, config, records = watched
    records.write_text(RECORDS.replace("coin", "bowl and more"))
    assert watched.look(config) != watched.read
    assert not watched.is_written(config)
    clock(SETTLED)
    assert watched.is_written(config)


def test_one_that_ends_within_a_row_is_given_more_time(watched, clock):
    watched, config, records = watched
    records.write_text(RECORDS + "b,co")
    watched.look(config)
    clock(SETTLED)
    assert not watched.is_written(config)
    clock(SETTLED_WITHIN_ROW)
    assert watched.is_written(config)


def test_records_that_go_on_and_on_are_not_waited_for_without_end(watched, clock):
    watched, config, records = watched
    written = []
    for number in range(1, 40):
        records.write_text(RECORDS + "b,coin\n" * number)
        clock(SETTLED / 2)
        watched.look(config)
        written.append(watched.is_written(config))
    assert not any(written[:20]) and written[-1]
