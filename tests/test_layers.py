"""Data runs one way, catalog -> query -> page, and only page imports Bokeh."""

import ast

import pytest
from servers import APP

LAYERS = ["config", "catalog", "query", "page"]
MODULES = sorted((APP / "dashboard").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(APP).as_posix())
def test_a_module_imports_nothing_from_above_it_and_bokeh_only_in_page(path):
    room = path.relative_to(APP / "dashboard").with_suffix("").parts[0]
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    assert not any(node.level for node in nodes if isinstance(node, ast.ImportFrom))
    names = [f"{node.module}.{one.name}" for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names]
    names += [one.name for node in nodes if isinstance(node, ast.Import) for one in node.names]
    allowed = LAYERS[:LAYERS.index(room) + 1] if room in LAYERS else []
    assert {name.split(".")[1] for name in names if name.startswith("dashboard.")} <= set(allowed)
    assert room == "page" or not any(name.split(".")[0] in ("bokeh", "jinja2", "tornado") for name in names)
