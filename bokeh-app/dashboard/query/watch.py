"""Whether the files of an app folder have changed since they were read, and whether they are written yet."""

import time
from pathlib import Path
from typing import NamedTuple

from dashboard.catalog.download import is_address, records_path
from dashboard.catalog.growth import ends_within_row
from dashboard.catalog.stamps import Stamp, size, stamp_of
from dashboard.config import Config

SETTLED = 0.4  # seconds without a change after which a file is taken to be written
CUT = 5.0  # the same for one whose last row has no end: somebody may still be at it


class Stamps(NamedTuple):
    """What tells that a file has changed: the config, those of the areas, those of the records."""

    config: Stamp
    areas: Stamp
    records: Stamp


NOTHING = Stamps(frozenset(), frozenset(), frozenset())


class Watch:
    """The files by their stamps: those `read` last, well or badly, and those `shown`."""

    def __init__(self, folder: Path):
        self.read = self.shown = NOTHING
        self._folder = folder
        self._seen = NOTHING
        self._seen_at = self._same_at = 0.0

    def stamps(self, config: Config | None) -> Stamps:
        """Return the stamps of the files as they are; without a config it is the only file that is known."""
        stamp = stamp_of([self._folder / "config.toml"])
        if config is None:
            return Stamps(stamp, frozenset(), frozenset())
        elsewhere = "://" in config.records.file and not is_address(config.records.file)
        return Stamps(stamp, stamp_of([self._folder / config.areas.file]),
                      frozenset() if elsewhere else stamp_of([records_path(config.records, self._folder)]))

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
        within_row = config is not None and ends_within_row(records_path(config.records, self._folder))
        if now - self._seen_at >= (CUT if within_row else SETTLED):
            return True
        goes_on = records != self.shown.records and size(records) > size(self.shown.records)
        return goes_on and not within_row and now - self._same_at >= CUT
