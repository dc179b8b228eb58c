"""What the page's scripts need of BokehJS that is not promised to anybody, each part by its name."""

import pytest

# Evaluated with `root`, the dashboard, and `view`, the view of its map.
PARTS = {
    "index.get(root).el.shadowRoot": "is where the panels are put",
    "index.get(root).child_views.at(-1).el.shadowRoot": "is where the server's panel is",
    "view.canvas.primary.el": "is the picture below which the tiles lie, and above which the areas are filled",
    "view.canvas.primary.canvas.width": "is how many pixels the map is wide",
    "view.canvas.primary.pixel_ratio": "is how many pixels the screen has for one of the page",
    "view.frame.x_scale.compute(view.model.x_range.start)": "is where a place lies on the map",
    "view.frame.y_scale.compute(view.model.y_range.start)": "is where a place lies on the map",
    "view.repainted.connect": "tells that Bokeh has drawn its pictures",
    "view.invalidate_layout": "has the map take another size",
    "view.model.inner_width": "is how wide the map is",
    "view.model.outer_width": "is how wide the map is with its rim",
    "view.model.x_range.setv": "moves the map without telling the server",
    "view.model.renderers[0].data_source.get_length": "is how many rows a source has",
    "root.tags[0].connect": "hears of messages",
    "root.tags[0].properties.message.change": "is what messages are told by",
}


@pytest.fixture(scope="module")
def look(server, browser):
    """A function that says what kind of thing an expression is in the page."""
    page = browser.new_page()
    page.goto(server.url)
    page.wait_for_selector(".dashboard.ready", state="attached")
    yield lambda part: page.evaluate("""(part) => {
        const index = Bokeh.index
        const [root] = Bokeh.documents[0].roots()
        const view = index.find_one(Bokeh.documents[0].get_model_by_name("map"))
        try { return typeof eval(part) } catch (error) { return String(error) }
    }""", part)
    page.close()


@pytest.mark.parametrize("part", PARTS)
def test_bokehjs_has_what_the_scripts_need(look, part):
    assert look(part) in ("object", "function", "number"), f"BokehJS has no {part} any more, which {PARTS[part]}"
