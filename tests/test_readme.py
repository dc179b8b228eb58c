"""What the README says is so: its tree, its test command, and the versions that are installed by it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from servers import APP, sample
from snippets import README, snippet, snippets

ROOT = Path(__file__).parent.parent
LISTS = [".binder/requirements.txt", "tests/requirements.txt"]
# What each block of code holds that no other does, and where it is run.
BLOCKS = {
    "sh": ["bokeh serve --show", "pytest",  # what they end in: servers.py, .ci/run
           "python bokeh-app\n", "tally",  # here
           "--allow-websocket-origin"],  # test_embed.py
    "python": ["Server(",  # test_program.py
               "show_dashboard", "session.view = \"type=amphora&", "finds = ",  # test_notebook.py
               "server_document"],  # test_embed.py
    "html": ["<iframe"],  # test_embed.py
}


def requirements(name):
    """Return what a list of requirements asks for."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def files_of_the_tree():
    """Return the paths that the README's tree draws."""
    tree = re.search(r"## What is where\n+```\n(.*?)```", README, re.DOTALL)[1]
    folders, paths = [], []
    for line in tree.splitlines():
        indent, name = re.match(r"( *)(\S+)", line).groups()
        folders[len(indent) // 2:] = [name]
        paths.append("".join(folders))
    return paths


def commands():
    return [line for block in snippets("sh") for line in block.splitlines()]


def test_every_block_of_code_is_run_by_a_test():
    assert set(re.findall(r"^```(\w+)", README, re.MULTILINE)) == set(BLOCKS)
    for language, parts in BLOCKS.items():
        assert snippets(language) and {snippet(language, part) for part in parts} == set(snippets(language))


@pytest.mark.parametrize("path", files_of_the_tree())
def test_what_the_tree_draws_exists(path):
    assert (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file()


def test_the_tree_draws_every_script_and_room_of_the_app():
    drawn = set(files_of_the_tree())
    for path in [*APP.glob("*.py"), *(APP / "dashboard").glob("[!_.]*")]:
        assert f"{path.relative_to(ROOT).as_posix()}{'/' * path.is_dir()}" in drawn


def test_pictures_and_links_to_files_exist():
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if not target.startswith(("http", "#"))]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_there_is_one_command_to_run_and_one_to_test_and_both_set_up_all_they_need():
    run, = (line for line in commands() if "bokeh serve --show" in line)
    test, = (line for line in commands() if "pytest" in line)
    setup = "python3 -m venv .venv && .venv/bin/pip install -r .binder/requirements.txt"
    assert run == f"{setup} && .venv/bin/bokeh serve --show bokeh-app"
    assert test == f"{setup} -r tests/requirements.txt && .venv/bin/python -m pytest tests"


def test_ci_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    pattern = re.search(r"grep -m1 -E '([^']+)' README\.md", script)[1]
    found = next(line for line in README.splitlines() if re.search(pattern, line))
    assert [found] == [line for line in commands() if "pytest" in line]
    assert "pytest" not in script.replace(pattern, "")


@pytest.mark.parametrize("part", ["python bokeh-app\n", "tally"])
def test_the_command_line_answers(part):
    python, *words = shlex.split(snippet("sh", part))
    assert python == ".venv/bin/python"
    subprocess.run([sys.executable, *words], cwd=sample().parent, check=True)


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_is_pinned_to_one_version(name):
    for requirement in requirements(name):
        specifier, = requirement.specifier
        assert (specifier.operator, "*" in specifier.version, requirement.url) == ("==", False, None), requirement


def test_nothing_is_required_twice():
    names = [requirement.name.casefold() for name in LISTS for requirement in requirements(name)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("name", "floor"), [("bokeh", "3.8.2"), ("tornado", "6.5.5"), ("jupyter-server-proxy", "4.2")])
def test_versions_with_known_holes_are_not_installed(name, floor):
    requirement, = (one for one in requirements(LISTS[0]) if one.name == name)
    specifier, = requirement.specifier
    assert Version(specifier.version) >= Version(floor)


def test_jupyters_own_packages_are_left_to_the_environment_that_runs_jupyter():
    names = {requirement.name for requirement in requirements(LISTS[0])}
    assert names.isdisjoint({"jupyterlab", "notebook", "jupyter-server", "jupyter_server", "jupyter-client"})


def test_binder_gets_python_3_12():
    assert (ROOT / ".binder" / "runtime.txt").read_text("utf-8").strip() == "python-3.12"


def test_the_example_of_a_view_is_about_the_samples_own_columns(engine):
    queries = re.findall(r"`\?([^`]+)`", README) + re.findall(r'tally "([^"]+)"', README)
    assert len(queries) >= 2
    for query in queries:
        assert engine.view(query)[1] == []
