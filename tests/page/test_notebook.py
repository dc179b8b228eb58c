"""The example notebook in a real JupyterLab: on one's own machine, and on Binder below a base URL, behind its proxy."""

import json
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from rehearsal import Server, copy_repository
from servers import APP, is_here
from snippets import snippets

CODE = ["".join(cell["source"]) for cell in json.loads((APP / "example.ipynb").read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"]
OPEN, CHOOSE, READ = range(len(CODE))


@pytest.fixture(scope="module")
def own_machine(tmp_path_factory):
    """A copy of the repository in a home of its own, and the Python that runs this test."""
    home = copy_repository(tmp_path_factory.mktemp("home"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return SimpleNamespace(prefix=Path(sys.prefix), python=sys.executable, home=home,
                           environment={"HOME": str(home), "PATH": path, "LANG": "C.UTF-8"})


@pytest.fixture(scope="module", params=["own_machine", "image"])
def lab(request, tmp_path_factory):
    """A running JupyterLab."""
    base_url = "/user/x-y/" if request.param == "image" else "/"
    log = tmp_path_factory.mktemp("lab") / "log"
    with Server(request.getfixturevalue(request.param), log, base_url=base_url) as server:
        yield server


@pytest.fixture
def notebook(lab, browser):
    """The example as JupyterLab opens it, with a kernel that is ready."""
    context = browser.new_context(viewport={"width": 1280, "height": 1200})
    context.route("**/*", lambda route: route.continue_() if is_here(route.request.url) else route.abort())
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(lab.link("lab/tree/bokeh-app/example.ipynb"))
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    yield page
    context.close()


def cell(page, number):
    return page.locator(".jp-Notebook .jp-CodeCell").nth(number)


def run(page, number):
    """Run a cell and return what it says in words, once it is done."""
    prompt = cell(page, number).locator(".jp-InputArea-prompt").first
    before = prompt.inner_text()
    cell(page, number).locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before)
    expect(prompt).to_have_text(re.compile(r"\[\d+]"), timeout=60_000)
    assert cell(page, number).locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    return cell(page, number).locator(".jp-OutputArea").inner_text()


def test_the_readme_and_the_example_are_the_same():
    blocks = snippets("python")
    assert blocks[blocks.index(f"{CODE[0]}\n"):][:len(CODE)] == [f"{code}\n" for code in CODE]


def test_map_and_python_see_the_same_view(notebook):
    run(notebook, OPEN)
    dashboard = cell(notebook, OPEN).locator(".dashboard.ready")
    sentence = dashboard.locator(".sentence")
    expect(sentence).to_contain_text("All 20,000 finds")
    run(notebook, CHOOSE)
    expect(sentence).to_contain_text("1,513 of 20,000 finds")
    assert "1513 rows" in run(notebook, READ)
    run(notebook, CHOOSE)  # what is chosen already
    dashboard.get_by_role("button", name="Filters").click()
    dashboard.locator(".facet input[value=Roman]").check()
    expect(sentence).to_contain_text("729 of 20,000 finds")
    assert "729 rows" in run(notebook, READ)


def test_a_cell_may_be_run_again(notebook):
    """The new map has the old one's place, and Python is told of the new one's view."""
    run(notebook, OPEN)
    cell(notebook, OPEN).locator(".dashboard.ready .facet input[value=bowl]").wait_for(state="attached")
    run(notebook, OPEN)
    expect(notebook.locator(".dashboard")).to_have_count(1)
    run(notebook, CHOOSE)
    expect(notebook.locator(".dashboard.ready .sentence")).to_contain_text("1,513 of 20,000 finds")
