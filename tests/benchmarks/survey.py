"""A synthetic survey of any size, the same at each call, in a copy of the app: what the benchmarks measure with."""

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "bokeh-app")]
from servers import copy_app  # noqa: E402

AREAS = 3_000
COLUMNS = 60  # of the grid that the areas lie in
CELL = 0.01  # degrees
GAPS = 0.02  # of each column of the records
CONFIG = """
title = "A synthetic survey"
[areas]
file = "data/areas.geojson"
id = "area"
[records]
file = "data/records.parquet"
area = "area"
[[measures]]
of = "count"
[[measures]]
of = "sum"
column = "weight"
[facets]
columns = ["type", "ware", "weight", "length", "found", "decorated"]
[map]
basemap = "none"
[detail]
time = "found"
"""


def written_survey(folder: Path, records: int) -> Path:
    """Return a copy of the app in `folder`, with the areas and so many records as its data."""
    app = copy_app(folder, CONFIG)
    (app / "data").mkdir()
    (app / "data" / "areas.geojson").write_text(json.dumps(made_areas()), "utf-8")
    pa.parquet.write_table(made_records(records), app / "data" / "records.parquet")
    return app


def made_areas() -> dict:
    """Return the areas as GeoJSON in degrees: polygons of 30 to 60 vertices, each around its place in a grid."""
    random = np.random.default_rng(1)
    features = []
    for area in range(AREAS):
        row, column = divmod(area, COLUMNS)
        vertices = random.integers(30, 61)
        angles = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
        reach = CELL * random.uniform(0.35, 0.5, vertices)
        ring = np.column_stack([-2 + CELL * column + reach * np.cos(angles), 38 + CELL * row + reach * np.sin(angles)])
        ring = [*ring.round(6).tolist(), ring[0].round(6).tolist()]
        features.append({"type": "Feature", "properties": {"area": f"A{area:04d}"},
                         "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return {"type": "FeatureCollection", "features": features}


def made_records(count: int) -> pa.Table:
    """Return records with six facets and gaps in each: two of texts, two of numbers, dates, yes/no."""
    random = np.random.default_rng(2)

    def text(names: list[str], spread: float) -> pa.Array:
        shares = random.lognormal(0, spread, len(names))
        cells = pa.array(names).take(pa.array(random.choice(len(names), count, p=shares / shares.sum())))
        return _with_gaps(cells, random)

    days = np.datetime64("2014-01-01") + random.triangular(0, 1000, 1500, count).astype("timedelta64[D]")
    return pa.table({
        "area": text([f"A{area:04d}" for area in range(AREAS)], 1),
        "type": text([f"type {letter}" for letter in "ABCDEFGHIJKL"], 1),
        "ware": text([f"ware {number:03d}" for number in range(300)], 1.2),
        "weight": _with_gaps(pa.array(random.lognormal(3, 1, count).round(1)), random),
        "length": _with_gaps(pa.array(random.normal(200, 40, count).clip(1).round()), random),
        "found": _with_gaps(pa.array(days.astype("datetime64[ms]")), random),
        "decorated": text(["yes", "no"], 0.5)})


def _with_gaps(cells: pa.Array, random: np.random.Generator) -> pa.Array:
    return pa.compute.if_else(pa.array(random.random(len(cells)) >= GAPS), cells, None)
