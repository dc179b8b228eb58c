"""Small map files, written in the ways that people write them."""

import warnings
import zipfile

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import box

SQUARES = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 5, 6, 6)]
UTM = [box(600_000, 4_100_000, 600_100, 4_100_100), box(600_100, 4_100_000, 600_200, 4_100_100)]
WKT = "POLYGON ((0 0, 1 0, 1 1, 0 0))"


def squares(shapes=SQUARES, crs="EPSG:4326", **columns):
    """Return areas as geopandas has them, numbered from 1 unless they have an id."""
    columns = {"id": [str(n) for n in range(1, len(shapes) + 1)]} | columns
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def write(frame, path, **how):
    """Write areas in the format of the file's name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what GDAL says of writing is no concern of these tests
        frame.to_file(path, **how)


def collection(*shapes, **properties):
    """Return a GeoJSON without a word on its CRS; a shape may be a dict already, or None."""
    def geometry(shape):
        return shape if shape is None or isinstance(shape, dict) else shapely.geometry.mapping(shape)

    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": str(n), **properties}, "geometry": geometry(shape)}
        for n, shape in enumerate(shapes, 1)]}


def shapefile(folder, name="areas", *, upper=False, without=(), **how):
    """Write a Shapefile into a folder, its parts in capitals or some left out; return the folder."""
    folder.mkdir(exist_ok=True, parents=True)
    write(how.pop("frame", squares(name=["Ñ", "b", "c"])), folder / f"{name}.shp", **how)
    for part in list(folder.glob(f"{name}.*")):
        if part.suffix in without:
            part.unlink()
        elif upper:
            part.rename(part.with_suffix(part.suffix.upper()))
    return folder


def zipped(folder, path, inside=""):
    """Pack the files of a folder, below another one if `inside` names it."""
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"{inside}{part.name}")


def is_whole(areas):
    """Say whether every array has as many entries as there are areas, and every shape can be drawn."""
    arrays = (areas.labels, areas.surveyed, areas.shapes, areas.drawn, areas.km2, areas.table)
    drawn = areas.drawn[~shapely.is_missing(areas.drawn)]
    numbers = *shapely.total_bounds(areas.drawn), *areas.km2, *areas.bounds()
    return all(len(array) == len(areas) for array in arrays) and shapely.is_valid(drawn).all() \
        and np.isfinite(numbers).all()
