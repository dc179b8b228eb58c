"""Words for yes and no, as files have them."""

import pytest

from dashboard.catalog.rows.yes_no import NO, YES, yes_or_no


@pytest.mark.parametrize(("value", "meaning"), [
    ("Yes", YES), ("y", YES), ("TRUE", YES), (1.0, YES), ("no", NO), ("N", NO), ("false", NO), (0.0, NO),
    ("maybe", None), ("F", None), ("t", None), ("1", None), (2.0, None), (None, None)])
def test_a_word_means_yes_or_no_or_neither(value, meaning):
    assert yes_or_no(value) == meaning


@pytest.mark.parametrize(("value", "meaning"), [
    ("T", YES), ("1", YES), ("f", NO), ("0", NO), (None, NO), (float("nan"), NO), ("Yes", YES), ("perhaps", None)])
def test_more_is_taken_for_it_where_it_is_asked_for(value, meaning):
    assert yes_or_no(value, asked=True) == meaning
