"""Views of the sample, and whether two surveys answer them the same."""

import numpy as np
import pytest

from dashboard.query.answers.answer import answer

QUERIES = ["", "type=amphora&type=bowl&period=", "weight_g=10..250&_measure=sum(weight_g)&_sort=-weight_g",
           "_measure=median(weight_g)&_area=P-086&_sort=ware", "found_on=2015-01-01..&_page=40&_sort=found_on",
           "_page=1300&_sort=-note", "_area=&_measure=count/km2", "_extent=-1.925,37.56,-1.90,37.58&decorated=yes",
           "type=coin&weight_g=&_classes=refit&_page=3"]


def named_counts(about, options, counts, missing):
    """Return counts by the option's name or its bin's lower edge, as a survey may know more options than another."""
    names = options or about.options or about.edges[:-1]
    named = dict(zip(map(str, names), counts, strict=True))
    return {name: count for name, count in named.items() if count} | {"": missing}


def same(found_by, expected_by, view):
    """Check that two surveys give the same answer to a view."""
    found, expected = answer(found_by, view), answer(expected_by, view)
    for part in ("view", "sentence", "chosen", "legend", "table", "found"):
        assert getattr(found, part) == getattr(expected, part), part
    for part in ("colours", "counts"):
        np.testing.assert_array_equal(getattr(found, part), getattr(expected, part))
    if expected.values is not None:
        np.testing.assert_allclose(found.values, expected.values, rtol=1e-6)
    assert found.detail.count == expected.detail.count
    assert found.detail.value == (None if expected.detail.value is None else pytest.approx(expected.detail.value))
    facets = [{about.name: about for about in each.about.facets} for each in (found, expected)]
    for name, counts in expected.options.items():
        if facets[1][name].options is not None or facets[1][name].edges is not None:
            mine = found.options[name]
            assert named_counts(facets[0][name], mine.options, mine.counts, mine.missing) == \
                named_counts(facets[1][name], counts.options, counts.counts, counts.missing)
    for mine, chart in zip(found.charts, expected.charts, strict=True):
        assert (mine.counts is None) == (chart.counts is None)
        assert sum(mine.counts or []) + mine.rest == sum(chart.counts or []) + chart.rest
        assert sorted(mine.counts or []) == sorted(chart.counts or [])
    assert (found.near is None) == (expected.near is None)
    if expected.near is not None:
        assert found.near.count == expected.near.count
        assert sorted(found.near.x if found.near.x is not None else found.near.density.ravel()) == \
            sorted(expected.near.x if expected.near.x is not None else expected.near.density.ravel())
