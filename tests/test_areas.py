"""A small hard file for each thing that areas come with -> areas that can be drawn, and what is said of them."""

import gzip
import json
import shutil
import warnings
import zipfile
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from dashboard.catalog.areas import read_areas, require_column
from dashboard.catalog.drawing import display_shapes
from dashboard.catalog.problems import DataError
from dashboard.config import AreaSettings
from servers import APP
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

SQUARES = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 5, 6, 6)]
UTM = [box(600_000, 4_100_000, 600_100, 4_100_100), box(600_100, 4_100_000, 600_200, 4_100_100)]
WKT = "POLYGON ((0 0, 1 0, 1 1, 0 0))"


def squares(shapes=SQUARES, crs="EPSG:4326", **columns):
    """Return areas as geopandas has them, numbered from 1 unless they have an id."""
    columns = {"id": [str(n) for n in range(1, len(shapes) + 1)]} | columns
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def write(frame, path, **how):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what GDAL says of writing is no concern of these tests
        frame.to_file(path, **how)


@pytest.fixture
def read(tmp_path):
    """A function that writes areas (a frame, a dict as JSON, text or bytes) and returns them as read, and what was said."""
    def read(content=None, file="areas.geojson", **settings):
        path = tmp_path / file
        if isinstance(content, gpd.GeoDataFrame):
            write(content, path)
        elif content is not None:
            text = json.dumps(content) if isinstance(content, dict) else content
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        areas, problems = read_areas(AreaSettings(file=file, **settings), tmp_path)
        return areas, [problem.sentence for problem in problems]
    return read


@pytest.fixture
def refusal(read):
    """A function that reads as `read` does and returns the sentence by which the areas are refused."""
    def refusal(*given, **settings):
        with pytest.raises(DataError) as caught:
            read(*given, **settings)
        return str(caught.value)
    return refusal


def collection(*shapes, **properties):
    """Return a GeoJSON without a word on its CRS."""
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": str(n), **properties},
         "geometry": None if shape is None else shape if isinstance(shape, dict) else shapely.geometry.mapping(shape)}
        for n, shape in enumerate(shapes, 1)]}


def is_whole(areas):
    """Say whether every array has as many entries as there are areas, and every shape can be drawn."""
    arrays = (areas.labels, areas.surveyed, areas.shapes, areas.drawn, areas.km2, areas.table)
    present = areas.drawn[~shapely.is_missing(areas.drawn)]
    return all(len(array) == len(areas) for array in arrays) and shapely.is_valid(present).all() \
        and np.isfinite(shapely.total_bounds(areas.drawn)).all() and np.isfinite(areas.km2).all() and np.isfinite(areas.bounds()).all()


# Formats

def shapefile(folder, name="areas", *, upper=False, without=(), **how):
    folder.mkdir(exist_ok=True, parents=True)
    write(how.pop("frame", squares(name=["Ñ", "b", "c"])), folder / f"{name}.shp", **how)
    for part in list(folder.glob(f"{name}.*")):
        if part.suffix in without:
            part.unlink()
        elif upper:
            part.rename(part.with_suffix(part.suffix.upper()))
    return folder


def zipped(folder, path, inside=""):
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"{inside}{part.name}")


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "fgb", "shp", "kml", "GEOJSON"])
def test_formats_that_gdal_writes_are_read(read, tmp_path, ending):
    write(squares(name=["a", "b", "c"]), tmp_path / f"other.{ending.lower()}", **({"driver": "LIBKML"} if ending == "kml" else {}))
    for part in list(tmp_path.glob("other.*")):
        part.rename(tmp_path / f"areas{part.suffix if len(ending) < 7 else '.' + ending}")
    areas, said = read(file=f"areas.{ending}", label="Name" if ending == "kml" else "name")
    assert list(areas.ids) == ["1", "2", "3"] and list(areas.labels) == ["a", "b", "c"] and is_whole(areas)
    assert said == []


