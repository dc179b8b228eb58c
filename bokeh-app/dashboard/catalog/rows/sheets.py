"""A sheet of an Excel or ODS file -> columns of its cells' own types."""

from datetime import date, datetime, time
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from dashboard.catalog.rows.yes_no import NO, YES
from dashboard.problems import DataError


def read_sheet(path: Path, layer: str, setting: str) -> tuple[pa.Table, int]:
    """Return the columns of the sheet `layer` ("": the first), and the number of its first row below the heading.

    Raises DataError when there is no such sheet, or nothing on it.
    """
    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError as error:
        raise DataError(path.name, f"cannot be read as a spreadsheet ({error}).",
                        "Save it again, or as CSV in UTF-8.") from None
    remedy = f"Write one of these into {setting}.layer: {', '.join(book.sheet_names)}."
    if layer and layer not in book.sheet_names:
        raise DataError(path.name, f"has no sheet {layer!r}.", remedy)
    sheet = book.get_sheet_by_name(layer) if layer else book.get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=True)
    if not rows:
        raise DataError(path.name, f"the sheet {sheet.name!r} is empty.", remedy)
    heading, *rows = rows
    start = 2 + (sheet.start[0] if sheet.start else 0)
    columns = [_column([row[place] for row in rows]) for place in range(len(heading))]
    return pa.Table.from_arrays(columns, names=[_cell_as_text(cell) for cell in heading]), start


def _column(cells: list) -> pa.ChunkedArray:
    """Return the cells of one column: of their type if all have the same, else as text."""
    cells = [None if cell == "" else cell for cell in cells]
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds and kinds <= {date, datetime}:
        cells = [datetime.combine(cell, time()) if type(cell) is date else cell for cell in cells]
        return pa.chunked_array([pa.array(cells, pa.timestamp("us"))])
    if kinds and kinds <= {int, float} or kinds == {bool}:
        return pa.chunked_array([pa.array(cells, pa.bool_() if kinds == {bool} else pa.float64())])
    return pa.chunked_array([pa.array([None if cell is None else _cell_as_text(cell) for cell in cells], pa.string())])


def _cell_as_text(cell: object) -> str:
    """Return a spreadsheet's cell as people read it."""
    if isinstance(cell, float):
        return format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, bool):
        return YES if cell else NO
    return str(cell)
