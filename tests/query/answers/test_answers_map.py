"""Every area has the colour of its class, and the legend says which that is; the records nearby are where they are."""

from typing import get_args

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from answers import FINDS, answered
from dashboard.catalog.shapes.borders import borders_of
from dashboard.query.answers.map import legend, packed, shades, spans_of, spread
from dashboard.query.classes import FIRST_CLASS, NOT_SURVEYED, ZERO, Classes, make_classes
from dashboard.query.measures import Measure
from dashboard.settings import MapSettings, Scheme

quick = settings(deadline=None, max_examples=100)
COUNT = Measure("count", "number of finds", "count", "", False, "")


@quick
@given(st.lists(st.integers(0, 3000).map(float), min_size=1, max_size=40), st.sampled_from(get_args(Scheme)),
       st.integers(2, 9))
def test_the_legend_says_of_every_count_in_which_class_it_is(values, scheme, count):
    values = np.array(values)
    classes = make_classes(values, MapSettings(scheme=scheme, classes=count), zero_apart=True, whole=True)
    spans = spans_of(classes.bounds, whole=True)
    for value, code in zip(values, classes.codes(values, values == values), strict=True):
        if code == ZERO:
            continue
        low, high = spans[code - FIRST_CLASS]
        assert low <= value and (high is None or value <= high)


def test_classes_of_numbers_that_are_not_whole_meet_and_are_open_at_the_ends():
    assert spans_of(np.array([0.5, 2.0, 9.5]), whole=False) == [(None, 0.5), (0.5, 2.0), (2.0, None)]
    assert spans_of(np.array([4.5]), whole=False) == [(4.5, 4.5)]
    assert spans_of(np.array([3.0]), whole=True) == [(1.0, None)]
    assert spans_of(np.array([]), whole=True) == spans_of(np.array([]), whole=False) == []


def test_the_legend_counts_the_areas_of_each_colour_and_names_only_what_the_map_has():
    codes = np.array([NOT_SURVEYED, ZERO, 3, 3, 5], dtype=np.uint8)
    entries = legend(codes, np.array([np.nan, 0, 1, 2, 7]), Classes(np.array([2.0, 5, 9]), True), COUNT, 5)
    assert [(entry.meaning, entry.low, entry.high, entry.areas) for entry in entries] == [
        ("none", None, None, 1), ("not surveyed", None, None, 1),
        ("class", 1, 2, 2), ("class", 3, 5, 0), ("class", 6, None, 1)]
    assert len({entry.colour for entry in entries}) == 5


@pytest.mark.parametrize(("used", "classes", "colours"), [
    (1, 5, [7]), (2, 5, [3, 7]), (3, 5, [3, 5, 7]), (5, 5, [3, 4, 5, 6, 7]), (2, 2, [3, 4]), (4, 9, [3, 6, 8, 11])])
def test_fewer_classes_than_the_palette_has_are_spread_over_it(used, classes, colours):
    codes = np.arange(FIRST_CLASS + used, dtype=np.uint8)
    assert spread(codes, used, classes).tolist() == [0, 1, 2, *colours]


@quick
@given(st.lists(st.integers(0, 11)))
def test_two_colours_in_a_byte_are_taken_out_again(colours):
    bytes_ = packed(np.array(colours, dtype=np.uint8)).tolist()
    assert [half for byte in bytes_ for half in (byte & 15, byte >> 4)][:len(colours)] == colours
    assert len(bytes_) == -(-len(colours) // 2)


@pytest.mark.parametrize("query", ["", "type=coin&_classes=all", "type=coin", "_measure=median(weight_g)&type=lamp",
                                   "_measure=count/km2", "weight_g=99999.."])
def test_the_legend_counts_every_area_once_and_as_it_is_coloured(engine, query):
    found = answered(engine, query)
    colours = [half for byte in found.colours.tolist() for half in (byte & 15, byte >> 4)][:len(engine.areas)]
    assert {entry.colour: entry.areas for entry in found.legend if entry.areas} == {
        colour: colours.count(colour) for colour in set(colours)}


def test_classes_fit_what_is_chosen_unless_they_are_to_stay_the_same(engine):
    spans = {query: [(entry.low, entry.high) for entry in answered(engine, query).legend if entry.meaning == "class"]
             for query in ("", "type=coin", "type=coin&_classes=all")}
    assert spans[""] == spans["type=coin&_classes=all"] != spans["type=coin"]


def test_classes_that_hold_one_value_each_are_called_by_it(engine):
    counts = FINDS[(FINDS.type == "coin") & (FINDS.weight_g >= 5)].groupby("parcel").size()
    few = [(entry.low, entry.high) for entry in answered(engine, "type=coin&weight_g=5..").legend
           if entry.meaning == "class" and entry.low == entry.high]
    assert few and all(low in set(counts) for low, _ in few)


def test_records_are_drawn_only_from_close_by(engine):
    west, south, east, north = engine.areas.bounds()
    assert answered(engine, "").near is None
    assert answered(engine, f"_extent={west},{south},{east},{north}").near is None


@pytest.mark.parametrize("kind", ["coin", "bowl"], ids=["points", "density"])
def test_the_records_around_the_extent_are_where_the_file_says(engine, kind):
    west, south, east, north = extent = (-1.905, 37.595, -1.895, 37.605)
    near = answered(engine, f"type={kind}&_extent={','.join(map(str, extent))}").near
    finds = FINDS[FINDS.type == kind]
    assert near.count == (finds.lon.between(west, east) & finds.lat.between(south, north)).sum() > 0
    x, y = engine.areas.to_drawn(finds.lon, finds.lat)
    (left, right), (bottom, top) = engine.areas.to_drawn([west, east], [south, north])
    middle, reach = ((left + right) / 2, (bottom + top) / 2), 0.75 * max(right - left, top - bottom)
    inside = (abs(x - middle[0]) < reach) & (abs(y - middle[1]) < reach)
    east, north = borders_of(engine.areas, engine.config.map.simplify).origin
    if near.x is None:
        cells = near.cells
        assert inside.sum() > 1000 and cells.shades.max() == 255 and near.ids == []
        # Together the cells reach as far as the records do, and each holds at least one.
        assert float(cells.left.min()) + east == approx(x[inside].min(), abs=0.01)
        assert float(cells.top.max()) + north == approx(y[inside].max(), abs=0.01)
        left, bottom, right, top = (getattr(cells, end).astype(np.float64)
                                    for end in ("left", "bottom", "right", "top"))
        boxes = shapely.box(left + east, bottom + north, right + east, top + north)
        points = shapely.STRtree(shapely.points(x[inside], y[inside]))
        assert len(set(points.query(shapely.buffer(boxes, 0.01), "intersects")[0])) == len(boxes)
        return
    drawn = zip((near.x + np.float64(east)).round(), (near.y + np.float64(north)).round(), strict=True)
    assert sorted(drawn) == sorted(zip(x[inside].round(), y[inside].round(), strict=True))
    assert sorted(near.ids) == sorted(finds.find[inside])


def test_a_cell_is_as_dark_as_it_is_full_and_one_record_can_be_seen():
    dark = shades(np.array([1, 10, 1000]))
    assert 55 < dark[0] < dark[1] < dark[2] == 255