def test_geoparquet_is_read(read, tmp_path):
    squares(name=["a", "b", "c"], crs="EPSG:4326").to_parquet(tmp_path / "areas.parquet")
    areas, said = read(file="areas.parquet", label="name")
    assert list(areas.labels) == ["a", "b", "c"] and is_whole(areas) and said == []


def test_parquet_with_well_known_binary_is_read(read, tmp_path):
    pd.DataFrame({"id": [1, 2], "geom": [shapely.to_wkb(shape) for shape in SQUARES[:2]]}).to_parquet(tmp_path / "areas.parquet")
    areas, _ = read(file="areas.parquet")
    assert list(areas.ids) == ["1", "2"] and is_whole(areas)


def test_topojson_is_read_and_its_other_objects_are_named(read):
    arcs = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    objects = {name: {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"id": name}}]}
               for name in ("parcels", "towns")}
    topology = {"type": "Topology", "objects": objects, "arcs": arcs}
    areas, said = read(topology, "areas.json")
    assert list(areas.ids) == ["parcels"] and is_whole(areas)
    assert any("towns" in sentence and "areas.layer" in sentence for sentence in said)
    assert any("does not say its coordinate reference system" in sentence for sentence in said)
    assert list(read(topology, "areas.json", layer="towns")[0].ids) == ["towns"]


@pytest.mark.parametrize("column", ["wkt", "WKT", "geom", "geometry", "the_geom", " Geometry "])
def test_a_csv_file_with_well_known_text_is_read(read, column):
    areas, said = read(f'id,{column}\n007,"{WKT}"\n', "areas.csv")
    assert list(areas.ids) == ["007"] and is_whole(areas) and column.strip() not in areas.table
    note, = said
    assert "areas.csv" in note and "longitude and latitude" in note and "areas.crs" in note


@pytest.mark.parametrize("cell", [WKT, shapely.from_wkt(WKT).wkb_hex, f"SRID=4326;{WKT}", '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'],
                         ids=["text", "binary", "text with a CRS", "GeoJSON"])
def test_a_csv_file_may_hold_shapes_in_several_ways(read, cell):
    areas, said = read(pd.DataFrame({"id": [1], "Geo Shape": [cell]}).to_csv(index=False), "areas.csv", wkt="Geo Shape")
    assert areas.shapes[0].equals(shapely.from_wkt(WKT))
    assert bool(said) == (not cell.startswith("SRID"))


def test_a_csv_file_without_a_column_of_shapes_is_refused(refusal):
    sentence = refusal("id,name\n1,a\n", "areas.csv")
    for part in ("areas.csv", "areas.wkt", "id, name"):
        assert part in sentence
    assert "'shape'" in refusal("id,name\n1,a\n", "areas.csv", wkt="shape")


def test_rows_of_a_csv_file_whose_shape_cannot_be_read_are_kept_and_counted(read):
    areas, said = read(f'id,wkt\n1,"{WKT}"\n2,POLYGON((0 0\n3,\n', "areas.csv")
    assert list(areas.ids) == ["1", "2", "3"] and is_whole(areas)
    assert any("areas.csv, column wkt: 1 of 3 rows" in sentence and "row 2" in sentence for sentence in said)
    assert any("2 areas without borders" in sentence and "2, 3" in sentence for sentence in said)


def test_a_gzipped_geojson_is_read(read):
    areas, said = read(gzip.compress(json.dumps(collection(*SQUARES)).encode()), "areas.geojson.gz")
    assert list(areas.ids) == ["1", "2", "3"] and said == []


@pytest.mark.parametrize("upper", [False, True], ids=["lower", "upper"])
@pytest.mark.parametrize("where", ["folder", "zip", "zip with a folder"])
def test_a_shapefile_is_found_in_a_folder_or_a_zip(read, tmp_path, where, upper):
    folder = shapefile(tmp_path / "parts", upper=upper)
    if where != "folder":
        zipped(folder, tmp_path / "areas.zip", "data/borders 2014/" if "with" in where else "")
    areas, said = read(file="parts" if where == "folder" else "areas.zip", label="name")
    assert sorted(areas.labels) == ["b", "c", "Ñ"] and is_whole(areas) and said == []


