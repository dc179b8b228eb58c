"""A folder of Parquet files -> its records in parts, each of which can be read by itself, by any process."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow.parquet

from dashboard.catalog import Catalog, check_columns, require_way, sorted_catalog
from dashboard.catalog.areas import Areas
from dashboard.catalog.columns import as_key
from dashboard.catalog.join import about_ids, find_by_id
from dashboard.catalog.places import about_places, coordinates, find_by_place, project
from dashboard.catalog.problems import DataError, Problem
from dashboard.catalog.records import typed_records
from dashboard.catalog.tables import PARQUET, Table, plain_table
from dashboard.config import Config, RecordSettings

PART_ROWS = 2_000_000


class Piece(NamedTuple):
    """Some row groups of a Parquet file, whose address is one that fsspec reads."""

    address: str
    row_groups: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Part:
    """A catalog of some of the records, and how many of them name each area's id (None where they are joined by place)."""

    catalog: Catalog
    ids: pd.Series | None


@dataclass(frozen=True, eq=False)
class Joining:
    """How the records of one or several parts found their areas: what `about_ids` or `about_places` wants to know."""

    total: int
    placed: int
    joined: int
    ids: pd.Series | None

    def __add__(self, other: "Joining") -> "Joining":
        ids = None
        if self.ids is not None:
            ids = pd.concat([self.ids, other.ids]).groupby(level=0, sort=False, dropna=False).sum()
        return Joining(self.total + other.total, self.placed + other.placed, self.joined + other.joined, ids)


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


def read_part(config: Config, areas: Areas, piece: Piece, as_text: frozenset[str]) -> Part:
    """Return the records of a piece as a catalog; the columns in `as_text` stay text. Raises DataError."""
    import fsspec  # comes with Dask

    settings, name = config.records, Path(piece.address).name
    with fsspec.open(piece.address) as file:
        cells = pyarrow.parquet.ParquetFile(file).read_row_groups(list(piece.row_groups))
    read = typed_records(plain_table(Table(cells), name), settings, name, as_text)
    check_columns(config, areas, read)
    place, problems = coordinates(read, settings)
    x = y = None
    if place is not None:
        # Another part may have the places that this one lacks.
        x, y = project(place, areas, settings) if np.isfinite(place.x).any() else (place.x, place.y)
    require_way(config, x)
    keys = as_key(read.table[settings.area]) if settings.area else None
    area_of = find_by_place(x, y, areas) if keys is None else find_by_id(keys, areas, settings)
    ids = None if keys is None else keys.value_counts(sort=False, dropna=False)
    return Part(sorted_catalog(config, areas, read.table, area_of, x, y, read.problems + problems), ids)


def facts_of_joining(part: Part) -> Joining:
    """Return how the records of one part found their areas."""
    catalog = part.catalog
    placed = 0 if catalog.x is None else int((np.isfinite(catalog.x) & np.isfinite(catalog.y)).sum())
    return Joining(len(catalog.records), placed, catalog.joined, part.ids)


def about_joining(joining: Joining, areas: Areas, settings: RecordSettings) -> list[Problem]:
    """Return what is odd about the join of all parts together. Raises DataError when no record joins."""
    if joining.ids is not None:
        return about_ids(joining.ids, areas, settings)
    return about_places(joining.total, joining.placed, joining.joined, areas, settings)
