"""What the thread of a feed does: read the data of an app folder, and again, or what was added, when files change."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dashboard.catalog.appended import ReadUpTo, added_rows, end_of, read_added
from dashboard.catalog.source import Source, newest
from dashboard.config import ConfigError, read_config
from dashboard.live.appending import Appendable, append
from dashboard.live.polling import Polling
from dashboard.live.reading import read_data
from dashboard.live.watch import Stamps, Watch
from dashboard.problems import DataError
from dashboard.query.survey import Survey
from dashboard.settings import Config, LiveSettings

log = logging.getLogger("dashboard")
CLUSTER_RETRY = 1.0  # seconds until a cluster that is out of reach is looked for again
UNFORESEEN = "Something went wrong while reading the data; the server's log says what."


class Keeper:
    """Keeps the survey of an app folder as its files are; `progress` is called with each step of a reading.

    `as_of` says of when the data are (seconds since 1970). `error` is why there is no survey, `trouble` why it is not
    of the files as they are now.
    """

    def __init__(self, folder: Path, progress: Callable[[str], None]):
        self.as_of = 0.0
        self.error: Exception | None = None
        self.trouble = ""
        self._folder, self._progress = folder, progress
        self._config: Config | None = None
        self._polling: Polling | None = None
        self._appendable: Appendable | None = None
        self._end: ReadUpTo | None = None
        self._watch = Watch(folder)

    @property
    def survey(self) -> Survey | None:
        """The survey as it is now; None while there is none."""
        return None if self._appendable is None else self._appendable.survey

    @property
    def unanswered(self) -> str:
        """Why an address could not be asked the last time; mostly empty."""
        return "" if self._polling is None else self._polling.unanswered

    @property
    def pause(self) -> float | None:
        """Seconds between two looks; None where nothing is looked at."""
        live = self._config.live if self._config else LiveSettings()
        # Until there is something to show, files are looked at in any case: somebody is about to mend them.
        return live.every if live.watch or self._appendable is None else None

    def forget(self) -> None:
        """Let go of the survey, whose records are lost."""
        self._appendable = self._end = self.error = None

    def read(self) -> None:
        """Read all in place of what there was; where that fails, what there was stays."""
        try:
            self._read_all()
        except (ConfigError, DataError) as error:
            log.error("%s", error)
            self._fail(error)
        except Exception as error:
            # It is raised again where the data are asked for; what led to it is only known here.
            log.exception("The data could not be read")
            self._fail(error)

    def look(self) -> None:
        """Look for changes, and read what has changed once it is written."""
        if self._appendable is None and self._config is not None and self._config.engine.use == "dask":
            time.sleep(CLUSTER_RETRY)
            self.read()
        elif self._appendable is None and self._polling is not None and self._polling.is_due:
            self.read()
        else:
            self._ask()
            self._look_at_files()

    def _ask(self) -> None:
        """Bring the copy of an address up to date, where it is time to."""
        if self._polling is None or not self._polling.is_due:
            return
        with suppress(DataError):  # it is shown with the data
            self._polling.ask()
        as_shown = self._watch.stamps(self._config) == self._watch.shown
        if as_shown and not (self.trouble or self._polling.unanswered):
            self.as_of = self._polling.answered_at

    def _look_at_files(self) -> None:
        watch, stamps = self._watch, self._watch.look(self._config)
        if stamps == watch.read:
            return
        if self._appendable is not None and stamps == watch.shown:
            # The files are again those that are shown.
            watch.read, self.trouble = stamps, ""
        elif not self._append(stamps) and watch.is_written(self._config):
            self.read()

    def _append(self, stamps: Stamps) -> bool:
        """Take in rows that were added to the records, where only they are new; return whether that was so."""
        if self._end is None or stamps[:2] != self._watch.shown[:2]:
            return False
        path = Source(self._config.records, self._folder).path
        try:
            found = added_rows(path, self._end)
        except (OSError, ValueError):  # it is gone, or empty
            found = None
        if found is None:
            return False
        rows, end = found
        more = read_added(rows, end, self._appendable.base, path.name) if rows else None
        longer = None if more is None else append(self._appendable, more)
        if longer is None:
            return False
        log.info("%s: %s rows were added", path.name, f"{len(more.records):,}")
        self._take(longer, end, stamps)
        return True

    def _read_all(self) -> None:
        watch = self._watch
        # Looked at before it is read: a config that changes while an address is asked comes with the next reading.
        watch.read = before = watch.stamps(self._config)
        config = read_config(self._folder / "config.toml")
        if self._polling is None or config != self._config:
            self._polling = Polling(config, self._folder)
        self._config = config
        if self._polling.is_due:
            self._progress(f"Asking for the {config.records.many}")
            self._polling.ask()
        watch.read = stamps = watch.stamps(config)._replace(config=before.config)
        appendable = read_data(config, self._folder, self._progress)
        path = Source(config.records, self._folder).path
        end = end_of(path, appendable.base) if config.live.watch else None
        # What was read and what has the digest must be the same.
        self._take(appendable, end if watch.stamps(config) == stamps else None, stamps)

    def _take(self, appendable: Appendable, end: ReadUpTo | None, stamps: Stamps) -> None:
        self._appendable, self._end = appendable, end
        self._watch.read = self._watch.shown = stamps
        self.as_of = self._polling.answered_at or newest(stamps.records) or time.time()
        self.error, self.trouble = None, ""

    def _fail(self, error: Exception) -> None:
        if self._appendable is None:
            # With its traceback it would keep all that the reading had in hand.
            self.error = error.with_traceback(None)
            return
        # That there is no copy of what an address has not sent yet is no second trouble.
        path = Source(self._config.records, self._folder).path
        self.trouble = "" if self.unanswered and not path.exists() else sentences_of(error)


def sentences_of(error: Exception) -> str:
    """Return what may be shown of an error, a sentence a line."""
    return str(error) if isinstance(error, ConfigError | DataError) else UNFORESEEN
