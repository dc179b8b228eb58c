"""The sample that the tests bring along, and the one thing that they ask of the app's own folder, whoever's it is."""

import subprocess
import sys
import tomllib

from sample.make_sample import CONFIG

from servers import APP, sample
from snippets import README

TITLE = tomllib.loads(CONFIG.read_text("utf-8"))["title"]


def test_nothing_is_wrong_with_the_config_and_the_data_of_this_repository():
    checked = subprocess.run([sys.executable, APP], capture_output=True, encoding="utf-8", check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_what_has_the_samples_title_is_the_sample():
    """A fork has a title of its own, and nothing more is asked of it."""
    if TITLE in (APP / "config.toml").read_text("utf-8"):
        for name in ("config.toml", "data/parcels.geojson", "data/finds.csv"):
            # Compared first: a difference of two megabytes is nothing to look at.
            same = (APP / name).read_text("utf-8") == (sample() / name).read_text("utf-8")
            assert same, f"run tests/sample/make_sample.py bokeh-app, or give the survey in {name} a title of its own"


def test_the_readme_and_the_page_say_that_the_survey_is_synthetic():
    config = tomllib.loads(CONFIG.read_text("utf-8"))
    for text in (README, config["introduction"], config["credit"]):
        assert "synthetic" in text.casefold()
