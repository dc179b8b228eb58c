"""Records that are added: the survey that only counts them answers as one that reads the whole file anew."""

import shutil
import threading

import pandas as pd
import pytest

from answers import QUERIES, same
from dashboard.live.feed import Feed
from dashboard.live.reading import read_survey
from dashboard.query.answers.answer import answer
from servers import sample

NEW = ["type=astrolabe", "type=astrolabe&type=coin&_sort=find", "type=&_sort=-type", "weight_g=&_area=P-002",
       "_area=P-001&_sort=-find", "_area=P-001&_page=999", "_measure=median(weight_g)&type=astrolabe",
       "_measure=sum(weight_g)&_sort=-weight_g&type=bowl", "_extent=-1.9253,37.6088,-1.9251,37.6091&_sort=found_on",
       "found_on=2015-01-01..2016-12-31&decorated=no&_sort=-found_on&_page=2", "surveyor=&_sort=weight_g&_page=9999"]
BATCHES = [
    ["F-90001,P-001,bowl,Roman,ceramic,Tegula,6.4,35,no,2014-02-19,J. Cánovas,-1.925225,37.608962,",
     "F-90002,P-002,tile,,ceramic,,,98,,2016-03-01,,,,",
     "F-90003,nowhere,coin,Iberian,metal,,7.25,,yes,2015-06-30,C. Peñalver,-1.9252,37.6089,\"a, b\""],
    ["F-90004,P-001,astrolabe,Roman,metal,,51,20,no,2015-02-19,J. Cánovas,-1.925225,37.608962,",
     "F-90005,P-001,,Roman,ceramic,Tegula,6.4,35,no,2014-02-19,J. Cánovas,-1.925226,37.60896,",
     "F-90006,,bowl,,,,12.5,35,no,,,,,late"],
    ["F-90007,P-002,astrolabe,,,,51,20,yes,2014-02-19,A. Newcomer,-1.92522,37.60897,",
     "F-90008,P-086,astrolabe,Roman,ceramic,Tegula,1.5,35,no,2017-02-19,J. Cánovas,-1.925225,37.608962,"],
]


@pytest.fixture
def growing(tmp_path):
    """A copy of the sample, the data of it as a server has them, and a function that adds rows and waits for them."""
    app = tmp_path / "bokeh-app"
    shutil.copytree(sample(), app, ignore=shutil.ignore_patterns("__pycache__", ".cache"))
    config = app / "config.toml"
    config.write_text(config.read_text("utf-8").replace("# every = 0.5", "every = 0.1"), "utf-8")
    feed, news = Feed(app), threading.Event()
    feed.wait()
    feed.subscribe(news.set)

    def add(rows):
        news.clear()
        with (app / "data" / "finds.csv").open("a", encoding="utf-8", newline="") as file:
            file.write("".join(f"{row}\n" for row in rows))
        assert news.wait(30)
        return feed.wait().survey

    yield app, feed, add
    feed.unsubscribe(news.set)


def test_added_records_are_answered_like_those_that_were_read(growing):
    app, feed, add = growing
    survey = feed.wait().survey
    compare(survey, read_survey(app))
    for number, rows in enumerate(BATCHES, 1):
        total = survey.facts.total
        survey = add(rows)
        assert survey.facts.total == total + len(rows)
        assert len(survey.partitions.partitions) == min(number, 2) + 1  # or all had been read anew
        compare(survey, read_survey(app))
    assert latest(survey, "")[:2] == ["F-90008", "F-90007"]
    # The latest of those that fit, in the chosen area; what was added last comes first.
    assert latest(survey, "type=astrolabe") == ["F-90008", "F-90007", "F-90004"]
    assert latest(survey, "_area=P-086&type=astrolabe") == ["F-90008"]
    assert latest(survey, "_area=P-999") == latest(survey, "")
    mine = survey.records(survey.view("type=coin&_area=P-106")[0]).dropna(subset="found_on")
    assert latest(survey, "type=coin&_area=P-106") == \
        mine.sort_values(["found_on", "find"], ascending=False).find.tolist()[:5] != []


def latest(survey, query):
    """Return the numbers of the latest finds of a view."""
    return [record.what[0] for record in answer(survey, survey.view(query)[0]).latest]


def compare(survey, anew):
    """Check that two surveys say the same of all views, and of the data as a whole."""
    assert (survey.facts.joined, survey.facts.missing) == (anew.facts.joined, anew.facts.missing)
    assert set(survey.problems) == set(anew.problems)
    for query in [*QUERIES, *NEW]:
        view, refused = survey.view(query)
        assert (view, refused) == anew.view(query)
        same(survey, anew, view)
        found, expected = (each.records(view).sort_values("find", ignore_index=True) for each in (survey, anew))
        pd.testing.assert_frame_equal(found, expected)
