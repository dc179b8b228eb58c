"""What is shown, in one sentence, and what an address asked for in vain."""

from dashboard.page.browser import Channel
from dashboard.query.engine import Answer
from dashboard.query.words import sentence


class Summary:
    """The sentence, which screen readers announce when it changes, and the notices."""

    def __init__(self, channel: Channel, notices: list[str]):
        self.notices = notices
        self._sentence = channel.slot("sentence", "sentence.html", role="status")
        self._notice = channel.slot("notices", "notices.html", role="alert")
        self.roots = self._sentence.root, self._notice.root

    def show(self, answer: Answer) -> None:
        """Show the sentence, and the notices that go with it."""
        self._sentence.show(sentence=sentence(answer))
        self.tell(self.notices)

    def tell(self, notices: list[str]) -> None:
        """Show these notices in place of those before."""
        self._notice.show(notices=notices)
