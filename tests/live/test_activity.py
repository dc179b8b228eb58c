"""Samples of what the server is doing."""

import numpy as np
import pytest

from dashboard.live import activity
from dashboard.live.activity import Activity
from dashboard.query.counting.partitions import Workload


@pytest.fixture
def clock(monkeypatch):
    """A function that lets a time pass, in seconds, for the module that is tested."""
    now = [1_000_000.0]
    monkeypatch.setattr(activity.time, "time", lambda: now[0])
    monkeypatch.setattr(activity.time, "monotonic", lambda: now[0])

    def let_pass(seconds):
        now[0] += seconds
    return let_pass


def test_a_sample_counts_the_sessions_and_the_answers_of_a_second(clock):
    seen = Activity(lambda: Workload(1, 2, 3))
    seen.opened()
    seen.opened()
    seen.closed()
    assert seen.samples(0)[-1].answers == 0
    clock(0.5)
    for seconds in (0.010, 0.020, 0.090):
        seen.answered(seconds)
    clock(0.5)
    sample = seen.samples(0)[-1]
    assert (sample.sessions, sample.answers, sample.workload) == (1, 3, Workload(1, 2, 3))
    assert sample.median == pytest.approx(20) and 80 < sample.p95 < 90 and sample.memory > 1


def test_without_an_answer_nothing_is_said_of_how_long_it_took(clock):
    sample, = Activity(lambda: None).samples(0)
    assert np.isnan(sample.median) and np.isnan(sample.p95) and sample.workload is None


def test_all_who_look_in_the_same_second_see_the_same_sample(clock):
    seen = Activity(lambda: None)
    first = seen.samples(0)
    clock(0.5)
    assert seen.samples(0) == first
    clock(0.5)
    second, = seen.samples(first[-1].time)
    assert second.time == first[-1].time + 1


def test_samples_of_long_ago_are_let_go(clock):
    seen = Activity(lambda: None)
    seen.samples(0)
    clock(activity.SECONDS_KEPT + 1)
    assert len(seen.samples(0)) == 1
