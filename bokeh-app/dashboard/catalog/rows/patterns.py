"""What a column of text cells looks like: which fit a pattern, how many, and examples of them."""

import pyarrow as pa
import pyarrow.compute as pc


def matching(text: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    """Return which cells fit `pattern` (RE2) as a whole; a gap is null."""
    return pc.match_substring_regex(text, f"^(?s:{pattern})$")


def share(mask: pa.ChunkedArray) -> float:
    """Return which part of the cells that are no gaps is true; 0 when all are gaps."""
    return pc.mean(mask).as_py() or 0.0


def examples(text: pa.ChunkedArray, mask: pa.ChunkedArray, first_row: int) -> str:
    """Return up to three different cells where `mask` is true, with the row of the first: ``'NA' (row 7), 'x'``."""
    row = pc.index(pc.fill_null(mask, False), True).as_py() + first_row
    first, *others = [_short(cell) for cell in pc.unique(text.filter(mask)).slice(0, 3).to_pylist()]
    return ", ".join([f"{first} (row {row})", *others])


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else f"{cell[:39]}…")
