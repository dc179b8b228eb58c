"""What is typed finds names without case and accents, those that start with it before the others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import SQUARES, areas_of

from answers import FINDS, PARCELS
from dashboard.query.answers.answer import answer
from dashboard.query.answers.search import best_area, best_matches, folded

quick = settings(deadline=None, max_examples=60)
NAMES = st.text("abcÁäçñÉ 0-", max_size=4)


@pytest.mark.parametrize("typed", ["dressel", "ÁLAMOS", "  p-08 "])
def test_what_is_typed_finds_areas_without_case_and_accents(engine, typed):
    view = engine.start.with_search("", typed)
    found = answer(engine, view).found
    names = PARCELS.name + " " + PARCELS.parcel
    plain = names.str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii").str.casefold()
    wanted = {"dressel": "dressel", "ÁLAMOS": "alamos", "  p-08 ": "p-08"}[typed]
    assert len(found) == min(plain.str.contains(wanted).sum(), 8)
    assert all(area.id in set(PARCELS[plain.str.contains(wanted)].parcel) for area in found)


@quick
@given(st.lists(NAMES, max_size=12), NAMES, st.integers(1, 5))
def test_those_that_start_with_it_come_before_those_that_hold_it(names, typed, limit):
    found = best_matches(typed, [folded(name) for name in names], limit)
    wanted = folded(typed)
    starting = [place for place, name in enumerate(names) if folded(name).startswith(wanted)]
    holding = [place for place, name in enumerate(names) if wanted in folded(name) and place not in starting]
    assert found == (starting + holding)[:limit]


@pytest.mark.parametrize(("one", "other"), [
    ("Ánfora", "ANFORA"), ("Straße", "STRASSE"), ("Łódź", "łÓDZ"), ("e\u0301", "É"), ("ﬁbula", "FIBULA"), ("Ñ", "n"),
    ("ΣΟΦΌΣ", "σοφος")])
def test_case_and_accents_make_no_difference(one, other):
    assert folded(one) == folded(other)


def test_an_id_that_is_typed_in_full_finds_its_area_before_any_name():
    areas = areas_of(SQUARES.shapes, labels=["b in the first", "x", "a and d", "Álamo"])
    assert [best_area(typed, areas) for typed in ("B", "a", "álamo", "FIRST", "d")] == [1, 0, 3, 0, 3]
    # Where the label does not say it, the id is searched too; what fits nothing, or is nothing, finds none.
    assert [best_area(typed, areas) for typed in ("x b", "zz", "")] == [1, None, None]


def test_the_options_that_fit_are_listed_with_what_each_would_leave(engine):
    wares = FINDS[FINDS.type == "amphora"].ware.value_counts()
    view, _ = engine.view("type=amphora&ware=Dressel%2020")
    listed = answer(engine, view.with_search("ware", " dRESsel ")).options["ware"]
    assert listed.options and all("dressel" in ware.casefold() for ware in listed.options)
    assert listed.counts == [wares.get(ware, 0) for ware in listed.options]
    assert answer(engine, view.with_search("ware", "no such")).options["ware"].options == []
    named = set(PARCELS.parcel)
    assert {area.id for area in answer(engine, view.with_search("", "p-0")).found} < named
    assert answer(engine, view.with_search("", "  ")).found == []