def test_the_hidden_twins_of_a_mac_are_not_read(read, tmp_path):
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
        archive.writestr("__MACOSX/._areas.geojson", b"\0\5")
        archive.writestr("areas.geojson", json.dumps(collection(*SQUARES)))
    assert len(read(file="areas.zip")[0]) == 3


def test_of_several_shapefiles_the_first_is_read_unless_one_is_chosen(read, refusal, tmp_path):
    folder = shapefile(tmp_path / "parts", "blocks")
    shapefile(folder, "tracts", frame=squares(SQUARES[:1]))
    areas, said = read(file="parts")
    assert len(areas) == 3 and any("'blocks'" in sentence and "tracts" in sentence for sentence in said)
    areas, said = read(file="parts", layer="tracts")
    assert len(areas) == 1 and said == []
    assert "blocks, tracts" in refusal(None, "parts", layer="trakts")


def test_of_several_layers_the_first_is_read_unless_one_is_chosen(read, refusal, tmp_path):
    for layer, shapes in (("blocks", SQUARES), ("tracts", SQUARES[:1])):
        write(squares(shapes), tmp_path / "areas.gpkg", layer=layer)
    areas, said = read(file="areas.gpkg")
    assert len(areas) == 3 and any("'blocks'" in sentence and "tracts" in sentence and "areas.layer" in sentence for sentence in said)
    areas, said = read(file="areas.gpkg", layer="tracts")
    assert len(areas) == 1 and said == []
    sentence = refusal(None, "areas.gpkg", layer="trakts")
    for part in ("areas.gpkg", "'trakts'", "areas.layer", "blocks, tracts"):
        assert part in sentence


@pytest.mark.parametrize(("encoding", "cpg"), [("UTF-8", "UTF-8"), ("UTF-8", None), ("cp1252", "cp1252"), ("ISO-8859-1", None), ("cp1251", "cp1251")])
def test_accents_in_a_shapefile_are_read_as_declared_or_as_the_utf_8_that_they_are(read, tmp_path, encoding, cpg):
    name = "Жук" if encoding == "cp1251" else "Ñandú"
    folder = shapefile(tmp_path / "parts", frame=squares(SQUARES[:1], name=[name]), encoding=encoding)
    (folder / "areas.cpg").unlink(missing_ok=True)
    if cpg:
        (folder / "areas.cpg").write_text(cpg)
    else:  # byte 29 of a .dbf would declare it too
        table = bytearray((folder / "areas.dbf").read_bytes())
        table[29] = 0
        (folder / "areas.dbf").write_bytes(table)
    areas, said = read(file="parts", label="name")
    assert list(areas.labels) == [name]
    assert bool(said) == (cpg is None) and all(".cpg" in sentence for sentence in said)


# Shapes

def test_heights_are_dropped(read):
    areas, said = read(collection(shapely.force_3d(SQUARES[0], 7)))
    assert not areas.shapes[0].has_z and not areas.drawn[0].has_z and said == []


def test_points_and_lines_are_kept_without_a_shape_and_counted(read):
    areas, said = read(collection(SQUARES[0], Point(1, 1), LineString([(0, 0), (1, 1)]), SQUARES[2]))
    assert list(shapely.is_missing(areas.drawn)) == [False, True, True, False] and is_whole(areas)
    assert list(areas.km2 == 0) == [False, True, True, False]
    assert any("2 areas with points or lines" in sentence and "2, 3" in sentence for sentence in said)
    assert any("2 areas without borders" in sentence for sentence in said)


def test_a_collection_is_reduced_to_its_polygons(read):
    mixed = GeometryCollection([SQUARES[0], Point(9, 9), GeometryCollection([MultiPolygon([SQUARES[2]])])])
    areas, said = read(collection(mixed, GeometryCollection(SQUARES[::2])))
    assert [shape.geom_type for shape in areas.shapes] == ["MultiPolygon"] * 2
    assert areas.shapes[0].equals(areas.shapes[1])
    sentence, = said
    assert "1 area with points or lines" in sentence


