"""Small table files, written in the ways that people write them, and what their columns hold once they are read."""

import csv
import gzip
import io
import zipfile
from datetime import date

import pandas as pd

from dashboard.catalog.rows.columns import is_date
from dashboard.problems import DataError

SCHEMAS = "http://schemas.openxmlformats.org"
MAIN, OFFICE = f"{SCHEMAS}/spreadsheetml/2006/main", f"{SCHEMAS}/officeDocument/2006/relationships"
PACKAGE = f"{SCHEMAS}/package/2006"


def values(column):
    """Return the values of a column, None for a gap."""
    if is_date(column):
        column = column.dt.strftime("%Y-%m-%dT%H:%M")
    return [None if pd.isna(value) else value for value in column]


def said(raw):
    """Return what was found while records were read, in sentences."""
    return [f"{problem.level}: {problem.sentence}" for problem in raw.problems]


def column(records_of, cells, **settings):
    """Read one column of cells, beside another, and return it with what was said."""
    rows = io.StringIO()
    numbered = ([cell, n] for n, cell in enumerate(cells))
    csv.writer(rows, delimiter=settings.get("separator", ";")).writerows([["v", "n"], *numbered])
    found = records_of(rows.getvalue(), **settings)
    return found.table.v, said(found)


def table_text(rows, separator=",", decimal=".", end="\n", encoding="utf-8", packed=False):
    """Return rows as the bytes of a text file in a dialect."""
    def cell_text(cell):
        return format(cell, "f").replace(".", decimal) if isinstance(cell, float) else cell

    text = io.StringIO()
    # Python's writer leaves a lone line end of another kind unquoted.
    breaks = any(isinstance(cell, str) and {"\r", "\n"} & set(cell) for row in rows for cell in row)
    writer = csv.writer(text, delimiter=separator, lineterminator=end,
                        quoting=csv.QUOTE_ALL if breaks else csv.QUOTE_MINIMAL)
    writer.writerows([[cell_text(cell) for cell in row] for row in rows])
    data = text.getvalue().encode(encoding)
    return gzip.compress(data) if packed else data


def cut(records_of, content, place, file="records.csv"):
    """Read a file that was cut; anything but a table or a DataError fails."""
    try:
        assert len(records_of(content[:place], file).table)
    except DataError as error:
        problem, = error.problems
        assert problem.where.startswith(file) and problem.found and problem.remedy


def sheet_file(path, sheets):
    """Write a spreadsheet by hand: `sheets` are rows of text, numbers, booleans or dates by name."""
    numbers = range(1, len(sheets) + 1)
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    worksheets = "".join(f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/{n}.xml"/>'
                         for n in numbers)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
                               'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
                       f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{worksheets}'
                                      f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
                                      '</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
                         '</cellXfs></styleSheet>',
        **{f"xl/worksheets/{n}.xml": sheet_text(rows) for n, rows in zip(numbers, sheets.values(), strict=True)}}
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)


def sheet_text(rows):
    """Return rows of cells as a worksheet's XML."""
    def cell_text(value):
        if isinstance(value, bool):
            return f'<c t="b"><v>{value:d}</v></c>'
        if isinstance(value, date):
            return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'
        return "<c/>" if value is None else f"<c><v>{value}</v></c>"

    text = "".join(f"<row>{''.join(map(cell_text, row))}</row>" for row in rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{text}</sheetData></worksheet>'
