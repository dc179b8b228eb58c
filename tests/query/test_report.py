"""What was read, in sentences: the same for somebody who does not code as plain pandas says to somebody who does."""

import shutil

import pytest

from answers import FINDS, PARCELS
from dashboard.export.report import report
from dashboard.live.reading import read_survey
from servers import sample


def sections(survey):
    """Return the sentences below each heading."""
    return {section.heading: list(section.sentences) for section in report(survey)}


@pytest.fixture(scope="module")
def by_place(tmp_path_factory):
    """The survey of the sample whose finds are joined by their places, with a measure of a column with gaps."""
    folder = tmp_path_factory.mktemp("report")
    shutil.copytree(sample() / "data", folder / "data")
    config = (sample() / "config.toml").read_text("utf-8").replace('\narea = "parcel"\n', "\n")
    (folder / "config.toml").write_text(config.replace('time = "found_on"', 'time = "parcel"'), "utf-8")
    return read_survey(folder)


def test_the_report_of_the_sample(engine):
    found = sections(engine)
    assert list(found) == ["Areas", "Records", "Measures", "Facets", "Warnings", "Notes"]
    unwalked, known = (PARCELS.walked == "no").sum(), FINDS.parcel.isin(PARCELS.parcel).sum()
    assert found["Areas"][0] == f"413 parcels in data/parcels.geojson, {unwalked} of them not surveyed."
    west, south, east, north = PARCELS.total_bounds
    assert found["Areas"][1].endswith(
        f"longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}.")
    assert found["Records"] == ["20,000 finds in data/finds.csv.", f"{known:,} were joined to their parcel by id "
                                f"(parcel); {20_000 - known} lie in none."]
    gaps = FINDS.weight_g.isna().sum()
    assert found["Measures"] == ["number of finds.", "number of finds per km².", *(
        f"{of} weight; {gaps} finds without a number are left out." for of in ("total", "median"))]
    assert "type: one-of, 14 options." in found["Facets"]
    assert "decorated: yes/no, 2 options, some values missing." in found["Facets"]
    bins = len(engine.facets["weight_g"].edges) - 1
    assert f"weight_g: between, {bins} bins, some values missing." in found["Facets"]
    strays = FINDS[~FINDS.parcel.isin(PARCELS.parcel)].parcel.dropna()
    assert any(stray in sentence for stray in strays for sentence in found["Warnings"])


def test_it_says_how_records_were_joined_and_what_is_not_charted(by_place):
    found = sections(by_place)
    placed = FINDS.lon.notna() & FINDS.lat.notna()
    assert "joined to their parcel by place; " in found["Records"][1]
    assert by_place.facts.joined <= placed.sum()
    assert found["Records"][1].endswith(f"{20_000 - by_place.facts.joined:,} lie in none.")
    assert "config.toml, detail: parcel is not charted, as it is no facet. Add it to facets.columns, or take it out " \
        "of detail.charts and detail.time." in found["Warnings"]


def test_it_is_made_once_for_all_visitors(engine):
    assert report(engine) is report(engine)
