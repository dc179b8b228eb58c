"""The map's Bokeh figure: borders and dots; the page's script fills the areas and follows the answers."""

import xyzservices
from bokeh.core.properties import Any
from bokeh.events import DoubleTap, Tap
from bokeh.model import DataModel
from bokeh.models import (
    CDSView,
    ColumnDataSource,
    CustomJS,
    IndexFilter,
    Model,
    PanTool,
    Range1d,
    TileRenderer,
    WheelZoomTool,
    WMTSTileSource,
)
from bokeh.plotting import figure

from dashboard.catalog.shapes.borders import Borders, borders_of
from dashboard.catalog.shapes.mercator import HIGHEST_LATITUDE, to_mercator
from dashboard.page.palette import CHOSEN, comparison_palette, map_palette
from dashboard.query.survey import Survey


class Geometry(DataModel):
    """The borders of all areas, as `Borders` has them, cut up by the page's script; `names` is how each is called."""

    x = Any()
    y = Any()
    lengths = Any()
    names = Any()
    origin = Any()


class Map:
    """A figure whose polygons are sent once. `models` are what the page's script needs of it, by their names."""

    def __init__(self, survey: Survey):
        settings = survey.config.map
        geometry = _geometry(borders_of(survey.areas, settings.simplify), survey.areas.labels)
        areas = ColumnDataSource({"xs": [], "ys": [], "name": []})
        points = ColumnDataSource({"x": [], "y": []})
        density = ColumnDataSource({name: [] for name in ("left", "bottom", "right", "top", "shade")})
        record = ColumnDataSource({"x": [], "y": []})
        chosen, fresh = IndexFilter(indices=[]), IndexFilter(indices=[])
        self.plot = _empty_plot()
        _draw_areas(self.plot, areas, chosen, fresh)
        _draw_records(self.plot, points, density, record)
        self.tiles = _tiles(settings.basemap)
        self.models: dict[str, Model | object] = {
            "plot": self.plot, "tiles": self.tiles, "geometry": geometry, "areas": areas, "points": points,
            "density": density, "record": record, "chosen": chosen, "fresh": fresh,
            "palette": map_palette(settings.palette, settings.classes), "diverging": comparison_palette(),
            "dark_palette": map_palette(settings.palette, settings.classes, dark=True),
            "dark_diverging": comparison_palette(dark=True),
            "home": to_mercator(survey.areas.bounds()), "highest": HIGHEST_LATITUDE}


def _geometry(borders: Borders, names) -> Geometry:
    return Geometry(x=borders.x, y=borders.y, lengths=borders.lengths, names=[str(name) for name in names],
                    origin=list(borders.origin))


def _empty_plot() -> figure:
    plot = figure(x_range=Range1d(0, 1), y_range=Range1d(0, 1), x_axis_type="mercator", y_axis_type="mercator",
                  tools="", toolbar_location=None, sizing_mode="stretch_both", min_border=0, name="map",
                  lod_threshold=None)  # or a move would show every tenth border only, and fill it
    plot.axis.visible = plot.grid.visible = False
    wheel = WheelZoomTool(zoom_on_axis=False)
    plot.add_tools(PanTool(), wheel)
    plot.toolbar.active_scroll = wheel
    # The second of two taps in quick succession, wherever they are, is a double one to Bokeh.
    for tap in (Tap, DoubleTap):
        plot.js_on_event(tap, CustomJS(args={"plot": plot}, code=TELL_OF_TAP))
    return plot


def _draw_areas(plot: figure, areas: ColumnDataSource, chosen: IndexFilter, fresh: IndexFilter) -> None:
    """Draw borders, on the picture of Bokeh's overlays: the page's script fills the areas below it."""
    plot.patches("xs", "ys", source=areas, fill_color=None, line_color="#4a5560", line_alpha=0.55, line_width=0.6,
                 level="overlay", name="areas")
    plot.patches("xs", "ys", source=areas, view=CDSView(filter=chosen), fill_color=None, line_color=CHOSEN,
                 line_width=3, line_join="round", level="overlay", name="chosen area")
    plot.patches("xs", "ys", source=areas, view=CDSView(filter=fresh), fill_color=CHOSEN, fill_alpha=0.45,
                 line_color=CHOSEN, line_width=2.5, line_join="round", level="overlay", name="fresh areas")


def _draw_records(plot: figure, points: ColumnDataSource, density: ColumnDataSource, record: ColumnDataSource) -> None:
    """Draw records as dots, or as cells that are darker the more records lie in them; and the chosen one."""
    # Dark with a light rim, so that they stand out from every colour of an area.
    plot.quad("left", "right", "bottom", "top", source=density, name="density", fill_color="#1f2430",
              fill_alpha="shade", line_color="white", line_width=0.8, level="overlay")
    plot.scatter("x", "y", size=7, source=points, name="points", fill_color="#1f2430", fill_alpha=0.75,
                 line_color="white", line_width=0.8, level="overlay")
    plot.scatter("x", "y", size=15, source=record, name="record", fill_color=None, line_color=CHOSEN, line_width=3,
                 level="overlay")


def _tiles(basemap: str) -> list[TileRenderer]:
    """Return the basemap, as none or one renderer.

    The page's script adds it once the document is ready: with it a document is ready only when its tiles are there,
    which is never where they cannot be had.
    """
    if basemap == "none":
        return []
    provider = xyzservices.providers.query_name(basemap)
    source = WMTSTileSource(url=provider.build_url(), max_zoom=provider.get("max_zoom", 18),
                            attribution=provider.html_attribution)
    return [TileRenderer(tile_source=source, level="underlay")]


# Bokeh tells of a tap only whom it knows by a model of its own; the page's script hears of it as of any event.
TELL_OF_TAP = """
export default ({plot}, {x, y}, _data, {index}) => {
  index.find_one(plot).el.dispatchEvent(new CustomEvent("dashboard-tap", {detail: [x, y]}))
}
"""
