"""Which layer, or which file in a folder or a zip, holds the areas."""

import json
import zipfile

import pytest
from map_files import SQUARES, collection, is_whole, shapefile, squares, write, zipped


@pytest.mark.parametrize("upper", [False, True], ids=["lower", "upper"])
@pytest.mark.parametrize("where", ["folder", "zip", "zip with a folder"])
def test_a_shapefile_is_found_in_a_folder_or_a_zip(areas_of, tmp_path, where, upper):
    folder = shapefile(tmp_path / "parts", upper=upper)
    if where != "folder":
        zipped(folder, tmp_path / "areas.zip", "data/borders 2014/" if "with" in where else "")
    areas, said = areas_of(file="parts" if where == "folder" else "areas.zip", label="name")
    assert sorted(areas.labels) == ["b", "c", "Ñ"] and is_whole(areas) and said == []


def test_the_hidden_twins_of_a_mac_are_not_read(areas_of, tmp_path):
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
        archive.writestr("__MACOSX/._areas.geojson", b"\0\5")
        archive.writestr("areas.geojson", json.dumps(collection(*SQUARES)))
    assert len(areas_of(file="areas.zip")[0]) == 3


def test_of_several_shapefiles_the_first_is_read_unless_one_is_chosen(areas_of, areas_refused, tmp_path):
    folder = shapefile(tmp_path / "parts", "blocks")
    shapefile(folder, "tracts", frame=squares(SQUARES[:1]))
    areas, said = areas_of(file="parts")
    assert len(areas) == 3 and any("'blocks'" in sentence and "tracts" in sentence for sentence in said)
    areas, said = areas_of(file="parts", layer="tracts")
    assert len(areas) == 1 and said == []
    assert "blocks, tracts" in areas_refused(None, "parts", layer="trakts")


def test_of_several_layers_the_first_is_read_unless_one_is_chosen(areas_of, areas_refused, tmp_path):
    for layer, shapes in (("blocks", SQUARES), ("tracts", SQUARES[:1])):
        write(squares(shapes), tmp_path / "areas.gpkg", layer=layer)
    areas, said = areas_of(file="areas.gpkg")
    assert len(areas) == 3
    assert any(all(part in sentence for part in ("'blocks'", "tracts", "areas.layer")) for sentence in said)
    areas, said = areas_of(file="areas.gpkg", layer="tracts")
    assert len(areas) == 1 and said == []
    sentence = areas_refused(None, "areas.gpkg", layer="trakts")
    for part in ("areas.gpkg", "'trakts'", "areas.layer", "blocks, tracts"):
        assert part in sentence


def test_a_folder_without_areas_is_refused(areas_refused, tmp_path):
    (tmp_path / "empty").mkdir()
    assert areas_refused(None, "empty").startswith("empty: holds no areas")
