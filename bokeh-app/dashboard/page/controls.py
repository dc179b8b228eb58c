"""The facets as widgets, one below the other: check lists, search boxes, sliders."""

from collections.abc import Callable

from bokeh.models import Column
from dashboard.page.browser import Channel
from dashboard.page.range_control import RangeControl
from dashboard.page.search import MATCHES, SearchBox, best_matches, folded_all
from dashboard.query.choices import MISSING, Choice, Values
from dashboard.query.engine import Engine
from dashboard.query.facets import FEW_OPTIONS, Facet
from dashboard.query.tally import Tally
from dashboard.query.view import View

OnChoice = Callable[[str, Choice | None], None]


class Controls:
    """All facets; `on_choice` is called with a facet's name and the choice made of it."""

    def __init__(self, engine: Engine, channel: Channel, on_choice: OnChoice):
        self._head = channel.slot("controls-head", "controls_head.html")
        self._controls = [_control(facet, f"facet-{number}", channel, on_choice)
                          for number, facet in enumerate(engine.facets.values())]
        self.root = Column(self._head.root, *(control.root for control in self._controls), css_classes=["controls"],
                           stylesheets=[channel.style])

    def show(self, view: View, tally: Tally) -> None:
        """Show what is chosen, and what each option would leave."""
        self._head.show(chosen=len(view.choices))
        for control in self._controls:
            control.show(view, tally)


def _control(facet: Facet, name: str, channel: Channel, on_choice: OnChoice):
    if facet.is_range:
        return RangeControl(facet, name, channel, on_choice)
    if facet.options <= FEW_OPTIONS:
        return CheckList(facet, name, channel)
    return SearchList(facet, name, channel, on_choice)


class CheckList:
    """A facet with few options: all of them, with the number of records that each would leave."""

    def __init__(self, facet: Facet, name: str, channel: Channel):
        self._facet = facet
        self._slot = channel.slot(name, "check_list.html", css_classes=("facet",))
        self.root = self._slot.root

    def show(self, view: View, tally: Tally) -> None:
        """Show the options."""
        self._slot.show(**_check_list(self._facet, view, tally, range(self._facet.options)), titled=True, note="")


class SearchList:
    """A facet with many options: the chosen ones as chips, a search box, and the best matches with their counts."""

    def __init__(self, facet: Facet, name: str, channel: Channel, on_choice: OnChoice):
        self._facet, self._channel, self._on_choice = facet, channel, on_choice
        self._names = folded_all(tuple(facet.values))
        self._box = SearchBox(f"Search {facet.options:,} options", channel, self._type, self._enter)
        self._head = channel.slot(f"{name}-head", "facet_head.html")
        self._list = channel.slot(name, "check_list.html")
        self.root = Column(self._head.root, self._box.root, self._list.root, css_classes=["facet", "searching"],
                           stylesheets=[channel.style])
        self._shown: tuple[View, Tally] | None = None

    def show(self, view: View, tally: Tally) -> None:
        """Show the best matches, or the most frequent options while nothing is typed."""
        self._shown = view, tally
        if self._box.typed:
            found = best_matches(self._box.typed, self._names)
            note = "" if found else "Nothing fits what was typed."
        else:
            counts = tally.options[self._facet.name]
            found = sorted(range(self._facet.options), key=lambda option: -counts[option])[:MATCHES]
            note = f"and {self._facet.options - len(found):,} more: type to find them"
        chosen = view.choice(self._facet.name)
        chips = [value for value in chosen.values if value != MISSING] if chosen else ()
        self._head.show(facet=self._facet, chosen=chosen is not None, chips=chips)
        self._list.show(**_check_list(self._facet, view, tally, found), titled=False, note=note)

    def _type(self, typed: str) -> None:
        self.show(*self._shown)
        self._channel.send()

    def _enter(self, typed: str) -> None:
        found = best_matches(typed, self._names, 1) if typed.strip() else []
        if found:
            self._box.empty()
            chosen = self._shown[0].choice(self._facet.name)
            values = {*(chosen.values if chosen else ()), self._facet.values[found[0]]}
            self._on_choice(self._facet.name, Values(tuple(sorted(values))))


def _check_list(facet: Facet, view: View, tally: Tally, shown) -> dict:
    """Return what the template needs of the options at the positions `shown`: (value, count, chosen) each."""
    choice = view.choice(facet.name)
    chosen = choice.values if choice else ()
    counts = tally.options[facet.name]
    options = [(facet.values[option], int(counts[option]), facet.values[option] in chosen) for option in shown]
    if facet.has_missing:
        options.append((MISSING, int(counts[-1]), MISSING in chosen))
    return {"facet": facet, "options": options, "chosen": bool(chosen)}
