"""The server starts: read the data before the first visitor comes."""

import gc
from pathlib import Path

import dashboard.page  # noqa: F401 - what it adds to the server's routes has to be there before the server is built
from dashboard.query.live import live_data


def on_server_loaded(server_context) -> None:
    """Begin to read and to watch the data; what takes longer than a moment goes on while the server answers."""
    # The libraries stay loaded. Python looks through them for garbage again and again, and all visitors wait meanwhile,
    # ten times as long as it takes for the sessions alone.
    gc.freeze()
    live_data(Path(__file__).parent).wait_a_moment()
