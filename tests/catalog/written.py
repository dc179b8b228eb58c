"""Areas and records beside a config, and what a catalog says of them."""

import geopandas as gpd
import numpy as np
import pandas as pd
from map_files import SQUARES
from shapely.geometry import box

from dashboard.catalog.catalog import read_catalog
from dashboard.config import read_config

BY_ID = 'area = "parcel"'
BY_PLACE = 'x = "x"\ny = "y"'
BY_NUMBER = dict(zip("123", SQUARES, strict=True))


def catalog_in(folder):
    """Return the catalog of the areas and records that the config in a folder names."""
    return read_catalog(read_config(folder / "config.toml"), folder)


def catalog_of_rows(folder, ids, records, settings):
    """Write areas of 0.01 degrees in a row from 0° E 40° N, records and a config; return the catalog of them."""
    boxes = [box(0.01 * place, 40, 0.01 * (place + 1), 40.01) for place in range(len(ids))]
    gpd.GeoDataFrame({"id": ids}, geometry=boxes, crs=4326).to_file(folder / "areas.geojson")
    pd.DataFrame(records).to_csv(folder / "records.csv", index=False)
    (folder / "config.toml").write_text(
        f'[areas]\nfile = "areas.geojson"\n[records]\nfile = "records.csv"\n{settings}', "utf-8")
    return catalog_in(folder)


def area_ids(catalog):
    """Return the id of each record's area, a gap where it lies in none, in the order of the column `n`."""
    ids = np.append(catalog.areas.ids, None)[catalog.area_of]
    return list(ids[np.argsort(catalog.records.n)])


def joined(catalog):
    """Return the area id of each record, by its value of the column `find` ("" for none)."""
    ids = np.append(catalog.areas.ids, "")
    return dict(zip(catalog.records["find"], ids[catalog.area_of], strict=True))


def sentences(catalog, level="warning"):
    """Return what was found of a level, in sentences."""
    return [problem.sentence for problem in catalog.problems if problem.level == level]
