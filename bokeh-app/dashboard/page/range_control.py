"""A facet of numbers or dates as a histogram, a slider along its bins, and two typed bounds."""

from collections.abc import Callable

import numpy as np
from bokeh.models import Column, RangeSlider, Row, TextInput
from dashboard.page.browser import Channel
from dashboard.page.charts import bars
from dashboard.query.choices import Between, Choice, ChoiceError, bound_from_text, check_order
from dashboard.query.engine import Answer
from dashboard.query.facets import Facet, format_value

# Called with a facet's name and what makes another choice of the one that is made.
OnChoice = Callable[[str, Callable[[Choice | None], Choice | None]], None]

class RangeControl:
    """The slider steps along the bins' edges, so a skewed column gets a scale on which it can be used."""

    def __init__(self, facet: Facet, name: str, channel: Channel, on_choice: OnChoice):
        self._facet, self._channel, self._on_choice = facet, channel, on_choice
        self._histogram = channel.slot(name, "histogram.html")
        self._foot = channel.slot(f"{name}-foot", "range_foot.html")
        self._slider = RangeSlider(start=0, end=facet.options, step=1, value=(0, facet.options), show_value=False,
                                   tooltips=False, stylesheets=[channel.style], css_classes=["slider"],
                                   sizing_mode="stretch_width")
        self._low, self._high = (TextInput(prefix=word, stylesheets=[channel.style], css_classes=["bound"],
                                           sizing_mode="stretch_width") for word in ("from", "to"))
        self._slider.on_change("value", lambda attr, old, new: self._slide(*new))
        for box in (self._low, self._high):
            box.on_change("value", lambda attr, old, new: self._type())
        for widget in (self._slider, self._low, self._high):
            channel.waits_for(widget, "value")
        bounds = Row(self._low, self._high, css_classes=["bounds"], stylesheets=[channel.style])
        self.root = Column(self._histogram.root, self._slider, bounds, self._foot.root, css_classes=["facet", "range"],
                           stylesheets=[channel.style])
        self._choice = Between()
        self._counts: np.ndarray | None = None
        self._refused = ""  # why what was typed is no bound
        self._showing = False

    def show(self, answer: Answer) -> None:
        """Show the choice, and what each bin would leave."""
        self._facet = answer.engine.facets[self._facet.name]
        choice = answer.view.choice(self._facet.name) or Between()
        if choice != self._choice:
            self._choice, self._refused = choice, ""
        self._counts = counts = answer.tally.options[self._facet.name]
        first, last = self._bins()
        inside = np.zeros(self._facet.options)
        if choice.bounded or not choice.missing:
            inside[first:last + 1] = counts[first:last + 1]
        tallest = counts[:-1].max(initial=1)
        self._histogram.show(facet=self._facet, chosen=choice != Between(), bars=bars(counts[:-1], tallest),
                             chosen_bars=bars(inside, tallest))
        self._show_foot()
        # Widgets tell of what is set here as of what a visitor does; it must not be taken for a new choice.
        self._showing = True
        # A handle is only moved from here when it is elsewhere: sent back, its own position would undo later steps.
        if self._slider.end != self._facet.options:
            self._slider.update(end=self._facet.options, value=(first, last + 1))
        elif tuple(map(round, self._slider.value)) != (first, last + 1):
            self._slider.value = (first, last + 1)
        for box, end in zip((self._low, self._high), self._facet.ends, strict=True):
            box.placeholder = format_value(end)
        if not self._refused:
            self._low.value, self._high.value = ("" if bound is None else format_value(bound)
                                                 for bound in (choice.low, choice.high))
        self._showing = False

    def _show_foot(self) -> None:
        self._foot.show(facet=self._facet, missing=int(self._counts[-1]), chosen=self._choice.missing,
                        refused=self._refused)

    def _bins(self) -> tuple[int, int]:
        return self._facet.bins_of_bounds(self._choice.low, self._choice.high)

    def _slide(self, start: float, end: float) -> None:
        # The slider's steps are whole numbers, but for the rounding of its own reckoning.
        first = min(round(start), self._facet.options - 1)
        last = max(round(end), first + 1) - 1
        if self._showing:
            return
        if (first, last) == self._bins():
            self._channel.send()
        else:
            self._choose(*self._facet.bounds_of_bins(first, last))

    def _type(self) -> None:
        if self._showing:
            return
        try:
            low, high = (bound_from_text(box.value, self._facet) for box in (self._low, self._high))
            check_order(low, high, self._facet)
        except ChoiceError as error:
            # What was typed stays in its box, to be mended, also when other things change.
            self._refused = str(error)
            self._show_foot()
            self._channel.send()
            return
        self._refused = ""
        self._choose(low, high)

    def _choose(self, low, high) -> None:
        def bounded(choice: Between | None) -> Between | None:
            between = Between(low, high, choice is not None and choice.missing)
            return None if between == Between() else between

        self._on_choice(self._facet.name, bounded)
