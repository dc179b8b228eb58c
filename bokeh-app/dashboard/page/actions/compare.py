"""Keeping the present choices as A, to compare others, B, with them."""

from dataclasses import replace

from dashboard.query.survey import Survey
from dashboard.query.view import SHOWS, View


def keep(survey: Survey, view: View, on: str, value: str) -> View:
    """Keep the present choices as A; what is chosen from now on is B, which the map shows at first."""
    return replace(view, kept=view.choices, shows=SHOWS[0])


def show(survey: Survey, view: View, on: str, shows: str) -> View:
    """Have the map show A, B, their difference or their ratio."""
    if view.kept is None or shows not in SHOWS:
        raise ValueError("nothing to compare")
    return replace(view, shows=shows)


def end(survey: Survey, view: View, on: str, value: str) -> View:
    """Compare no longer: B is what is chosen."""
    return replace(view, kept=None, shows=SHOWS[0])