def test_crossing_borders_are_mended_and_counted(read):
    overlapping = MultiPolygon([box(0, 0, 2, 2), box(1, 1, 3, 3)])
    areas, said = read(collection(Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), overlapping, SQUARES[2]))
    assert is_whole(areas) and areas.shapes[1].area == 7
    sentence, = said
    assert sentence.startswith("areas.geojson: 2 areas") and "mended: 1, 2" in sentence


def test_areas_without_borders_are_kept_and_counted(read):
    flat = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]}
    areas, said = read(collection(SQUARES[0], None, {"type": "Polygon", "coordinates": []}, flat))
    assert list(shapely.is_missing(areas.shapes)) == [False, True, True, True] and is_whole(areas)
    assert any("3 areas without borders" in sentence and "2, 3, 4" in sentence for sentence in said)
    assert len(shapely.STRtree(areas.drawn).query(box(-9e9, -9e9, 9e9, 9e9))) == 1
    assert areas.bounds(1) == areas.bounds() == areas.bounds(0)


def test_an_open_ring_is_closed(read):
    areas, said = read(collection({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}))
    assert areas.shapes[0].equals(shapely.from_wkt(WKT)) and any("Non closed ring" in sentence for sentence in said)


def test_one_area_is_enough(read):
    areas, said = read(collection(SQUARES[0]))
    assert len(areas) == 1 and areas.bounds() == (0, 0, 1, 1) and said == []


# Ids and names

def test_an_id_may_be_made_of_several_columns(read):
    areas, _ = read(squares(district=[1.0, 1.0, 2.0], number=["01", " 02 ", "01"]), id=["district", "number"])
    assert list(areas.ids) == ["1 / 01", "1 / 02", "2 / 01"]


def test_areas_without_an_id_are_kept_under_one_that_names_their_row(read):
    areas, said = read(squares(id=["a", None, "  "]))
    assert sorted(areas.ids) == ["(no id 2)", "(no id 3)", "a"] and is_whole(areas)
    sentence, = said
    for part in ("areas.geojson", "2 areas without an id in column id", "(no id 2)", "areas.id"):
        assert part in sentence


def test_a_key_that_lacks_a_part_is_no_id(read):
    areas, said = read(squares(a=["x", None, "x"], b=["1", "1", None]), id=["a", "b"])
    assert sorted(areas.ids) == ["(no id 2)", "(no id 3)", "x / 1"] and "2 areas without an id in column a or b" in said[0]


def test_rows_with_one_id_are_one_area(read):
    areas, said = read(squares(id=["7", "8", "7.0"], name=["a", "b", "a"]), label="name")
    assert sorted(areas.ids) == ["7", "8"] and is_whole(areas)
    assert areas.shapes[list(areas.ids).index("7")].equals(MultiPolygon(SQUARES[::2]))
    sentence, = said
    assert "1 id stands on several rows: 7" in sentence and "3 rows make 2 areas" in sentence


def test_parts_of_an_area_that_differ_in_their_columns_are_said_to(read):
    areas, said = read(squares(id=["7", "8", "7"], name=["a", "b", "c"], kind=[None, "x", None]), label="name")
    assert sorted(areas.labels) == ["a", "b"]
    assert any("differ in name;" in sentence for sentence in said)


def test_parts_that_touch_have_no_border_between_them(read):
    areas, _ = read(squares(id=["7", "7", "8"]))
    assert areas.shapes[0].equals(box(0, 0, 2, 1))
    assert areas.shapes[0].geom_type == "Polygon"


def test_names_of_columns_are_stripped_and_made_unique(read):
    areas, said = read(collection(*SQUARES[:1], **{" id ": "x", "næme ": "Ä", "a.b": 1}), id=" id ", label="næme")
    assert list(areas.labels) == ["Ä"] and {"id", "id (2)", "næme", "a.b"} == set(areas.table)
    assert any("id (2)" in sentence for sentence in said)


