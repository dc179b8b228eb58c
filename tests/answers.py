"""Views of the sample, what plain pandas reads of it, and whether two surveys answer views the same."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.query.answers.answer import answer
from servers import sample

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype={"parcel": str})
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson")

QUERIES = ["", "type=amphora&type=bowl&period=", "weight_g=10..250&_measure=sum(weight_g)&_sort=-weight_g",
           "_measure=median(weight_g)&_area=P-086&_sort=ware", "found_on=2015-01-01..&_page=40&_sort=found_on",
           "_page=1300&_sort=-note", "_area=&_measure=count/km2", "_extent=-1.905,37.595,-1.895,37.605",
           "_extent=-1.905,37.595,-1.895,37.605&decorated=yes",
           "type=coin&weight_g=&_classes=all&_page=3", "municipality=Peñalhaja&municipality=&_by=municipality",
           "type=coin&_by=municipality&_measure=median(weight_g)&_area=P-086", "type=coin&weight_g=99999..&_area=P-086",
           "_area=P-086&_area=P-106&_area=&_measure=median(weight_g)&_a=type%3Dbowl&_show=ratio"]


def answered(survey, query):
    """Return the answer to an address, all of which can be applied."""
    view, refused = survey.view(query)
    assert refused == []
    return answer(survey, view)


def named_counts(about, options, counts, missing):
    """Return counts by the option's name or its bin's lower edge, as a survey may know more options than another."""
    names = options or about.options or about.edges[:-1]
    named = dict(zip(map(str, names), counts, strict=True))
    return {name: count for name, count in named.items() if count} | {"": missing}


def same(found_by, expected_by, view):
    """Check that two surveys give the same answer to a view."""
    found, expected = answer(found_by, view), answer(expected_by, view)
    for part in ("view", "sentence", "chosen", "several", "legend", "classes", "table", "found",
                 "no_result"):
        assert getattr(found, part) == getattr(expected, part), part
    np.testing.assert_array_equal(found.group_of, expected.group_of)
    assert found.groups.others == expected.groups.others
    for mine, total in zip(found.groups.totals, expected.groups.totals, strict=True):
        assert mine == (total[0], None if total[1] is None else pytest.approx(total[1]))
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
        assert sorted(found.near.ids) == sorted(expected.near.ids)
        for part in ("left", "bottom", "right", "top", "shades") if expected.near.cells is not None else ():
            np.testing.assert_array_equal(getattr(found.near.cells, part), getattr(expected.near.cells, part))
