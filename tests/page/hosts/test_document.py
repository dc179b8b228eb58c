"""A Bokeh document and the page around it: frame, style, scripts, and what happens when the server is lost."""

import jinja2
import pytest
from bokeh.document import Document
from bokeh.embed import file_html
from bokeh.models import Div
from bokeh.themes import Theme

from dashboard.page import open_session
from dashboard.page.channel import Wire
from dashboard.page.hosts.document import add_card, add_page
from servers import sample


@pytest.fixture
def doc():
    doc = Document()
    open_session(doc, sample())
    return doc


def test_a_document_gets_the_frame_the_theme_and_the_words_of_the_folder(doc):
    assert doc.template.filename == str(sample() / "templates" / "index.html")
    assert doc.title == "Field survey of the Aljibe valley"
    html = file_html(doc, title=doc.title, template=doc.template, template_variables=doc.template_variables,
                     suppress_callback_warning=True)
    assert "What was picked up where" in html and html.count("modulepreload") == len(doc.template_variables["modules"])
    # Its own style is in it: a page whose scripts do not come yet is no blank page.
    assert (sample() / "static" / "page.css").read_text("utf-8")[:200] in html


def test_what_a_program_has_chosen_for_its_document_stays():
    doc, template, theme = Document(), jinja2.Template("{{ title }}"), Theme(json={})
    doc.template, doc.theme = template, theme
    add_page(doc, sample(), Div(), "A title", "")
    assert (doc.template, doc.theme, doc.title) == (template, theme, "A title")


def test_the_page_itself_says_when_the_server_is_lost_and_comes_back(doc):
    assert not doc.config.reconnect_session and not doc.config.notify_connection_status
    assert {"document_ready", "connection_lost"} <= set(doc.callbacks._js_event_callbacks)


def test_a_card_is_a_page_of_the_same_kind_without_a_map():
    doc, wire = Document(), Wire()
    add_card(doc, sample(), wire, "Reading the data")
    root, = doc.roots
    assert root.tags == [wire] and root.css_classes == ["card"] and doc.title == "Reading the data"
    assert doc.get_model_by_name("map") is None
    assert "modules" in doc.template_variables and "embed_script" in doc.template_variables


def test_all_models_of_the_page_can_be_made_again_elsewhere(doc):
    """A model that the page's script is given and that is in no root would be missing there."""
    again = Document.from_json(doc.to_json())
    assert again.get_model_by_name("dashboard").css_classes == ["dashboard"]
    assert again.get_model_by_name("map") is not None
