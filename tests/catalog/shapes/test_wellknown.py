"""Shapes in a column of text or bytes."""

import pandas as pd
import pytest
import shapely
from map_files import SQUARES, WKT, is_whole


def test_parquet_with_well_known_binary_is_read(areas_of, tmp_path):
    cells = [shapely.to_wkb(shape) for shape in SQUARES[:2]]
    pd.DataFrame({"id": [1, 2], "geom": cells}).to_parquet(tmp_path / "areas.parquet")
    areas, _ = areas_of(file="areas.parquet")
    assert list(areas.ids) == ["1", "2"] and is_whole(areas)


@pytest.mark.parametrize("column", ["wkt", "WKT", "geom", "geometry", "the_geom", " Geometry "])
def test_a_csv_file_with_well_known_text_is_read(areas_of, column):
    areas, said = areas_of(f'id,{column}\n007,"{WKT}"\n', "areas.csv")
    assert list(areas.ids) == ["007"] and is_whole(areas) and column.strip() not in areas.table
    note, = said
    assert "areas.csv" in note and "longitude and latitude" in note and "areas.crs" in note


@pytest.mark.parametrize("cell", [
    WKT, shapely.from_wkt(WKT).wkb_hex, f"SRID=4326;{WKT}",
    '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'],
    ids=["text", "binary", "text with a CRS", "GeoJSON"])
def test_a_csv_file_may_hold_shapes_in_several_ways(areas_of, cell):
    table = pd.DataFrame({"id": [1], "Geo Shape": [cell]}).to_csv(index=False)
    areas, said = areas_of(table, "areas.csv", wkt="Geo Shape")
    assert areas.shapes[0].equals(shapely.from_wkt(WKT))
    assert bool(said) == (not cell.startswith("SRID"))


def test_a_csv_file_without_a_column_of_shapes_is_refused(areas_refused):
    sentence = areas_refused("id,name\n1,a\n", "areas.csv")
    for part in ("areas.csv", "areas.wkt", "id, name"):
        assert part in sentence
    assert "'shape'" in areas_refused("id,name\n1,a\n", "areas.csv", wkt="shape")


def test_rows_of_a_csv_file_whose_shape_cannot_be_read_are_kept_and_counted(areas_of):
    areas, said = areas_of(f'id,wkt\n1,"{WKT}"\n2,POLYGON((0 0\n3,\n', "areas.csv")
    assert list(areas.ids) == ["1", "2", "3"] and is_whole(areas)
    assert any("areas.csv, column wkt: 1 of 3 rows" in sentence and "row 2" in sentence for sentence in said)
    assert any("2 areas without borders" in sentence and "2, 3" in sentence for sentence in said)
