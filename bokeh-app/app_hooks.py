"""The server starts: read the data before the first visitor comes."""

import logging
from pathlib import Path

from dashboard.catalog.problems import DataError
from dashboard.config import ConfigError
from dashboard.page.scripts import add_route
from dashboard.query.reading import reading_of

add_route()


def on_server_loaded(server_context) -> None:
    """Read the config and the data; a mistake is logged here and shown to visitors as a card.

    What takes longer than a moment goes on while the server already answers.
    """
    reading = reading_of(Path(__file__).parent)
    if reading.wait_a_moment():
        try:
            reading.engine()
        except (ConfigError, DataError) as error:
            logging.getLogger("dashboard").error("%s", error)
