"""READ: files -> one Catalog of areas and records, joined.

    rows/            any table file -> typed columns
    shapes/          any map file -> valid polygons
    areas            the areas, in the order of their labels; attributes: what their columns say of each
    records          the table of records, typed; cache: as it was kept by an earlier start
    join             which area each record lies in: join_by_id, join_by_place
    catalog          all of it together
    source           where the records are, and what tells that a file has changed
    appended         rows that were added to a file that was read before
"""
