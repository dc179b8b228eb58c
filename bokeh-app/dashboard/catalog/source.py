"""Where the records are, a file or the copy of what is at an address, and what tells that a file has changed."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dashboard.settings import RecordSettings

CACHE_FOLDER = ".cache"  # beside config.toml; git ignores it
END_BYTES = 1_000_000  # of either end of a large file, as part of its fingerprint

# Of each file: path, size, time of the last change in nanoseconds, and number on the disk.
Stamp = frozenset[tuple[str, int, int, int]]


@dataclass(frozen=True)
class Source:
    """Where the records are that `settings` name, from a path relative to `folder`."""

    settings: RecordSettings
    folder: Path

    @property
    def path(self) -> Path:
        """The file or folder of the records, or of the copy of what is at an http(s) address."""
        file = self.settings.file
        if not self.settings.is_web_address:
            return self.folder / file
        name = unquote(urlsplit(file).path).rstrip("/").rpartition("/")[2] or "records.csv"
        return self.folder / CACHE_FOLDER / hashlib.sha256(file.encode()).hexdigest()[:16] / name

    @property
    def location(self) -> str:
        """What fsspec opens: an absolute path, or the address."""
        return self.settings.file if self.settings.is_address else str(self.path.resolve())

    def stamp(self) -> Stamp:
        """Return the stamp of the records, which is empty where they are not on this machine."""
        elsewhere = self.settings.is_address and not self.settings.is_web_address
        return frozenset() if elsewhere else stamp_of([self.path])


# Whether a file has changed: by its stamp, which costs next to nothing; by its fingerprint, which also looks at the
# ends of a file that nobody has watched meanwhile; by its digest, where all of it is worth being read.

def stamp_of(paths: Iterable[Path]) -> Stamp:
    """Return the stamp of files, of all in a folder, and of those beside a Shapefile; what is missing has none."""
    found = set()
    for path in paths:
        for file in _parts(path):
            with suppress(OSError):  # it went away in this moment
                status = file.stat()
                found.add((str(file), status.st_size, status.st_mtime_ns, status.st_ino))
    return frozenset(found)


def fingerprint_of(path: Path) -> bytes:
    """Return what tells a file from what it was before: its size, its time, and its first and last million bytes."""
    status = path.stat()
    digest = hashlib.blake2b(repr((status.st_size, status.st_mtime_ns)).encode(), digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(END_BYTES))
        file.seek(max(0, status.st_size - END_BYTES))
        digest.update(file.read(END_BYTES))
    return digest.digest()


def digest_of(path: Path) -> bytes:
    """Return a digest of a file, of all in a folder, or of those beside a Shapefile, with their names."""
    digest = hashlib.sha256()
    for file in sorted(_parts(path)):
        # Whoever reads it says what is wrong where it cannot be read.
        with suppress(OSError), file.open("rb") as content:
            digest.update(file.name.encode() + hashlib.file_digest(content, "sha256").digest())
    return digest.digest()


def newest(stamp: Stamp) -> float:
    """Return the time of the last change (seconds since 1970), 0 where there is no file."""
    return max((changed for _, _, changed, _ in stamp), default=0) / 1e9


def size(stamp: Stamp) -> int:
    """Return how many bytes the files have together."""
    return sum(bytes_of for _, bytes_of, _, _ in stamp)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a draft to be written, which becomes the file at `path` once it is complete, or is not there at all.

    So it is also when two processes write the same. Raises OSError.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _parts(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file()]
    return list(path.parent.glob(f"{path.stem}.*")) if path.suffix.lower() == ".shp" else [path]
