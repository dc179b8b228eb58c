"""What the columns of some records hold: each distinct value, and how often. Profiles add up, as tallies do."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.catalog.catalog import Catalog
from dashboard.catalog.join import Joining
from dashboard.catalog.rows.columns import is_date, is_number

TOO_MANY = 2_000_000  # distinct texts; a column with more is an id or free text, and they are not counted


@dataclass(frozen=True, eq=False)
class Profile:
    """The distinct values of one column.

    `counts` says how often each occurs, with the values as index: float64, days (datetime64[s]) or text. `kind` is ""
    where all is missing. `missing` counts records without a value. `too_many` says that texts were not all counted.
    """

    kind: Literal["number", "date", "text", ""]
    counts: pd.Series
    missing: int
    too_many: bool = False

    def __add__(self, other: "Profile") -> "Profile":
        """Return the profile of both sets of records, whose kinds are the same or empty."""
        kept = [profile.counts for profile in (self, other) if profile.kind]
        counts = pd.concat(kept).groupby(level=0, sort=False).sum() if len(kept) == 2 else (kept or [self.counts])[0]
        return Profile(self.kind or other.kind, counts, self.missing + other.missing, self.too_many or other.too_many)

    @property
    def present(self) -> int:
        """The number of records with a value."""
        return int(self.counts.sum())

    @property
    def values(self) -> np.ndarray:
        """The distinct values of numbers or dates, ascending (float64 or datetime64[D])."""
        values = np.sort(self.counts.index.to_numpy())
        return values.astype("datetime64[D]") if self.kind == "date" else values

    def weights(self) -> np.ndarray:
        """Return the values of numbers, each as often as it occurs (float64)."""
        return np.repeat(self.counts.index.to_numpy(), self.counts.to_numpy())


def profile_of(column: pd.Series) -> Profile:
    """Return the profile of a typed column."""
    present = column.dropna()
    if present.empty:
        return Profile("", pd.Series(dtype=np.int64), len(column))
    if is_number(column):
        kind = "number"
    elif is_date(column):
        kind = "date"
        present = pd.Series(present.to_numpy().astype("datetime64[D]").astype("datetime64[s]"))
    else:
        kind = "text"
        present = present.astype(str)
    counts = present.value_counts(sort=False)
    too_many = kind == "text" and len(counts) > TOO_MANY
    return Profile(kind, counts[:TOO_MANY] if too_many else counts, len(column) - len(present), too_many)


def profiles_of(records: pd.DataFrame) -> dict[str, Profile]:
    """Return the profile of each typed column."""
    return {name: profile_of(column) for name, column in records.items()}


@dataclass(frozen=True, eq=False)
class Facts:
    """How the records found their areas, whether they are drawn as points, how many values each column lacks, and
    which columns hold numbers."""

    joining: Joining
    placed: bool
    missing: dict[str, int]
    numbers: frozenset[str]

    def __add__(self, other: "Facts") -> "Facts":
        """Return the facts of both sets of records, which have the same columns."""
        return Facts(self.joining + other.joining, self.placed,
                     {name: missing + other.missing[name] for name, missing in self.missing.items()}, self.numbers)

    @property
    def total(self) -> int:
        """The number of records."""
        return self.joining.total

    @property
    def joined(self) -> int:
        """The number of records that lie in an area."""
        return self.joining.joined


def facts_of(catalog: Catalog) -> Facts:
    """Return the facts of one catalog."""
    placed = catalog.x is not None and catalog.config.map.points
    records = catalog.records
    return Facts(catalog.joining, placed, {name: int(column.isna().sum()) for name, column in records.items()},
                 frozenset(name for name, column in records.items() if is_number(column)))
