"""The matching records a page at a time, in any order, gathered from all partitions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.query.counting.matches import Matches, Rows
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.partitions import Partitions

PAGE_ROWS = 15


@dataclass(frozen=True, eq=False)
class TablePage:
    """One page of the matching records, and how many there are on all pages."""

    rows: pd.DataFrame
    total: int
    page: int
    pages: int


def table_page(partitions: Partitions, matches: Matches, sort: str, descending: bool, page: int, total: int,
               columns: list[str]) -> TablePage:
    """Return a page (counted from 1) of `total` matching records; beyond the last page it is the last one.

    Each partition gives the rows that can be on the page, from the nearer end; they are then put into one order.
    """
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(page, pages)
    start, stop = (page - 1) * PAGE_ROWS, min(page * PAGE_ROWS, total)
    from_end = start > total - stop
    count = total - start if from_end else stop
    answers: list[Rows] = partitions.ask(Partition.ordered, matches, sort, descending, max(count, 1), from_end)
    ordered = in_order(answers, descending)
    ordered = ordered.iloc[len(ordered) - count:][:stop - start] if from_end else ordered.iloc[start:stop]
    wanted = [ordered.place[ordered.partition == number].to_numpy() for number in range(len(answers))]
    rows = pd.concat(partitions.ask_each(Partition.rows, wanted))
    # The rows came partition by partition.
    back = np.argsort(np.argsort(ordered.partition.to_numpy(), kind="stable"))
    return TablePage(rows.iloc[back][columns], total, page, pages)


def in_order(answers: list[Rows], descending: bool) -> pd.DataFrame:
    """Return the rows of all partitions in one order: by key, where there is one, then by area, then as they came."""
    frame = pd.DataFrame({"partition": np.repeat(np.arange(len(answers)), [len(rows.places) for rows in answers]),
                          "place": np.concatenate([rows.places for rows in answers])})
    if len(answers) == 1:
        return frame
    frame["area"] = np.concatenate([rows.area_of for rows in answers])
    frame = frame.sort_values("area", kind="stable")
    if answers[0].keys is None:
        return frame
    frame["key"] = pd.concat([rows.keys for rows in answers], ignore_index=True)
    return frame.sort_values("key", kind="stable", ascending=not descending, na_position="last")
