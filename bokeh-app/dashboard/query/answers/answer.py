"""A survey and a view -> the answer."""

import numpy as np

from dashboard.catalog.shapes.borders import borders_of
from dashboard.kept import kept
from dashboard.query.answers.about import About, about
from dashboard.query.answers.compare import compared, comparison, kept_counted
from dashboard.query.answers.counted import (
    Counted,
    classes_of,
    counted,
    drawn_values,
    fresh_areas,
    group_positions,
)
from dashboard.query.answers.detail import charts, chosen_areas, detail, first_areas, latest, several
from dashboard.query.answers.facets import found_areas, group_totals, no_result, option_counts
from dashboard.query.answers.map import ClassesShown, legend, near, packed, spread
from dashboard.query.answers.parts import LegendEntry, Sentence, ViewData
from dashboard.query.answers.record import found_records, record
from dashboard.query.answers.schema import Answer
from dashboard.query.answers.table import table
from dashboard.query.counting.matches import Matches
from dashboard.query.survey import Survey
from dashboard.query.view import View


def answer(survey: Survey, view: View) -> Answer:
    """Return all that the page shows of a view."""
    matches, measure = survey.matches(view), survey.measures[view.measure]
    found = counted(survey, matches, view.measure)
    tally, values = found.tally, found.values[:-1]
    other = kept_counted(survey, view)
    colours, entries, classes = _coloured(survey, view, found, other)
    counts = tally.counts[:-1]
    chosen = record(survey, view, view.record)
    page = view.page or (chosen.page if chosen is not None and chosen.page is not None else 1)
    return Answer(
        about=_about(survey), view=view_data(survey, view), sentence=_sentence(survey, found),
        colours=packed(colours),
        counts=counts.astype(np.min_scalar_type(int(counts.max(initial=0)))),
        values=None if measure.key == "count" or view.by else values.astype(np.float32),
        group_values=found.of_groups[:-1].astype(np.float32) if view.by else None, group_of=_group_of(survey),
        comparison=comparison(survey, view, other), chosen=chosen_areas(survey, view), legend=entries, classes=classes,
        near=near(survey, view), fresh=fresh_areas(survey, view.choices).tolist(),
        options=option_counts(survey, view, tally), found=found_areas(survey, view),
        found_records=found_records(survey, view), record=chosen, peeked=record(survey, view, view.peeked),
        detail=detail(survey, view, found), several=several(survey, view, found),
        first=first_areas(survey, view, values), charts=charts(survey, view, tally),
        latest=latest(survey, matches), groups=group_totals(survey, view), no_result=no_result(survey, view, found),
        table=table(survey, survey.rows(view), view.columns or survey.columns, view.sort, page, found.count))


def _coloured(survey: Survey, view: View, found: Counted,
              other: Counted | None) -> tuple[np.ndarray, list[LegendEntry], ClassesShown]:
    """Return the colour of each area, what colours mean, and what the classes fit.

    While two choices are compared, A and B alone are seen in the same classes: those of all records.
    """
    measure, surveyed, palette_classes = survey.measures[view.measure], survey.areas.surveyed, survey.config.map.classes
    of_all = classes_of(survey, counted(survey, Matches(()), view.measure), view.measure, view.by)
    fitted = bool(view.choices) and not view.same_classes and other is None
    shown = ClassesShown(fitted, of_all.bounds[:-1].tolist())
    if view.shows in ("difference", "ratio"):
        both = (drawn_values(survey, each, view.by) for each in (other, found))
        return *compared(view.shows, *both, surveyed, measure), shown
    classes = classes_of(survey, found, view.measure, view.by) if fitted else of_all
    drawn = drawn_values(survey, other if view.shows == "a" else found, view.by)
    codes = classes.codes(drawn, surveyed)
    return (spread(codes, len(classes), palette_classes), legend(codes, drawn, classes, measure, palette_classes),
            shown)


@kept()
def start_answer(survey: Survey) -> Answer:
    """Return the answer to the view that one starts with."""
    return answer(survey, survey.start)


def prepared(survey: Survey) -> Survey:
    """Return the survey once all is made that its first visitor needs: so nobody waits for it on an event loop."""
    borders_of(survey.areas, survey.config.map.simplify)
    start_answer(survey)
    return survey


def view_data(survey: Survey, view: View) -> ViewData:
    """Return a view as an answer holds it."""
    choices = {name: choice.to_data(survey.facets[name]) for name, choice in view.choices}
    return ViewData(survey.query(view), view.measure, choices, list(view.areas), list(view.extent or ()), view.by,
                    view.same_classes, view.sort, view.page, list(view.columns or survey.columns), view.here,
                    view.record, dict(view.searches))


def _sentence(survey: Survey, found: Counted) -> Sentence:
    tally = found.tally
    return Sentence(tally.total, survey.facts.total, int((tally.counts[:-1] > 0).sum()), tally.unjoined)


@kept()
def _about(survey: Survey) -> About:
    return about(survey)


@kept()
def _group_of(survey: Survey) -> np.ndarray | None:
    if survey.group is None:
        return None
    return group_positions(survey)[:-1].astype(np.min_scalar_type(survey.group.options))
