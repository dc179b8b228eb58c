"""One page of the matching records."""

from dashboard.catalog.rows.columns import as_key
from dashboard.kept import kept
from dashboard.query.answers.detail import cell
from dashboard.query.answers.parts import TableData
from dashboard.query.counting.matches import Matches
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.table import table_page
from dashboard.query.survey import Survey

PAGES_KEPT = 64


@kept(PAGES_KEPT)
def table(survey: Survey, matches: Matches, columns: tuple[str, ...], sort: str, page: int, total: int) -> TableData:
    """Return a page of the matching records in the order of a column, of the areas when `sort` is empty.

    `total` is how many match wherever they lie.
    """
    # A column's own name may start with a minus.
    name = sort if sort in survey.all_columns else sort[1:]
    columns = list(columns)
    if matches.extent is not None:
        total = sum(survey.partitions.ask(Partition.count, matches))
    ids = [survey.record_id] * (survey.record_id not in ("", *columns))
    found = table_page(survey.partitions, matches, name, name != sort, page, total, columns + ids)
    rows = [[cell(value) for value in row] for row in found.rows[columns].itertuples(index=False, name=None)]
    named = as_key(found.rows[survey.record_id]).fillna("").tolist() if survey.record_id else []
    return TableData(found.total, found.page, found.pages, rows, named)
