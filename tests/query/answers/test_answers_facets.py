"""What each option of a facet would leave, in the answer."""

import pandas as pd

from answers import FINDS, answered


def test_options_count_what_they_would_leave_and_charts_what_there_is(engine):
    found = answered(engine, "type=amphora&period=Roman")
    about = {facet.name: facet for facet in found.about.facets}
    types = FINDS[FINDS.period == "Roman"].type.value_counts()
    assert dict(zip(about["type"].options, found.options["type"].counts, strict=True)) == {
        option: types.get(option, 0) for option in about["type"].options}
    chart, = (chart for chart in found.charts if chart.facet == "type")
    # The others stay, to be compared with what is chosen.
    assert dict(zip(chart.options, chart.counts, strict=True)) == types[chart.options].to_dict()
    assert "amphora" in chart.options and chart.counts == sorted(types, reverse=True)[:len(chart.counts)]
    months, = (chart for chart in found.charts if chart.facet == "found_on")
    days = pd.to_datetime(FINDS[(FINDS.type == "amphora") & (FINDS.period == "Roman")].found_on)
    expected = pd.cut(days, pd.to_datetime(about["found_on"].edges), right=False).value_counts(sort=False)
    assert months.counts is None and found.options["found_on"].counts == expected.tolist()


def test_of_many_options_the_most_frequent_are_listed_as_long_as_nothing_is_typed(engine):
    counts = FINDS[FINDS.type == "amphora"].ware.value_counts()
    wares = answered(engine, "type=amphora").options["ware"]
    assert wares.counts == counts.tolist()[:8] == [counts[ware] for ware in wares.options]
    assert wares.missing == FINDS[FINDS.type == "amphora"].ware.isna().sum()


def test_the_counts_of_a_facet_are_those_without_its_own_choice(engine):
    for query in ("weight_g=..20", "weight_g=", "found_on=2015-01-01..&period=&period=Roman"):
        found = answered(engine, query)
        for facet in found.about.facets:
            if facet.options is None and facet.edges is None:
                continue
            others, _ = engine.view("&".join(part for part in query.split("&") if not part.startswith(facet.name)))
            options = found.options[facet.name]
            assert sum(options.counts) + options.missing == len(engine.records(others))
