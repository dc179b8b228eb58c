"""What is odd about Shapefiles: their accents, and parts that are missing."""

import shutil

import pytest
from map_files import SQUARES, shapefile, squares


@pytest.mark.parametrize(("encoding", "cpg"), [
    ("UTF-8", "UTF-8"), ("UTF-8", None), ("cp1252", "cp1252"), ("ISO-8859-1", None), ("cp1251", "cp1251")])
def test_accents_in_a_shapefile_are_read_as_declared_or_as_the_utf_8_that_they_are(areas_of, tmp_path, encoding, cpg):
    name = "Жук" if encoding == "cp1251" else "Ñandú"
    folder = shapefile(tmp_path / "parts", frame=squares(SQUARES[:1], name=[name]), encoding=encoding)
    (folder / "areas.cpg").unlink(missing_ok=True)
    if cpg:
        (folder / "areas.cpg").write_text(cpg)
    else:  # byte 29 of a .dbf would declare it too
        table = bytearray((folder / "areas.dbf").read_bytes())
        table[29] = 0
        (folder / "areas.dbf").write_bytes(table)
    areas, said = areas_of(file="parts", label="name")
    assert list(areas.labels) == [name]
    assert bool(said) == (cpg is None) and all(".cpg" in sentence for sentence in said)


def test_a_shapefile_that_lacks_a_part_is_refused(areas_refused, tmp_path):
    shapefile(tmp_path / "parts", without=(".shx",))
    assert "cannot be read" in areas_refused(None, "parts")
    shutil.rmtree(tmp_path / "parts")
    shapefile(tmp_path / "parts", without=(".dbf",))
    assert "column id" in areas_refused(None, "parts")
