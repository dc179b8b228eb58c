"""The house: data runs one way, no room is reached in a circle, and each is small enough to be remembered."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from servers import APP

WINGS = ["kept", "problems", "basemaps", "settings", "config", "catalog", "query", "export", "live", "page"]
ONLY_IN = {"bokeh": "page", "jinja2": "page", "tornado": "page",
           "threading": "live", "urllib.request": "live", "psutil": "live", "distributed": "live"}
PACKAGE = APP / "dashboard"
MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})


def named(path: Path) -> str:
    """Return a path of the package for people."""
    return path.relative_to(APP).as_posix()


def imports_of(path: Path) -> set[str]:
    """Return the full names of all that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    assert not any(node.level for node in nodes if isinstance(node, ast.ImportFrom)), "imports have full names"
    names = {f"{node.module}.{one.name}" for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names}
    return names | {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}


def wing_of(path: Path) -> str:
    """Return the wing of the house in which a module is, or a module that is a wing by itself."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_imports_nothing_from_above_it(path):
    wing = wing_of(path)
    allowed = WINGS[:WINGS.index(wing) + 1] if wing in WINGS else []
    names = imports_of(path)
    assert {name.split(".")[1] for name in names if name.startswith("dashboard.")} <= set(allowed)
    for library, place in ONLY_IN.items():
        assert wing == place or not any(f"{name}.".startswith(f"{library}.") for name in names), library


def test_no_module_is_reached_from_itself():
    modules = {".".join(path.relative_to(APP).with_suffix("").parts).removesuffix(".__init__"): path
               for path in MODULES}
    graph = {}
    for name, path in modules.items():
        found = {part for one in imports_of(path) for part in (one, one.rpartition(".")[0]) if part in modules}
        graph[name] = {part for part in found if not name.startswith(f"{part}.")} - {name}
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules)


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_has_no_more_rooms_than_one_remembers_and_is_a_map_of_them(folder):
    rooms = [path.stem for path in folder.iterdir() if path.suffix == ".py" and path.stem != "__init__"]
    rooms += [path.name for path in folder.iterdir() if (path / "__init__.py").exists()]
    assert len(rooms) <= 12
    assert set(rooms) <= set(re.findall(r"\w+", (folder / "__init__.py").read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_read_in_one_sitting(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 200
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 45, node.name
