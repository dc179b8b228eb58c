"""Actions about the areas, one or several together, and the records that are chosen."""

from dataclasses import replace
from math import isfinite

from dashboard.query.address import together
from dashboard.query.survey import Survey
from dashboard.query.view import NO_AREA, View

JUMP_MARGIN = 0.8  # of the area's own width and height, on each side


def with_areas(survey: Survey, view: View, areas: list[str]) -> View:
    """Return a view with other areas chosen; the search for one is over. Raises Refused when they are too many."""
    if not survey.positions.keys() >= set(areas):
        raise ValueError("no such area")
    return replace(view, areas=together(areas, survey.vocabulary), page=1).with_search("", "")


def choose_area(survey: Survey, view: View, on: str, area: str) -> View:
    """Choose one area alone, or the records in none."""
    return with_areas(survey, view, [area])


def also(survey: Survey, view: View, on: str, area: str) -> View:
    """Choose one more area, or let go of it where it is chosen."""
    others = [other for other in view.areas if other != area]
    return with_areas(survey, view, others if area in view.areas else [*others, area])


def choose_box(survey: Survey, view: View, on: str, box: str) -> View:
    """Choose also all areas that reach into a box of the map, ``x0,y0,x1,y1`` in metres of Web Mercator."""
    x0, y0, x1, y1 = bounds = tuple(map(float, box.split(",")))
    if not all(map(isfinite, bounds)):
        raise ValueError("a box has finite bounds")
    found = survey.areas_in((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return with_areas(survey, view, [*view.areas, *found])


def go(survey: Survey, view: View, on: str, area: str) -> View:
    """Choose an area alone, and let the map go there."""
    chosen = choose_area(survey, view, on, area)
    return chosen if area == NO_AREA else replace(chosen, extent=survey.extent_of(area, JUMP_MARGIN))


def choose_record(survey: Survey, view: View, on: str, record: str) -> View:
    """Choose a record by its id, and turn the table to it; the search for one is over. None when no id is given."""
    return replace(view, record=record or None, page=0 if record else 1, peeked=None).with_search("", "")


def peek(survey: Survey, view: View, on: str, record: str) -> View:
    """Look at a record without choosing it; at none when no id is given."""
    return replace(view, peeked=record or None)


def leave_areas(survey: Survey, view: View, on: str, value: str) -> View:
    """Go back to the whole survey."""
    return replace(view, areas=(), page=1)


def tap(survey: Survey, view: View, on: str, place: str) -> View:
    """Choose the area at a place of the map, ``x,y,reach`` in metres of Web Mercator, or none where there is none.

    `on` is "also" where it is added to those that are chosen, or taken away from them.
    """
    x, y, reach = map(float, place.split(","))
    area = survey.area_at(x, y, reach)
    if on == "also":
        return view if area is None else also(survey, view, "", area)
    return leave_areas(survey, view, "", "") if area is None else choose_area(survey, view, "", area)


def step_area(survey: Survey, view: View, on: str, step: str) -> View:
    """Go to the area after (1) or before (-1) the first chosen one, in the order of their labels, round the ends."""
    if not view.areas or view.areas[0] == NO_AREA:
        position = 0 if int(step) > 0 else -1
    else:
        position = (survey.positions[view.areas[0]] + int(step)) % len(survey.areas)
    return go(survey, view, "", survey.areas.ids[position])
