"""What a reader would stumble over is found by a program: the linter's findings, and lines that are too long."""

import subprocess
import sys
import tomllib

import pytest

from rehearsal import REPOSITORY
from servers import APP

SETTINGS = "tests/ruff.toml"
LONGEST = tomllib.loads((REPOSITORY / SETTINGS).read_text("utf-8"))["line-length"]


def test_the_linter_finds_nothing():
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", f"--config={SETTINGS}"]
    checked = subprocess.run([*command, "bokeh-app", "tests", ".binder"], cwd=REPOSITORY, check=False,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("ending", ["html", "js", "css"])
def test_no_line_that_the_browser_gets_is_too_long(ending):
    paths = sorted(path for folder in ("static", "templates") for path in (APP / folder).rglob(f"*.{ending}"))
    assert paths
    assert [f"{path.relative_to(APP)}:{number}" for path in paths
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if len(line) > LONGEST] == []
