"""What GDAL lets pass in a Shapefile: borders that were cut off, and text in another encoding than is declared."""

from pathlib import Path

import numpy as np

from dashboard.problems import DataError, Problem


def check_whole(path: Path, file: str) -> None:
    """Raise DataError when a ``.shp`` file is shorter than it says: GDAL reads what was cut off as empty shapes.

    The length stands in its bytes 24 to 27, big-endian, counted in 16-bit words (ESRI Shapefile Technical
    Description, 1998, p. 3).
    """
    with path.open("rb") as opened:
        head = opened.read(28)
    declared, found = 2 * int.from_bytes(head[24:28], "big"), path.stat().st_size
    if found < max(declared, 100):
        raise DataError(file, f"{path.name} was cut off: it has {found:,} bytes of {max(declared, 100):,}.",
                        "Fetch or copy it again.")


def with_accents(columns: list[np.ndarray], encoding: str, file: str, problems: list[Problem]) -> list[np.ndarray]:
    """Return the columns with their text read as UTF-8, where it was read as Latin 1 and that is not what it is.

    Latin 1 stands in many a ``.dbf`` that holds something else, and is what GDAL takes where none stands. Text beyond
    ASCII that happens to be UTF-8 throughout is UTF-8: in Latin 1 it would be all of the kind "Ã©". What was done is
    added to `problems`.
    """
    texts = [cell for column in columns if column.dtype == object for cell in column if isinstance(cell, str)]
    if encoding != "ISO-8859-1" or all(map(str.isascii, texts)):
        return columns
    remedy = "A file beside it of the same name but the ending .cpg, holding a word such as UTF-8 or cp1252, " \
             "says it otherwise."
    try:
        in_utf8 = [np.array([_as_utf8(cell) for cell in column], dtype=object) if column.dtype == object else column
                   for column in columns]
    except UnicodeError:
        problems.append(Problem("note", file, "declares no encoding but Latin 1, which may garble accents.", remedy))
        return columns
    problems.append(Problem("note", file, "declares no encoding but Latin 1, while its text is UTF-8 and was read so.",
                            remedy))
    return in_utf8


def _as_utf8(cell: object) -> object:
    return cell.encode("latin-1").decode("utf-8") if isinstance(cell, str) else cell
