"""Any map file -> valid polygons.

    files            a file, whatever its format -> polygons and their table: layers, shapefile, wellknown
    valid            polygons in degrees, made valid
    crs              the coordinate reference system that file and config agree on
    mercator         polygons as they are drawn; borders: as they are sent to a page
"""
