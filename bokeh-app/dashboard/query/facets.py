"""The columns of the records that can be filtered, with their kinds derived from their values."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.catalog.columns import is_date, is_number
from dashboard.catalog.problems import Problem
from dashboard.config import Config
from dashboard.query.bins import date_edges, number_edges

Kind = Literal["one-of", "between", "dates", "yes/no"]
YES_NO = {"yes": "yes", "no": "no", "true": "yes", "false": "no", "y": "yes", "n": "no", "1.0": "yes", "0.0": "no"}
FEW_OPTIONS = 15
FREE_TEXT_LENGTH = 60
NEARLY_UNIQUE = 0.5


@dataclass(frozen=True, eq=False)
class Facet:
    """One column that can be filtered.

    `values` are its distinct values: for one-of and yes/no the options as text, the most frequent first; for between
    sorted float64, for dates sorted datetime64[D]. `edges` (between and dates) cut them into bins, of which the last
    holds its upper edge too; the bins are its options. One more option stands for the records without a value.
    """

    name: str
    label: str
    kind: Kind
    values: np.ndarray
    edges: np.ndarray | None = None
    has_missing: bool = False

    @property
    def is_range(self) -> bool:
        """Whether a choice is a pair of bounds and not a set of values."""
        return self.edges is not None

    @property
    def options(self) -> int:
        """The number of options, without the one for missing values."""
        return len(self.values) if self.edges is None else len(self.edges) - 1

    def codes(self, column: pd.Series) -> np.ndarray:
        """Return the position of each record's value in `values`, ``len(values)`` where it is missing (unsigned)."""
        count = len(self.values)
        if self.kind == "yes/no":
            column = column.map(_yes_no, na_action="ignore")
        if self.is_range:
            numbers = column.to_numpy() if self.kind == "between" else column.to_numpy().astype("datetime64[D]")
            codes = np.where(pd.isna(numbers), count, np.searchsorted(self.values, numbers))
        else:
            codes = pd.Categorical(column, categories=self.values).codes.astype(np.int64)
            codes[codes < 0] = count
        return codes.astype(np.min_scalar_type(count))

    def option_of_code(self) -> np.ndarray:
        """Return the option that each code belongs to; ``options`` for missing values (shape: values + 1)."""
        if self.edges is None:
            return np.arange(len(self.values) + 1, dtype=np.min_scalar_type(len(self.values)))
        bins = np.clip(np.searchsorted(self.edges, self.values, side="right") - 1, 0, self.options - 1)
        return np.append(bins, self.options).astype(np.min_scalar_type(self.options))

    def bounds_of_bins(self, first: int, last: int) -> tuple:
        """Return the lowest and highest bound that choose the bins `first` to `last`, both included.

        The ends of the scale are open (None), so that a choice to the end also takes what comes to lie beyond.
        """
        low = None if first <= 0 else self.edges[first]
        if last >= self.options - 1:
            return low, None
        if self.kind == "dates":
            return low, self.edges[last + 1] - np.timedelta64(1, "D")
        # The highest value in these bins; where they are empty, a bound that keeps nothing.
        below = np.searchsorted(self.values, self.edges[last + 1])
        high = self.values[below - 1] if below else self.edges[0]
        return low, high if low is None else max(high, low)

    def bins_of_bounds(self, low, high) -> tuple[int, int]:
        """Return the first and last bin that bounds reach into; None is an open end."""
        first = 0 if low is None else int(np.searchsorted(self.edges, low, side="right")) - 1
        last = self.options - 1 if high is None else int(np.searchsorted(self.edges, high, side="right")) - 1
        return min(max(first, 0), self.options - 1), min(max(last, 0), self.options - 1)


def derive_facets(config: Config, records: pd.DataFrame) -> tuple[list[Facet], list[Problem]]:
    """Return the facets of the records, and a note for each column that is none."""
    settings = config.facets
    keys = [config.records.area] if isinstance(config.records.area, str) else config.records.area
    place = {*keys, config.records.x, config.records.y, config.records.place}
    facets, left_out = [], []
    unlisted = [name for name in records.columns if settings.columns and name not in {*settings.columns, *place}]
    if unlisted or settings.hidden:
        left_out.append(Problem("note", "config.toml, facets", "leaves these columns out of the facets: "
                                                               f"{', '.join(dict.fromkeys(unlisted + settings.hidden))}."))
    for name in settings.columns or records.columns:
        if name in settings.hidden or (name in place and name not in settings.columns):
            continue
        facet = _facet(name, settings.labels.get(name, name), records[name], asked_for=name in settings.columns)
        if isinstance(facet, Facet):
            facets.append(facet)
        else:
            left_out.append(Problem("note", f"{config.records.file}, column {name}", f"is no facet: {facet}."))
    return facets, left_out


def _facet(name: str, label: str, column: pd.Series, *, asked_for: bool) -> Facet | str:
    """Return the facet of a typed column, or in words why it is none.

    A column that the config asks for by name is a facet even where its values would not suggest it.
    """
    present = column.dropna()
    if present.empty:
        return "it has no values"
    missing = len(present) < len(column)
    if is_number(column) and set(present.unique()) - {0.0, 1.0} or is_date(column):
        return _range_facet(name, label, present, missing, asked_for)
    counts = present.astype(str).value_counts()
    if len(counts) == 1 and not missing:
        return f"all its values are {counts.index[0]!r}"
    if {str(value).casefold() for value in counts.index} <= YES_NO.keys():
        return Facet(name, label, "yes/no", np.array(["yes", "no"], dtype=object), has_missing=missing)
    length = np.average(counts.index.str.len(), weights=counts)
    if not asked_for and length > FREE_TEXT_LENGTH:
        return "it is free text"
    if not asked_for and len(counts) > max(FEW_OPTIONS, NEARLY_UNIQUE * len(present)):
        return "its values are nearly unique"
    options = sorted(counts.index, key=lambda value: (-counts[value], value))
    return Facet(name, label, "one-of", np.array(options, dtype=object), has_missing=missing)


def _range_facet(name: str, label: str, present: pd.Series, missing: bool, asked_for: bool) -> Facet | str:
    if is_date(present):
        values = np.unique(present.to_numpy().astype("datetime64[D]"))
        kind, edges = "dates", date_edges(values)
    else:
        values = np.unique(present.to_numpy())
        values = values[np.isfinite(values)]
        kind, edges = "between", number_edges(values, present.to_numpy())
        if not asked_for and len(values) == len(present) > FEW_OPTIONS and (values % 1 == 0).all():
            return "it numbers the records"
    if len(values) == 1 and not missing:
        return f"all its values are {format_value(values[0])}"
    return Facet(name, label, kind, values, edges, missing)


def format_value(value: float | np.datetime64) -> str:
    """Write a bound as an address and a sentence show it: ``10``, ``0.25``, ``2014-05-01``."""
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    return repr(float(value)).removesuffix(".0")


def _yes_no(value: object) -> str:
    return YES_NO[str(value).casefold()]
