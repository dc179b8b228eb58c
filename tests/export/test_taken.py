"""What is taken home equals plain pandas and geopandas, cell by cell, however many partitions there are."""

import io
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from survey_app import CONFIG, RUNNING, records, write_app

from dashboard.catalog.shapes.mercator import seam_of
from dashboard.export.areas import on_the_globe
from dashboard.export.formats import FORMATS, SUBJECTS, about_file, file_name, format_of
from dashboard.live.reading import read_survey
from dashboard.problems import DataError

SQUARES = np.array([shapely.box(x / 100, 40, (x + 1) / 100, 40.01) for x in range(3)])
AS_OF = 1_400_000_000.0


@pytest.fixture(params=[1_000_000, 50], ids=["one partition", "several partitions"])
def survey(tmp_path, request, monkeypatch):
    """The hostile survey."""
    monkeypatch.setattr("dashboard.catalog.catalog.PARTITION_RECORDS", request.param)
    survey = read_survey(write_app(tmp_path))
    assert len(survey.partitions.partitions) == (1 if request.param > 240 else 5)
    return survey


def taken(survey, what, ending, query="", *window):
    """Return a file's bytes."""
    view, refused = survey.view(query)
    assert refused == []
    about = about_file(survey, view, AS_OF, "https://example.org/app")
    return b"".join(FORMATS[what][ending].write(SUBJECTS[what](survey, view, *window), about))


def as_text(data):
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8-sig")


def in_order(frame):
    """Return the records in the order of the areas' labels (one, three, two): those in none come last."""
    return frame.sort_values("area", key=lambda ids: ids.map("01 03 02 99".index), kind="stable", ignore_index=True)


def harmless(cell):
    return f"'{cell}" if cell in RUNNING else cell


@pytest.mark.parametrize("query", ["", "kind=pot&grams=..20", "_area=02&kind=lamp", "_area=", "grams="])
def test_csv_has_each_cell_as_it_was_and_none_that_runs(survey, query):
    data = taken(survey, "records", "csv", query)
    assert data.startswith(b"\xef\xbb\xbfarea,'=head,kind,")
    frame = records()
    number = pd.to_numeric(frame.grams)
    masks = {"": frame.kind != "", "kind=pot&grams=..20": (frame.kind == "pot") & (number <= 20),
             "_area=02&kind=lamp": (frame.area == "02") & (frame.kind == "lamp"),
             "_area=": frame.area == "99", "grams=": number.isna()}
    expected = in_order(frame[masks[query]]).map(harmless).rename(columns=harmless)
    # A whole number needs no decimals.
    expected["grams"] = expected.grams.str.removesuffix(".0")
    expected["lon"], expected["lat"] = (expected[name].str.removesuffix(".0") for name in ("lon", "lat"))
    pd.testing.assert_frame_equal(as_text(data), expected)
    # Each row ends as spreadsheets want it; a line break within a cell stays what it is.
    assert data.count(b"\r\n") == len(expected) + 1
    assert data.replace(b"\r\n", b"").count(b"\n") == (expected["'=head"] == "two\nlines").sum()


def test_parquet_has_typed_columns_and_says_what_it_is(survey):
    table = pq.read_table(io.BytesIO(taken(survey, "records", "parquet", "kind=pot")))
    said = {name.decode(): text.decode() for name, text in table.schema.metadata.items()}
    assert {"title": 'Añada: finds & "things"', "credit": "Nobody", "licence": "CC0 1.0", "view": "kind=pot",
            "date": "2014-05-13T16:53:20+00:00", "link": "https://example.org/app"}.items() <= said.items()
    frame = records()
    expected = in_order(frame[frame.kind == "pot"])
    found = table.to_pandas()
    for name in ("grams", "pieces", "lon", "lat"):
        np.testing.assert_array_equal(found[name], pd.to_numeric(expected[name]))
    for name in ("day", "seen"):
        assert list(found[name].fillna(pd.Timestamp(0))) == list(pd.to_datetime(expected[name]).fillna(pd.Timestamp(0)))
    for name in ("area", "=head", "kind"):
        assert list(found[name].fillna("")) == list(expected[name])


