"""An action, which is whatever a visitor, a widget, the map, an address or a program wants -> the view it leads to."""

from collections.abc import Callable
from dataclasses import replace

from dashboard.page.actions.areas import (
    also,
    choose_area,
    choose_box,
    choose_record,
    go,
    leave_areas,
    peek,
    step_area,
    tap,
)
from dashboard.page.actions.compare import end, keep, show
from dashboard.query.answers.search import best_area, best_matches, folded_options
from dashboard.query.choices import Between, Refusal, Refused, Values, bounds_from_text
from dashboard.query.facets import Facet
from dashboard.query.seasons import days_of, neighbour
from dashboard.query.survey import Survey
from dashboard.query.view import View, checked_extent


class UnknownAction(ValueError):
    """An action that nobody of ours asks for."""


def view_after(survey: Survey, view: View, action: dict) -> tuple[View, list[Refusal]]:
    """Return the view that an action leads to, and a refusal for each part of it that cannot be applied.

    `action` has ``do`` (a key of ACTIONS, or ``address``), ``on`` (what it is about) and ``value``, all texts. Raises
    UnknownAction.
    """
    parts = "do", "on", "value"
    if not isinstance(action, dict) or not all(isinstance(action.get(part, ""), str) for part in parts):
        raise UnknownAction(f"{action!r}: not made of texts")
    do, on, value = (action.get(part, "") for part in parts)
    if do == "address":
        return survey.view(value)
    try:
        return ACTIONS[do](survey, view, on, value), []
    except Refused as error:
        return view, [error.refusal]
    except (KeyError, ValueError) as error:
        raise UnknownAction(f"{action!r}: {error!r}") from error


def toggle(survey: Survey, view: View, name: str, value: str) -> View:
    """Add or remove one option of a facet; the empty value stands for records without one."""
    facet, choice = survey.facets[name], view.choice(name)
    if facet.is_range:
        return view.with_choice(name, (choice or Between()).missing_toggled())
    if value and value not in facet.values:
        raise ValueError("no such option")
    return view.with_choice(name, (choice or Values(())).toggled(value))


def between(survey: Survey, view: View, name: str, value: str) -> View:
    """Choose what lies between two bounds, ``10..250``, either of which may be left out. Raises Refused."""
    facet = range_facet(survey, name)
    return with_bounds(view, facet, *bounds_from_text(value, facet))


def choose_bins(survey: Survey, view: View, name: str, value: str) -> View:
    """Choose bins of a facet from the first to the last, ``2..5``, counted from 0."""
    facet = range_facet(survey, name)
    first, last = map(int, value.split(".."))
    if not (0 <= first < facet.options and 0 <= last < facet.options):
        raise ValueError("no such bin")
    return with_bounds(view, facet, *facet.bounds_of_bins(first, last))


def choose_bin(survey: Survey, view: View, name: str, value: str) -> View:
    """Choose one bin of a facet; the same again clears it."""
    return toggled(view, choose_bins(survey, view, name, f"{value}..{value}"), name)


def choose_season(survey: Survey, view: View, name: str, value: str) -> View:
    """Choose a year or a month, ``2015-05``; the same again clears it."""
    return toggled(view, between(survey, view, name, value), name)


def step_season(survey: Survey, view: View, name: str, step: str) -> View:
    """Choose the next (1) or previous (-1) year or month with records; at the end it stays."""
    facet, choice = range_facet(survey, name), view.choice(name) or Between()
    season = neighbour(facet, choice.low, choice.high, int(step))
    return view if season is None else with_bounds(view, facet, *days_of(season))


def clear(survey: Survey, view: View, facet: str, value: str) -> View:
    """Clear one facet, or all when none is named; ``all`` leaves the chosen areas too."""
    cleared = replace(view, choices=(), areas=() if value == "all" else view.areas, page=1)
    return view.with_choice(facet, None) if facet else cleared


def reset(survey: Survey, view: View, on: str, value: str) -> View:
    """Go back to the view one starts with."""
    return survey.start


def search(survey: Survey, view: View, on: str, value: str) -> View:
    """Take note of what is typed to find an option of a facet, or an area where no facet is named."""
    if on and on not in survey.facets:
        raise ValueError("no such facet")
    return view.with_search(on, value[:100])


