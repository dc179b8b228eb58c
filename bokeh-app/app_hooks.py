"""The server starts: read the data before the first visitor comes."""

import gc
from pathlib import Path

from dashboard.live.feed import feed_of
from dashboard.page import prepare_scripts  # its import adds routes, which have to be there before the server is built


def on_server_loaded(server_context) -> None:
    """Begin to read and to watch the data; what takes longer than a moment goes on while the server answers."""
    # The libraries stay loaded. Python looks through them for garbage again and again, and all visitors wait meanwhile,
    # ten times as long as it takes for the sessions alone.
    gc.freeze()
    folder = Path(__file__).parent
    prepare_scripts(folder)
    feed_of(folder).wait_a_moment()