def test_a_column_may_be_called_geometry(read):
    areas, _ = read(collection(*SQUARES[:1], geometry="round"), label="geometry")
    assert list(areas.labels) == ["round"] and list(areas.table.geometry) == ["round"]


def test_a_missing_column_is_named_with_the_nearest_and_all_others(refusal):
    sentence = refusal(squares(Municipality=["a", "b", "c"]), group="municipalty")
    for part in ("areas.geojson, column municipalty", "no such column", "areas.group", "Did you mean Municipality?", "id, Municipality"):
        assert part in sentence


def test_the_columns_own_name_is_returned_for_one_with_other_blanks():
    frame = pd.DataFrame(columns=["a ", "b"])
    assert [require_column(frame, name, "f", "s") for name in (" a", "b", "", "a ")] == ["a ", "b", "", "a "]


@pytest.mark.parametrize("columns", ["", [], ["id", ""]])
def test_an_id_that_names_no_column_is_refused(refusal, columns):
    sentence = refusal(squares(), id=columns)
    assert "areas.id" in sentence and "The file has: id" in sentence


def test_numbers_make_labels_and_groups_without_decimals(read):
    areas, _ = read(squares(name=[12.0, 3.5, None], ward=[2.0, None, 1.0]), label="name", group="ward")
    assert list(areas.labels) == ["3", "3.5", "12"] and list(areas.groups) == ["1", "", "2"]


def test_a_label_of_thousands_of_digits_has_its_place(read):
    areas, _ = read(squares(name=["9" * 9000, "10", "x"]), label="name")
    assert list(areas.labels) == ["10", "9" * 9000, "x"]


def test_yes_and_no_with_gaps_are_read_as_such(read):
    walked = collection(*SQUARES)
    for feature, value in zip(walked["features"], [True, None, False], strict=True):
        feature["properties"]["walked"] = value
    areas, _ = read(walked, surveyed="walked")
    assert list(areas.surveyed) == [True, False, False] and list(areas.table.walked) == ["yes", None, "no"]


# The CRS

@pytest.mark.parametrize("kind", ["geojson", "csv", "topojson", "shp"])
def test_coordinates_that_are_no_degrees_are_not_taken_for_such(refusal, tmp_path, kind):
    if kind == "geojson":
        sentence = refusal(collection(*UTM))
    elif kind == "csv":
        sentence = refusal(f'id,wkt\n1,"{UTM[0].wkt}"\n', "areas.csv")
    elif kind == "topojson":
        arc = [list(point) for point in UTM[0].exterior.coords]
        sentence = refusal({"type": "Topology", "arcs": [arc], "objects": {"a": {"type": "Polygon", "arcs": [[0]], "properties": {"id": 1}}}}, "areas.json")
    else:
        shapefile(tmp_path / "parts", frame=squares(UTM, "EPSG:25830"), without=(".prj",))
        sentence = refusal(None, "parts")
    for part in ("x from 600000 to 600", "4100000", "4100100", 'crs = "EPSG:25830"', "areas.crs"):
        assert part in sentence


def test_the_configs_crs_mends_them(read):
    areas, said = read(collection(*UTM), crs="EPSG:25830")
    west, south, east, north = areas.bounds()
    assert -2 < west < east < -1.8 and 37 < south < north < 37.1 and areas.crs == "EPSG:25830"
    note, = said
    assert "EPSG:4326" in note and "EPSG:25830" in note


def test_a_shapefile_without_prj_in_degrees_is_taken_for_degrees_with_a_note(read, tmp_path):
    shapefile(tmp_path / "parts", without=(".prj",))
    areas, said = read(file="parts")
    assert areas.bounds() == (0, 0, 6, 6)
    note, = said
    assert "longitude and latitude" in note and "x from 0 to 6, y from 0 to 6" in note


