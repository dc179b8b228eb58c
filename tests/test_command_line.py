"""`python bokeh-app` as its users run it: from any folder, by people and by programs."""

import io
import json
import os
import subprocess
import sys
from dataclasses import fields

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.catalog.attributes import natural_key
from dashboard.query.answers.schema import Answer
from servers import copy_app, sample

CONFIG = '[areas]\nfile = "data/areas.geojson"\n[records]\nfile = "data/records.csv"\narea = "parcel"\n'
FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson")
ROMAN = "period=Roman&weight_g=10..250&_measure=sum(weight_g)"


@pytest.fixture
def run(tmp_path):
    """A function that runs the command line of an app folder in another working directory."""
    def run(*arguments, app=None):
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
        return subprocess.run([sys.executable, app or sample(), *arguments], cwd=tmp_path, env=environment,
                              capture_output=True, encoding="utf-8", check=False)
    return run


@pytest.fixture
def fork(tmp_path):
    """A function that makes an app folder with a config and three records in two areas, one of them in none."""
    def fork(config):
        app = copy_app(tmp_path, config)
        (app / "data").mkdir()
        square = "[[[{0},0],[{1},0],[{1},1],[{0},1],[{0},0]]]"
        features = [{"type": "Feature", "properties": {"id": f"P-{west + 1}"}, "geometry": {
            "type": "Polygon", "coordinates": json.loads(square.format(west, west + 1))}} for west in (0, 1)]
        collection = {"type": "FeatureCollection", "features": features}
        (app / "data" / "areas.geojson").write_text(json.dumps(collection), "utf-8")
        (app / "data" / "records.csv").write_text("parcel,kind,same\nP-1,año,x\nP-2,b,x\nP-77,b,x\n", "utf-8")
        return app
    return fork


def roman_finds():
    """Return the Roman finds of 10 to 250 g, counted and weighed per parcel by plain pandas; nan: not surveyed."""
    mine = FINDS[(FINDS.period == "Roman") & FINDS.weight_g.between(10, 250)].groupby("parcel").weight_g
    found = pd.DataFrame({"count": mine.size(), "measure": mine.sum()}).reindex(PARCELS.parcel, fill_value=0)
    found["measure"] = found.measure.mask((PARCELS.walked == "no").to_numpy() & (found["count"] == 0))
    return found


def test_the_check_says_what_was_found_in_words(run):
    answer = run()
    assert (answer.returncode, answer.stderr) == (0, "")
    joined = FINDS.parcel.isin(PARCELS.parcel)
    for part in (f"{len(PARCELS)} parcels in data/parcels.geojson",
                 f"{(PARCELS.walked == 'no').sum()} of them not surveyed",
                 "EPSG:4326", "20,000 finds in data/finds.csv",
                 f"{joined.sum():,} were joined to their parcel by id (parcel); {(~joined).sum()} lie in none",
                 f"type: one-of, {FINDS.type.nunique()} options", "found_on: dates", "decorated: yes/no",
                 "some values missing", FINDS.parcel[~joined].iloc[0]):
        assert part in answer.stdout
    # A minute's reading.
    assert len(answer.stdout.splitlines()) < 60


