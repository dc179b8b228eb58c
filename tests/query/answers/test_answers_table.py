"""The table in the answer: pages of the matching records."""

from dataclasses import replace

import numpy as np

from answers import FINDS, PARCELS, answered
from dashboard.query.answers.answer import answer


def test_pages_of_the_table_hold_each_record_once(engine):
    view, _ = engine.view("type=coin")
    pages = answer(engine, view).table.pages
    rows = [row for page in range(1, pages + 1) for row in answer(engine, replace(view, page=page)).table.rows]
    assert sorted(row[0] for row in rows) == sorted(FINDS[FINDS.type == "coin"].find)


def test_the_table_is_sorted_with_gaps_last_both_ways(engine):
    for direction in ("", "-"):
        view, _ = engine.view(f"type=coin&_sort={direction}weight_g")
        pages = range(1, answer(engine, view).table.pages + 1)
        place = engine.columns.index("weight_g")
        shown = [row[place] for page in pages for row in answer(engine, replace(view, page=page)).table.rows]
        coins = engine.records(replace(view, sort="")).weight_g
        expected = coins.sort_values(ascending=not direction, na_position="last")
        np.testing.assert_array_equal(np.array(shown, dtype=float), expected)


def test_the_table_of_an_area_holds_its_records_and_the_columns_of_the_config(engine):
    found = answered(engine, "_area=P-086&_sort=find")
    mine = FINDS[FINDS.parcel == "P-086"].sort_values("find")
    names = found.view.columns
    assert names == ["find", "parcel", "type", "period", "ware", "weight_g", "length_mm", "found_on", "note"]
    assert (found.table.total, found.table.page, found.table.pages) == (len(mine), 1, -(-len(mine) // 15))
    for row, (_, find) in zip(found.table.rows, mine.iloc[:15].iterrows(), strict=True):
        assert row == [None if value != value else value for value in find[names]]


def test_beyond_the_last_page_is_the_last_and_without_records_one_empty_page(engine):
    found = answered(engine, "type=coin&_page=999999999")
    assert found.table.page == found.table.pages == -(-(FINDS.type == "coin").sum() // 15)
    assert found.table.rows == answered(engine, f"type=coin&_page={found.table.pages}").table.rows != []
    none = answered(engine, "type=coin&weight_g=99999..&_page=7").table
    assert (none.total, none.page, none.pages, none.rows) == (0, 1, 1, [])


def test_without_a_sorting_the_records_are_in_the_order_of_the_areas(engine):
    order = {area: place for place, area in enumerate(PARCELS.sort_values("name").parcel)}
    rows = answered(engine, "type=coin").table.rows
    places = [engine.positions[row[1]] for row in rows]
    assert places == sorted(places) and set(row[1] for row in rows) <= set(order)
