"""An answer as JSON and typed arrays."""

import json
from dataclasses import fields

import numpy as np

from answers import answered
from dashboard.query.answers.parts import AreaEntry
from dashboard.query.answers.schema import Answer, as_data


def test_an_answer_is_json_and_typed_arrays_and_nothing_else(engine):
    found = answered(engine, "type=coin&_measure=median(weight_g)")
    data = as_data(found)
    arrays = {name for name, value in data.items() if isinstance(value, np.ndarray)}
    assert arrays >= {"colours", "counts"}
    json.dumps({name: value for name, value in data.items() if name not in arrays}, allow_nan=False)
    assert json.loads(json.dumps(as_data(found, arrays=False), allow_nan=False)).keys() == {
        field.name for field in fields(Answer)}


def test_without_typed_arrays_gaps_are_null_and_numbers_the_same(engine):
    found = answered(engine, "type=coin&_measure=median(weight_g)&_extent=-1.905,37.595,-1.895,37.605")
    data = json.loads(json.dumps(as_data(found, arrays=False), allow_nan=False))
    gaps = np.isnan(found.values)
    assert gaps.any() and not gaps.all()
    assert [value is None for value in data["values"]] == list(gaps)
    assert np.array(data["values"], dtype=np.float32)[~gaps].tolist() == found.values[~gaps].tolist()
    assert data["counts"] == found.counts.tolist() and data["colours"] == found.colours.tolist()
    assert data["near"]["x"] == found.near.x.tolist() != []


def test_every_part_keeps_its_names():
    part = {"one": [AreaEntry("a", "A", 1.5)], "none": None, "pairs": [("visibility", "good")]}
    assert as_data(part) == {"one": [{"id": "a", "label": "A", "value": 1.5}], "none": None,
                             "pairs": [["visibility", "good"]]}