def test_swapped_axes_are_recognised_where_they_can_be(refusal):
    sentence = refusal(collection(box(-40, 150, -35, 170)))
    assert "axes look swapped" in sentence and "x from -40 to -35, y from 150 to 170" in sentence


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_longitudes_beyond_180_are_refused_until_the_config_wants_them(read, refusal, tmp_path, crs):
    pacific = [box(177, -20, 183, -15)]
    file = "areas.gpkg" if crs else "areas.geojson"
    write(squares(pacific, crs), tmp_path / file) if crs else (tmp_path / file).write_text(json.dumps(collection(*pacific)))
    sentence = refusal(None, file)
    assert "183" in sentence and 'crs = "EPSG:4326"' in sentence
    areas, _ = read(None, file, crs="EPSG:4326")
    np.testing.assert_allclose(areas.bounds(), (177, -20, 183, -15))


def test_a_projected_crs_over_degrees_is_refused(refusal):
    sentence = refusal(squares(crs="EPSG:25830"), "areas.gpkg")
    for part in ("areas.gpkg", "EPSG:25830", "x from 0 to 6", 'crs = "EPSG:4326"'):
        assert part in sentence
    assert "EPSG:25830" in refusal(collection(*SQUARES), crs="EPSG:25830")


def test_a_small_grid_of_metres_may_have_its_own_crs_by_the_config(read):
    grid = "+proj=tmerc +lat_0=37.6 +lon_0=-1.9 +datum=WGS84"
    areas, _ = read('id,wkt\na,"POLYGON ((0 0, 50 0, 50 50, 0 50, 0 0))"\n', "areas.csv", crs=grid)
    np.testing.assert_allclose(areas.km2, 0.0025, rtol=2e-3)
    assert areas.bounds()[0] == pytest.approx(-1.9)


def test_an_unknown_crs_says_what_to_write(refusal):
    for crs in ("utm", "EPSG:99999999", "EPSG:4978"):
        sentence = refusal(collection(*SQUARES), crs=crs)
        assert sentence.startswith("config.toml, areas.crs") and crs in sentence and "EPSG:4326" in sentence


def test_places_that_do_not_exist_in_the_crs_are_refused_or_counted(read, refusal):
    nowhere = box(1e9, 1e9, 1.1e9, 1.1e9)
    assert "EPSG:25830" in refusal(squares([nowhere], "EPSG:25830"), "areas.gpkg")
    areas, said = read(squares([UTM[0], nowhere], "EPSG:25830"), "areas.gpkg")
    assert is_whole(areas) and list(shapely.is_missing(areas.shapes)) == [False, True]
    assert any("1 area beyond the reach of EPSG:25830" in sentence for sentence in said)


def test_areas_far_from_where_their_crs_is_used_are_warned_of(read):
    _, said = read(squares([box(600_000, 600_000, 600_100, 600_100)], "EPSG:25830"), "areas.gpkg")
    assert any("EPSG:25830 is used in" in sentence for sentence in said)


# Around the world

def test_a_polygon_that_jumps_across_the_antimeridian_is_mended(read):
    areas, said = read(collection(Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])))
    assert areas.shapes[0].equals(box(179, 0, 181, 1)) and areas.bounds() == (179, 0, 181, 1)
    assert areas.km2[0] == pytest.approx(111.2 * 110.6 * 2, rel=0.01)
    assert any("180th meridian" in sentence for sentence in said)


def test_areas_on_both_sides_of_it_lie_side_by_side_with_their_records(read):
    areas, said = read(collection(box(178, -18, 180, -16), box(-180, -18, -178, -16)))
    assert areas.bounds() == (178, -18, 182, -16) and said == []
    left, _, right, _ = shapely.total_bounds(areas.drawn)
    x, y = areas.to_drawn([179, -179, np.nan, 181], [-17, -17, 0, -17])
    assert left < x[0] < x[1] == x[3] < right and np.isnan(x[2])
    assert [areas.drawn[0].contains(Point(x[0], y[0])), areas.drawn[1].contains(Point(x[1], y[1]))] == [True, True]


