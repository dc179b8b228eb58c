"""A document gets the dashboard of an app folder, in the view of its address."""

import os

from bokeh.document import Document
from inside import in_a_loop, opened

from dashboard.page import open_session
from servers import sample


@in_a_loop
async def test_the_view_is_that_of_the_address_without_what_others_put_into_it():
    async with opened(sample(), "type=coin&_area=P-086&token=s3cret&bokeh-x=1") as (session, visitor):
        assert session.view.areas == ("P-086",) and session.view.choice("type").values == ("coin",)
        assert visitor.answers[0]["notices"] == []
        assert visitor.answers[0]["view"]["query"] == "type=coin&_area=P-086"


def test_the_folder_may_be_written_as_a_text_or_relative_to_where_one_is(monkeypatch):
    monkeypatch.chdir(sample().parent)
    for folder in ("bokeh-app", f".{os.sep}bokeh-app{os.sep}", sample()):
        doc = Document()
        session = open_session(doc, folder)
        assert session.view.choices == () and doc.title == "Field survey of the Aljibe valley"


def test_each_document_has_a_view_of_its_own():
    one, other = (open_session(Document(), sample()) for _ in range(2))
    one.view = "type=coin"
    assert one.view != other.view and len(other.records()) == 20_000
