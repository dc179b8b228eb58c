"""The data of an app folder, for all sessions of this process: read once, watched, and read again when they change."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dashboard.catalog.download import records_path
from dashboard.catalog.growth import End, added_rows, end_of, read_added
from dashboard.catalog.problems import DataError
from dashboard.catalog.stamps import newest
from dashboard.config import Config, ConfigError, LiveSettings, read_config
from dashboard.query.activity import Activity, Workload
from dashboard.query.asking import Asking
from dashboard.query.engine import Engine
from dashboard.query.growing import Grown, grown
from dashboard.query.reading import read_data
from dashboard.query.watch import Stamps, Watch

log = logging.getLogger("dashboard")
PATIENCE = 1.0  # seconds that a reading may take before visitors are shown that it goes on
APART = 0.025  # seconds between two pages that are told of new data, about what it takes to answer one
ALL_TOLD = 0.5  # seconds in which all are told, however many there are
RETRY = 1.0  # seconds until a cluster that is out of reach is looked for again
UNFORESEEN = "Something went wrong while reading the data; the server's log says what."


class Data(NamedTuple):
    """What sessions show. `as_of` says of when the data are (seconds since 1970).

    `trouble` says why what came later is not shown, `unanswered` why an address cannot be asked; both are mostly empty.
    """

    engine: Engine
    as_of: float
    trouble: str
    unanswered: str


class Live:
    """The data of one app folder.

    One thread for each folder asks twice a second for the times of a handful of files, for all sessions. A library that
    has itself told of changes by the system is not told on network drives and in shared folders of containers, where
    surveys lie. Reading and checking happen in that thread too, beside the server's event loop.
    """

    def __init__(self, folder: Path):
        self.progress = "Starting"
        self._folder = folder
        self._config: Config | None = None
        self._data: Data | None = None
        self._error: Exception | None = None
        self._grown: Grown | None = None
        self._as_of = 0.0
        self._end: End | None = None
        self._watch = Watch(folder)
        self._asking: Asking | None = None
        self.activity = Activity(self._workload)
        self._listeners: set[Callable[[], None]] = set()
        self._over, self._lost = threading.Event(), threading.Event()
        self._began = time.monotonic()
        threading.Thread(target=self._run, name=f"live {folder}", daemon=True).start()

    @property
    def over(self) -> bool:
        """Whether the data were read, to a good end or a bad one."""
        return self._over.is_set()

    @property
    def now(self) -> Data | None:
        """The data as they are now; None while there are none to show."""
        return None if self._lost.is_set() else self._data

    @property
    def mistakes(self) -> list[str]:
        """Why there are no data to show, in sentences; none while they are being read, or once they are there."""
        if self.now is not None or not self.over:
            return []
        return str(self._error).splitlines() if isinstance(self._error, ConfigError | DataError) else [UNFORESEEN]

    def wait_a_moment(self) -> bool:
        """Wait until the first reading is over or has lasted PATIENCE seconds in all; return whether it is over."""
        return self._over.wait(max(0.0, self._began + PATIENCE - time.monotonic()))

    def data(self) -> Data:
        """Return the data as they are now, waiting for the first reading.

        Raises what keeps them from being shown: ConfigError, DataError.
        """
        while True:
            self._over.wait()
            if (data := self.now) is not None:
                return data
            if (error := self._error) is not None:
                raise error.with_traceback(None)

    def listen(self, listener: Callable[[], None]) -> None:
        """Have a function called, in another thread, whenever `data` returns something else."""
        self._listeners.add(listener)

    def leave(self, listener: Callable[[], None]) -> None:
        """Call a function no more."""
        self._listeners.discard(listener)

    def lose(self, engine: Engine) -> None:
        """Have the data read again, as this engine has lost its records."""
        data = self._data
        if data is not None and data.engine is engine:
            self._error = None
            self._lost.set()
            self._over.clear()

    def _run(self) -> None:
        self._read()
        looked_at = time.monotonic()
        while True:
            live = self._live
            # Until there is something to show, files are looked at in any case: somebody is about to mend them.
            looks = live.watch or self._data is None
            lost = self._lost.wait(max(looked_at + live.every - time.monotonic(), 0) if looks else None)
            looked_at = time.monotonic()
            try:
                if lost:
                    self._data = None
                    self._lost.clear()
                    self._read()
                elif self._data is None and self._config is not None and self._config.engine.use == "dask":
                    time.sleep(RETRY)
                    self._read()
                else:
                    self._look()
            except Exception:
                # Whatever it was, the next look may find other files.
                log.exception("The files could not be looked at")

    @property
    def _live(self) -> LiveSettings:
        return self._config.live if self._config else LiveSettings()

    def _look(self) -> None:
        """Look for changes, and read what has changed once it is written."""
        if self._asking is not None and self._asking.is_due:
            if self._data is None:
                self._read()
                return
            with suppress(DataError):  # it is told with the data
                self._asking.ask()
            if not (self._data.trouble or self._asking.unanswered) and self._watch.stamps(self._config) == self._watch.shown:
                self._as_of = self._asking.answered_at
            self._publish(self._data.engine, self._data.trouble)
        watch, stamps = self._watch, self._watch.look(self._config)
        if stamps == watch.read:
            return
        if self._data is not None and stamps == watch.shown:
            # The files are again those that are shown.
            watch.read = stamps
            self._publish(self._data.engine, trouble="")
        elif not self._grow(stamps) and watch.is_written(self._config):
            self._read()

    def _grow(self, stamps: Stamps) -> bool:
        """Take in rows that were added to the records, where only they are new; return whether that was so."""
        if self._end is None or stamps[:2] != self._watch.shown[:2]:
            return False
        path = records_path(self._config.records, self._folder)
        try:
            found = added_rows(path, self._end)
        except (OSError, ValueError):  # it is gone, or empty
            found = None
        if found is None:
            return False
        rows, end = found
        more = read_added(rows, end, self._grown.base, path.name) if rows else None
        after = None if more is None else grown(self._grown, more)
        if after is None:
            return False
        self._grown, self._end = after, end
        self._watch.read = self._watch.shown = stamps
        log.info("%s: %s rows were added", path.name, f"{len(more.records):,}")
        self._publish(after.engine, trouble="")
        return True

    def _read(self) -> None:
        """Read all, and show it in place of what there was; where that fails, what there was stays."""
        before = self._data
        try:
            self._read_all()
        except (ConfigError, DataError) as error:
            log.error("%s", error)
            self._fail(error)
        except Exception as error:
            # It is raised again where the data are asked for; what led to it is only known here.
            log.exception("The data could not be read")
            self._fail(error)
        self._over.set()
        if before is not None and self._data is not None and self._data.engine is not before.engine:
            before.engine.partitions.close()

    def _read_all(self) -> None:
        watch = self._watch
        watch.read = watch.stamps(self._config)
        config = read_config(self._folder / "config.toml")
        if self._asking is None or config != self._config:
            self._asking = Asking(config, self._folder)
        self._config = config
        if self._asking.is_due:
            self._tell(f"Asking for the {config.records.many}")
            self._asking.ask()
        watch.read = stamps = watch.stamps(config)
        self._grown = read_data(config, self._folder, self._tell)
        end = end_of(records_path(config.records, self._folder), self._grown.base) if config.live.watch else None
        # What was read and what has the digest must be the same.
        self._end = end if watch.stamps(config) == stamps else None
        watch.shown = stamps
        self._publish(self._grown.engine, trouble="")

    def _fail(self, error: Exception) -> None:
        if self._data is None:
            self._error = error
            self._call_listeners()
        else:
            trouble = str(error) if isinstance(error, ConfigError | DataError) else UNFORESEEN
            # That there is no copy of what an address has not sent yet is no second trouble.
            missing = self._asking.unanswered and not records_path(self._config.records, self._folder).exists()
            self._publish(self._data.engine, "" if missing else trouble)

    def _publish(self, engine: Engine, trouble: str) -> None:
        if self._data is None or engine is not self._data.engine:
            self._as_of = self._asking.answered_at or newest(self._watch.shown.records) or time.time()
        data = Data(engine, self._as_of, trouble, self._asking.unanswered)
        if data != self._data:
            self._data = data
            self._call_listeners()

    def _workload(self) -> Workload | None:
        data = self._data
        return None if data is None else data.engine.partitions.workload()

    def _call_listeners(self) -> None:
        """Tell the listeners one after the other: what visitors ask meanwhile is not to wait for all pages' answers."""
        listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener()
            except Exception:
                log.exception("A page could not be told of other data")
            time.sleep(min(APART, ALL_TOLD / len(listeners)))

    def _tell(self, progress: str) -> None:
        self.progress = progress


_lives: dict[Path, Live] = {}
_lock = threading.Lock()


def live_data(folder: Path) -> Live:
    """Return the data of an app folder in this process; the first call begins to read them.

    They outlive sessions, whose own module is wiped when they end.
    """
    folder = folder.resolve()
    with _lock:
        if folder not in _lives:
            _lives[folder] = Live(folder)
        return _lives[folder]
