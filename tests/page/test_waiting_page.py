"""The card in place of a dashboard: what is to be mended, how far the reading is, and that it makes way for the map."""

import json
import threading

from bokeh.document import Document

from dashboard.live.feed import feed_of
from dashboard.live.keeper import Keeper
from dashboard.page import open_session
from rehearsal import until
from servers import copy_app, put_sample, served


def test_a_mistake_in_the_config_is_shown_in_place_of_the_dashboard(tmp_path, browser):
    app = copy_app(tmp_path, 'titel = "x"\n[records]\narea = "parcel"\n')
    with served(app) as running:
        page = browser.new_page()
        page.goto(running.url)
        page.locator(".card", has_text="config.toml: titel is not a setting; did you mean title?").wait_for()
        page.locator("#loading").wait_for(state="hidden")
        page.close()
    assert "titel is not a setting" in "".join(running.log)
    assert "Traceback" not in "".join(running.log)


def card(doc):
    """Return what the page of a document was told last, after it has looked again."""
    for callback in doc.session_callbacks:
        callback.callback()
    root, = doc.roots
    return json.loads(root.tags[0].message["parts"])["card"]


def test_a_card_says_what_is_to_be_mended_and_makes_way_once_it_is(tmp_path):
    app = copy_app(tmp_path, 'titel = "x"\n[records]\narea = "parcel"\n')
    doc = Document()
    assert open_session(doc, app) is None and doc.title == "This dashboard cannot be shown yet"
    told = card(doc)
    assert not told["ready"]
    assert told["errors"] == ["config.toml: titel is not a setting; did you mean title?"]
    put_sample(app)
    until(lambda: feed_of(app).snapshot)
    # A page that does not listen yet would not hear that it is to load itself again.
    assert not card(doc)["ready"]
    doc.roots[0].tags[0].listens = True
    assert card(doc) == {"ready": True, "errors": [], "progress": feed_of(app).progress}
    assert doc.session_callbacks == []


def test_a_card_says_how_far_the_reading_is_and_who_comes_later_gets_the_map(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.live.feed.FIRST_READING_PATIENCE", 0.0)
    go_on, read = threading.Event(), Keeper.read

    def read_later(keeper):
        keeper._progress("Reading the finds")
        assert go_on.wait(30)
        read(keeper)

    monkeypatch.setattr(Keeper, "read", read_later)
    app = copy_app(tmp_path, "")
    put_sample(app)
    doc = Document()
    try:
        assert open_session(doc, app) is None and doc.title == "Reading the data"
        until(lambda: card(doc) == {"ready": False, "errors": [], "progress": "Reading the finds"})
    finally:
        go_on.set()
    feed_of(app).wait()
    assert open_session(Document(), app) is not None
