"""Large records once read are kept as Arrow, which the next start maps into memory instead of reading text again."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa

from dashboard.catalog.download import FOLDER, records_path
from dashboard.catalog.problems import Problem
from dashboard.catalog.records import Read, read_records
from dashboard.config import RecordSettings

WORTH_IT = 5_000_000  # bytes of the file; less is read in no time
SAMPLE = 1_000_000  # bytes at either end of the file that are part of its fingerprint
VERSION = 1  # of what is kept; a change of how records are read needs another


def read_cached_records(settings: RecordSettings, folder: Path) -> Read:
    """Return what `read_records` returns: as it was kept, where neither file nor config has changed since.

    A disk that cannot be written to only means that nothing is kept. Raises DataError.
    """
    path = records_path(settings, folder)
    if not path.is_file() or path.stat().st_size < WORTH_IT:
        return read_records(settings, folder)
    kept = folder / FOLDER / f"records-{_fingerprint(path, settings)}.arrow"
    read = _load(kept)
    if read is None:
        read = read_records(settings, folder)
        if read.places is None:
            _keep(read, kept)
    return read


def _fingerprint(path: Path, settings: RecordSettings) -> str:
    """Return what tells this file, read in this way, from all others."""
    about = path.stat()
    versions = VERSION, pa.__version__, pd.__version__, settings.model_dump_json(), about.st_size, about.st_mtime_ns
    digest = hashlib.blake2b(repr(versions).encode(), digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(SAMPLE))
        file.seek(max(0, about.st_size - SAMPLE))
        digest.update(file.read(SAMPLE))
    return digest.hexdigest()


def _load(kept: Path) -> Read | None:
    """Return what was kept; None where nothing was, or where it cannot be read any more."""
    try:
        with pa.memory_map(str(kept)) as source:
            table = pa.ipc.open_file(source).read_all()
        found = json.loads(table.schema.metadata[b"problems"])
        return Read(table.to_pandas(), None, None, [Problem(**problem) for problem in found])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None


def _keep(read: Read, kept: Path) -> None:
    table = pa.Table.from_pandas(read.table, preserve_index=False)
    found = json.dumps([asdict(problem) for problem in read.problems])
    table = table.replace_schema_metadata({**table.schema.metadata, b"problems": found.encode()})
    draft = kept.with_suffix(f".{os.getpid()}")
    try:
        kept.parent.mkdir(exist_ok=True)
        with pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        # Complete or not there at all, also when two processes keep the same.
        draft.replace(kept)
        for older in kept.parent.glob("records-*.arrow"):
            if older != kept:
                older.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            draft.unlink()
