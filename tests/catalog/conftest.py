"""Functions that write small files and read them as the app does, or return the sentence by which it refuses them."""

import json

import geopandas as gpd
import pytest
from map_files import write
from written import BY_ID, BY_NUMBER, catalog_in

from dashboard.catalog.areas import read_areas
from dashboard.catalog.records import read_records
from dashboard.catalog.source import Source
from dashboard.problems import DataError
from dashboard.settings import AreaSettings, RecordSettings


def refusing(read):
    """Return a function that reads as `read` does and returns the sentence by which the data are refused."""
    def refused(*given, **settings):
        with pytest.raises(DataError) as caught:
            read(*given, **settings)
        return str(caught.value)
    return refused


@pytest.fixture
def areas_of(tmp_path):
    """A function that writes areas (a frame, a dict as JSON, text or bytes; None: nothing) and reads them.

    It returns them, and what was said of them in sentences.
    """
    def areas_of(content=None, file="areas.geojson", **settings):
        path = tmp_path / file
        if isinstance(content, gpd.GeoDataFrame):
            write(content, path)
        elif content is not None:
            text = json.dumps(content) if isinstance(content, dict) else content
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        areas, problems = read_areas(AreaSettings(file=file, **settings), tmp_path)
        return areas, [problem.sentence for problem in problems]
    return areas_of


@pytest.fixture
def areas_refused(areas_of):
    """The same for areas that are refused: a function that returns the sentence."""
    return refusing(areas_of)


@pytest.fixture
def records_of(tmp_path):
    """A function that writes a file of records, a text or bytes, and reads it."""
    def records_of(content, file="records.csv", **settings):
        (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return read_records(Source(RecordSettings(file=file, **settings), tmp_path))
    return records_of


@pytest.fixture
def records_refused(records_of):
    """The same for records that are refused: a function that returns the sentence."""
    return refusing(records_of)


@pytest.fixture
def catalog_of(tmp_path):
    """A function that writes areas (shapes by id, or a frame), records (text or bytes) and a config, and reads them.

    `join` are settings of the records, `in_areas` settings of the areas, `more` is what else stands in the config.
    """
    def catalog_of(records, join=BY_ID, areas=BY_NUMBER, *, in_areas="", more="", crs="EPSG:4326"):
        frame = areas if isinstance(areas, gpd.GeoDataFrame) else gpd.GeoDataFrame(
            {"id": list(areas)}, geometry=list(areas.values()), crs=crs)
        frame.to_file(tmp_path / "areas.geojson")
        (tmp_path / "records.csv").write_bytes(records if isinstance(records, bytes) else records.encode())
        (tmp_path / "config.toml").write_text(
            f'[areas]\nfile = "areas.geojson"\n{in_areas}\n[records]\nfile = "records.csv"\n{join}\n{more}', "utf-8")
        return catalog_in(tmp_path)
    return catalog_of


@pytest.fixture
def catalog_refused(catalog_of):
    """The same for data that are refused: a function that returns the sentence."""
    return refusing(catalog_of)
