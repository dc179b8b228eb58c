"""Columns -> facets: their kinds, their options, and what becomes none and why."""

import pandas as pd
import pytest

from dashboard.catalog.rows.columns import typed
from dashboard.query.facets import derive_facets
from dashboard.query.profile import profile_of
from dashboard.settings import Config


def facets_of(cells, **settings):
    """Return the facets of columns of text, and why each other column is none."""
    records = typed(pd.DataFrame(cells, dtype=str))
    config = Config.model_validate({"records": {"area": "parcel"}, "facets": settings})
    profiles = {name: profile_of(column) for name, column in records.assign(parcel="P").items()}
    found, left_out = derive_facets(config, profiles)
    return {facet.name: facet for facet in found}, {problem.where.split()[-1]: problem.sentence for problem in left_out}


@pytest.mark.parametrize(("cells", "kind"), [
    (["amphora", "bowl", "amphora"], "one-of"), (["007", "012", "007"], "one-of"), (["NA", "SE", ""], "one-of"),
    (["1.5", "20", ""], "between"), (["2", "1", "2"], "between"), (["2014-05-01", "2014-06-01", ""], "dates"),
    (["1", "0", "1"], "yes/no"), (["1", "0", ""], "yes/no"), (["true", "false", "true"], "yes/no"),
    (["True", "False", ""], "yes/no"), (["yes", "NO", "Yes"], "yes/no"), (["y", "n", "y"], "yes/no")])
def test_the_kind_comes_from_the_values(cells, kind):
    found, _ = facets_of({"column": cells})
    assert found["column"].kind == kind
    assert found["column"].has_missing == ("" in cells)


def test_options_come_with_the_most_frequent_first():
    found, _ = facets_of({"column": ["b", "c", "c", "a", "d", "c", "d"]})
    assert list(found["column"].values) == ["c", "d", "a", "b"]


LONG = [f"{number} sherds, much rolled, picked up along the terrace wall below the spring" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(("cells", "why"), [
    ([""] * 40, "no values"), (["ceramic"] * 40, "all its values are 'ceramic'"), (["7"] * 40, "all its values are 7"),
    (["2014-05-01"] * 40, "all its values are 2014-05-01"), (["yes"] * 40, "all its values are 'yes'"),
    ([f"F-{number}" for number in range(40)], "nearly unique"),
    ([f"{number:04}" for number in range(40)], "nearly unique"),
    (LONG * 10, "free text"), ([str(number) for number in range(40)], "numbers the records")])
def test_a_column_that_makes_no_good_facet_is_left_out_with_the_reason(cells, why):
    found, left_out = facets_of({"column": cells})
    assert "column" not in found
    assert left_out["column"].startswith("data/records.csv, column column: is no facet: ")
    assert why in left_out["column"]


def test_one_value_and_a_gap_are_two_things_to_choose_between():
    found, _ = facets_of({"text": ["a", "", "a"], "number": ["5", "5", ""], "day": ["2014-05-01", "", ""]})
    assert {name: (facet.kind, facet.has_missing) for name, facet in found.items()} == {
        "text": ("one-of", True), "number": ("between", True), "day": ("dates", True)}


def test_a_column_that_the_config_asks_for_is_a_facet_however_many_values_it_has():
    numbers = range(40)
    cells = {"id": [f"F-{number}" for number in numbers], "note": LONG * 10, "n": [str(number) for number in numbers]}
    found, left_out = facets_of(cells, columns=["note", "id", "n"])
    assert list(found) == ["note", "id", "n"]
    assert left_out == {}


def test_hidden_columns_and_those_of_the_join_are_no_facets_and_labels_are_used():
    found, left_out = facets_of({"type": ["a", "b"], "ware": ["c", "d"]}, hidden=["ware"], labels={"type": "Typ"})
    assert {name: facet.label for name, facet in found.items()} == {"type": "Typ"}
    assert left_out == {"facets": "config.toml, facets: leaves these columns out of the facets: ware."}