def test_alaska_does_not_make_the_map_of_a_country_as_wide_as_the_world(read):
    areas, _ = read(collection(box(-125, 25, -67, 49), box(-170, 55, -140, 70), box(172, 51, 179, 53)))
    assert areas.bounds() == (172, 25, 293, 70)


@pytest.mark.parametrize("shapes", [[box(-180, -60, 180, 60)], [box(-170, 0, -160, 1), box(160, 0, 170, 1), box(0, 0, 1, 1)], SQUARES],
                         ids=["the world in one", "around the world", "one place"])
def test_other_maps_begin_at_the_antimeridian(read, shapes):
    areas, said = read(collection(*shapes))
    assert areas.seam is None and areas.bounds() == tuple(shapely.total_bounds(shapes)) and said == []
    assert areas.to_drawn(-179.0, 0.0)[0] < 0


def test_an_area_around_a_pole_and_one_up_to_it_are_cut_where_the_map_ends(read):
    ring = Polygon([(lon, 70 if lon % 20 else 75) for lon in range(-170, 180, 10)])
    for polar in (ring, shapely.reverse(ring), box(-180, 70, 180, 90)):
        areas, _ = read(collection(polar))
        west, south, east, north = areas.bounds()
        assert (west, east, north) == (-180, 180, 85.05) and south >= 70 and is_whole(areas)
        assert shapely.total_bounds(areas.drawn)[3] < 20_050_000
        assert shapely.contains_xy(areas.shapes[0], 10, 89) and not shapely.contains_xy(areas.shapes[0], 10, -89)


def test_an_area_around_a_pole_in_a_polar_projection_holds_that_pole(read):
    for crs, sign in (("EPSG:3031", -1), ("EPSG:3995", 1)):
        areas, _ = read(squares([Point(0, 0).buffer(2_000_000)], crs), "areas.gpkg")
        assert is_whole(areas) and shapely.contains_xy(areas.shapes[0], 10, 89 * sign)
        assert areas.km2[0] == pytest.approx(np.pi * 4e6, rel=0.1)


def test_an_area_beyond_the_end_of_the_map_is_not_drawn(read):
    areas, _ = read(collection(SQUARES[0], box(0, 86, 10, 89)))
    assert list(shapely.is_missing(areas.drawn)) == [False, True] and areas.km2[1] > 0 and is_whole(areas)


# Files that cannot be read

@pytest.mark.parametrize(("file", "content"), [
    ("areas.geojson", ""), ("areas.geojson", "{}"), ("areas.geojson", '{"type":"FeatureCollection","features":[]}'),
    ("areas.geojson", "<html>"), ("areas.geojson", b"\xff\xfe\0"), ("areas.gpkg", ""), ("areas.zip", b"PK\3\4"), ("areas.csv", ""), ("areas.csv", "id,wkt\n"),
    ("areas.parquet", "PAR1"), ("areas.shp", b"\0\0\x27\x0a"), ("areas.geojson.gz", b"\x1f\x8b"), ("areas.kml", "<kml/>"), ("areas", ""), ("areas.csv.gz", b"\x1f\x8b")])
def test_a_file_without_areas_is_refused_by_name(refusal, file, content):
    assert refusal(content, file).startswith(f"{file}: ")


@pytest.mark.parametrize(("shapes", "said"), [([Point(0, 0), LineString([(0, 0), (1, 1)])], "LineString, Point"), ([None, None], "2 rows")])
def test_a_file_without_a_polygon_is_refused(refusal, shapes, said):
    sentence = refusal(collection(*shapes))
    assert "polygon" in sentence and said in sentence and "areas.file" in sentence


@pytest.mark.parametrize("file", ["nope.geojson", "nope/areas.shp", "a\0b", "x" * 5000])
def test_a_file_that_is_not_there_is_refused(refusal, file):
    assert "areas.file" in refusal(None, file) or "cannot be read" in refusal(None, file)


def test_an_empty_name_of_a_file_is_refused():
    for file in ("", " "):
        with pytest.raises(DataError, match="areas.file"):
            read_areas(AreaSettings(file=file), APP)


