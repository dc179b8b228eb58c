"""What is shown, in one sentence, and what an address asked for in vain."""

from dashboard.page.browser import Channel
from dashboard.query.engine import Engine
from dashboard.query.tally import Tally
from dashboard.query.view import View
from dashboard.query.words import sentence


class Summary:
    """The sentence, which screen readers announce when it changes, and the notices."""

    def __init__(self, engine: Engine, channel: Channel, notices: list[str]):
        self._engine, self._notices = engine, notices
        self._sentence = channel.slot("sentence", "sentence.html", role="status")
        self._notice = channel.slot("notices", "notices.html", role="alert")
        self.roots = self._sentence.root, self._notice.root

    def show(self, view: View, tally: Tally) -> None:
        """Show the sentence."""
        self._sentence.show(sentence=sentence(self._engine, view))
        self._notice.show(notices=self._notices)

    def notify(self, notices: list[str]) -> None:
        """Show these notices in place of those before."""
        self._notices = notices
