"""What a click in the page asks for: a request -> the view it leads to."""

from collections.abc import Callable
from dataclasses import replace

from dashboard.query.choices import Between, Values
from dashboard.query.engine import Engine
from dashboard.query.view import NO_AREA, View, checked_extent

JUMP_MARGIN = 0.8  # of the area's own width and height, on each side


class UnknownRequest(ValueError):
    """A request that no page of ours sends."""


def view_after(engine: Engine, view: View, request: dict) -> View:
    """Return the view that a request leads to.

    `request` has ``do`` (a key of ACTIONS), ``on`` (what it is about) and ``value``. Raises UnknownRequest.
    """
    if not isinstance(request, dict) or not all(isinstance(request.get(part, ""), str) for part in ("do", "on", "value")):
        raise UnknownRequest(f"{request!r}: not made of texts")
    action, on, value = (request.get(part, "") for part in ("do", "on", "value"))
    try:
        return ACTIONS[action](engine, view, on, value)
    except (KeyError, ValueError) as error:
        raise UnknownRequest(f"{request!r}: {error!r}") from error


def toggle(engine: Engine, view: View, facet: str, value: str) -> View:
    """Add or remove one option of a facet; the empty value stands for records without one."""
    choice = view.choice(facet)
    if engine.facets[facet].is_range:
        return view.with_choice(facet, with_missing_toggled(choice))
    if value and value not in engine.facets[facet].values:
        raise ValueError("no such option")
    return view.with_choice(facet, (choice or Values(())).toggled(value))


def choose_bin(engine: Engine, view: View, name: str, value: str) -> View:
    """Choose a bin of a facet, counted from 0; the same again clears it."""
    facet, option = engine.facets[name], int(value)
    if not (facet.is_range and 0 <= option < facet.options):
        raise ValueError("no such bin")
    old = view.choice(name)
    choice = Between(*facet.bounds_of_bins(option, option), missing=old is not None and old.missing)
    return view.with_choice(name, None if choice == old else choice)


def clear(engine: Engine, view: View, facet: str, value: str) -> View:
    """Clear one facet, or all when none is named."""
    return view.with_choice(facet, None) if facet else replace(view, choices=(), page=1)


def reset(engine: Engine, view: View, on: str, value: str) -> View:
    """Go back to the view one starts with."""
    return engine.view("")[0]


def choose_area(engine: Engine, view: View, on: str, area: str) -> View:
    """Choose an area, or the records in none; where ``on`` is ``go`` the map goes there."""
    if area not in engine.positions:
        raise ValueError("no such area")
    extent = engine.extent_of(area, JUMP_MARGIN) if on == "go" and area != NO_AREA else view.extent
    return replace(view, area=area, extent=extent, page=1)


def leave_area(engine: Engine, view: View, on: str, value: str) -> View:
    """Go back to the whole survey."""
    return replace(view, area=None, page=1)


def step_area(engine: Engine, view: View, on: str, step: str) -> View:
    """Go to the next (1) or previous (-1) area in the order of their labels, round the ends."""
    if view.area in (None, NO_AREA):
        position = 0 if int(step) > 0 else -1
    else:
        position = (engine.positions[view.area] + int(step)) % len(engine.areas)
    return choose_area(engine, view, "go", engine.areas.ids[position])


def choose_measure(engine: Engine, view: View, on: str, measure: str) -> View:
    """Colour the map by another measure."""
    return replace(view, measure=engine.measures[measure].key)


def refit(engine: Engine, view: View, on: str, value: str) -> View:
    """Fit the classes to what is shown, or keep those of all records."""
    return replace(view, refit=not view.refit)


def sort(engine: Engine, view: View, column: str, value: str) -> View:
    """Sort the table by a column: ascending, then descending, then in the file's order."""
    if column not in engine.columns:
        raise ValueError("no such column")
    following = {column: f"-{column}", f"-{column}": ""}
    return replace(view, sort=following.get(view.sort, column), page=1)


def turn_page(engine: Engine, view: View, on: str, page: str) -> View:
    """Turn to a page of the table, counted from 1."""
    return replace(view, page=max(1, int(page)))


def move(engine: Engine, view: View, on: str, extent: str) -> View:
    """Take note of where the map was moved to: ``west,south,east,north`` in degrees; the whole survey when empty."""
    return replace(view, extent=checked_extent(extent.split(",")) if extent else None)


ACTIONS: dict[str, Callable[[Engine, View, str, str], View]] = {
    "toggle": toggle, "bin": choose_bin, "clear": clear, "reset": reset,
    "area": choose_area, "leave": leave_area, "step": step_area,
    "measure": choose_measure, "refit": refit, "sort": sort, "page": turn_page, "extent": move}


def with_missing_toggled(choice: Between | None) -> Between | None:
    """Return a choice of bounds with the records without a value added, or taken away again."""
    choice = choice or Between()
    toggled = replace(choice, missing=not choice.missing)
    return toggled if toggled.bounded or toggled.missing else None
