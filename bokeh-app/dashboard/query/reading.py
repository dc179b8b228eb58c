"""Reading the data of an app folder once per process, beside everything else that the process does."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from dashboard.catalog import read_catalog
from dashboard.catalog.problems import DataError
from dashboard.config import ConfigError, read_config
from dashboard.query.cluster import cluster_engine
from dashboard.query.engine import Engine, engine_of

log = logging.getLogger("dashboard")
PATIENCE = 1.0  # seconds that a reading may take before visitors are shown that it goes on


def read_engine(folder: Path, tell: Callable[[str], None] = lambda progress: None) -> Engine:
    """Return the engine of an app folder's config and data; `tell` is called with each step that begins.

    Raises ConfigError or DataError.
    """
    config = read_config(folder / "config.toml")
    if config.engine.use == "dask":
        return cluster_engine(config, folder, tell)
    catalog = read_catalog(folder, tell)
    tell("Counting")
    return engine_of(catalog)


class Reading:
    """One reading of an app folder's data, in a thread of its own; `progress` says what it is at."""

    def __init__(self, folder: Path):
        self.progress = "Starting"
        self._folder = folder
        self._engine: Engine | None = None
        self._error: Exception | None = None
        self._told = False
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._read, name=f"reading {folder}", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether the reading has come to its end, good or bad."""
        return not self._thread.is_alive()

    @property
    def spent(self) -> bool:
        """Whether the reading has come to a bad end, and that has been told."""
        return self.over and self._told

    def has(self, engine: Engine) -> bool:
        """Say whether this reading brought that engine."""
        return self._engine is engine

    def wait_a_moment(self) -> bool:
        """Wait until the reading is over or has lasted PATIENCE seconds in all; return whether it is over."""
        self._thread.join(max(0.0, self._began + PATIENCE - time.monotonic()))
        return self.over

    def engine(self) -> Engine:
        """Return the engine of what was read, waiting for it. Raises what stopped the reading: ConfigError, DataError."""
        self._thread.join()
        if self._error is not None:
            self._told = True
            raise self._error.with_traceback(None)
        return self._engine

    def _read(self) -> None:
        try:
            self._engine = read_engine(self._folder, self._tell)
        except (ConfigError, DataError) as error:
            log.error("%s", error)
            self._error = error
        except Exception as error:
            # It is raised again where the engine is asked for; what led to it is only known here.
            log.exception("The data could not be read")
            self._error = error

    def _tell(self, progress: str) -> None:
        self.progress = progress


_readings: dict[Path, Reading] = {}
_lock = threading.Lock()


def reading_of(folder: Path) -> Reading:
    """Return the one reading of an app folder in this process, starting it at the first call.

    It outlives sessions, whose own module is wiped when they end. A reading that failed is kept until somebody has been
    told; the next visitor then finds the files as they are.
    """
    folder = folder.resolve()
    with _lock:
        if folder not in _readings or _readings[folder].spent:
            _readings[folder] = Reading(folder)
        return _readings[folder]


def forget(folder: Path, engine: Engine) -> None:
    """Let the next visitor's reading be a new one, as the engine of the last has lost its records."""
    folder = folder.resolve()
    with _lock:
        if folder in _readings and _readings[folder].has(engine):
            del _readings[folder]
