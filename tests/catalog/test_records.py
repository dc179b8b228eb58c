"""Records as they are read: what stays text, and which shapes are places."""

import geopandas as gpd
import pytest
from shapely.geometry import Point, Polygon
from table_files import values

from dashboard.catalog.records import read_records
from dashboard.catalog.source import Source
from dashboard.problems import DataError
from dashboard.settings import RecordSettings


def test_the_columns_of_ids_stay_text(records_of):
    assert values(records_of("id,n\n12.0,1\n3,2\n", area="id").table.id) == ["12.0", "3"]
    assert values(records_of("a,b\n1,02\n3,4\n", area=["a", "b"]).table.a) == ["1", "3"]


def test_shapes_that_are_no_points_are_refused(tmp_path):
    shapes = [Point(1, 2), Polygon([(0, 0), (1, 0), (1, 1)])]
    gpd.GeoDataFrame({"n": [1, 2]}, geometry=shapes, crs="EPSG:4326").to_file(tmp_path / "a.geojson")
    with pytest.raises(DataError, match=r"a\.geojson, row 2: is a Polygon"):
        read_records(Source(RecordSettings(file="a.geojson"), tmp_path))
