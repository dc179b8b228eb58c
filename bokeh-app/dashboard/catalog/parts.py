"""A folder of Parquet files -> its records in parts, each of which can be read by itself, by any process."""

from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet

from dashboard.catalog import Catalog, catalog_of
from dashboard.catalog.areas import Areas
from dashboard.catalog.problems import DataError
from dashboard.catalog.records import typed_records
from dashboard.catalog.tables import PARQUET, Table, plain_table
from dashboard.config import Config, RecordSettings

PART_ROWS = 2_000_000


class Piece(NamedTuple):
    """Some row groups of a Parquet file, whose address is one that fsspec reads."""

    address: str
    row_groups: tuple[int, ...]


def pieces_of(settings: RecordSettings, folder: Path) -> list[Piece]:
    """Return the pieces of the records, in the order of the files' names.

    `settings.file` is relative to `folder`, or an address. Raises DataError when there is no Parquet file.
    """
    import fsspec  # comes with Dask

    location = settings.file if "://" in settings.file else str((folder / settings.file).resolve())
    files, path = fsspec.core.url_to_fs(location)
    found = sorted(name for name in files.find(path) if Path(name).suffix.lower() in PARQUET)
    pieces = []
    for name in found:
        with files.open(name) as file:
            meta = pyarrow.parquet.ParquetFile(file).metadata
            groups, rows = [], 0
            for group in range(meta.num_row_groups):
                groups.append(group)
                rows += meta.row_group(group).num_rows
                if rows >= PART_ROWS or group == meta.num_row_groups - 1:
                    pieces += [Piece(files.unstrip_protocol(name), tuple(groups))] * (rows > 0)
                    groups, rows = [], 0
    if not pieces:
        raise DataError(settings.file, "holds no Parquet file with records.",
                        "Name a folder of Parquet files as records.file, or set use = “local” under [engine].")
    return pieces


def read_part(config: Config, areas: Areas, piece: Piece, as_text: frozenset[str]) -> Catalog:
    """Return the catalog of a piece's records; the columns in `as_text` stay text. Raises DataError."""
    import fsspec  # comes with Dask

    name = Path(piece.address).name
    with fsspec.open(piece.address) as file:
        cells = pyarrow.parquet.ParquetFile(file).read_row_groups(list(piece.row_groups))
    return catalog_of(typed_records(plain_table(Table(cells), name), config.records, name, as_text), areas, config, some=True)
