"""Any table file -> typed columns.

    tables           a file, whatever its format -> named columns of cells: delimited (text), sheets (Excel, ODS)
    encodings        how a text file writes its letters
    columns          cells -> typed columns: numbers, dates
    patterns         what the cells of a column look like; yes_no: which words mean yes and no
"""
