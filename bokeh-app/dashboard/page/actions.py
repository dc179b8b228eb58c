"""An action, which is whatever a visitor, a widget, the map, an address or a program wants -> the view it leads to."""

from collections.abc import Callable
from dataclasses import replace

from dashboard.query.answers.search import best_area, best_matches, folded_options
from dashboard.query.choices import Between, Refusal, Refused, Values, bounds_from_text
from dashboard.query.facets import Facet
from dashboard.query.survey import Survey
from dashboard.query.view import NO_AREA, View, checked_extent

JUMP_MARGIN = 0.8  # of the area's own width and height, on each side


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
        return view.with_choice(name, with_missing_toggled(choice))
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
    first, _, last = value.partition("..")
    return with_bounds(view, facet, *facet.bounds_of_bins(bin_number(facet, first), bin_number(facet, last)))


def choose_bin(survey: Survey, view: View, name: str, value: str) -> View:
    """Choose one bin of a facet; the same again clears it."""
    facet, old = range_facet(survey, name), view.choice(name)
    number = bin_number(facet, value)
    after = with_bounds(view, facet, *facet.bounds_of_bins(number, number))
    return after if after.choice(name) != old else view.with_choice(name, None)


def clear(survey: Survey, view: View, facet: str, value: str) -> View:
    """Clear one facet, or all when none is named."""
    return view.with_choice(facet, None) if facet else replace(view, choices=(), page=1)


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


def choose_area(survey: Survey, view: View, on: str, area: str) -> View:
    """Choose an area, or the records in none; the search for one is over."""
    if area not in survey.positions:
        raise ValueError("no such area")
    return replace(view, area=area, page=1).with_search("", "")


def go(survey: Survey, view: View, on: str, area: str) -> View:
    """Choose an area, and let the map go there."""
    chosen = choose_area(survey, view, on, area)
    return chosen if area == NO_AREA else replace(chosen, extent=survey.extent_of(area, JUMP_MARGIN))


def leave_area(survey: Survey, view: View, on: str, value: str) -> View:
    """Go back to the whole survey."""
    return replace(view, area=None, page=1)


def tap(survey: Survey, view: View, on: str, place: str) -> View:
    """Choose the area at a place of the map, ``x,y,reach`` in metres of Web Mercator, or none where there is none."""
    x, y, reach = map(float, place.split(","))
    area = survey.area_at(x, y, reach)
    return leave_area(survey, view, "", "") if area is None else choose_area(survey, view, "", area)


def step_area(survey: Survey, view: View, on: str, step: str) -> View:
    """Go to the next (1) or previous (-1) area in the order of their labels, round the ends."""
    if view.area in (None, NO_AREA):
        position = 0 if int(step) > 0 else -1
    else:
        position = (survey.positions[view.area] + int(step)) % len(survey.areas)
    return go(survey, view, "", survey.areas.ids[position])


def choose_measure(survey: Survey, view: View, on: str, measure: str) -> View:
    """Colour the map by another measure."""
    return replace(view, measure=survey.measures[measure].key)


def refit(survey: Survey, view: View, on: str, value: str) -> View:
    """Fit the classes to what is shown, or keep those of all records."""
    return replace(view, refit=not view.refit)


def sort(survey: Survey, view: View, column: str, value: str) -> View:
    """Sort the table by a column: ascending, then descending, then in the file's order."""
    if column not in survey.columns:
        raise ValueError("no such column")
    following = {column: f"-{column}", f"-{column}": ""}
    return replace(view, sort=following.get(view.sort, column), page=1)


def turn_page(survey: Survey, view: View, on: str, page: str) -> View:
    """Turn to a page of the table, counted from 1."""
    return replace(view, page=max(1, int(page)))


def move(survey: Survey, view: View, on: str, extent: str) -> View:
    """Take note of where the map was moved to: ``west,south,east,north`` in degrees; the whole survey when empty."""
    return replace(view, extent=checked_extent(extent.split(",")) if extent else None)


ACTIONS: dict[str, Callable[[Survey, View, str, str], View]] = {
    "toggle": toggle, "between": between, "bins": choose_bins, "bin": choose_bin, "clear": clear, "reset": reset,
    "search": search, "pick": pick, "area": choose_area, "go": go, "leave": leave_area, "tap": tap, "step": step_area,
    "measure": choose_measure, "refit": refit, "sort": sort, "page": turn_page, "extent": move}


def range_facet(survey: Survey, name: str) -> Facet:
    """Return a facet of numbers or dates. Raises ValueError when it is of another kind."""
    facet = survey.facets[name]
    if not facet.is_range:
        raise ValueError("no range")
    return facet


def bin_number(facet: Facet, text: str) -> int:
    """Return the number of a bin. Raises ValueError when there is no such bin."""
    number = int(text)
    if not 0 <= number < facet.options:
        raise ValueError("no such bin")
    return number


def with_bounds(view: View, facet: Facet, low, high) -> View:
    """Return a view with other bounds of a facet; its records without a value stay as they are chosen."""
    old = view.choice(facet.name)
    choice = Between(low, high, missing=old is not None and old.missing)
    return view.with_choice(facet.name, choice if choice.bounded or choice.missing else None)


def with_missing_toggled(choice: Between | None) -> Between | None:
    """Return a choice of bounds with the records without a value added, or taken away again."""
    choice = choice or Between()
    toggled = replace(choice, missing=not choice.missing)
    return toggled if toggled.bounded or toggled.missing else None
