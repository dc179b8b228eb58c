"""The records file -> a table of typed columns."""

from pathlib import Path

import pandas as pd

from dashboard.catalog.areas import require_column
from dashboard.catalog.columns import as_key, typed
from dashboard.catalog.problems import DataError, Problem
from dashboard.config import RecordSettings


def read_records(settings: RecordSettings, folder: Path) -> tuple[pd.DataFrame, pd.Series | None, list[Problem]]:
    """Read the records that `settings` name, from a path relative to `folder`.

    Returns the typed table, the area ids as written in it (None when records are joined by place), and problems.
    Raises DataError when the file or a column cannot be used.
    """
    path = folder / settings.file
    if not path.exists():
        raise DataError(settings.file, "there is no such file.",
                        "Put it there, or write its path into records.file, relative to config.toml.")
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError, OSError) as error:
        raise DataError(path.name, f"cannot be read as a table ({error}).", "Save it as CSV in UTF-8.") from error
    if text.empty:
        raise DataError(path.name, "has no records.", "Name a file with at least one row as records.file.")
    for setting in ("area", "x", "y"):
        require_column(text, getattr(settings, setting), path.name, f"records.{setting}")
    keys = as_key(text[settings.area]) if settings.area else None
    records = typed(text)
    if settings.area:
        records[settings.area] = keys
    return records, keys, []
