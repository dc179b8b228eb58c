"""What is shown, in one sentence; of when the data are; and what visitors have to be told."""

from datetime import UTC, datetime

from dashboard.page.browser import Channel
from dashboard.query.engine import Answer
from dashboard.query.live import Data
from dashboard.query.words import sentence


class Summary:
    """The sentence, which screen readers announce when it changes, the notices, and how fresh the data are.

    `notices` are about the view, `troubles` about the data.
    """

    def __init__(self, channel: Channel, notices: list[str], data: Data):
        self.notices = notices
        self.troubles: list[str] = []
        self._sentence = channel.slot("sentence", "sentence.html", role="status")
        self._notice = channel.slot("notices", "notices.html", role="alert")
        self._freshness = channel.slot("freshness", "freshness.html")
        self.roots = self._sentence.root, self._notice.root, self._freshness.root
        self.show_data(data)

    def show(self, answer: Answer) -> None:
        """Show the sentence, and the notices that go with it."""
        self._sentence.show(sentence=sentence(answer))
        self.tell()

    def show_data(self, data: Data) -> None:
        """Show of when the data are, and why they are no fresher."""
        as_of = datetime.fromtimestamp(data.as_of, UTC)
        kept = f"The data shown are of {as_of:%Y-%m-%d %H:%M:%S} UTC."
        self.troubles = [f"{trouble} {kept}" for trouble in (data.trouble, data.unanswered) if trouble]
        self._freshness.show(as_of=as_of, watched=data.engine.config.live.watch)
        self.tell()

    def tell(self) -> None:
        """Show the notices and the troubles as they are now."""
        self._notice.show(notices=[*self.notices, *self.troubles])
