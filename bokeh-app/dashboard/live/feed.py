"""The data of an app folder, for all sessions of this process: read once, watched, and read again when they change."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from dashboard.live.activity import Activity
from dashboard.live.keeper import Keeper, sentences_of
from dashboard.query.counting.partitions import Partitions, Workload
from dashboard.query.survey import Survey

log = logging.getLogger("dashboard")
FIRST_READING_PATIENCE = 1.0  # seconds that a reading may take before visitors are shown that it goes on
LISTENERS_APART = 0.025  # seconds between two pages that hear of new data, about what it takes to answer one
LISTENERS_ALL = 0.5  # seconds in which all hear of them, however many there are


class Snapshot(NamedTuple):
    """What sessions show. `as_of` says of when the data are (seconds since 1970).

    `trouble` says why what came later is not shown, `unanswered` why an address cannot be asked; both are mostly empty.
    """

    survey: Survey
    as_of: float
    trouble: str
    unanswered: str


class Feed:
    """The data of one app folder as they are now.

    One thread for each folder asks twice a second for the times of a handful of files, for all sessions. A library that
    lets the system say what has changed hears nothing on network drives and in shared folders of containers, where
    surveys lie. Reading and checking happen in that thread too, beside the server's event loop. It holds no survey but
    the one that is shown, so that one that was replaced is gone with the last session that shows it.
    """

    def __init__(self, folder: Path):
        self.progress = "Starting"
        self.activity = Activity(self._workload)
        self._keeper = Keeper(folder, self._set_progress)
        self._snapshot: Snapshot | None = None
        self._error: Exception | None = None
        self._listeners: set[Callable[[], None]] = set()
        self._over, self._lost = threading.Event(), threading.Event()
        self._began = time.monotonic()
        threading.Thread(target=self._run, name=f"live {folder}", daemon=True).start()

    @property
    def first_read_over(self) -> bool:
        """Whether the data were read, to a good end or a bad one."""
        return self._over.is_set()

    @property
    def snapshot(self) -> Snapshot | None:
        """The data as they are now; None while there are none to show."""
        return None if self._lost.is_set() else self._snapshot

    @property
    def errors(self) -> list[str]:
        """Why there are no data to show, in sentences; none while they are being read, or once they are there."""
        if self.snapshot is not None or not self.first_read_over:
            return []
        return sentences_of(self._error).splitlines()

    def wait_a_moment(self) -> bool:
        """Wait until the first reading is over, FIRST_READING_PATIENCE seconds at most in all; return whether it is."""
        return self._over.wait(max(0.0, self._began + FIRST_READING_PATIENCE - time.monotonic()))

    def wait(self) -> Snapshot:
        """Return the data as they are now, waiting for the first reading.

        Raises what keeps them from being shown: ConfigError, DataError.
        """
        while True:
            self._over.wait()
            if (snapshot := self.snapshot) is not None:
                return snapshot
            if (error := self._error) is not None:
                raise error.with_traceback(None)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have a function called, in another thread, whenever `snapshot` or `errors` is something else."""
        self._listeners.add(listener)

    def unsubscribe(self, listener: Callable[[], None]) -> None:
        """Call a function no more."""
        self._listeners.discard(listener)

    def reread(self, survey: Survey) -> None:
        """Have the data read again, as this survey has lost its records."""
        snapshot = self._snapshot
        if snapshot is not None and snapshot.survey is survey:
            self._error = None
            self._lost.set()
            self._over.clear()

    def _run(self) -> None:
        self._keeper.read()
        self._publish()
        looked_at = time.monotonic()
        while True:
            pause = self._keeper.pause
            lost = self._lost.wait(None if pause is None else max(looked_at + pause - time.monotonic(), 0))
            looked_at = time.monotonic()
            try:
                if lost:
                    self._read_again()
                else:
                    self._keeper.look()
                self._publish()
            except Exception:
                # Whatever it was, the next look may find other files.
                log.exception("The files could not be looked at")

    def _read_again(self) -> None:
        """Read the data whose records were lost."""
        self._keeper.forget()
        self._over.clear()  # it may have been set by a look that went on meanwhile
        self._snapshot = None
        self._lost.clear()
        self._keeper.read()

    def _publish(self) -> None:
        """Show what the thread has found out, and say so where that is news."""
        news, replaced = self._replace()
        self._over.set()
        if news:
            self._call_listeners()
        if replaced is not None:
            replaced.close()

    def _replace(self) -> tuple[bool, Partitions | None]:
        """Put what there is now in the place of what is shown.

        Returns whether that is something else, and the partitions that nobody will ask any more.
        """
        keeper, before, error = self._keeper, self._snapshot, self._error
        snapshot = None
        if keeper.survey is not None:
            snapshot = Snapshot(keeper.survey, keeper.as_of, keeper.trouble, keeper.unanswered)
        self._snapshot, self._error = snapshot, keeper.error
        other = before is not None and snapshot is not None and before.survey is not snapshot.survey
        return snapshot != before or keeper.error is not error, before.survey.partitions if other else None

    def _workload(self) -> Workload | None:
        snapshot = self._snapshot
        return None if snapshot is None else snapshot.survey.partitions.workload()

    def _call_listeners(self) -> None:
        """Call the listeners one after the other: what visitors ask meanwhile is not to wait for all pages' answers."""
        listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener()
            except Exception:
                log.exception("A page could not hear of other data")
            time.sleep(min(LISTENERS_APART, LISTENERS_ALL / len(listeners)))

    def _set_progress(self, progress: str) -> None:
        self.progress = progress


_feeds: dict[Path, Feed] = {}
_feeds_lock = threading.Lock()


def feed_of(folder: Path) -> Feed:
    """Return the feed of an app folder in this process; the first call begins to read the data.

    It outlives sessions, whose own module is wiped when they end.
    """
    folder = folder.resolve()
    with _feeds_lock:
        if folder not in _feeds:
            _feeds[folder] = Feed(folder)
        return _feeds[folder]
