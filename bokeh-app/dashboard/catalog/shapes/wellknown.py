"""A column of text that holds shapes: as well-known text, as well-known binary in hexadecimal, or as GeoJSON."""

import numpy as np
import pandas as pd
import shapely

from dashboard.problems import DataError, Problem

NAMES = ("wkt", "geom", "geometry", "the_geom")


def shapes_of_text(table: pd.DataFrame, file: str, wanted: str,
                   problems: list[Problem]) -> tuple[pd.DataFrame, np.ndarray, str | None]:
    """Return the table without the column of shapes, the shapes (None where there is none), and the CRS that they name.

    `wanted` is the config's name of the column; without one it is known by its name. A cell that cannot be read is
    counted in `problems`. Raises DataError when there is no such column.
    """
    stripped = {str(name).strip(): name for name in table.columns}
    by_lower = {name.lower(): name for name in stripped}
    name = wanted.strip() or next((by_lower[name] for name in NAMES if name in by_lower), "")
    if name not in stripped:
        found = f"has no column {name!r}, but areas.wkt names it." if name else \
            "has no column with the borders of areas."
        raise DataError(file, found, "Name the column that holds them as well-known text (POLYGON ((…))) as areas.wkt. "
                                     f"The file has: {', '.join(stripped)}.")
    column = table[stripped[name]]
    shapes = np.array([_shape(cell) for cell in column], dtype=object)
    filled = np.array([cell is not None and str(cell).strip() not in ("", "nan") for cell in column], dtype=bool)
    unread = np.flatnonzero(filled & shapely.is_missing(shapes))
    if len(unread):
        example = str(column.iloc[unread[0]])[:40]
        problems.append(Problem("warning", f"{file}, column {name}", f"{len(unread)} of {len(table)} rows hold no "
                                f"shape that can be read, first row {unread[0] + 1}: {example!r}.",
                                "Well-known text looks like POLYGON ((0 0, 1 0, 1 1, 0 0))."))
    codes = {int(code) for code in np.unique(shapely.get_srid(shapes)) if code > 0}
    return table.drop(columns=stripped[name]), shapes, f"EPSG:{codes.pop()}" if len(codes) == 1 else None


def _shape(cell: object) -> shapely.Geometry | None:
    """Return the shape in one cell, None where there is none to be read."""
    if isinstance(cell, bytes):
        return shapely.from_wkb(cell, on_invalid="fix")
    text = str(cell).strip()
    if text.startswith("{"):
        return shapely.from_geojson(text, on_invalid="ignore")
    if text[:2] in ("00", "01"):
        return shapely.from_wkb(text, on_invalid="fix")
    head, _, rest = text.partition(";")
    srid = head[5:].strip() if head[:5].upper() == "SRID=" else ""
    shape = shapely.from_wkt(rest if srid else text, on_invalid="fix")
    return shapely.set_srid(shape, int(srid)) if shape is not None and srid.isdigit() else shape
