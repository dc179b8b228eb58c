"""The server starts: read the data before the first visitor comes."""

from pathlib import Path

from dashboard.page.scripts import add_route
from dashboard.query.reading import reading_of

add_route()


def on_server_loaded(server_context) -> None:
    """Start to read the config and the data; what takes longer than a moment goes on while the server answers."""
    reading_of(Path(__file__).parent).wait_a_moment()
