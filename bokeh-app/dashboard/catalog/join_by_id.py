"""Which area each record lies in, by its id."""

import numpy as np
import pandas as pd

from dashboard.catalog.areas import Areas
from dashboard.catalog.rows.columns import BETWEEN_PARTS
from dashboard.kept import kept
from dashboard.problems import DataError, Problem
from dashboard.settings import RecordSettings

LOUD_BELOW = 0.5  # below this share of joined records the report is loud
# Ways of comparing the ids of the same areas: rows that are added one by one find theirs without making them anew.
POSITIONS_KEPT = 8
MUCH_BETTER = 1.2  # another way of writing ids is proposed when it joins so many times more records


def find_by_id(keys: pd.Series, areas: Areas, settings: RecordSettings) -> np.ndarray:
    """Return the area position of each record, ``len(areas)`` where its id is of no area (shape: records).

    Ids are compared as text, filled up with zeros and without case when the settings say so.
    """
    codes, distinct = pd.factorize(keys)
    positions = _positions(areas, settings.pad, settings.fold_case)
    found = [positions.get(_comparable(key, settings.pad, settings.fold_case), len(areas)) for key in distinct]
    # The last is for the code -1, a gap.
    return np.array([*found, len(areas)], dtype=np.int32)[codes]


def check_ids(counts: pd.Series, areas: Areas, settings: RecordSettings) -> list[Problem]:
    """Return what is odd about ids, given how many records have each of them (None: no id).

    Raises DataError when no record joins, or when two areas have the same id once the settings apply.
    """
    where = f"{settings.file_shown}, column {column_name(settings.area)}"
    total, every = int(counts.sum()), counts
    strays = every[find_by_id(pd.Series(every.index, dtype=object), areas, settings) == len(areas)]
    here = total - int(strays.sum())
    counts = counts[counts.index.notna()]
    distinct, counts = pd.Series(counts.index, dtype=object), counts.to_numpy()
    positions = _positions(areas, settings.pad, settings.fold_case)
    if len(positions) < len(areas):
        raise DataError("config.toml, records.pad and records.fold_case", "they make the ids of two areas the same.",
                        "Take them out, or make the areas' ids differ.")
    better = _better_way(distinct, counts, areas, settings, here)
    examples = f"it has ids such as {_some(strays.index.tolist())}; the areas have ids such as {_some(areas.ids)}."
    if not here:
        raise DataError(where, f"none of the {total:,} records names an area that exists; {examples}",
                        better or "Name the right columns as records.area and areas.id.")
    away = total - here
    if here < LOUD_BELOW * total:
        return [Problem("warning", where, f"ONLY {here:,} of {total:,} records name an area that exists; "
                                          f"{examples}", better or "Check records.area and areas.id.")]
    if away:
        return [Problem("warning", where, f"{away:,} of {total:,} records lie in no area; {examples}", better)]
    return []


def column_name(columns: str | list[str]) -> str:
    """Return one column's name, or those of a key's columns, as people read them."""
    return columns if isinstance(columns, str) else BETWEEN_PARTS.join(columns)


@kept(POSITIONS_KEPT)
def _positions(areas: Areas, pad: int, fold_case: bool) -> dict[str, int]:
    return {_comparable(area_id, pad, fold_case): position for position, area_id in enumerate(areas.ids)}


def _comparable(key: str, pad: int, fold_case: bool) -> str:
    """Return an id as it is compared."""
    key = BETWEEN_PARTS.join(part.zfill(pad) for part in key.split(BETWEEN_PARTS)) if pad else key
    return key.casefold() if fold_case else key


def _length(key: str) -> int:
    """Return the length of an id, or of the longest part of one of several columns."""
    return max(map(len, key.split(BETWEEN_PARTS)))


def _better_way(distinct: pd.Series, counts: np.ndarray, areas: Areas, settings: RecordSettings, here: int) -> str:
    """Return how to write the settings under which far more records would join; nothing where there is no such way."""
    longest = max((_length(area_id) for area_id in areas.ids), default=0)
    longest = max([longest, *(_length(key) for key in distinct if _length(key) <= longest + 4)])
    best, advice = max(here, 1) * MUCH_BETTER, ""
    for pad, fold_case in ((settings.pad, True), (longest, settings.fold_case), (longest, True)):
        positions = _positions(areas, pad, fold_case)
        if len(positions) < len(areas):
            continue
        joined = int(counts[[_comparable(key, pad, fold_case) in positions for key in distinct]].sum())
        if joined > best:
            lines = [f"pad = {pad}"] * (pad != settings.pad)
            lines += ["fold_case = true"] * (fold_case and not settings.fold_case)
            best, advice = joined, f"With {' and '.join(lines)} under [records], {joined:,} would join."
    return advice


def _some(ids) -> str:
    """Return up to three ids as text."""
    return ", ".join("(none)" if key is None or key != key else str(key)[:60] for key in ids[:3]) or "(none)"
