"""What the server is doing, as plots that go on: open sessions, answers, memory, and the workers of a cluster."""

import asyncio
from collections.abc import Callable
from functools import partial

from bokeh.document import Document, without_document_lock
from bokeh.models import ColumnDataSource, DataRange1d, Pane
from bokeh.plotting import figure

from dashboard.live.activity import SAMPLE_EVERY, SECONDS_KEPT, Sample
from dashboard.live.feed import Feed
from dashboard.page.channel import Channel
from dashboard.settings import Config

INK = "#7a8590"  # readable on light and dark paper
BLUE, RED = "#1f7a8c", "#d1495b"
# A plot's title, and its lines: column, legend, colour.
PLOTS = [
    ("open sessions", [("sessions", "", BLUE)]),
    ("answers per second", [("answers", "", BLUE)]),
    ("milliseconds to an answer", [("median", "median", BLUE), ("p95", "95th percentile", RED)]),
    ("memory, MB", [("memory", "", BLUE)]),
]
CLUSTER_PLOTS = [
    ("workers of the cluster", [("idle", "idle", BLUE), ("saturated", "saturated", RED)]),
    ("tasks in flight", [("tasks", "", BLUE)]),
]


class ServerPanel:
    """The panel that the page's menu opens; while it is closed nothing is measured for it and nothing sent.

    `push` has a function called with the document at hand, where the page is still there.
    """

    def __init__(self, doc: Document, feed: Feed, config: Config, channel: Channel, push: Callable[[Callable], None]):
        self._doc, self._activity, self._channel, self._push = doc, feed.activity, channel, push
        plots = PLOTS + (CLUSTER_PLOTS if config.engine.use == "dask" else [])
        self._lines = [column for _, lines in plots for column, *_ in lines]
        self._plots = plots
        self._source: ColumnDataSource | None = None
        self._streaming = None
        self._last = 0.0
        self._looking = False  # while a cluster is slow to answer
        self.root = Pane(css_classes=["server"])

    def open(self, wanted: bool) -> None:
        """Open the panel, or close it."""
        if self._streaming is not None:
            self._doc.remove_periodic_callback(self._streaming)
            self._streaming = None
        if not wanted:
            return
        if self._source is None:
            columns = {name: [] for name in ("time", "zero", *self._lines)}
            self._source = ColumnDataSource(columns, name="server activity")
            times = DataRange1d(follow="end", follow_interval=SECONDS_KEPT * 1000, range_padding=0)
            self.root.elements = [self._figure(title, lines, times) for title, lines in self._plots]
        self._streaming = self._doc.add_periodic_callback(self._look, int(SAMPLE_EVERY * 1000))
        self._doc.add_next_tick_callback(self._look)

    @without_document_lock
    async def _look(self) -> None:
        if self._looking:
            return
        self._looking = True
        try:
            samples = await asyncio.to_thread(self._activity.samples, self._last)
        finally:
            self._looking = False
        if samples and self._streaming is not None:
            self._last = samples[-1].time
            self._push(partial(self._stream, samples))

    def _stream(self, samples: list[Sample]) -> None:
        rows = {"time": [sample.time * 1000 for sample in samples], "zero": [0.0] * len(samples)}
        for name in self._lines:
            rows[name] = [getattr(sample if hasattr(sample, name) else sample.workload, name, float("nan"))
                          for sample in samples]
        self._source.stream(rows, rollover=SECONDS_KEPT)
        self._channel.put("activity", _told(samples[-1]))
        self._channel.send_changes()

    def _figure(self, title: str, lines: list[tuple[str, str, str]], times: DataRange1d) -> figure:
        plot = figure(title=title, height=120, sizing_mode="stretch_width", x_axis_type="datetime", x_range=times,
                      y_range=DataRange1d(start=0, min_interval=1), tools="", toolbar_location=None, min_border_right=8)
        for name, legend, colour in lines:
            label = {"legend_label": legend} if legend else {}
            plot.line("time", name, source=self._source, line_width=1.8, color=colour, **label)
            # Also for a second between two without an answer.
            plot.scatter("time", name, source=self._source, size=3, color=colour)
        plot.line("time", "zero", source=self._source, alpha=0)  # so that there are axes also while there is no answer
        plot.grid.grid_line_color, plot.grid.grid_line_alpha = INK, 0.25
        plot.axis.axis_line_color = plot.axis.major_tick_line_color = plot.axis.minor_tick_line_color = None
        plot.axis.major_label_text_color = plot.title.text_color = INK
        plot.title.text_font_style, plot.yaxis.ticker.desired_num_ticks = "normal", 3
        if plot.legend:
            plot.legend.location, plot.legend.orientation = "top_left", "horizontal"
            plot.legend.background_fill_alpha = 0
            plot.legend.border_line_color, plot.legend.label_text_color, plot.legend.padding = None, INK, 0
        return plot


def _told(sample: Sample) -> dict:
    """Return a sample as the page is told; None where there is nothing to measure."""
    told = {name: None if value != value else value for name, value in sample._asdict().items()}
    return {**told, "workload": None if sample.workload is None else sample.workload._asdict()}
