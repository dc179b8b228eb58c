"""What the server is doing, a sample a second: taken only while somebody looks, and the same for all who do."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import psutil

from dashboard.query.counting.partitions import Workload

SECONDS_KEPT = 300  # of which there are samples
SAMPLE_EVERY = 1.0  # seconds


class Sample(NamedTuple):
    """One second of a server.

    `time` is in seconds since 1970. `answers` were given per second since the sample before; `median` and `p95` (the
    95th percentile) are how long these took in milliseconds, nan where there were none. `memory` is what the process
    holds in millions of bytes; `workload` is None where there is no cluster, or where it does not answer.
    """

    time: float
    sessions: int
    answers: float
    median: float
    p95: float
    memory: float
    workload: Workload | None


class Activity:
    """Counts the sessions and the answers of one dashboard."""

    def __init__(self, workload: Callable[[], Workload | None]):
        self._workload = workload
        self._counting, self._sampling = threading.Lock(), threading.Lock()
        self._sessions = 0
        self._answers: deque[tuple[float, float]] = deque(maxlen=10_000)  # when each was given, and how long it took
        self._samples: deque[Sample] = deque(maxlen=SECONDS_KEPT)
        self._process = psutil.Process()

    def opened(self) -> None:
        """Count a session."""
        with self._counting:
            self._sessions += 1

    def closed(self) -> None:
        """Count a session no more."""
        with self._counting:
            self._sessions -= 1

    def answered(self, seconds: float) -> None:
        """Count an answer that took so long."""
        self._answers.append((time.monotonic(), seconds))

    def samples(self, after: float) -> list[Sample]:
        """Return the samples that were taken after a time (seconds since 1970), with one of now unless there is one.

        A cluster is asked for it, so this is not for an event loop.
        """
        with self._sampling:
            now = time.time()
            if not self._samples or now - self._samples[-1].time >= 0.9 * SAMPLE_EVERY:
                self._samples.append(self._sample(now))
            return [sample for sample in self._samples if max(after, now - SECONDS_KEPT) < sample.time]

    def _sample(self, now: float) -> Sample:
        # The last sample may be of long ago, when somebody looked last.
        since = min(now - self._samples[-1].time, SAMPLE_EVERY * 2) if self._samples else SAMPLE_EVERY
        began = time.monotonic() - since
        lasted = np.array([seconds for given, seconds in self._answers.copy() if given > began]) * 1e3
        median, p95 = np.percentile(lasted, (50, 95)) if len(lasted) else (np.nan, np.nan)
        return Sample(now, self._sessions, len(lasted) / since, float(median), float(p95),
                      self._process.memory_info().rss / 1e6, self._workload())
