"""GeoPackage: the areas with their measure; what the file says of itself stands in its contents and its metadata."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd

LAYER = "areas"
PIECE_BYTES = 1 << 18


def areas_gpkg(areas: gpd.GeoDataFrame, about: dict[str, str]) -> Iterator[bytes]:
    """Give the areas as GeoPackage. It is a database, so it is made as a file of its own first."""
    described = "; ".join(f"{name}: {text}" for name, text in about.items())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "areas.gpkg"
        areas.to_file(path, layer=LAYER, driver="GPKG", engine="pyogrio", promote_to_multi=True,
                      layer_options={"IDENTIFIER": about["title"], "DESCRIPTION": described},
                      layer_metadata=about)
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece
