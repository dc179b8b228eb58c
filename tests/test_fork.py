"""A fork with areas and records of its own passes the tests that it brings along, without an edit of any of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from rehearsal import copy_repository

CONFIG = """
title = "Wells of three villages"
[areas]
file = "data/villages.geojson"
id = "code"
label = "village"
one = "village"
many = "villages"
[records]
file = "data/wells.csv"
x = "lon"
y = "lat"
one = "well"
many = "wells"
[[measures]]
of = "mean"
column = "depth"
unit = "m"
"""
# Quick ones of each kind that needs an app's folder: read, asked, served, shown, changed, built.
RUN = ["test_sample.py", "test_readme.py", "test_config.py", "test_command_line.py", "page/test_words.py",
       "page/test_page.py::test_the_page_tells_of_its_data_what_the_command_line_tells",
       "page/hosts/test_embed.py::test_the_readmes_frame", "live/test_feed.py::test_added_rows_are_on_every_open_page",
       "binder/test_binder.py::test_dockerfile"]


@pytest.fixture(scope="module")
def fork(tmp_path_factory):
    """The tests' folder of a fork."""
    folder = copy_repository(tmp_path_factory.mktemp("fork"))
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)  # what belongs to a repository is asked of git
    readme = folder / "README.md"
    readme.write_text(readme.read_text("utf-8").replace("someone/their-map", "a-researcher/wells"), "utf-8")
    write_wells(folder / "bokeh-app")
    return folder / "tests"


def write_wells(app: Path) -> None:
    """Put a survey of a fork's own in the place of all that the sample consists of."""
    shutil.rmtree(app / "data")
    (app / "data").mkdir()
    (app / "config.toml").write_text(CONFIG, "utf-8")
    villages = gpd.GeoDataFrame({"code": ["01", "02", "03"], "village": ["Ano Kastro", "Kato Kastro", "Limani"]},
                                geometry=[box(east, 38, east + 1, 39) for east in (22, 23, 24)], crs="EPSG:4326")
    villages.to_file(app / "data" / "villages.geojson")
    random = np.random.default_rng(3)
    wells = pd.DataFrame({"lon": random.uniform(22, 25, 60).round(4), "lat": random.uniform(38, 39, 60).round(4),
                          "kind": random.choice(["dug", "drilled"], 60), "depth": random.gamma(3, 8, 60).round(1)})
    wells.to_csv(app / "data" / "wells.csv", index=False)


def run_tests(folder: Path, *arguments: str) -> None:
    """Run tests of the fork one after the other in a process of their own; one that fails there fails here."""
    # Not what this run has told its own tests.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-n0", *arguments], cwd=folder, env=environment,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, done.stdout


def test_no_test_reads_the_forks_own_data_while_it_is_collected(fork):
    run_tests(fork, "--collect-only")


def test_a_fork_passes_its_tests(fork):
    run_tests(fork, *RUN)
