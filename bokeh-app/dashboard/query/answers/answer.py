"""A survey and a view -> the answer."""

import numpy as np

from dashboard.catalog.shapes.borders import borders_of
from dashboard.kept import kept
from dashboard.query.answers.about import About, about
from dashboard.query.answers.counted import Counted, classes_of, counted, fresh_areas
from dashboard.query.answers.detail import area_position, charts, detail, first_areas, latest
from dashboard.query.answers.facets import found_areas, option_counts
from dashboard.query.answers.map import legend, near, packed, spread
from dashboard.query.answers.parts import LatestRecord, Sentence, ViewData
from dashboard.query.answers.schema import Answer
from dashboard.query.answers.table import table
from dashboard.query.survey import Survey
from dashboard.query.view import View


def answer(survey: Survey, view: View) -> Answer:
    """Return all that the page shows of a view."""
    matches, measure, palette_classes = survey.matches(view), survey.measures[view.measure], survey.config.map.classes
    found = counted(survey, matches, view.measure)
    tally, values = found.tally, found.values[:-1]
    classes = classes_of(survey, view.choices if view.refit else (), view.measure)
    codes = classes.codes(values, survey.areas.surveyed)
    counts = tally.counts[:-1]
    return Answer(
        about=_about(survey), view=view_data(survey, view), sentence=_sentence(survey, found),
        colours=packed(spread(codes, len(classes), palette_classes)),
        counts=counts.astype(np.min_scalar_type(int(counts.max(initial=0)))),
        values=None if measure.key == "count" else values.astype(np.float32),
        chosen=area_position(survey, view), legend=legend(codes, classes, measure, palette_classes),
        near=near(survey, view), fresh=fresh_areas(survey, view.choices).tolist(),
        options=option_counts(survey, view, tally), found=found_areas(survey, view),
        detail=detail(survey, view, found), first=first_areas(survey, view, values), charts=charts(survey, tally),
        latest=_latest(survey), table=table(survey, matches, view.sort, view.page, found.count(matches.area)))


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
    return ViewData(survey.query(view), view.measure, choices, view.area, list(view.extent or ()), view.refit,
                    view.sort, view.page, dict(view.searches))


def _sentence(survey: Survey, found: Counted) -> Sentence:
    tally = found.tally
    return Sentence(tally.total, survey.facts.total, int((tally.counts[:-1] > 0).sum()), tally.unjoined)


@kept()
def _about(survey: Survey) -> About:
    return about(survey)


@kept()
def _latest(survey: Survey) -> list[LatestRecord] | None:
    return latest(survey)
