"""A folder of Parquet files -> its records in partitions, each of which can be read by itself, by any process."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pyarrow.parquet

from dashboard.catalog.areas import Areas
from dashboard.catalog.catalog import Catalog, catalog_of
from dashboard.catalog.records import typed_records
from dashboard.catalog.rows.tables import PARQUET, Table, plain_table
from dashboard.catalog.source import Source
from dashboard.problems import DataError
from dashboard.settings import Config

PARTITION_ROWS = 2_000_000


class RowGroups(NamedTuple):
    """Some row groups of a Parquet file, whose address is one that fsspec reads."""

    address: str
    row_groups: tuple[int, ...]


def row_groups_of(source: Source) -> list[RowGroups]:
    """Return what each partition of the records is to read, in the order of the files' names.

    Raises DataError when there is no Parquet file.
    """
    files, path = _fsspec().core.url_to_fs(source.location)
    found = sorted(name for name in files.find(path) if Path(name).suffix.lower() in PARQUET)
    partitions = []
    for name in found:
        with files.open(name) as file:
            meta = pyarrow.parquet.ParquetFile(file).metadata
            partitions += [RowGroups(files.unstrip_protocol(name), groups) for groups in _together(meta)]
    if not partitions:
        raise DataError(source.settings.file, "holds no Parquet file with records.",
                        "Name a folder of Parquet files as records.file, or set use = “local” under [engine].")
    return partitions


def read_partition(config: Config, areas: Areas, part: RowGroups, as_text: frozenset[str]) -> Catalog:
    """Return the catalog of the records in some row groups; the columns in `as_text` stay text. Raises DataError."""
    name = Path(part.address).name
    with _fsspec().open(part.address) as file:
        cells = pyarrow.parquet.ParquetFile(file).read_row_groups(list(part.row_groups))
    raw = typed_records(plain_table(Table(cells), name), config.records, name, as_text)
    return catalog_of(raw, areas, config, some=True)


def _together(meta: pyarrow.parquet.FileMetaData) -> Iterator[tuple[int, ...]]:
    """Give the row groups of a file that make a partition each: as few as hold PARTITION_ROWS rows."""
    groups, rows = [], 0
    for group in range(meta.num_row_groups):
        groups.append(group)
        rows += meta.row_group(group).num_rows
        if rows >= PARTITION_ROWS or group == meta.num_row_groups - 1:
            if rows:
                yield tuple(groups)
            groups, rows = [], 0


def _fsspec() -> ModuleType:
    import fsspec

    return fsspec
