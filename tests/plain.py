"""Small records by chance with every kind of facet, choices of them, and what plain pandas keeps of them."""

import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st

from dashboard.catalog.areas import Areas
from dashboard.catalog.catalog import Catalog
from dashboard.catalog.join import Joining
from dashboard.catalog.shapes.mercator import drawn
from dashboard.query.choices import Between, Values
from dashboard.query.counting.partition import Partition
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure
from dashboard.settings import Config

AREAS = 4
KM2 = np.array([0.5, 2.0, 1.0, 0.25])
TYPES = ["amphora", "bowl", "lamp"]
WEIGHTS = np.arange(0.0, 13)
DAYS = np.arange("2014-05-01", "2014-05-09", dtype="datetime64[D]")
FACETS = (Facet("type", "type", "one-of", np.array(TYPES, dtype=object)),
          Facet("weight", "weight", "between", edges=np.array([0.0, 1, 2, 5, 13])),
          Facet("day", "day", "dates", edges=np.append(DAYS[::3], DAYS[-1:] + 1)),
          Facet("drawn", "drawn", "yes/no", np.array(["yes", "no"], dtype=object)))
MEASURES = {f"{of}{'/km2' * per_km2}": Measure(of, of, of, "" if of == "count" else "grams", per_km2, "")
            for of in ("count", "sum", "mean", "median") for per_km2 in (False, True)}

ONE_WEIGHT, ONE_DAY = st.sampled_from(list(WEIGHTS)), st.sampled_from(list(DAYS))
DTYPES = {"area": np.int32, "type": object, "weight": float, "day": "datetime64[us]", "drawn": object, "grams": float}
# A record without an area lies in the one after the last; every other column may have gaps.
RECORDS = st.lists(st.fixed_dictionaries({
    "area": st.integers(0, AREAS), "type": st.none() | st.sampled_from(TYPES), "weight": st.none() | ONE_WEIGHT,
    "day": st.none() | ONE_DAY, "drawn": st.none() | st.sampled_from(["yes", "no"]),
    "grams": st.none() | st.integers(-1000, 100_000).map(lambda cents: cents / 100)}), max_size=60).map(
    lambda rows: pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES).sort_values("area", kind="stable"))
# Positions of areas that are chosen together; none is the whole survey.
TOGETHER = st.sets(st.integers(0, AREAS)).map(sorted).map(tuple)
CHOICES = st.fixed_dictionaries({}, optional={
    "type": st.sets(st.sampled_from([*TYPES, ""]), min_size=1).map(lambda values: Values(tuple(sorted(values)))),
    "weight": st.just(Between(missing=True)) | st.builds(
        lambda ends, missing: Between(*sorted(ends), missing), st.tuples(ONE_WEIGHT, ONE_WEIGHT), st.booleans()),
    "day": st.tuples(ONE_DAY, ONE_DAY).map(lambda ends: Between(*sorted(ends))),
    "drawn": st.sampled_from(["yes", "no", ""]).map(lambda value: Values((value,)))})


def keeps(records, choices, but=""):
    """Return which records the choices keep, by plain pandas, without the choice of one facet."""
    mask = pd.Series(True, index=records.index)
    for name, choice in choices.items():
        column = records[name]
        if name == but:
            continue
        if isinstance(choice, Values):
            mask &= column.fillna("").isin(choice.values)
        elif choice.low is None:
            mask &= column.isna()
        else:
            mask &= column.between(choice.low, choice.high) | (column.isna() & choice.missing)
    return records[mask]


def areas_of(shapes, **others):
    """Return areas a, b, c … with these shapes (degrees)."""
    shapes = np.array(shapes, dtype=object)
    ids = np.array(list("abcdefghijkl"[:len(shapes)]), dtype=object)
    given = {"ids": ids, "labels": ids, "groups": None, "surveyed": np.ones(len(ids), dtype=bool), "km2": KM2,
             "table": pd.DataFrame({"id": ids}), "crs": "WGS 84", **others}
    return Areas(shapes=shapes, drawn=drawn(shapes), **given)


SQUARES = areas_of([shapely.box(x, 0, x + 1, 1) for x in range(AREAS)])


def catalog_of_records(records, x=None, y=None):
    """Return records, which are sorted by area, as a catalog; `x` and `y` are their places in degrees."""
    area_of = records.area.to_numpy()
    places = (None, None) if x is None else SQUARES.to_drawn(x, y)
    joining = Joining(len(records), 0 if x is None else len(records), int((area_of < AREAS).sum()), None)
    config = Config.model_validate({"records": {"area": "area"}})
    return Catalog(config, SQUARES, records.reset_index(drop=True), area_of, *places, joining, (), True)


def partition_of(records, x=None, y=None):
    """Return records, which are sorted by area, as a partition."""
    return Partition(catalog_of_records(records, x, y), FACETS, tuple(MEASURES.values()))
