"""Map files in every format that people have -> their columns and shapes, or a sentence that names the file."""

import gzip
import json

import pytest
import shapely
from map_files import SQUARES, WKT, collection, is_whole, shapefile, squares, write, zipped
from shapely.geometry import box

from dashboard.catalog.areas import read_areas
from dashboard.problems import DataError
from dashboard.settings import AreaSettings
from servers import sample


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "fgb", "shp", "kml", "GEOJSON"])
def test_formats_that_gdal_writes_are_read(areas_of, tmp_path, ending):
    driver = {"driver": "LIBKML"} if ending == "kml" else {}
    write(squares(name=["a", "b", "c"]), tmp_path / f"other.{ending.lower()}", **driver)
    for part in list(tmp_path.glob("other.*")):
        part.rename(tmp_path / f"areas{part.suffix if len(ending) < 7 else '.' + ending}")
    areas, said = areas_of(file=f"areas.{ending}", label="Name" if ending == "kml" else "name")
    assert list(areas.ids) == ["1", "2", "3"] and list(areas.labels) == ["a", "b", "c"] and is_whole(areas)
    assert said == []


def test_geoparquet_is_read(areas_of, tmp_path):
    squares(name=["a", "b", "c"], crs="EPSG:4326").to_parquet(tmp_path / "areas.parquet")
    areas, said = areas_of(file="areas.parquet", label="name")
    assert list(areas.labels) == ["a", "b", "c"] and is_whole(areas) and said == []


def test_topojson_is_read_and_its_other_objects_are_named(areas_of):
    arcs = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    objects = {name: {"type": "GeometryCollection", "geometries": [
        {"type": "Polygon", "arcs": [[0]], "properties": {"id": name}}]} for name in ("parcels", "towns")}
    topology = {"type": "Topology", "objects": objects, "arcs": arcs}
    areas, said = areas_of(topology, "areas.json")
    assert list(areas.ids) == ["parcels"] and is_whole(areas)
    assert any("towns" in sentence and "areas.layer" in sentence for sentence in said)
    assert any("does not say its coordinate reference system" in sentence for sentence in said)
    assert list(areas_of(topology, "areas.json", layer="towns")[0].ids) == ["towns"]


def test_a_gzipped_geojson_is_read(areas_of):
    areas, said = areas_of(gzip.compress(json.dumps(collection(*SQUARES)).encode()), "areas.geojson.gz")
    assert list(areas.ids) == ["1", "2", "3"] and said == []


def test_an_open_ring_is_closed(areas_of):
    areas, said = areas_of(collection({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}))
    assert areas.shapes[0].equals(shapely.from_wkt(WKT)) and any("Non closed ring" in sentence for sentence in said)


def test_names_of_columns_are_stripped_and_made_unique(areas_of):
    areas, said = areas_of(collection(*SQUARES[:1], **{" id ": "x", "næme ": "Ä", "a.b": 1}), id=" id ", label="næme")
    assert list(areas.labels) == ["Ä"] and {"id", "id (2)", "næme", "a.b"} == set(areas.table)
    assert any("id (2)" in sentence for sentence in said)


def test_a_column_may_be_called_geometry(areas_of):
    areas, _ = areas_of(collection(*SQUARES[:1], geometry="round"), label="geometry")
    assert list(areas.labels) == ["round"] and list(areas.table.geometry) == ["round"]


def test_yes_and_no_with_gaps_are_read_as_such(areas_of):
    walked = collection(*SQUARES)
    for feature, value in zip(walked["features"], [True, None, False], strict=True):
        feature["properties"]["walked"] = value
    areas, _ = areas_of(walked, surveyed="walked")
    assert list(areas.surveyed) == [True, False, False] and list(areas.table.walked) == ["yes", None, "no"]


@pytest.mark.parametrize(("file", "content"), [
    ("areas.geojson", ""), ("areas.geojson", "{}"), ("areas.geojson", '{"type":"FeatureCollection","features":[]}'),
    ("areas.geojson", "<html>"), ("areas.geojson", b"\xff\xfe\0"), ("areas.gpkg", ""), ("areas.zip", b"PK\3\4"),
    ("areas.csv", ""), ("areas.csv", "id,wkt\n"),
    ("areas.parquet", "PAR1"), ("areas.shp", b"\0\0\x27\x0a"), ("areas.geojson.gz", b"\x1f\x8b"),
    ("areas.kml", "<kml/>"), ("areas", ""), ("areas.csv.gz", b"\x1f\x8b")])
def test_a_file_without_areas_is_refused_by_name(areas_refused, file, content):
    assert areas_refused(content, file).startswith(f"{file}: ")


@pytest.mark.parametrize("file", ["nope.geojson", "nope/areas.shp", "a\0b", "x" * 5000])
def test_a_file_that_is_not_there_is_refused(areas_refused, file):
    assert "areas.file" in areas_refused(None, file) or "cannot be read" in areas_refused(None, file)


def test_an_empty_name_of_a_file_is_refused():
    for file in ("", " "):
        with pytest.raises(DataError, match="areas.file"):
            read_areas(AreaSettings(file=file), sample())


def test_the_sample_cut_off_anywhere_is_refused(areas_refused):
    whole = (sample() / "data" / "parcels.geojson").read_bytes()
    for end in range(0, len(whole) - 4, 1024):
        assert areas_refused(whole[:end], id="parcel").startswith("areas.geojson: ")


@pytest.mark.parametrize("ending", ["gpkg", "kml", "parquet", "zip", "geojson.gz", "shp", "shx", "dbf", "csv"])
def test_other_formats_cut_off_anywhere_are_refused(areas_of, areas_refused, tmp_path, ending):
    frame = squares([box(x, 0, x + 1, 1) for x in range(60)])
    shapefile(tmp_path, frame=frame)
    path = tmp_path / f"areas.{ending}"
    match ending:
        case "gpkg":
            write(frame, path)
        case "kml":
            write(frame, path, driver="LIBKML")
        case "parquet":
            frame.to_parquet(path)
        case "zip":
            zipped(shapefile(tmp_path / "parts", frame=frame), path)
        case "geojson.gz":
            path.write_bytes(gzip.compress(json.dumps(collection(*frame.geometry)).encode()))
        case "csv":
            path.write_text("id,wkt\n" + "".join(f'{n},"{shape.wkt}"\n' for n, shape in enumerate(frame.geometry)))
    whole = path.read_bytes()
    for end in range(0, len(whole) - 4, max(1, len(whole) // 12)):
        path.write_bytes(whole[:end])
        name = "areas.shp" if ending in ("shx", "dbf") else path.name
        # An end between two rows of text cannot be seen; within a row it is said, or quoting refuses it.
        if ending == "csv" and end:
            try:
                areas_of(None, name)
            except DataError as error:
                assert str(error).startswith("areas.csv")
        else:
            assert areas_refused(None, name).startswith(f"{name}")
