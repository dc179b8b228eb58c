"""GeoJSON (RFC 7946): a point for each record, the true borders of each area; what the file says of itself stands
beside the features."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

import geopandas as gpd
import shapely
from pandas.api.types import is_numeric_dtype

from dashboard.export.cells import NUMBER, TEXT, values
from dashboard.export.records import Records
from dashboard.problems import DataError

AREAS_AT_ONCE = 64  # as borders may be long


def records_geojson(records: Records, about: dict[str, str]) -> Iterator[bytes]:
    """Give the records as points; one without a place has no geometry. Raises DataError where none has a place."""
    if not records.has_places:
        raise DataError("records.geojson", "these records have no places.", "Take them as CSV or as Parquet.")
    return _collection(_points(records), about)


def areas_geojson(areas: gpd.GeoDataFrame, about: dict[str, str]) -> Iterator[bytes]:
    """Give the areas with their measure."""
    return _collection(_areas(areas), about)


def _points(records: Records) -> Iterator[list[str]]:
    for piece in records.pieces():
        columns = {name: values(piece.rows[name], kind) for name, kind in records.kinds.items()}
        places = zip(piece.lon.tolist(), piece.lat.tolist(), strict=True)
        shapes = ("null" if lon != lon else f'{{"type":"Point","coordinates":[{lon!r},{lat!r}]}}'
                  for lon, lat in places)
        yield _features(shapes, columns)


def _areas(areas: gpd.GeoDataFrame) -> Iterator[list[str]]:
    for start in range(0, len(areas), AREAS_AT_ONCE):
        part = areas.iloc[start:start + AREAS_AT_ONCE]
        columns = {name: values(column, NUMBER if is_numeric_dtype(column) else TEXT)
                   for name, column in part.drop(columns="geometry").items()}
        shapes = ("null" if shape is None else shape for shape in shapely.to_geojson(part.geometry.to_numpy()))
        yield _features(shapes, columns)


def _features(shapes: Iterable[str], columns: dict[str, list]) -> list[str]:
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return [f'{{"type":"Feature","geometry":{shape},"properties":{_json(row)}}}'
            for shape, row in zip(shapes, rows, strict=True)]


def _collection(features: Iterator[list[str]], about: dict[str, str]) -> Iterator[bytes]:
    head = _json({"type": "FeatureCollection", **about})
    yield f'{head[:-1]},"features":[\n'.encode()
    for first in islice(features, 1):
        yield ",\n".join(first).encode()
    for more in features:
        yield (",\n" + ",\n".join(more)).encode()
    yield b"\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
