"""One page of the matching records."""

from dashboard.kept import kept
from dashboard.query.answers.detail import cell
from dashboard.query.answers.parts import TableData
from dashboard.query.counting.partition import Matches
from dashboard.query.counting.table import table_page
from dashboard.query.survey import Survey

PAGES_KEPT = 64


@kept(PAGES_KEPT)
def table(survey: Survey, matches: Matches, sort: str, page: int, matching: int) -> TableData:
    """Return a page of the `matching` records in the order of a column, of the areas when `sort` is empty."""
    # A column's own name may start with a minus.
    name = sort if sort in survey.columns else sort[1:]
    found = table_page(survey.partitions, matches, name, name != sort, page, matching, list(survey.columns))
    rows = [[cell(value) for value in row] for row in found.rows.itertuples(index=False, name=None)]
    return TableData(found.total, found.page, found.pages, rows)
