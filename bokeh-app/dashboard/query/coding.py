"""Records as small integers: what masks and counts are made from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.query.facets import YES_NO, Facet


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
        positions, values = pd.factorize(numbers.astype("datetime64[s]") if facet.kind == "dates" else numbers, sort=True)
        values = np.asarray(values).astype(facet.edges.dtype)
        codes = (positions + 1).astype(np.min_scalar_type(len(values)))
        options = np.append(0, facet.bins_of(values) + 1).astype(np.min_scalar_type(facet.options)).take(codes)
        return CodedColumn(values, codes, options)
    positions, values = pd.factorize(column)
    texts = [YES_NO[str(value).casefold()] if facet.kind == "yes/no" else str(value) for value in values]
    options = {option: place for place, option in enumerate(facet.values, 1)}
    # The last is for the position -1, a gap.
    lookup = np.array([*(options[text] for text in texts), 0], dtype=np.min_scalar_type(facet.options))
    codes = lookup.take(positions)
    return CodedColumn(facet.values, codes, codes)
