"""Parquet: the records in typed columns; what the file says of itself stands in the schema's metadata."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.export.cells import DATES, NUMBER, instants
from dashboard.export.places import Piece
from dashboard.export.records import Records

GROUP_ROWS = 65_536  # of a row group, the unit that readers read


def records_parquet(records: Records, about: dict[str, str]) -> Iterator[bytes]:
    """Give the records as Parquet."""
    schema = pa.schema([(name, _type(kind)) for name, kind in records.kinds.items()],
                       {name: text.encode() for name, text in about.items()})
    out = _Written()
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), schema) as writer:
        for piece in records.pieces(GROUP_ROWS):
            writer.write_table(_table(piece, records.kinds, schema))
            yield out.take()
    yield out.take()


class _Written:
    """A file that is written to on one side and taken from on the other."""

    closed = False

    def __init__(self):
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data) -> int:
        """Take what is written."""
        self._parts.append(bytes(data))
        self._size += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        """Return how much was written."""
        return self._size

    def flush(self) -> None:
        """Do nothing: what is written is there to be taken."""

    def close(self) -> None:
        """Take no more."""
        self.closed = True

    def take(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _type(kind: str) -> pa.DataType:
    if kind == NUMBER:
        return pa.float64()
    return pa.timestamp("ns" if kind == "ns" else "us") if kind in DATES else pa.string()


def _table(piece: Piece, kinds: dict[str, str], schema: pa.Schema) -> pa.Table:
    return pa.table([_column(piece.rows[name], kind) for name, kind in kinds.items()], schema=schema)


def _column(column: pd.Series, kind: str) -> pa.Array:
    if kind == NUMBER:
        return pa.array(column.to_numpy(dtype=np.float64), from_pandas=True)
    if kind in DATES:
        times = instants(column, "ns" if kind == "ns" else "us")
        return pa.array(times, _type(kind))
    return pa.array(column.astype(object), pa.string(), from_pandas=True)
