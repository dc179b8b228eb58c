"""What all visitors share: where areas are, what the map shows of them, and which records a view is about."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import SQUARES, areas_of, catalog_of_records

from answers import FINDS, PARCELS
from dashboard.query.answers.detail import latest
from dashboard.query.survey import same_layout, survey_of
from dashboard.query.view import NO_AREA

quick = settings(deadline=None, max_examples=60)
ONE_RECORD = pd.DataFrame({"area": np.array([0, 1, 2], dtype=np.int32), "kind": ["coin", "lamp", "coin"],
                           "day": pd.to_datetime(["2014-05-01", None, "2014-05-03"])})


def small(areas=SQUARES, records=ONE_RECORD, records_as=None, **settings):
    """Return the survey of three records on squares of one degree; `records_as` is what the config says of them."""
    catalog = replace(catalog_of_records(records), areas=areas)
    settings |= {} if records_as is None else {"records": records_as}
    return survey_of(replace(catalog, config=catalog.config.model_copy(update=settings)))


SMALL = small()


def test_the_records_of_a_view_are_those_of_plain_pandas(engine):
    for query, mask in (
            ("", FINDS.find.notna()), ("type=coin&_area=P-086", (FINDS.parcel == "P-086") & (FINDS.type == "coin")),
            ("_area=", ~FINDS.parcel.isin(PARCELS.parcel)), ("weight_g=..5&weight_g=", ~(FINDS.weight_g > 5))):
        found = engine.records(engine.view(query)[0])
        assert sorted(found.find) == sorted(FINDS[mask].find) and list(found.index) == list(range(mask.sum()))


@quick
@given(st.integers(0, 12), st.floats(-0.5, 0.5), st.floats(-50, 50))
def test_a_zoom_more_shows_half_as_much(zoom, lon, lat):
    survey, width = SMALL, 360 * 3 / 2**zoom
    lon *= 1080 - width  # an extent may reach half the world beyond both ends of the map
    one, half = (survey.zoom((lon - reach, lat - 1e-9, lon + reach, lat + 1e-9)) for reach in (width / 2, width / 4))
    assert half - one == pytest.approx(1, abs=1e-6) and one == pytest.approx(zoom, abs=1e-6)


def test_records_are_drawn_two_zooms_closer_than_all_areas_or_as_the_config_says():
    survey = small()
    assert survey.points_from_zoom == survey.zoom(None) + 2
    closer = survey.config.map.model_copy(update={"points_from_zoom": 7.5})
    assert small(map=closer).points_from_zoom == 7.5


def test_the_extent_of_an_area_is_an_address_and_an_area_without_borders_shows_all():
    areas = areas_of([*SQUARES.shapes[:2], None, shapely.box(0, 89, 1, 90)])
    survey = small(areas)
    assert survey.extent_of("a", 0.5) == (-0.5, -0.5, 1.5, 1.5)
    assert survey.extent_of("c", 0) == tuple(round(bound, 5) for bound in areas.bounds())
    for area in areas.ids:
        view, refused = survey.view({"_extent": [",".join(map(str, survey.extent_of(area, 0.8))).encode()]})
        assert refused == [] and view.extent is not None, area


def test_a_place_is_in_an_area_or_near_one_or_in_none():
    survey = small()
    (x, far), (y, _) = SQUARES.to_drawn([1.5, 4.01], [0.5, 0.5])
    assert survey.area_at(x, y, 0) == "b"
    assert survey.area_at(far, y, 10) is None and survey.area_at(far, y, 2000) == "d"
    # On a border that two areas share it is the first of them.
    border = float(SQUARES.to_drawn(1, 0.5)[0])
    assert survey.area_at(border, y, 1) == "a"


def test_a_chart_of_what_is_no_facet_is_warned_of_once():
    detail = {"time": "kind", "charts": ["day", "kind", "nothing"]}
    config = small().config
    survey = small(detail=config.detail.model_copy(update=detail))
    assert [problem.found for problem in survey.problems if "charted" in problem.found] == [
        "nothing is not charted, as it is no facet."]


def test_the_latest_records_are_found_in_all_partitions(monkeypatch):
    config = small().config
    coming = config.records.model_copy(update={"file": "https://example.org/records.csv"})
    by_day = {"detail": config.detail.model_copy(update={"time": "day"})}
    for records_each in (1, 2, 10):
        monkeypatch.setattr("dashboard.catalog.catalog.PARTITION_RECORDS", records_each)
        survey = small(records_as=coming, **by_day)
        found = latest(survey, survey.matches(survey.start))
        # One without a date is not known to be late.
        assert [(record.when, record.area, record.new) for record in found] == [
            ("2014-05-03", "c", False), ("2014-05-01", "a", False)]
        lamps, _ = survey.view("kind=lamp")
        assert latest(survey, survey.matches(lamps)) == []


def test_nothing_is_the_latest_where_no_records_come_or_no_column_says_when():
    config = small().config
    coming = config.records.model_copy(update={"file": "https://example.org/records.csv"})
    of_kind = {"detail": config.detail.model_copy(update={"time": "kind"})}
    for survey in (small(detail=config.detail.model_copy(update={"time": "day"})), small(records_as=coming, **of_kind)):
        assert latest(survey, survey.matches(survey.start)) is None


def test_the_records_in_no_area_have_the_position_after_the_last():
    survey = small()
    assert [survey.positions[area] for area in (*"abcd", NO_AREA)] == [0, 1, 2, 3, 4]
    view, _ = survey.view("_area=")
    assert survey.matches(view).areas == (4,) and survey.matches(survey.start).areas == ()


def test_a_page_goes_on_with_other_records_but_not_with_other_areas_settings_or_facets():
    survey = small()
    assert same_layout(survey, small(records=ONE_RECORD.assign(kind=["coin", "bowl", "lamp"])))
    assert not same_layout(survey, small(areas_of(SQUARES.shapes)))
    assert not same_layout(survey, small(title="Another"))
    assert not same_layout(survey, small(records=ONE_RECORD.drop(columns="kind")))
    assert not same_layout(survey, small(records=ONE_RECORD.assign(kind=[1.5, 2.5, 3.5])))
