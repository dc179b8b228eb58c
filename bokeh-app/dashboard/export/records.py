"""The records of a view, a piece at a time: never all of them at once, wherever they are."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from dashboard.export.cells import NUMBER, kinds
from dashboard.export.places import Piece, added_columns, has_places, seen
from dashboard.query.counting.matches import Located
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.table import in_order
from dashboard.query.survey import Survey
from dashboard.query.view import View

PIECE_ROWS = 4_096  # of which a text is made within some milliseconds, in which others may have to wait


class Records:
    """The records that a view is about, from the one at `offset` on, `limit` at most (None: all).

    They are in the order of the table where the view has one, otherwise in that of the areas. What of a view is only
    the look of the page (the measure, the extent, the classes, the page of the table) is not about which they are. All
    columns of the records go out. `total` counts all that the view is about, `kinds` says what each column holds.
    """

    def __init__(self, survey: Survey, view: View, offset: int = 0, limit: int | None = None):
        self._survey, self._matches, self._sort = survey, survey.matches(view), view.sort
        self._counts: list[int] = survey.partitions.ask(Partition.count, self._matches)
        self.total = sum(self._counts)
        self.start = min(offset, self.total)
        self.stop = self.total if limit is None else min(offset + limit, self.total)
        self.has_places = has_places(survey)
        columns = kinds(survey)
        self.kinds = {**columns, **dict.fromkeys(added_columns(survey, columns), NUMBER)}

    def __len__(self) -> int:
        return max(self.stop - self.start, 0)

    def pieces(self, rows: int = PIECE_ROWS) -> Iterator[Piece]:
        """Give the records, so many `rows` at a time. Raises PartitionsLost."""
        for located in self._sorted(rows) if self._sort else self._unsorted(rows):
            yield seen(self._survey, located)

    def _unsorted(self, rows: int) -> Iterator[Located]:
        before = 0
        for number, count in enumerate(self._counts):
            first, last = max(self.start - before, 0), min(self.stop - before, count)
            for start in range(first, last, rows):
                yield self._survey.partitions.ask_one(number, Partition.piece, self._matches, start,
                                                      min(start + rows, last))
            before += count

    def _sorted(self, rows: int) -> Iterator[Located]:
        partitions = self._survey.partitions
        # A column's own name may start with a minus.
        name = self._sort if self._sort in self._survey.columns else self._sort[1:]
        answers = partitions.ask(Partition.ordered, self._matches, name, name != self._sort, max(self.stop, 1), False)
        order = in_order(answers, name != self._sort)[["partition", "place"]]
        for start in range(self.start, self.stop, rows):
            part = order.iloc[start:min(start + rows, self.stop)]
            wanted = [part.place[part.partition == number].to_numpy() for number in range(len(answers))]
            found: list[Located] = partitions.ask_each(Partition.located, wanted)
            # The rows came partition by partition.
            back = np.argsort(np.argsort(part.partition.to_numpy(), kind="stable"))
            x, y = (None if each[0] is None else np.concatenate(each)[back]
                    for each in ([one.x for one in found], [one.y for one in found]))
            yield Located(pd.concat([one.rows for one in found]).iloc[back], x, y)
