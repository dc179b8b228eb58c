"""The facets as widgets, one below the other: check lists, search boxes, sliders."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from bokeh.models import Column
from dashboard.page.browser import Channel
from dashboard.page.range_control import OnChoice, RangeControl
from dashboard.page.search import MATCHES, SearchBox, best_matches, folded_all
from dashboard.query.choices import MISSING, Values
from dashboard.query.engine import Answer
from dashboard.query.facets import FEW_OPTIONS, Facet

FACETS_KEPT = 64


class Controls:
    """All facets; a choice that is made of one goes to `on_choice`."""

    def __init__(self, facets: list[Facet], channel: Channel, on_choice: OnChoice):
        self._head = channel.slot("controls-head", "controls_head.html")
        self._controls = [_control(facet, f"facet-{number}", channel, on_choice)
                          for number, facet in enumerate(facets)]
        self.root = Column(self._head.root, *(control.root for control in self._controls), css_classes=["controls"],
                           stylesheets=[channel.style])

    def show(self, answer: Answer) -> None:
        """Show what is chosen, and what each option would leave."""
        self._head.show(chosen=len(answer.view.choices))
        for control in self._controls:
            control.show(answer)


def _control(facet: Facet, name: str, channel: Channel, on_choice: OnChoice):
    if facet.is_range:
        return RangeControl(facet, name, channel, on_choice)
    if facet.options <= FEW_OPTIONS:
        return CheckList(facet, name, channel)
    return SearchList(facet, name, channel, on_choice)


class CheckList:
    """A facet with few options: all of them, with the number of records that each would leave."""

    def __init__(self, facet: Facet, name: str, channel: Channel):
        self._name = facet.name
        self._slot = channel.slot(name, "check_list.html", css_classes=("facet",))
        self.root = self._slot.root

    def show(self, answer: Answer) -> None:
        """Show the options."""
        facet = answer.engine.facets[self._name]
        self._slot.show(**_check_list(facet, answer, range(facet.options)), titled=True, note="")


class SearchList:
    """A facet with many options: the chosen ones as chips, a search box, and the best matches with their counts."""

    def __init__(self, facet: Facet, name: str, channel: Channel, on_choice: OnChoice):
        self._name, self._channel, self._on_choice = facet.name, channel, on_choice
        self._box = SearchBox(f"Search {facet.options:,} options", channel, self._type, self._enter)
        self._head = channel.slot(f"{name}-head", "facet_head.html")
        self._list = channel.slot(name, "check_list.html")
        self.root = Column(self._head.root, self._box.root, self._list.root, css_classes=["facet", "searching"],
                           stylesheets=[channel.style])
        self._answer: Answer | None = None

    def show(self, answer: Answer) -> None:
        """Show the best matches, or the most frequent options while nothing is typed."""
        self._answer = answer
        facet = answer.engine.facets[self._name]
        if self._box.typed:
            found = best_matches(self._box.typed, folded_options(facet))
            note = "" if found else "Nothing fits what was typed."
        else:
            found = np.argsort(-answer.tally.options[self._name][:-1], kind="stable")[:MATCHES]
            note = f"and {facet.options - len(found):,} more: type to find them"
        chosen = answer.view.choice(self._name)
        chips = [value for value in chosen.values if value != MISSING] if chosen else ()
        self._head.show(facet=facet, chosen=chosen is not None, chips=chips)
        self._list.show(**_check_list(facet, answer, found), titled=False, note=note)

    def _type(self, typed: str) -> None:
        self.show(self._answer)
        self._channel.send()

    def _enter(self, typed: str) -> None:
        facet = self._answer.engine.facets[self._name]
        found = best_matches(typed, folded_options(facet), 1) if typed.strip() else []
        if found:
            self._box.empty()
            value = facet.values[found[0]]
            self._on_choice(self._name, lambda choice: Values(tuple(sorted({*(choice.values if choice else ()), value}))))


def _check_list(facet: Facet, answer: Answer, shown: Iterable[int]) -> dict:
    """Return what the template needs of the options at the positions `shown`: (value, count, chosen) each."""
    choice = answer.view.choice(facet.name)
    chosen = choice.values if choice else ()
    counts = answer.tally.options[facet.name]
    options = [(facet.values[option], int(counts[option]), facet.values[option] in chosen) for option in shown]
    if facet.has_missing:
        options.append((MISSING, int(counts[-1]), MISSING in chosen))
    return {"facet": facet, "options": options, "chosen": bool(chosen)}


@lru_cache(FACETS_KEPT)
def folded_options(facet: Facet) -> tuple[str, ...]:
    """Return a facet's options folded, to be searched; made once, and shared by all sessions."""
    return folded_all(facet.values)
