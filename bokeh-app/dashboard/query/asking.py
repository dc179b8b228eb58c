"""Records at an address are asked for again and again, and less often while it does not answer."""

import time
from pathlib import Path

from dashboard.catalog.download import download, is_address, records_path
from dashboard.catalog.problems import DataError
from dashboard.config import Config

LONGEST_WAIT = 900.0  # seconds between two questions to an address that does not answer


class Asking:
    """When to ask for the records of a config, and how it went: `unanswered` says why the last question failed.

    `answered_at` is when the last one did not (seconds since 1970).
    """

    def __init__(self, config: Config, folder: Path):
        self._config, self._folder = config, folder
        self._failures, self._next = 0, time.monotonic()
        self.unanswered, self.answered_at = "", 0.0

    @property
    def is_due(self) -> bool:
        """Whether there is an address to be asked, and it is time to."""
        return is_address(self._config.records.file) and time.monotonic() >= self._next

    def ask(self) -> None:
        """Bring the copy of the records up to date, as far as that can be. Raises DataError where there is no copy."""
        settings, live = self._config.records, self._config.live
        try:
            download(settings, live, self._folder)
        except DataError as error:
            self._failures += 1
            self.unanswered = str(error)
            if not records_path(settings, self._folder).exists():
                raise
        else:
            self._failures, self.unanswered, self.answered_at = 0, "", time.time()
        finally:
            wait = live.ask_every * 2 ** min(self._failures, 20)
            self._next = time.monotonic() + min(wait, max(LONGEST_WAIT, live.ask_every))
