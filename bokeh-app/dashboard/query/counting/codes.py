"""Records as small integers: what masks and counts are made from; and the facet that is such from the start."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.catalog.areas import Areas
from dashboard.catalog.attributes import natural_key
from dashboard.catalog.rows.yes_no import yes_or_no
from dashboard.problems import Problem
from dashboard.query.facets import Facet
from dashboard.query.profile import Facts
from dashboard.settings import Config


@dataclass(frozen=True, eq=False)
class CodedColumn:
    """A facet's column of some records.

    `codes` are 0 where a record has no value, else one more than the position of its value in `values`; `options` are
    0 likewise, else one more than the position of its option in the facet (unsigned, shape: records). `values` are
    the facet's for one-of and yes/no, for ranges those that occur in these records, ascending.
    """

    values: np.ndarray
    codes: np.ndarray
    options: np.ndarray


def code_column(facet: Facet, column: pd.Series) -> CodedColumn:
    """Return a typed column coded by its facet."""
    if facet.is_range:
        numbers = column.to_numpy() if facet.kind == "between" else column.to_numpy().astype("datetime64[D]")
        if facet.kind == "dates":
            numbers = numbers.astype("datetime64[s]")
        positions, values = pd.factorize(numbers, sort=True)
        values = np.asarray(values).astype(facet.edges.dtype)
        codes = (positions + 1).astype(np.min_scalar_type(len(values)))
        options = np.append(0, facet.bins_of(values) + 1).astype(np.min_scalar_type(facet.options)).take(codes)
        return CodedColumn(values, codes, options)
    positions, values = pd.factorize(column)
    texts = [yes_or_no(value) if facet.kind == "yes/no" else str(value) for value in values]
    options = {option: place for place, option in enumerate(facet.values, 1)}
    # The last is for the position -1, a gap.
    lookup = np.array([*(options[text] for text in texts), 0], dtype=np.min_scalar_type(facet.options))
    codes = lookup.take(positions)
    return CodedColumn(facet.values, codes, codes)


@dataclass(frozen=True, eq=False)
class CodedRecords:
    """Records as arrays, sorted by area; built once and never changed.

    `area_of` is each record's area position (``areas``: in no area), `starts` where the records of each begin.
    `columns` are those of the facets; `numbers` those that measures need (float64, gap: nan).
    """

    areas: int
    area_of: np.ndarray
    starts: np.ndarray
    facets: tuple[Facet, ...]
    columns: dict[str, CodedColumn]
    numbers: dict[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.area_of)

    def in_areas(self, areas: tuple[int, ...]) -> list[slice]:
        """Return where the records of some area positions stand, one slice each; of all when there are none."""
        if not areas:
            return [slice(0, len(self))]
        return [slice(int(self.starts[area]), int(self.starts[area + 1])) for area in areas]

    def per_area(self, values: np.ndarray, dtype: type) -> np.ndarray:
        """Return the sum of `values` (shape: records) in each area and in none (shape: areas + 1)."""
        sums = np.zeros(self.areas + 1, dtype=dtype)
        # An empty segment would repeat its neighbour's first value, so only areas with records take part.
        filled = np.flatnonzero(np.diff(self.starts))
        if len(filled):
            sums[filled] = np.add.reduceat(values, self.starts[filled], dtype=dtype)
        return sums


def code_records(records: pd.DataFrame, area_of: np.ndarray, areas: int, facets: tuple[Facet, ...],
                 number_columns: set[str]) -> CodedRecords:
    """Return `records`, sorted by `area_of`, as arrays."""
    columns = {facet.name: code_column(facet, records[facet.name]) if facet.of_area is None
               else _code_groups(facet, area_of) for facet in facets}
    numbers = {name: records[name].to_numpy(dtype=np.float64) for name in number_columns}
    starts = np.searchsorted(area_of, np.arange(areas + 2))
    return CodedRecords(areas, area_of, starts, facets, columns, numbers)


def _code_groups(facet: Facet, area_of: np.ndarray) -> CodedColumn:
    codes = facet.of_area.take(area_of)
    return CodedColumn(facet.values, codes, codes)


def with_groups(facets: list[Facet], config: Config, areas: Areas, facts: Facts) -> tuple[list[Facet], list[Problem]]:
    """Return the facets with that of the areas' groups among them, or a note why it is none.

    It stands where the config names it, else after all others.
    """
    name, settings = config.areas.group, config.facets
    if areas.groups is None or name in settings.hidden:
        return facets, []
    values = np.array(sorted(set(areas.groups) - {""}, key=natural_key), dtype=object)
    place = {value: position for position, value in enumerate(values, 1)} | {"": 0}
    of_area = np.array([*(place[group] for group in areas.groups), 0], dtype=np.min_scalar_type(len(values)))
    has_missing = facts.joined < facts.total or "" in areas.groups
    why = ""
    if name in facts.missing:
        why = f"the {config.records.many} have a column of that name"
    elif len(values) + has_missing < 2:
        why = f"all its values are {values[0]!r}" if len(values) else "it has no values"
    if why:
        return facets, [Problem("note", f"{config.areas.file}, column {name}", f"is no facet: {why}.")]
    group = Facet(name, settings.labels.get(name, name), "one-of", values, has_missing=has_missing, of_area=of_area)
    before = {*settings.columns[:settings.columns.index(name)]} if name in settings.columns else None
    position = len(facets) if before is None else sum(facet.name in before for facet in facets)
    return [*facets[:position], group, *facets[position:]], []
