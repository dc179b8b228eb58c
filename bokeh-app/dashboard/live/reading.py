"""An app folder's config and data -> the survey of them."""

from collections.abc import Callable
from pathlib import Path

from dashboard.catalog.catalog import read_catalog
from dashboard.catalog.source import Source
from dashboard.config import read_config
from dashboard.live.appending import Appendable, start
from dashboard.live.cluster import cluster_survey
from dashboard.live.download import download
from dashboard.query.answers.answer import prepared
from dashboard.query.survey import Survey
from dashboard.settings import Config


def read_survey(folder: Path, progress: Callable[[str], None] = lambda step: None) -> Survey:
    """Return the survey of the data as they are now; `progress` is called with each step that begins.

    Raises ConfigError or DataError.
    """
    config = read_config(folder / "config.toml")
    if config.records.is_web_address:
        download(Source(config.records, folder), config.live)
    return read_data(config, folder, progress).survey


def read_data(config: Config, folder: Path, progress: Callable[[str], None]) -> Appendable:
    """Return the survey of data that are in files or on a cluster, so that records can be added. Raises DataError."""
    if config.engine.use == "dask":
        return Appendable(prepared(cluster_survey(config, folder, progress)))
    catalog = read_catalog(config, folder, progress)
    progress("Counting")
    return start(catalog)