def test_the_check_says_the_same_to_programs(run):
    answer = run("--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    found = json.loads(answer.stdout)
    joined = int(FINDS.parcel.isin(PARCELS.parcel).sum())
    assert (found["areas"], found["records"]) == (len(PARCELS), len(FINDS))
    assert (found["joined"], found["unjoined"]) == (joined, len(FINDS) - joined)
    expected = {"type": "one-of", "weight_g": "between", "found_on": "dates", "decorated": "yes/no"}
    assert expected.items() <= found["facets"].items()
    assert len(found["warnings"]) == 1 and "no area" in found["warnings"][0]
    assert found["errors"] == []
    np.testing.assert_allclose(found["bounds"], PARCELS.total_bounds)


def test_columns_that_are_no_facet_are_named_with_the_reason(run, fork):
    answer = run(app=fork(CONFIG))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "column same: is no facet: all its values are 'x'" in answer.stdout
    assert "P-77" in answer.stdout


@pytest.mark.parametrize(("config", "said"), [
    (CONFIG + "[mapp]\n", "config.toml: mapp is not a setting; did you mean map?"),
    (CONFIG.replace("records.csv", "nope.csv"), "nope.csv: there is no such file."),
    (CONFIG + '[[measures]]\nof = "sum"\ncolumn = "kind"\n', "column kind")], ids=["config", "file", "column"])
def test_a_mistake_is_said_in_a_sentence_and_ends_with_status_1(run, fork, config, said):
    app = fork(config)
    answer = run(app=app)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert said in answer.stderr and "Traceback" not in answer.stderr and len(answer.stderr.splitlines()) == 1
    answer = run("--json", app=app)
    assert answer.returncode == 1
    found = json.loads(answer.stdout)
    assert {"areas", "records", "joined", "unjoined", "facets", "warnings", "errors"} <= set(found)
    assert len(found["errors"]) == 1 and said in found["errors"][0]


def test_a_view_is_answered_as_csv_the_largest_first(run):
    answer = run("tally", ROMAN)
    assert (answer.returncode, answer.stderr) == (0, "")
    table = pd.read_csv(io.StringIO(answer.stdout), keep_default_na=False)
    assert list(table) == ["id", "label", "count", "measure"]
    assert sorted(table.id) == sorted(PARCELS.parcel)
    assert table["count"].is_monotonic_decreasing and table["count"].iloc[0] > 0
    assert dict(zip(table.id, table.label, strict=True)) == dict(zip(PARCELS.parcel, PARCELS.name, strict=True))
    expected = roman_finds().loc[table.id]
    assert list(table["count"]) == list(expected["count"])
    np.testing.assert_allclose(pd.to_numeric(table.measure), expected.measure)


def test_a_view_is_answered_as_json_and_what_cannot_be_applied_is_said_aside(run):
    answer = run("tally", "--json", f"?{ROMAN}&type=blob")
    assert answer.returncode == 0
    assert "blob" in answer.stderr and len(answer.stderr.splitlines()) == 1
    rows, expected = json.loads(answer.stdout), roman_finds()
    assert {row["id"]: row["count"] for row in rows} == expected["count"].to_dict()
    measures = [np.nan if row["measure"] is None else row["measure"] for row in rows]
    np.testing.assert_allclose(measures, expected.measure.loc[[row["id"] for row in rows]])


def test_no_data_is_an_empty_cell(run, fork):
    config = CONFIG + '[[measures]]\nof = "mean"\ncolumn = "grams"\n'
    app = fork(config)
    (app / "data" / "records.csv").write_text("parcel,grams\nP-1,2.5\nP-1,\nP-2,\n", "utf-8")
    answer = run("tally", "", app=app)
    assert answer.stdout == "id,label,count,measure\nP-1,P-1,2,2.5\nP-2,P-2,1,\n"


def test_all_that_the_page_shows_of_a_view_is_printed_as_json(run):
    told = run("answer", f"{ROMAN}&_area=P-086&type=blob")
    assert told.returncode == 0
    assert "blob" in told.stderr and len(told.stderr.splitlines()) == 1
    found = json.loads(told.stdout)
    assert set(found) == {field.name for field in fields(Answer)}
    expected = roman_finds()
    assert dict(zip(PARCELS.sort_values("name", key=lambda names: names.map(natural_key)).parcel, found["counts"],
                    strict=True)) == expected["count"].to_dict()
    assert found["detail"]["label"] == PARCELS.set_index("parcel").name["P-086"]
    assert found["detail"]["count"] == expected["count"]["P-086"]
    assert found["view"]["query"].endswith("_area=P-086&_measure=sum(weight_g)")


def test_all_mistakes_that_one_run_can_find_are_told_in_one_run(run, fork):
    app = fork(CONFIG.replace("records.csv", "nothing.csv").replace("areas.geojson", "none.geojson"))
    told = run(app=app).stderr.splitlines()
    assert len(told) == 2 and "none.geojson" in told[0] and "nothing.csv" in told[1]
    (app / "config.toml").write_text(CONFIG + '[[measures]]\nof = "sum"\ncolumn = "kind"\n[facets]\n'
                                     'columns = ["kind", "colour"]\n[detail]\ntable = ["nope"]\n', "utf-8")
    told = run(app=app).stderr.splitlines()
    assert len(told) == 3
    assert all(part in line for part, line in zip(("holds no numbers", "colour", "nope"), told, strict=True))
@pytest.mark.parametrize(("name", "options"), [("finds.csv", []), ("areas.csv", []), ("parcels.csv", ["--areas"])])
def test_a_view_is_written_to_a_file(run, tmp_path, name, options):
    told = run("export", ROMAN, name, *options)
    assert (told.returncode, told.stderr) == (0, "")
    found = pd.read_csv(tmp_path / name, encoding="utf-8-sig")
    if name == "finds.csv":
        mine = FINDS[(FINDS.period == "Roman") & FINDS.weight_g.between(10, 250)]
        pd.testing.assert_frame_equal(*(each.sort_values("find", ignore_index=True) for each in (found, mine)),
                                      check_dtype=False)
    else:
        expected = roman_finds().loc[found.id]
        assert list(found["count"]) == list(expected["count"])
    # What a CSV file has no place for.
    what = f"{len(mine):,} finds" if name == "finds.csv" else f"{len(PARCELS)} parcels"
    assert told.stdout.splitlines()[0] == f"{name}: {what}"
    assert {"title: Field survey of the Aljibe valley", "licence: CC0 1.0",
            "view: period=Roman&weight_g=10..250&_measure=sum(weight_g)"} <= set(told.stdout.splitlines())


def test_a_file_that_is_there_is_written_over_only_when_asked_to(run, tmp_path):
    (tmp_path / "finds.parquet").write_text("mine")
    told = run("export", "", "finds.parquet")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "finds.parquet: is there already. Give another name, or --force to write over it.\n"
    assert (tmp_path / "finds.parquet").read_text() == "mine"
    assert run("export", "", "finds.parquet", "--force").returncode == 0
    assert len(pd.read_parquet(tmp_path / "finds.parquet")) == len(FINDS)
    assert [path.name for path in tmp_path.iterdir()] == ["finds.parquet"]


@pytest.mark.parametrize(("query", "name", "said"), [
    ("", "finds.xlsx", "finds.xlsx: records are not written with such an ending. Use .csv, .geojson or .parquet."),
    ("", "areas.parquet", "areas.parquet: areas are not written with such an ending. Use .csv, .geojson or .gpkg."),
    ("", "csv", "csv: records are not written with such an ending. Use .csv, .geojson or .parquet."),
    ("type=blob&x=1", "finds.csv", "type: “blob” is no option; nothing was written.\n"
                                   "x: “1” is no facet; nothing was written.")])
def test_what_cannot_be_written_is_said_in_sentences(run, tmp_path, query, name, said):
    told = run("export", query, name)
    assert (told.returncode, told.stdout, told.stderr) == (1, "", f"{said}\n")
    assert list(tmp_path.iterdir()) == []


def test_records_without_places_make_no_points(run, fork, tmp_path):
    told = run("export", "", "all.geojson", app=fork(CONFIG))
    assert (told.returncode, "no places" in told.stderr) == (1, True)
    assert not (tmp_path / "all.geojson").exists()
