"""The areas with their measure under a view, as the map shows them, and their true borders."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.catalog.rows.yes_no import NO, YES
from dashboard.catalog.shapes.crs import DEGREES
from dashboard.query.answers.counted import counted
from dashboard.query.counting.matches import Matches
from dashboard.query.survey import Survey
from dashboard.query.view import View

EXACT_DIGITS = 15  # of a sum; what a sum has beyond depends on the order in which it was made


def measured(survey: Survey, view: View) -> gpd.GeoDataFrame:
    """Return id, label, group, number of matching records and measure of all areas, with their borders in degrees.

    The chosen areas are some among them, as on the map. An area that was not surveyed has no measure, and where the
    areas' file says which were, a column says so too.
    """
    areas = survey.areas
    found = counted(survey, Matches(view.choices), view.measure)
    values = [float(f"{value:.{EXACT_DIGITS}g}") for value in found.values[:-1]]
    table = pd.DataFrame({
        "id": areas.ids, "label": areas.labels, "group": "" if areas.groups is None else areas.groups,
        "count": found.tally.counts[:-1].astype(np.int64), "measure": np.where(areas.surveyed, values, np.nan)})
    if survey.config.areas.surveyed:
        table["surveyed"] = np.where(areas.surveyed, YES, NO)
    return gpd.GeoDataFrame(table, geometry=on_the_globe(areas.shapes), crs=DEGREES)


def on_the_globe(shapes: np.ndarray) -> np.ndarray:
    """Return shapes in degrees as RFC 7946 wants them: cut at the antimeridian, outer borders counterclockwise."""
    west, _, east, _ = shapely.bounds(shapes).T
    placed = shapes.copy()
    for area in np.flatnonzero((west < -180) | (east > 180)):
        pieces = [shapely.transform(shapely.clip_by_rect(shapes[area], -180 + turn, -90, 180 + turn, 90),
                                    lambda lon, lat, turn=turn: (lon - turn, lat), interleaved=False)
                  for turn in (-360, 0, 360)]
        parts = shapely.get_parts(pieces)
        polygons = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)]
        placed[area] = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(list(polygons))
    return shapely.orient_polygons(placed)
