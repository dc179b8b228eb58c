"""Records at an address are asked for again and again, and less often while it does not answer."""

import time
from pathlib import Path

from dashboard.catalog.source import Source
from dashboard.live.download import download
from dashboard.problems import DataError
from dashboard.settings import Config

LONGEST_WAIT = 900.0  # seconds between two questions to an address that does not answer


class Polling:
    """When to ask for the records of a config, and how it went: `unanswered` says why the last question failed.

    `answered_at` is when the last one did not (seconds since 1970).
    """

    def __init__(self, config: Config, folder: Path):
        self._source, self._live = Source(config.records, folder), config.live
        self._failures, self._next = 0, time.monotonic()
        self.unanswered, self.answered_at = "", 0.0

    @property
    def is_due(self) -> bool:
        """Whether there is an address to be asked, and it is time to."""
        return self._source.settings.is_web_address and time.monotonic() >= self._next

    def ask(self) -> None:
        """Bring the copy of the records up to date, as far as that can be. Raises DataError where there is no copy."""
        try:
            download(self._source, self._live)
        except DataError as error:
            self._failures += 1
            self.unanswered = str(error)
            if not self._source.path.exists():
                raise
        else:
            self._failures, self.unanswered, self.answered_at = 0, "", time.time()
        finally:
            wait = self._live.ask_every * 2 ** min(self._failures, 20)
            self._next = time.monotonic() + min(wait, max(LONGEST_WAIT, self._live.ask_every))
