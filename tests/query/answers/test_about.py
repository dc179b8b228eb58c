"""What is the same for every view."""

import numpy as np
import pytest

from answers import FINDS, PARCELS
from dashboard.query.answers.about import about, bound_as_data


def test_the_survey_is_told_as_config_and_files_have_it(engine):
    told = about(engine)
    assert told.title == "Field survey of the Aljibe valley" and told.licence == "CC0 1.0"
    assert (told.areas, told.area_nouns, told.record_nouns) == (len(PARCELS), ["parcel", "parcels"], ["find", "finds"])
    measures = [(each.key, each.label, each.unit, each.per_km2, each.whole) for each in told.measures]
    assert measures == [
        ("count", "number of finds", "", False, True), ("count/km2", "number of finds per km²", "", True, False),
        ("sum(weight_g)", "total weight", "g", False, False), ("median(weight_g)", "median weight", "g", False, False)]


def test_a_facet_is_told_with_its_options_or_its_bins(engine):
    facets = {facet.name: facet for facet in about(engine).facets}
    towns = facets.pop("municipality")  # the areas' groups: a facet of theirs
    assert sorted(towns.options) == sorted(PARCELS.municipality.unique()) and towns.has_missing
    kinds = {"weight_g": "between", "length_mm": "between", "found_on": "dates", "decorated": "yes/no"}
    assert {name: facet.kind for name, facet in facets.items()} == {name: kinds.get(name, "one-of") for name in facets}
    for name, facet in facets.items():
        assert facet.has_missing == FINDS[name].isna().any()
        if facet.kind in ("between", "dates"):
            assert facet.options is None and len(facet.edges) == facet.size + 1
            assert facet.ends == [FINDS[name].min(), FINDS[name].max()]
        else:
            assert (facet.edges, facet.ends, facet.size) == (None, None, FINDS[name].nunique())
    assert facets["type"].options[0] == FINDS.type.value_counts().index[0]
    assert facets["decorated"].options == ["yes", "no"]
    # So many are searched for, not listed.
    assert facets["ware"].options is None and facets["ware"].size > 15


def test_a_column_is_told_with_what_it_holds_and_how_it_is_called(engine):
    columns = {column.name: (column.label, column.kind) for column in about(engine).columns}
    assert columns["weight_g"] == ("weight (g)", "number") and columns["found_on"] == ("found on", "text")
    assert columns["note"] == ("note", "text")


@pytest.mark.parametrize(("bound", "told"), [(np.float64(2.5), 2.5), (10.0, 10.0),
                                             (np.datetime64("2014-05-01"), "2014-05-01")])
def test_a_bound_is_a_number_or_an_iso_date(bound, told):
    assert bound_as_data(bound) == told and type(bound_as_data(bound)) is type(told)
