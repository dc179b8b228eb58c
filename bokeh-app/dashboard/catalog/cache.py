"""Large records once read are kept as Arrow, which the next start maps into memory instead of reading text again."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa

from dashboard.catalog.records import RawRecords, read_records
from dashboard.catalog.source import CACHE_FOLDER, Source, fingerprint_of, whole
from dashboard.problems import Problem

WORTH_KEEPING = 5_000_000  # bytes of the file; less is read in no time
VERSION = 2  # of what is kept; a change of how records are read needs another


def read_cached_records(source: Source) -> RawRecords:
    """Return what `read_records` returns: as it was kept, where neither file nor config has changed since.

    A disk that cannot be written to only means that nothing is kept. Raises DataError.
    """
    if not source.path.is_file() or source.path.stat().st_size < WORTH_KEEPING:
        return read_records(source)
    kept = _place_of(source)
    raw = _load(kept, source)
    if raw is None:
        raw = read_records(source)
        if raw.places is None:
            _keep(raw, kept)
    return raw


def _place_of(source: Source) -> Path:
    """Return where the records of this file are kept, read as the config and this version of the app read them."""
    versions = VERSION, pa.__version__, pd.__version__, source.settings.model_dump_json()
    digest = hashlib.blake2b(repr(versions).encode() + fingerprint_of(source.path), digest_size=16)
    return source.folder / CACHE_FOLDER / f"records-{digest.hexdigest()}.arrow"


def _load(kept: Path, source: Source) -> RawRecords | None:
    """Return what was kept; None where nothing was, or where it cannot be read any more."""
    try:
        with pa.memory_map(str(kept)) as mapped:
            table = pa.ipc.open_file(mapped).read_all()
        found = json.loads(table.schema.metadata[b"problems"])
        problems = [Problem(**problem) for problem in found]
        return RawRecords(source.path.name, table.to_pandas(), None, None, problems)
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None


def _keep(raw: RawRecords, kept: Path) -> None:
    """Keep records, and nothing that was kept before."""
    table = pa.Table.from_pandas(raw.table, preserve_index=False)
    found = json.dumps([asdict(problem) for problem in raw.problems])
    table = table.replace_schema_metadata({**table.schema.metadata, b"problems": found.encode()})
    with suppress(OSError):
        with whole(kept) as draft, pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        for older in kept.parent.glob("records-*.arrow"):
            if older != kept:
                older.unlink(missing_ok=True)
