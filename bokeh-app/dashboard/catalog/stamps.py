"""What tells that a file has changed, without reading it."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Of each file: path, size, time of the last change in nanoseconds, and number on the disk.
Stamp = frozenset[tuple[str, int, int, int]]


def stamp_of(paths: Iterable[Path]) -> Stamp:
    """Return the stamp of files, of all in a folder, and of those that lie beside a Shapefile; what is missing has none."""
    found = set()
    for path in paths:
        for file in _parts(path):
            try:
                about = file.stat()
            except OSError:  # it went away in this moment
                continue
            found.add((str(file), about.st_size, about.st_mtime_ns, about.st_ino))
    return frozenset(found)


def content_of(path: Path) -> bytes:
    """Return a digest of a file, of all in a folder, or of those beside a Shapefile, with their names."""
    digest = hashlib.sha256()
    for file in sorted(_parts(path)):
        # What cannot be read is told by whoever reads it.
        with suppress(OSError), file.open("rb") as content:
            digest.update(file.name.encode() + hashlib.file_digest(content, "sha256").digest())
    return digest.digest()


def newest(stamp: Stamp) -> float:
    """Return the time of the last change (seconds since 1970), 0 where there is no file."""
    return max((changed for _, _, changed, _ in stamp), default=0) / 1e9


def size(stamp: Stamp) -> int:
    """Return how many bytes the files have together."""
    return sum(bytes_of for _, bytes_of, _, _ in stamp)


def _parts(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file()]
    return list(path.parent.glob(f"{path.stem}.*")) if path.suffix.lower() == ".shp" else [path]