def pick(survey: Survey, view: View, name: str, value: str) -> View:
    """Choose what fits a typed text best: an option of a facet, or an area where no facet is named."""
    if not name:
        area = best_area(value.strip(), survey.areas)
        return search(survey, view, "", value) if area is None else go(survey, view, "", survey.areas.ids[area])
    facet, old = survey.facets[name], view.choice(name)
    found = best_matches(value.strip(), folded_options(facet), 1) if value.strip() else []
    if not found:
        return search(survey, view, name, value)
    values = {*(old.values if old else ()), str(facet.values[found[0]])}
    return view.with_choice(name, Values(tuple(sorted(values)))).with_search(name, "")


def choose_measure(survey: Survey, view: View, on: str, measure: str) -> View:
    """Colour the map by another measure."""
    return replace(view, measure=survey.measures[measure].key)


def colour_by(survey: Survey, view: View, on: str, value: str) -> View:
    """Colour each area as its group is, or by itself."""
    if survey.group is None:
        raise ValueError("no groups")
    return replace(view, by="" if view.by else survey.group.name)


def classes(survey: Survey, view: View, on: str, value: str) -> View:
    """Keep the classes of all records for every choice, or fit them to what is chosen."""
    return replace(view, same_classes=not view.same_classes)


def sort(survey: Survey, view: View, column: str, value: str) -> View:
    """Sort the table by a column: ascending, then descending, then in the file's order."""
    if column not in survey.all_columns:
        raise ValueError("no such column")
    following = {column: f"-{column}", f"-{column}": ""}
    return replace(view, sort=following.get(view.sort, column), page=1)


def choose_column(survey: Survey, view: View, on: str, column: str) -> View:
    """Add a column to the table, or take it away; one at least stays."""
    if column not in survey.all_columns:
        raise ValueError("no such column")
    shown = view.columns or survey.columns
    columns = tuple(name for name in survey.all_columns if (name in shown) != (name == column))
    return replace(view, columns=() if columns == survey.columns else columns or shown)


def choose_rows(survey: Survey, view: View, on: str, value: str) -> View:
    """Leave out of the table what lies outside the map's extent, or take it in again."""
    return replace(view, here=not view.here, page=1)


def turn_page(survey: Survey, view: View, on: str, page: str) -> View:
    """Turn to a page of the table, counted from 1."""
    return replace(view, page=max(1, int(page)))


def move(survey: Survey, view: View, on: str, extent: str) -> View:
    """Take note of where the map was moved to: ``west,south,east,north`` in degrees; the whole survey when empty."""
    return replace(view, extent=checked_extent(extent.split(",")) if extent else None)


ACTIONS: dict[str, Callable[[Survey, View, str, str], View]] = {
    "toggle": toggle, "between": between, "bins": choose_bins, "bin": choose_bin,
    "season": choose_season, "step season": step_season, "clear": clear, "reset": reset,
    "search": search, "pick": pick, "area": choose_area, "also": also, "box": choose_box, "go": go,
    "leave": leave_areas, "tap": tap, "step": step_area, "record": choose_record, "peek": peek,
    "keep": keep, "show": show, "end": end, "measure": choose_measure, "by": colour_by, "classes": classes,
    "extent": move, "sort": sort, "page": turn_page, "column": choose_column, "rows": choose_rows}


def range_facet(survey: Survey, name: str) -> Facet:
    """Return a facet of numbers or dates. Raises ValueError when it is of another kind."""
    facet = survey.facets[name]
    if not facet.is_range:
        raise ValueError("no range")
    return facet


def toggled(view: View, after: View, name: str) -> View:
    """Return the view after a choice of one facet, or without the choice when it was there already."""
    return after if after.choice(name) != view.choice(name) else view.with_choice(name, None)


def with_bounds(view: View, facet: Facet, low, high) -> View:
    """Return a view with other bounds of a facet; its records without a value stay as they are chosen."""
    old = view.choice(facet.name)
    return view.with_choice(facet.name, Between(low, high, missing=old is not None and old.missing).or_none)
