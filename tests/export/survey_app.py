"""A small app folder whose cells are as hostile as cells can be."""

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

CONFIG = """title = "Añada: finds & \\"things\\""
credit = "Nobody"
licence = "CC0 1.0"
[areas]
file = "areas.geojson"
id = "id"
label = "name"
group = "group"
surveyed = "walked"
[records]
file = "records.csv"
area = "area"
x = "lon"
y = "lat"
[[measures]]
of = "count"
[[measures]]
of = "mean"
column = "grams"
label = "mean weight"
unit = "g"
[live]
every = 0.1
"""
TEXTS = ["=1+1", "+49 30 1", "-see below", "@SUM(A1)", "-5", "a \"quoted\" one", "two\nlines", "semi;colon, comma",
         "007", "عربي 😀 ñ", "", "'already"]
RUNNING = {"=1+1", "+49 30 1", "-see below", "@SUM(A1)", "=head"}


def records(rows=240):
    """Return the records as they are written, every cell a text."""
    numbers = range(rows)
    return pd.DataFrame({
        "area": [["01", "02", "03", "99"][n % 4] for n in numbers],
        "=head": [TEXTS[n % len(TEXTS)] for n in numbers],
        "kind": [["pot", "lamp", "coin"][n % 3] for n in numbers],
        "grams": ["" if n % 7 == 0 else repr(n / 7) for n in numbers],
        "pieces": [str(n - 5) for n in numbers],
        "day": ["" if n % 11 == 0 else f"2014-05-{n % 28 + 1:02}" for n in numbers],
        "seen": [f"2014-05-{n % 28 + 1:02}T10:{n % 60:02}:00" for n in numbers],
        "lon": ["" if n % 13 == 0 else repr(round(0.001 * (n % 30), 6)) for n in numbers],
        "lat": ["" if n % 13 == 0 else repr(round(40 + 0.0001 * n, 6)) for n in numbers]})


def write_app(folder, config=CONFIG):
    """Write areas, records and a config into a folder, and return it. The third area was not surveyed."""
    gpd.GeoDataFrame({"id": ["01", "02", "03"], "name": ["=one", "two", "three"], "group": ["a", "b", "b"],
                      "walked": ["yes", "yes", "no"]},
                     geometry=[box(x / 100, 40, (x + 1) / 100, 40.01) for x in range(3)], crs=4326).to_file(
        folder / "areas.geojson")
    records().to_csv(folder / "records.csv", index=False)
    (folder / "config.toml").write_text(config, "utf-8")
    return folder
