"""A page of the table, gathered from any number of partitions, is the page of one pandas sort."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import CHOICES, DTYPES, RECORDS, TOGETHER, keeps, partition_of

from dashboard.query.counting.matches import Matches
from dashboard.query.counting.partitions import InProcess
from dashboard.query.counting.table import PAGE_ROWS, table_page

quick = settings(deadline=None, max_examples=120)


@quick
@given(RECORDS, st.lists(st.integers(0, 3), min_size=60, max_size=60), CHOICES, TOGETHER,
       st.sampled_from(["", "type", "weight", "day", "drawn", "grams", "number"]), st.booleans(), st.integers(1, 6))
def test_a_page_over_several_partitions_equals_one_sort_of_all(
        records, owners, choices, areas, sort, descending, page):
    records = records.assign(number=np.arange(len(records)))
    owner = np.array(owners[:len(records)], dtype=int)
    parts = [records[owner == number] for number in range(4)]
    # Equal records stay in the order of the areas, and within an area in that of the partitions.
    found = keeps(pd.concat(parts, ignore_index=True), choices)
    found = (found[found.area.isin(areas)] if areas else found).sort_values("area", kind="stable")
    if sort:
        found = found.sort_values(sort, ascending=not descending, na_position="last", kind="stable")
    partitions = InProcess([partition_of(part) for part in parts])
    columns = ["number", *DTYPES]
    given_page = table_page(partitions, Matches(tuple(choices.items()), areas), sort, descending, page, len(found),
                            columns)
    pages = max(1, -(-len(found) // PAGE_ROWS))
    shown = min(page, pages)
    assert (given_page.total, given_page.page, given_page.pages) == (len(found), shown, pages)
    expected = found.iloc[(shown - 1) * PAGE_ROWS:shown * PAGE_ROWS]
    assert list(given_page.rows.number) == list(expected.number) and list(given_page.rows) == columns