def test_a_folder_without_areas_is_refused(refusal, tmp_path):
    (tmp_path / "empty").mkdir()
    assert refusal(None, "empty").startswith("empty: holds no areas")


def test_a_shapefile_that_lacks_a_part_is_refused(refusal, tmp_path):
    shapefile(tmp_path / "parts", without=(".shx",))
    assert "cannot be read" in refusal(None, "parts")
    shutil.rmtree(tmp_path / "parts")
    shapefile(tmp_path / "parts", without=(".dbf",))
    assert "column id" in refusal(None, "parts")


def test_the_sample_cut_off_anywhere_is_refused(refusal):
    whole = (APP / "data" / "parcels.geojson").read_bytes()
    for end in range(0, len(whole) - 4, 1024):
        assert refusal(whole[:end], id="parcel").startswith("areas.geojson: ")


@pytest.mark.parametrize("ending", ["gpkg", "kml", "parquet", "zip", "geojson.gz", "shp", "shx", "dbf", "csv"])
def test_other_formats_cut_off_anywhere_are_refused(read, refusal, tmp_path, ending):
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
        if ending == "csv" and end:  # an end between two rows cannot be seen; within a row it is said, or quoting refuses it
            try:
                read(None, name)
            except DataError as error:
                assert str(error).startswith("areas.csv")
        else:
            assert refusal(None, name).startswith(f"{name}")


# For display

def grid(noise=0.01):
    """Return 5 by 5 neighbours whose common borders have 20 corners each, in a map's metres."""
    rng, steps = np.random.default_rng(1), np.linspace(0, 1000, 21)[:, None]

    def border(start, along):
        points = np.array(start) + steps * np.array(along)
        points[1:-1] += rng.normal(0, noise, (19, 2))
        return points
    across = {(x, y): border((1000 * x, 1000 * y), (1, 0)) for x in range(5) for y in range(6)}
    up = {(x, y): border((1000 * x, 1000 * y), (0, 1)) for x in range(6) for y in range(5)}
    return np.array([Polygon(np.vstack([across[x, y], up[x + 1, y], across[x, y + 1][::-1], up[x, y][::-1]]))
                     for x in range(5) for y in range(5)] + [None])


def corners(shapes):
    return shapely.get_num_coordinates(shapes).sum()


def test_borders_are_simplified_alike_on_both_sides():
    areas = SimpleNamespace(drawn=grid())
    shown = display_shapes(areas, 5)
    assert corners(shown) < corners(areas.drawn) / 2 and shown[-1] is None
    assert shapely.coverage_is_valid(shown[:-1]) and shapely.union_all(shown).geom_type == "Polygon"


def test_overlapping_areas_are_simplified_each_for_itself():
    areas = SimpleNamespace(drawn=np.append(grid(), shapely.buffer(Point(500, 500), 300, quad_segs=64)))
    shown = display_shapes(areas, 5)
    assert corners(shown) < corners(areas.drawn) / 2 and shapely.is_valid(shown[:-2]).all() and shapely.is_valid(shown[-1])


def test_no_area_vanishes_however_coarse_the_borders():
    tiny = box(9000, 9000, 9001, 9001)
    for drawn in (grid(), np.append(grid(), [tiny, shapely.buffer(tiny, 1)])):
        shown = display_shapes(SimpleNamespace(drawn=drawn), 1e7)
        assert (shapely.area(shown[~shapely.is_missing(drawn)]) > 0).all()


def test_the_tolerance_may_be_off_or_follow_the_map():
    drawn = grid()
    assert display_shapes(SimpleNamespace(drawn=drawn), 0) is drawn
    auto, half_a_pixel = display_shapes(SimpleNamespace(drawn=drawn), -1), 5000 / 1000 / 2
    assert shapely.hausdorff_distance(shapely.boundary(drawn[:-1]), shapely.boundary(auto[:-1])).max() <= half_a_pixel
    assert corners(auto) < corners(drawn)
