"""The server starts: read the data before the first visitor comes."""

from pathlib import Path

import dashboard.page  # noqa: F401 - what it adds to the server's routes has to be there before the server is built
from dashboard.query.reading import reading_of


def on_server_loaded(server_context) -> None:
    """Start to read the config and the data; what takes longer than a moment goes on while the server answers."""
    reading_of(Path(__file__).parent).wait_a_moment()
