"""Whether the files of an app folder have changed since they were read, and whether they are written yet."""

import time
from pathlib import Path
from typing import NamedTuple

from dashboard.catalog.appended import ends_within_row
from dashboard.catalog.source import Source, Stamp, size, stamp_of
from dashboard.settings import Config

SETTLED = 0.4  # seconds without a change after which a file is taken to be written
SETTLED_WITHIN_ROW = 5.0  # the same for one whose last row has no end: somebody may still be at it


class Stamps(NamedTuple):
    """What tells that a file has changed: the config, those of the areas, those of the records."""

    config: Stamp
    areas: Stamp
    records: Stamp


NO_FILES = Stamps(frozenset(), frozenset(), frozenset())


class Watch:
    """The files by their stamps: those `read` last, well or badly, and those `shown`."""

    def __init__(self, folder: Path):
        self.read = self.shown = NO_FILES
        self._folder = folder
        self._seen = NO_FILES
        self._seen_at = self._same_at = 0.0

    def stamps(self, config: Config | None) -> Stamps:
        """Return the stamps of the files as they are; without a config it is the only file that is known."""
        stamp = stamp_of([self._folder / "config.toml"])
        if config is None:
            return NO_FILES._replace(config=stamp)
        return Stamps(stamp, stamp_of([self._folder / config.areas.file]), Source(config.records, self._folder).stamp())

    def look(self, config: Config | None) -> Stamps:
        """Return the stamps of the files, and remember when they were seen to change."""
        stamps, now = self.stamps(config), time.monotonic()
        if stamps != self._seen:
            self._seen, self._seen_at = stamps, now
        if stamps == self.read:
            self._same_at = now
        return stamps

    def is_written(self, config: Config | None) -> bool:
        """Say whether the files that were seen last may be read.

        They may after a moment without a change, a longer one where the records end within a row. Records that only go
        on are not waited for without end; those that are shorter than before are being written anew.
        """
        now, records = time.monotonic(), self._seen.records
        within_row = config is not None and ends_within_row(Source(config.records, self._folder).path)
        if now - self._seen_at >= (SETTLED_WITHIN_ROW if within_row else SETTLED):
            return True
        goes_on = records != self.shown.records and size(records) > size(self.shown.records)
        return goes_on and not within_row and now - self._same_at >= SETTLED_WITHIN_ROW
