"""The columns of the records that can be filtered, with their kinds derived from their values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from dashboard.catalog.rows.yes_no import NO, YES, yes_or_no
from dashboard.problems import Problem
from dashboard.query.bins import date_edges, number_edges
from dashboard.query.profile import Profile
from dashboard.settings import Config

Kind = Literal["one-of", "between", "dates", "yes/no"]
FEW_OPTIONS = 15
FREE_TEXT_LENGTH = 60
NEARLY_UNIQUE = 0.5


@dataclass(frozen=True, eq=False)
class Facet:
    """One column that can be filtered.

    `values` are the options of one-of and yes/no as text, the most frequent first. Between (float64) and dates
    (datetime64[D]) have none: `edges` cut their values into bins, of which the first and last also hold what lies
    beyond them; the bins are their options. `tops` is the highest value in each bin (nan or NaT: an empty bin), `ends`
    the lowest and the highest value of all; `months` are those in which dates lie (datetime64[M], ascending). One more
    option stands for the records without a value.

    `of_area` is of the areas' group, which is no column of the records: one more than the position of the option that
    the records of each area have (unsigned, shape: areas + 1; 0: no value). Its options are ordered by their names.
    """

    name: str
    label: str
    kind: Kind
    values: np.ndarray = field(default_factory=lambda: np.array([], dtype=object))
    edges: np.ndarray | None = None
    tops: np.ndarray | None = None
    ends: tuple | None = None
    months: np.ndarray | None = None
    has_missing: bool = False
    of_area: np.ndarray | None = None

    @property
    def is_range(self) -> bool:
        """Whether a choice is a pair of bounds and not a set of values."""
        return self.edges is not None

    @property
    def options(self) -> int:
        """The number of options, without the one for missing values."""
        return len(self.values) if self.edges is None else len(self.edges) - 1

    def bins_of(self, values: np.ndarray) -> np.ndarray:
        """Return the bin that each value lies in."""
        return np.clip(np.searchsorted(self.edges, values, side="right") - 1, 0, self.options - 1)

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
        below = self.tops[:last + 1]
        high = np.nanmax(below) if np.isfinite(below).any() else self.edges[0]
        return low, high if low is None else max(high, low)

    def bins_of_bounds(self, low, high) -> tuple[int, int]:
        """Return the first and last bin that bounds reach into; None is an open end."""
        first = 0 if low is None else int(self.bins_of(low))
        last = self.options - 1 if high is None else int(self.bins_of(high))
        return first, last

    def with_more(self, profile: Profile) -> "Facet | None":
        """Return the facet with the values of more records beside those it has; None where they are of another kind.

        What it has keeps its place: new options come last, and bins stay as they are.
        """
        missing = self.has_missing or profile.missing > 0
        if not profile.kind:
            return replace(self, has_missing=missing)
        if self.is_range:
            if profile.kind != ("date" if self.kind == "dates" else "number"):
                return None
            values = profile.values
            tops = np.fmax(self.tops, _tops(self, values))
            months = np.union1d(self.months, _months(values)) if self.kind == "dates" else None
            return replace(self, tops=tops, months=months, has_missing=missing,
                           ends=(min(self.ends[0], values[0]), max(self.ends[1], values[-1])))
        texts = [str(value) for value in profile.counts.index]
        if self.kind == "yes/no":
            return replace(self, has_missing=missing) if is_yes_no(texts) else None
        new = sorted(set(texts).difference(self.values))
        return replace(self, values=np.append(self.values, np.array(new, dtype=object)), has_missing=missing)


def is_yes_no(texts: list[str]) -> bool:
    """Say whether all texts mean yes or no."""
    return all(map(yes_or_no, texts))


def derive_facets(config: Config, profiles: Mapping[str, Profile]) -> tuple[list[Facet], list[Problem]]:
    """Return the facets of records whose columns have these profiles, and a note for each column that is none."""
    settings = config.facets
    keys = [config.records.area] if isinstance(config.records.area, str) else config.records.area
    place = {*keys, config.records.x, config.records.y, config.records.place}
    facets, left_out = [], []
    unlisted = [name for name in profiles if settings.columns and name not in {*settings.columns, *place}]
    if unlisted or settings.hidden:
        names = ", ".join(dict.fromkeys(unlisted + settings.hidden))
        left_out.append(Problem("note", "config.toml, facets", f"leaves these columns out of the facets: {names}."))
    for name in settings.columns or profiles:
        if name in settings.hidden or (name in place and name not in settings.columns) or name not in profiles:
            continue
        facet = _facet(name, settings.labels.get(name, name), profiles[name], asked_for=name in settings.columns)
        if isinstance(facet, Facet):
            facets.append(facet)
        else:
            left_out.append(Problem("note", f"{config.records.file_shown}, column {name}", f"is no facet: {facet}."))
    return facets, left_out


def _facet(name: str, label: str, profile: Profile, *, asked_for: bool) -> Facet | str:
    """Return the facet of a column, or in words why it is none.

    A column that the config asks for by name is a facet even where its values would not suggest it.
    """
    if not profile.kind:
        return "it has no values"
    if profile.too_many:
        return "it has too many different values"
    missing = profile.missing > 0
    if profile.kind == "date" or profile.kind == "number" and set(profile.values) - {0.0, 1.0}:
        return _range_facet(name, label, profile, asked_for)
    counts = profile.counts.set_axis([str(value) for value in profile.counts.index])
    if len(counts) == 1 and not missing:
        return f"all its values are {counts.index[0]!r}"
    if is_yes_no(list(counts.index)):
        return Facet(name, label, "yes/no", np.array([YES, NO], dtype=object), has_missing=missing)
    length = np.average(counts.index.str.len(), weights=counts)
    if not asked_for and length > FREE_TEXT_LENGTH:
        return "it is free text"
    if not asked_for and len(counts) > max(FEW_OPTIONS, NEARLY_UNIQUE * profile.present):
        return "its values are nearly unique"
    options = sorted(counts.items(), key=lambda option: (-option[1], option[0]))
    return Facet(name, label, "one-of", np.array([value for value, _ in options], dtype=object), has_missing=missing)


def _range_facet(name: str, label: str, profile: Profile, asked_for: bool) -> Facet | str:
    values = profile.values
    if profile.kind == "date":
        kind, edges = "dates", date_edges(values)
    else:
        kind, edges = "between", number_edges(values, profile.weights())
        if not asked_for and len(values) == profile.present > FEW_OPTIONS and (values % 1 == 0).all():
            return "it numbers the records"
    if len(values) == 1 and not profile.missing:
        return f"all its values are {format_value(values[0])}"
    facet = Facet(name, label, kind, edges=edges, ends=(values[0], values[-1]), has_missing=profile.missing > 0,
                  months=_months(values) if kind == "dates" else None)
    return replace(facet, tops=_tops(facet, values))


def _tops(facet: Facet, values: np.ndarray) -> np.ndarray:
    """Return the highest of the ascending `values` in each bin, nan or NaT where it has none."""
    tops = np.full(facet.options, np.nan if facet.kind == "between" else np.datetime64("NaT", "D"))
    tops[facet.bins_of(values)] = values  # of several in one bin the last stays
    return tops


def _months(days: np.ndarray) -> np.ndarray:
    return np.unique(days.astype("datetime64[M]"))


def format_value(value: float | np.datetime64) -> str:
    """Write a bound as an address and a sentence show it: ``10``, ``0.25``, ``2014-05-01``."""
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    return repr(float(value)).removesuffix(".0")
