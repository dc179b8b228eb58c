"""A view and its address are the same thing; what in an address cannot be applied is left out and said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tornado.escape import parse_qs_bytes

from dashboard.query.address import Vocabulary, view_from_query, view_to_query
from dashboard.query.choices import Between, Refusal, Values
from dashboard.query.facets import Facet
from dashboard.query.view import AREAS_TOGETHER, SHOWS, View

quick = settings(deadline=None, max_examples=150)

NAMES = ["type", "find type", "weight.g", "año", "_area", "__measure", "_", "a&b", "a=b", "100%", "a+b", "🏺",
         "#1?;", "-x", "x/ y'"]
OPTIONS = ["amphora", "bowl", "ánfora", "a&b=c", "100 %", "+1", "🏺", "..", "1..2", "a,b;c", "#?/\\'\"<b>",
           " ", "%20", "no"]
AREAS = ["P-001", "12", "Ñ 1/2", "a&b", "🏺", "0"]
COLUMNS = ["find", "-find", "weight.g", "a&b", "año"]
MEASURES = ("count", "sum(weight.g)", "mean(a&b=c)/km2")
DAYS = np.array(["2014-05-01", "2019-01-01"], dtype="datetime64[D]")
FACETS = (*(Facet(name, name, "one-of", np.array(OPTIONS, dtype=object)) for name in NAMES),
          Facet("decorated", "decorated", "yes/no", np.array(["yes", "no"], dtype=object)),
          Facet("weight (g)", "weight", "between", edges=np.array([0.0, 5, 10]), ends=(0.5, 10.0)),
          Facet("_found.on", "found on", "dates", edges=DAYS, ends=(DAYS[0], DAYS[-1])))
GROUP = "a&b"
PLACES = {area: place for place, area in enumerate([*AREAS, ""])}
VOCABULARY = Vocabulary(FACETS, MEASURES, PLACES, tuple(COLUMNS), GROUP)

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
BOUNDS = {"between": FINITE, "dates": st.dates().map(np.datetime64)}


def choices_of(facet):
    """Return a strategy for the choices that can be made of a facet."""
    if not facet.is_range:
        options = st.sets(st.sampled_from([*facet.values, ""]), min_size=1)
        return options.map(lambda values: Values(tuple(sorted(values))))
    bound = BOUNDS[facet.kind]
    closed = st.builds(lambda ends, missing: Between(*sorted(ends), missing), st.tuples(bound, bound), st.booleans())
    half_open = st.builds(Between, bound) | st.builds(Between, st.none(), bound, st.booleans())
    return closed | half_open | st.just(Between(missing=True))


EXTENTS = st.tuples(st.lists(st.floats(-540, 540), min_size=2, max_size=2, unique=True).map(sorted),
                    st.lists(st.floats(-90, 90), min_size=2, max_size=2, unique=True).map(sorted)).map(
    lambda ends: (ends[0][0], ends[1][0], ends[0][1], ends[1][1]))
CHOICES = st.fixed_dictionaries({}, optional={facet.name: choices_of(facet) for facet in FACETS}).map(
    lambda choices: tuple(sorted(choices.items())))
COMPARED = st.fixed_dictionaries({}, optional={"kept": CHOICES}).flatmap(lambda kept: st.fixed_dictionaries(
    {name: st.just(choices) for name, choices in kept.items()} | ({"shows": st.sampled_from(SHOWS)} if kept else {})))
VIEWS = st.builds(
    lambda compared, **parts: View(**parts, **compared), compared=COMPARED,
    measure=st.sampled_from(MEASURES), choices=CHOICES,
    areas=st.sets(st.sampled_from(list(PLACES))).map(lambda areas: tuple(sorted(areas, key=PLACES.get))),
    extent=st.none() | EXTENTS, by=st.sampled_from(["", GROUP]), same_classes=st.booleans(),
    sort=st.just("") | st.sampled_from([*COLUMNS, "-weight.g"]), page=st.integers(1, 10**9 - 1))


@quick
@given(VIEWS)
def test_a_view_survives_its_address(view):
    query = view_to_query(view, VOCABULARY)
    assert query.isascii() and not set(query) & set(" \"<>#")
    assert view_from_query(query, VOCABULARY) == (view, [])


@quick
@given(VIEWS)
def test_a_view_survives_as_the_arguments_that_bokeh_hands_over(view):
    arguments = parse_qs_bytes(view_to_query(view, VOCABULARY), keep_blank_values=True)
    assert view_from_query(arguments, VOCABULARY) == (view, [])


@quick
@given(TEXTS, st.sets(TEXTS, min_size=1))
def test_any_column_name_and_any_value_can_be_shared(name, values):
    facet = Facet(name, name, "one-of", np.array(sorted(values), dtype=object))
    vocabulary = Vocabulary((facet,), MEASURES, PLACES, (name,))
    view = View("count", ((name, Values(tuple(sorted(values)))),), sort=name)
    assert view_from_query(view_to_query(view, vocabulary), vocabulary) == (view, [])


@settings(deadline=None, max_examples=400)
@example("_page=" + "9" * 5000)
@example("_extent=nan,nan,nan,nan")
@example("weight+(g)=1e999&__found.on=2014-05-01T00:00%2B02:00")
@given(st.text() | st.lists(st.tuples(
    st.sampled_from(["weight+(g)", "__found.on", "type", "_area", "_extent", "_page", "_sort", "_classes", "_by"]),
    st.text("0123456789-.:,+eTZna %F"))).map(lambda pairs: "&".join("=".join(pair) for pair in pairs)))
def test_nothing_in_an_address_breaks_the_page_and_what_is_left_is_a_view(query):
    view, refused = view_from_query(query, VOCABULARY)
    assert all(isinstance(refusal, Refusal) for refusal in refused)
    assert view_from_query(view_to_query(view, VOCABULARY), VOCABULARY) == (view, [])


def test_what_an_address_asked_for_before_it_was_the_default_is_still_read():
    assert view_from_query("_classes=refit", VOCABULARY) == (View("count"), [])


def test_the_view_one_starts_with_has_no_query():
    assert view_to_query(View("count"), VOCABULARY) == ""
    assert view_from_query("", VOCABULARY) == (View("count"), [])


def test_an_address_is_read_as_the_readme_writes_it(engine):
    query = "type=amphora&type=bowl&weight_g=10..250&found_on=2014-05-01..2014-06-30&_area=P-086"
    view, refused = engine.view(query)
    assert refused == []
    assert dict(view.choices) == {
        "type": Values(("amphora", "bowl")), "weight_g": Between(10.0, 250.0),
        "found_on": Between(np.datetime64("2014-05-01"), np.datetime64("2014-06-30"))}
    assert view.areas == ("P-086",)
    assert sorted(engine.query(view).split("&")) == sorted(query.split("&"))


@pytest.mark.parametrize(("part", "said"), [
    ("nothing=1", "nothing"), ("type=blob", "blob"), ("decorated=perhaps", "perhaps"), ("weight+(g)=a..b", "a"),
    ("weight+(g)=nan", "nan"), ("weight+(g)=1..inf", "inf"), ("weight+(g)=9..3", "9..3"),
    ("__found.on=spring", "spring"), ("__found.on=2014-02-30..", "2014-02-30"), ("__found.on=now", "now"),
    ("__found.on=20140501", "20140501"), ("__found.on=" + "9" * 20, "9" * 20), ("_area=P-999", "P-999"),
    ("_measure=sum(x)", "sum(x)"),
    ("_extent=1,2,3", "1,2,3"), ("_extent=1,2,3,x", "1,2,3,x"), ("_extent=3,2,1,4", "3,2,1,4"),
    ("_extent=1,2,3,nan", "nan"), ("_by=type", "type"), ("_by=", "_by"),
    ("_classes=5", "5"), ("_sort=nope", "nope"), ("_page=0", "0"), ("_page=-1", "-1"),
    ("_page=x", "x"), ("_unheard=1", "_unheard"), ("_a=type%3Dblob", "blob"), ("_a=_area%3D12", "_area"),
    ("_show=ratio", "ratio"), ("_a=&_show=sum", "sum")])
def test_what_cannot_be_applied_is_left_out_and_said_and_the_rest_applied(part, said):
    rest = "find+type=amphora&weight.g=bowl"
    expected, _ = view_from_query(rest, VOCABULARY)
    view, refused = view_from_query(f"{part}&{rest}", VOCABULARY)
    assert replace(view, kept=None) == expected and len(view.choices) == 2
    refusal, = refused
    assert said in str(refusal)


def test_more_areas_than_can_be_chosen_together_are_left_out_and_said_once():
    places = {str(place): place for place in range(AREAS_TOGETHER + 50)}
    vocabulary = Vocabulary(FACETS, MEASURES, places, tuple(COLUMNS))
    view, refused = view_from_query("&".join(f"_area={area}" for area in reversed(places)), vocabulary)
    assert view.areas == tuple(places)[50:]
    assert refused == [Refusal("too many areas", "_area", str(AREAS_TOGETHER))]


def test_a_column_is_not_taken_for_a_key_of_the_pages_own():
    view, refused = view_from_query("__area=bowl&_area=12", VOCABULARY)
    assert refused == []
    assert (view.choice("_area"), view.areas) == (Values(("bowl",)), ("12",))


@pytest.mark.parametrize("name", ["type", "token", "bokeh-session-id"])
def test_what_jupyter_and_bokeh_add_to_an_address_is_neither_refused_nor_repeated(name):
    facet = Facet(name, name, "one-of", np.array(["amphora"], dtype=object))
    vocabulary = Vocabulary((facet,), MEASURES, PLACES, (name,))
    arguments = {"token": [b"s3cret"], "bokeh-session-id": [b"s3cret"], "bokeh-absolute-url": [b"s3cret"],
                 "_area": [b"12"]}
    view, refused = view_from_query(arguments, vocabulary)
    assert (view, refused) == (View("count", areas=("12",)), [])
    assert "s3cret" not in view_to_query(view, vocabulary)
    # A column of that name can be filtered all the same.
    chosen = view.with_choice(name, Values(("amphora",)))
    assert view_from_query(view_to_query(chosen, vocabulary), vocabulary) == (chosen, [])


def test_bytes_that_are_no_text_do_no_harm():
    view, refused = view_from_query({"type": [b"\xff\xfe"], "_area": [b"12"]}, VOCABULARY)
    assert view == View("count", areas=("12",))
    assert len(refused) == 1
