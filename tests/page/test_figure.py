"""The map's figure: what is sent of it once, and what lies below and above the areas."""

import numpy as np
import shapely
from bokeh.document import Document

from dashboard.page.figure import Map
from dashboard.query.survey import Survey


def with_map(engine, **settings):
    """Return the same survey with other settings of the map."""
    map_settings = engine.config.map.model_copy(update=settings)
    config = engine.config.model_copy(update={"map": map_settings})
    return Survey(config, engine.areas, engine.facts, tuple(engine.facets.values()), engine.problems, engine.partitions)


def test_the_borders_of_all_areas_are_sent_once_in_two_columns(engine):
    models = Map(engine).models
    geometry = models["geometry"]
    assert geometry.names == list(engine.areas.labels) and len(geometry.lengths) == len(engine.areas)
    assert len(geometry.x) == len(geometry.y) == geometry.lengths.sum()
    # The page's script cuts them up; a second copy of them would be as large again.
    assert models["areas"].data == {"xs": [], "ys": [], "name": []}
    left, bottom, right, top = shapely.total_bounds(engine.areas.drawn)
    np.testing.assert_allclose(models["home"], (left, bottom, right, top))
    east, north = geometry.origin
    np.testing.assert_allclose((np.nanmin(geometry.x), np.nanmax(geometry.x)), (left - east, right - east), rtol=1e-6)
    assert bottom < north < top


def test_the_palette_has_a_colour_for_every_class_and_for_what_stands_apart(engine):
    for classes in (2, 5, 9):
        assert len(Map(with_map(engine, classes=classes)).models["palette"]) == 3 + classes


def test_a_basemap_lies_below_and_names_its_makers_and_there_may_be_none(engine):
    assert Map(with_map(engine, basemap="none")).tiles == []
    tiles, = Map(with_map(engine, basemap="OpenTopoMap")).tiles
    assert "opentopomap.org" in tiles.tile_source.url and "{z}" in tiles.tile_source.url.casefold()
    assert "OpenTopoMap" in tiles.tile_source.attribution and tiles.tile_source.max_zoom == 17
    assert tiles.level == "underlay"


def test_what_the_pages_script_follows_is_there_by_name_and_can_be_sent(engine):
    figure = Map(engine)
    names = [renderer.name for renderer in figure.plot.renderers]
    assert names == ["areas", "chosen area", "fresh areas", "density", "points", "record"]
    # Without tiles, for which a document would wait.
    assert not any(tiles in figure.plot.renderers for tiles in figure.tiles)
    doc = Document()
    doc.add_root(figure.plot)
    assert Document.from_json(doc.to_json()).get_model_by_name("map").lod_threshold is None
