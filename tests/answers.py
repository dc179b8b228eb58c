"""Views of the sample, and whether two engines answer them alike."""

import numpy as np
import pandas as pd

QUERIES = ["", "type=amphora&type=bowl&period=", "weight_g=10..250&_measure=sum(weight_g)&_sort=-weight_g",
           "_measure=median(weight_g)&_area=P-086&_sort=ware", "found_on=2015-01-01..&_page=40&_sort=found_on",
           "_page=1300&_sort=-note", "_area=&_measure=count/km2", "_extent=-1.925,37.56,-1.90,37.58&decorated=yes",
           "type=coin&weight_g=&_classes=refit&_page=3"]


def options(answer, part, name):
    """Return what was counted of each option of a facet, by its value or the lower edge of its bin."""
    facet = answer.engine.facets[name]
    names = facet.edges[:-1] if facet.is_range else facet.values
    counts = getattr(answer.tally, part)[name]
    return {str(option): count for option, count in zip([*names, "missing"], counts.tolist(), strict=True)}


def same(found, expected):
    """Check that two answers show the same."""
    assert found.view == expected.view
    for part in ("counts", "valid"):
        np.testing.assert_array_equal(getattr(found.tally, part), getattr(expected.tally, part))
    for part in ("options", "shown"):
        for name in expected.tally.options:
            assert options(found, part, name) == options(expected, part, name)
    np.testing.assert_allclose(found.values, expected.values)
    np.testing.assert_allclose(found.value, expected.value)
    np.testing.assert_allclose(found.classes.bounds, expected.classes.bounds)
    assert (found.table.total, found.table.page, found.table.pages) == (
        expected.table.total, expected.table.page, expected.table.pages)
    pd.testing.assert_frame_equal(found.table.rows.reset_index(drop=True), expected.table.rows.reset_index(drop=True))
    assert (found.nearby is None) == (expected.nearby is None)
    if expected.nearby is not None:
        assert found.nearby.in_extent == expected.nearby.in_extent
        if expected.nearby.x is None:
            np.testing.assert_array_equal(found.nearby.density, expected.nearby.density)
        else:
            assert sorted(found.nearby.x) == sorted(expected.nearby.x)