def test_geojson_has_a_point_for_each_record_that_has_a_place(survey):
    found = json.loads(taken(survey, "records", "geojson", "kind=pot"))
    assert (found["type"], found["title"]) == ("FeatureCollection", 'Añada: finds & "things"')
    assert (found["licence"], found["view"]) == ("CC0 1.0", "kind=pot")
    frame = records()
    expected = in_order(frame[frame.kind == "pot"])
    assert len(found["features"]) == len(expected)
    for feature, (_, row) in zip(found["features"], expected.iterrows(), strict=True):
        place = [float(row.lon), float(row.lat)] if row.lon else None
        assert (feature["geometry"] or {}).get("coordinates") == place
        cells = feature["properties"]
        assert (cells["=head"] or "", cells["day"] or "", cells["seen"]) == (row["=head"], row.day, row.seen)
        assert cells["grams"] == (float(row.grams) if row.grams else None)


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg"])
def test_the_areas_have_their_measure_and_their_true_borders(survey, ending, tmp_path):
    data = taken(survey, "areas", ending, "kind=pot&_measure=mean(grams)&_area=02")
    if ending == "csv":
        found = pd.read_csv(io.BytesIO(data), dtype={"id": str}, encoding="utf-8-sig")
    else:
        (tmp_path / f"taken.{ending}").write_bytes(data)
        found = gpd.read_file(tmp_path / f"taken.{ending}")
        assert shapely.equals(found.geometry.to_numpy(), SQUARES[[0, 2, 1]]).all()
        assert found.crs == "EPSG:4326"
    found = found.sort_values("id", ignore_index=True)
    assert list(found["label"]) == ["'=one" if ending == "csv" else "=one", "two", "three"]
    frame = records().assign(grams=pd.to_numeric(records().grams))
    pots = frame[frame.kind == "pot"].groupby("area").grams
    assert list(found["count"]) == list(pots.size().loc[["01", "02", "03"]])
    # One that was not surveyed has no measure.
    np.testing.assert_allclose(found.measure, [*pots.mean().loc[["01", "02"]], np.nan], rtol=1e-14)
    assert (list(found.group), list(found.surveyed)) == (["a", "b", "b"], ["yes", "yes", "no"])


def test_a_geopackage_says_what_it_is(survey, tmp_path):
    (tmp_path / "areas.gpkg").write_bytes(taken(survey, "areas", "gpkg", "kind=pot"))
    said = pyogrio.read_info(tmp_path / "areas.gpkg")["layer_metadata"]
    assert (said["title"], said["credit"], said["view"]) == ('Añada: finds & "things"', "Nobody", "kind=pot")
    assert "licence: CC0 1.0" in said["DESCRIPTION"]


def test_the_order_is_that_of_the_table(survey):
    found = as_text(taken(survey, "records", "csv", "kind=pot&_sort=-grams", 0, 10))
    frame = records()
    grams = pd.to_numeric(frame[frame.kind == "pot"].grams).nlargest(10)
    np.testing.assert_array_equal(pd.to_numeric(found.grams), grams)


@pytest.mark.parametrize("query", ["kind=pot", "kind=pot&_sort=grams"])
def test_parts_make_the_whole(survey, query):
    whole = as_text(taken(survey, "records", "csv", query))
    parts = [as_text(taken(survey, "records", "csv", query, start, 7)) for start in range(0, len(whole), 7)]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
    assert len(as_text(taken(survey, "records", "csv", query, 10_000, 7))) == 0


def test_records_without_places_are_no_points(tmp_path):
    survey = read_survey(write_app(tmp_path, CONFIG.replace('x = "lon"\ny = "lat"\n', "")))
    with pytest.raises(DataError, match=r"these records have no places\. Take them as CSV or as Parquet\."):
        taken(survey, "records", "geojson")
    assert len(as_text(taken(survey, "records", "csv"))) == 240


def test_points_of_a_map_file_say_where_they_are_in_columns(tmp_path):
    write_app(tmp_path, CONFIG.replace("records.csv", "records.gpkg").replace('area = "area"\n', "")
              .replace('x = "lon"\ny = "lat"\n', ""))
    frame = records().drop(columns=["lat"]).rename(columns={"lon": "longitude"})
    lon, lat = np.linspace(0, 0.03, 240).round(7), np.linspace(40, 40.01, 240).round(7)
    points = gpd.GeoDataFrame(frame.assign(grams=pd.to_numeric(frame.grams)), geometry=gpd.points_from_xy(lon, lat),
                              crs=4326).to_crs(25831)
    points.to_file(tmp_path / "records.gpkg")
    survey = read_survey(tmp_path)
    found = pd.read_csv(io.BytesIO(taken(survey, "records", "csv")), encoding="utf-8-sig")
    places = found.sort_values("pieces")[["longitude_", "latitude"]]
    np.testing.assert_allclose(places, np.column_stack([lon, lat]), atol=1e-8)
    coordinates = [feature["geometry"]["coordinates"] for feature in json.loads(
        taken(survey, "records", "geojson"))["features"]]
    np.testing.assert_array_equal(sorted(map(tuple, coordinates)), sorted(places.itertuples(index=False, name=None)))


def test_areas_across_the_antimeridian_are_cut_there():
    shapes = np.array([shapely.box(179, 0, 181, 1), shapely.box(170, 0, 171, 1), None], dtype=object)
    assert seam_of(shapes) is None
    cut, whole, none = on_the_globe(shapes)
    assert cut.equals(shapely.MultiPolygon([shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)]))
    assert whole.equals(shapes[1]) and whole.exterior.is_ccw and none is None


def test_names_of_files():
    assert file_name('Añada: "finds" / ../x', "pots & pans", "csv") == "Añada-finds-x-pots-pans.csv"
    assert file_name("?", "!", "csv") == "map.csv"
    assert len(file_name("long " * 100, "finds", "csv")) <= 84
    with pytest.raises(DataError, match=r"a\.gpkg: records are not written .* Use \.csv, \.geojson or \.parquet\."):
        format_of("a.gpkg", "records")
