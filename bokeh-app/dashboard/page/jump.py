"""Jump to an area: a search box by id or label, and steps to the next and the previous one."""

from collections.abc import Callable
from functools import lru_cache

from bokeh.models import Column
from dashboard.page.browser import Channel
from dashboard.page.search import SearchBox, best_matches, folded, folded_all
from dashboard.catalog.areas import Areas
from dashboard.query.engine import Answer

KEPT = 4


class Jump:
    """`on_jump` is called with the id of the area to go to."""

    def __init__(self, areas: Areas, channel: Channel, on_jump: Callable[[str], None]):
        self._areas, self._channel, self._on_jump = areas, channel, on_jump
        self._names, self._ids = folded_names(areas)
        self._box = SearchBox("Find by name or id", channel, self._type, self._enter)
        self._matches = channel.slot("matches", "matches.html")
        self._steps = channel.slot("steps", "steps.html")
        self._area: str | None = None
        self._show_matches([])
        self.root = Column(self._box.root, self._matches.root, self._steps.root, css_classes=["jump", "searching"],
                           stylesheets=[channel.style])

    def show(self, answer: Answer) -> None:
        """Show the steps; the search is over when another area is chosen."""
        if answer.view.area != self._area:
            self._box.empty()
            self._show_matches([])
        self._area = answer.view.area
        self._steps.show(area=self._area)

    def _show_matches(self, found: list[int]) -> None:
        self._matches.show(matches=[(self._areas.ids[area], self._areas.labels[area]) for area in found],
                           nothing=bool(self._box.typed) and not found)

    def _type(self, typed: str) -> None:
        self._show_matches(best_matches(typed, self._names) if typed.strip() else [])
        self._channel.send()

    def _enter(self, typed: str) -> None:
        wanted = folded(typed.strip())
        found = [self._ids.index(wanted)] if wanted in self._ids else best_matches(typed, self._names, 1) if wanted else []
        if found:
            self._box.empty()
            self._on_jump(self._areas.ids[found[0]])


@lru_cache(KEPT)
def folded_names(areas: Areas) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is searched for each area, and its id, both folded; made once, and shared by all sessions."""
    # A label often holds the id already; where it does not, both are searched.
    names = (label if area_id in label else f"{label} {area_id}"
             for label, area_id in zip(areas.labels, areas.ids, strict=True))
    return folded_all(names), folded_all(areas.ids)
