"""However people write a day, a month or a year, it means what its ISO form means; what can be two days is refused."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.query.choices import Refused, bounds_from_text
from dashboard.query.facets import Facet
from dashboard.query.seasons import is_short, neighbour, readings

quick = settings(deadline=None, max_examples=300)

EDGES = np.array(["2014-01-01", "2019-01-01"], dtype="datetime64[D]")
DATES = Facet("day", "day", "dates", edges=EDGES, ends=(EDGES[0], EDGES[1]))
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
CASES = st.sampled_from([str, str.upper, str.lower, lambda text: f"  {text} "])


def forms_of(day, names):
    """Return ways to write a day, its month and its year."""
    year, (long, short) = f"{day.year:04}", names[day.month - 1]
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    days = [f"{day.day}.{day.month}.{year}", f"{day.day:02}.{day.month:02}.{year}", f"{day.day}. {day.month}. {year}",
            f"{year}/{day.month}/{day.day}", f"{year}-{day.month}-{day.day}", f"{day.day} {long} {year}",
            f"{day.day}. {long} {year}", f"{day.day}{ending} {long} {year}", f"{long} {day.day}, {year}",
            f"{short} {day.day}{ending}, {year}", f"{day.day} {short}. {year}"]
    months = [f"{long} {year}", f"{short} {year}", f"{short}. {year}", f"{long}, {year}", f"{year} {long}",
              f"{day.month}/{year}", f"{day.month:02}.{year}", f"{year}-{day.month}", f"{year}/{day.month:02}"]
    return days, months, [year]


NAMES = [(date(2000, month, 1).strftime("%B"), date(2000, month, 1).strftime("%b")) for month in range(1, 13)]


@quick
@given(DAYS, CASES, st.data())
def test_every_written_form_gives_the_bounds_of_its_iso_form(day, cased, data):
    first = np.datetime64(f"{day.year:04}-{day.month:02}", "M")
    year = np.datetime64(f"{day.year:04}", "Y")
    spans = [(np.datetime64(day), np.datetime64(day)),
             (first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]") - 1),
             (year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]") - 1)]
    for forms, (low, high) in zip(forms_of(day, NAMES), spans, strict=True):
        written = cased(data.draw(st.sampled_from(forms)))
        assert bounds_from_text(written, DATES) == (low, high)
        assert bounds_from_text(f"{written}..", DATES) == (low, None)
        assert bounds_from_text(f"..{written}", DATES) == (None, high)
        assert bounds_from_text(f"{low}..{high}", DATES) == (low, high)


@quick
@given(DAYS, st.sampled_from("/-"))
def test_a_day_between_strokes_is_read_only_where_it_can_be_one_day(day, stroke):
    other = day.day <= 12 and day.day != day.month
    for first, second in ((day.day, day.month), (day.month, day.day)):
        text = f"{first:02}{stroke}{second:02}{stroke}{day.year:04}"
        if other:
            with pytest.raises(Refused) as refused:
                bounds_from_text(text, DATES)
            assert refused.value.refusal == ("two dates", "day", text)
        else:
            assert bounds_from_text(text, DATES) == (np.datetime64(day), np.datetime64(day))


@pytest.mark.parametrize("text", ["spring", "now", "20150501", "15", "1.5.15", "31.2.2015", "2015-13", "13.2015x",
                                  "may", "ma 2015", "mayor 2015", "0.5.2015", "2015-05-01T00:00", "٢٠١٥", "-2015",
                                  "2015-"])
def test_what_is_no_date_is_none(text):
    assert readings(text) == []


@pytest.fixture
def seasons(engine):
    """The sample's facet of dates."""
    return engine.facets["found_on"]


def stepped(facet, low, high, step):
    """Return the text of the season that a step leads to."""
    season = neighbour(facet, *(bound and np.datetime64(bound, "D") for bound in (low, high)), step)
    return season and str(season)


def test_steps_lead_through_the_years_and_from_a_month_to_the_next_with_records(seasons):
    years = sorted({str(month)[:4] for month in seasons.months})
    assert stepped(seasons, None, None, 1) == years[0] and stepped(seasons, None, None, -1) == years[-1]
    for before, after in zip(years, years[1:], strict=False):
        assert stepped(seasons, f"{before}-01-01", f"{before}-12-31", 1) == after
        assert stepped(seasons, f"{after}-01-01", f"{after}-12-31", -1) == before
    assert stepped(seasons, f"{years[-1]}-01-01", f"{years[-1]}-12-31", 1) is None
    assert stepped(seasons, None, f"{years[0]}-12-31", -1) is None
    months = [str(month) for month in seasons.months]
    for before, after in zip(months, months[1:], strict=False):
        low = np.datetime64(before)
        assert stepped(seasons, low, (low + 1).astype("datetime64[D]") - 1, 1) == after


def test_of_less_than_three_years_steps_go_by_months():
    days = np.array(["2014-03-05", "2014-07-01", "2017-03-03"], dtype="datetime64[D]")
    facet = Facet("day", "day", "dates", edges=EDGES, ends=(days[0], days[-1]), months=days.astype("datetime64[M]"))
    assert stepped(facet, None, None, 1) == "2014-03"
    assert stepped(facet, "2014-03-01", "2014-12-31", 1) == "2017-03"
    assert is_short(days[0], days[-1]) and not is_short(days[0], days[-1] + 1)
    longer = Facet("day", "day", "dates", edges=EDGES, ends=(days[0], days[-1] + 3), months=facet.months)
    assert stepped(longer, None, None, 1) == "2014"
