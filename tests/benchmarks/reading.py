"""How long a million records take to be read, against the bare library call, and how long what was kept of them.

``.venv/bin/python tests/benchmarks/reading.py [rounds]`` prints the medians of one run and their ratios.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.csv

sys.path.insert(0, str(Path(__file__).parents[2] / "bokeh-app"))
from dashboard.catalog.cache import read_cached_records
from dashboard.catalog.records import read_records
from dashboard.catalog.source import Source
from dashboard.settings import RecordSettings

RECORDS = 1_000_000
SETTINGS = RecordSettings(file="records.csv", area="area")


def main(rounds: int) -> None:
    """Measure each way in turn, so that a slow moment of the machine meets all of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Source(SETTINGS, folder)
        made_records().to_csv(folder / "records.csv", index=False)
        ways = {"pyarrow.csv.read_csv().to_pandas()": lambda: pyarrow.csv.read_csv(folder / "records.csv").to_pandas(),
                "read_records": lambda: read_records(source),
                "read_cached_records": lambda: read_cached_records(source)}
        for way in ways.values():
            way()
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                began = time.perf_counter()
                way()
                times[name].append(time.perf_counter() - began)
    bare, read, kept = (statistics.median(each) for each in times.values())
    for name, each in times.items():
        print(f"{name:36}{statistics.median(each) * 1000:8.1f} ms")
    print(f"reading against the bare call: {read / bare:.2f}; "
          f"what was kept against reading: {read / kept:.1f} times faster")


def made_records() -> pd.DataFrame:
    """Return records of every kind of column, the same at each call."""
    random = np.random.default_rng(1)
    days = pd.to_datetime("2014-01-01") + pd.to_timedelta(random.integers(0, 1500, RECORDS), "D")
    return pd.DataFrame({
        "find": np.char.add("F-", np.arange(RECORDS).astype(str)),
        "area": np.char.mod("A%04d", random.integers(0, 3000, RECORDS)),
        "type": random.choice(["amphora", "bowl", "tile", "coin"], RECORDS),
        "period": random.choice(["Roman", "Iberian", ""], RECORDS),
        "weight": random.lognormal(2, 1, RECORDS).round(1), "length": random.integers(1, 400, RECORDS),
        "found": days, "lon": random.uniform(-2, -1, RECORDS).round(6)})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
