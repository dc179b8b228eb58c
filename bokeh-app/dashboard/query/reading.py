"""An app folder's config and data -> the engine that answers about them."""

from collections.abc import Callable
from pathlib import Path

from dashboard.catalog import read_catalog
from dashboard.catalog.download import download, is_address
from dashboard.config import Config, read_config
from dashboard.query.cluster import cluster_engine
from dashboard.query.engine import Engine
from dashboard.query.growing import Grown, begun


def read_engine(folder: Path, tell: Callable[[str], None] = lambda progress: None) -> Engine:
    """Return the engine of the data as they are now; `tell` is called with each step that begins.

    Raises ConfigError or DataError.
    """
    config = read_config(folder / "config.toml")
    if is_address(config.records.file):
        download(config.records, config.live, folder)
    return read_data(config, folder, tell).engine


def read_data(config: Config, folder: Path, tell: Callable[[str], None]) -> Grown:
    """Return the engine of data that are in files or on a cluster. Raises ConfigError or DataError."""
    if config.engine.use == "dask":
        return Grown(cluster_engine(config, folder, tell))
    catalog = read_catalog(folder, tell)
    tell("Counting")
    return begun(catalog)
