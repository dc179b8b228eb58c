"""The way on which a page and its session talk: what is sent is on its way at once."""

from bokeh.server.views.ws import WSHandler


class PromptHandler(WSHandler):
    """Answers ``<app>/ws`` as Bokeh does.

    A system holds small parts of a message back until the browser has acknowledged those before, which it does after 40
    milliseconds when it has nothing to say itself (Nagle's algorithm and delayed acknowledgement, RFC 896 and 1122).
    """

    def open(self) -> None:
        """Begin to talk."""
        self.set_nodelay(True)
        super().open()
