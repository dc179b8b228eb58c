"""TAKE HOME: the records of a view, and the areas with their measure, as files. Made piece by piece, of any size.

    formats          which files there are, and what a file says of itself: title, credit, licence, date, link
    records          the records of a view, a piece at a time
    places           where records are, at the level that may be seen
    areas            the areas with their measure, and their true borders
    cells            columns of any kind as plain values
    spreadsheet      as CSV
    geojson          as GeoJSON
    parquet          as Parquet
    geopackage       as GeoPackage
    report           what was read, mended, left out and left over, in sentences
"""
