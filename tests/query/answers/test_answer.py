"""An answer is plain data that says of a view what plain pandas says."""

from answers import answered


def test_what_a_view_holds_is_told_as_it_is_written_in_an_address(engine):
    query = "type=amphora&weight_g=10..&weight_g=&_area=P-086&_measure=sum(weight_g)&_classes=all&_sort=-find&_page=2"
    view = answered(engine, query).view
    assert sorted(view.query.split("&")) == sorted(query.split("&"))
    assert view.choices["type"] == {"values": ["amphora"]}
    assert view.choices["weight_g"] == {"low": "10", "high": None, "missing": True,
                                        "bins": [8, engine.facets["weight_g"].options - 1]}
    shown = (view.areas, view.measure, view.same_classes, view.sort, view.page)
    assert shown == (["P-086"], "sum(weight_g)", True, "-find", 2)
