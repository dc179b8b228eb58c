"""What a column of cells looks like, and the examples that sentences give of it."""

import pyarrow as pa

from dashboard.catalog.rows.patterns import examples, matching, share

CELLS = pa.chunked_array([["1", None, "x"], ["x", "two\nlines", "z" * 50]])


def test_a_pattern_has_to_fit_the_whole_cell():
    assert matching(CELLS, "[0-9x]").to_pylist() == [True, None, True, True, False, False]
    assert matching(CELLS, ".*").to_pylist() == [True, None, True, True, True, True]


def test_gaps_have_no_share():
    assert share(matching(CELLS, "x")) == 2 / 5
    assert share(matching(pa.chunked_array([pa.array([None], pa.string())]), "x")) == 0


def test_examples_are_different_short_and_say_the_row_of_the_first():
    assert examples(CELLS, matching(CELLS, "[^0-9]*"), 2) == rf"'x' (row 4), 'two\nlines', '{'z' * 39}…'"
