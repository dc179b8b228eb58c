"""What visitors have to be told about their view and about the data, as data that the page has words for."""

from datetime import UTC, datetime

from dashboard.live.feed import Snapshot
from dashboard.page.channel import Channel
from dashboard.query.choices import Refusal


class Notices:
    """Notices about the view, troubles with the data, and of when these are."""

    def __init__(self, channel: Channel, refused: list[Refusal], snapshot: Snapshot):
        self._channel = channel
        self._view: list[dict] = []
        self._troubles: list[dict] = []
        self.tell_refused(refused)
        self.tell_snapshot(snapshot)

    def tell_refused(self, refused: list[Refusal]) -> None:
        """Tell which parts of an address were left out, in place of what was told of the view before."""
        self._view = [refusal._asdict() for refusal in refused]
        self._put()

    def tell_failed(self) -> None:
        """Tell that a view could not be answered."""
        self._view = [{"what": "failed"}]
        self._put()

    def tell_lost(self, refused: list[Refusal]) -> list[dict]:
        """Tell in addition what other data have left out of the view."""
        self._view = [*self._view, *(refusal._asdict() for refusal in refused)]
        self._put()
        return self._view

    def forget(self, told: list[dict]) -> None:
        """Take notices about the view away, unless there are others by now."""
        if self._view is told:
            self._view = []
            self._put()
            self._channel.send_changes()

    def tell_trouble(self, what: str) -> None:
        """Tell of a trouble that is no file's or address's: "outdated" or "cluster lost"."""
        self._troubles = [{"what": what}]
        self._put()

    def tell_snapshot(self, snapshot: Snapshot) -> None:
        """Tell of when the data are, and why they are no fresher."""
        as_of = datetime.fromtimestamp(snapshot.as_of, UTC).isoformat()
        self._channel.put("freshness", {"as_of": as_of, "watched": snapshot.survey.config.live.watch})
        self._troubles = [{"what": "trouble", "value": trouble, "on": as_of}
                          for trouble in (snapshot.trouble, snapshot.unanswered) if trouble]
        self._put()

    def _put(self) -> None:
        self._channel.put("notices", [*self._view, *self._troubles])
