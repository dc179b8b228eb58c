"""The map: areas coloured by the measure, and points of the records when zoomed in."""

from collections.abc import Callable

import numpy as np
import xyzservices
from bokeh.events import Tap
from bokeh.models import (
    CDSView, Column, ColumnDataSource, CustomJS, CustomJSHover, HoverTool, IndexFilter, PanTool, Range1d, TileRenderer,
    UIElement, WheelZoomTool, WMTSTileSource)
from bokeh.plotting import figure
from dashboard.page.browser import Channel
from dashboard.page.geometry import Geometry, borders_of
from dashboard.page.legend import legend_entries
from dashboard.page.palette import map_palette, packed, spread
from dashboard.query.engine import Answer, Engine
from dashboard.query.nearby import Nearby
from dashboard.query.view import NO_AREA

TAP_REACH = 8  # pixels
FRESH = "#d6006c"  # of areas to which records were added in this moment


class Map:
    """A figure whose polygons are sent once; a change sends a colour number per area.

    `on_area` is called with the id of the area that was tapped, or None when the tap met none.
    """

    def __init__(self, engine: Engine, channel: Channel, on_area: Callable[[str | None], None]):
        self._engine, self._channel, self._on_area = engine, channel, on_area
        settings = engine.config.map
        self._palette = map_palette(settings.palette, settings.classes)
        self._geometry = Geometry(**borders_of(engine.areas, settings.simplify))
        self._areas = ColumnDataSource({"xs": [], "ys": [], "name": []})
        self._points = ColumnDataSource({"x": [], "y": []})
        self._density = ColumnDataSource({"x": [], "y": [], "radius": []})
        self._chosen, self._fresh = IndexFilter(indices=[]), IndexFilter(indices=[])
        self._plot = self._figure()
        self.tiles = _tiles(settings.basemap)
        self._bar = channel.slot("map-bar", "map_bar.html")
        self._legend = channel.slot("legend", "legend.html")
        self._zoom = channel.slot("zoom", "zoom.html")
        self.root = Column(self._plot, self._bar.root, self._legend.root, self._zoom.root, css_classes=["map"],
                           stylesheets=[channel.style])

    def script(self, root: UIElement, code: str) -> CustomJS:
        """Return the page's part of the map, to be run once the document is ready."""
        return CustomJS(code=code, args={
            "root": root, "browser": self._channel.browser, "geometry": self._geometry, "palette": self._palette,
            "areas": self._areas, "points": self._points, "density": self._density, "chosen": self._chosen,
            "fresh": self._fresh,
            "plot": self._plot, "tiles": self.tiles,
            "home": self._engine.mercator(self._engine.areas.bounds())})

    def show(self, answer: Answer) -> None:
        """Show the colours, the legend, the chosen area, the records nearby and the extent of a view."""
        put, engine, view, measure = self._channel.put, answer.engine, answer.view, answer.measure
        config, values, classes = engine.config, answer.values, answer.classes
        codes = classes.codes(values, engine.areas.surveyed)
        put("colour", packed(spread(codes, len(classes), config.map.classes)))
        counts = answer.tally.counts[:-1]
        put("counts", counts.astype(np.min_scalar_type(int(counts.max(initial=0)))))
        # The tooltip names the measure beside the count, unless it is the count.
        put("measure", None if measure.key == "count" else
            {"values": values.astype(np.float32), "label": measure.label, "unit": measure.unit})
        put("nouns", [config.records.one, config.records.many])
        put("area", [] if view.area in (None, NO_AREA) else [engine.positions[view.area]])
        put("extent", list(view.extent or ()))
        if engine is not self._engine:
            # The total tells this from an addition to the same areas before.
            put("fresh", {"areas": answer.fresh.tolist(), "total": engine.facts.total})
            self._engine = engine
        self._show_nearby(answer.nearby)
        self._bar.show(measures=list(engine.measures.values()), measure=measure.key)
        self._legend.show(entries=legend_entries(codes, classes, self._palette, measure, config.map.classes),
                          measure=measure, refit=view.refit, nearby=answer.nearby, many=config.records.many)
        self._zoom.show()

    def _show_nearby(self, nearby: Nearby | None) -> None:
        put, (x, y) = self._channel.put, self._geometry.origin
        put("points", None if nearby is None or nearby.x is None else
            [(nearby.x - x).astype(np.float32), (nearby.y - y).astype(np.float32)])
        put("density", None if nearby is None or nearby.density is None else
            {"widths": widths(nearby.density), "box": nearby.window.drawn})

    def _figure(self) -> figure:
        plot = figure(x_range=Range1d(0, 1), y_range=Range1d(0, 1), x_axis_type="mercator", y_axis_type="mercator",
                      tools="", toolbar_location=None, sizing_mode="stretch_both", min_border=0, name="map",
                      lod_threshold=None)  # or a move would show every tenth border only, and fill it
        plot.axis.visible = plot.grid.visible = False
        wheel = WheelZoomTool(zoom_on_axis=False)
        plot.add_tools(PanTool(), wheel)
        plot.toolbar.active_scroll = wheel
        # The page's script fills the areas. What is drawn here lies above that, on the picture of Bokeh's overlays.
        areas = plot.patches("xs", "ys", source=self._areas, fill_color=None, line_color="#4a5560", line_alpha=0.55,
                             line_width=0.6, level="overlay", name="areas")
        plot.patches("xs", "ys", source=self._areas, view=CDSView(filter=self._chosen), fill_color=None,
                     line_color="#d6006c", line_width=3, line_join="round", level="overlay", name="chosen area")
        plot.patches("xs", "ys", source=self._areas, view=CDSView(filter=self._fresh), fill_color=FRESH, fill_alpha=0.45,
                     line_color=FRESH, line_width=2.5, line_join="round", level="overlay", name="fresh areas")
        # Dark with a light rim, so that they stand out from every colour of an area.
        dots = {"fill_color": "#1f2430", "fill_alpha": 0.75, "line_color": "white", "line_width": 0.8, "level": "overlay"}
        plot.circle("x", "y", radius="radius", source=self._density, name="density", **dots)
        plot.scatter("x", "y", size=6, source=self._points, name="points", **dots)
        figures = CustomJSHover(args={"geometry": self._geometry}, code=TOOLTIP)
        plot.add_tools(HoverTool(renderers=[areas], tooltips="<b>@name</b><br>$index{custom}", point_policy="follow_mouse",
                                 formatters={"$index": figures}))
        plot.on_event(Tap, self._tap)
        return plot

    def _tap(self, event: Tap) -> None:
        plot = self._plot
        metres_per_pixel = (plot.x_range.end - plot.x_range.start) / (plot.inner_width or 1)
        self._on_area(self._engine.area_at(event.x, event.y, TAP_REACH * metres_per_pixel))


def widths(density: np.ndarray) -> np.ndarray:
    """Return how wide the dot of each cell is (uint8, its shape): 0 where it is empty, 255 (all of it) in the densest.

    A logarithm, so that a crowded find spot does not make all others vanish.
    """
    logs = np.log1p(density)
    return np.where(density > 0, 55 + 200 * logs / logs.max(), 0).astype(np.uint8)


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


TOOLTIP = """
const {counts, measure, nouns} = geometry.shown
const figure = (value) => isNaN(value) ? "no data" : value.toLocaleString("en", {maximumSignificantDigits: 4})
const count = counts[special_vars.index]
const records = `${count.toLocaleString("en")} ${nouns[count == 1 ? 0 : 1]}`
return measure == null ? records
  : `${measure.label}: ${figure(measure.values[special_vars.index])} ${measure.unit} (${records})`
"""
