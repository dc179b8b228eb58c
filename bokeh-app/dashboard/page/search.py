"""A box to type into, and the best matches for what was typed."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from bokeh.events import ValueSubmit
from bokeh.models import TextInput
from dashboard.page.browser import Channel

MATCHES = 8


class SearchBox:
    """A text input that tells what is being typed (`on_type`) and what was entered (`on_enter`)."""

    def __init__(self, placeholder: str, channel: Channel, on_type: Callable[[str], None],
                 on_enter: Callable[[str], None]):
        self.root = TextInput(placeholder=placeholder, css_classes=["search"], stylesheets=[channel.style],
                              sizing_mode="stretch_width")
        self.root.on_change("value_input", lambda attr, old, new: on_type(new))
        channel.waits_for(self.root, "value_input")
        self.root.on_event(ValueSubmit, lambda event: on_enter(event.value))

    @property
    def typed(self) -> str:
        """What stands in the box."""
        return (self.root.value_input or "").strip()

    def empty(self) -> None:
        """Empty the box."""
        self.root.update(value="", value_input="")


def best_matches(typed: str, names: Sequence[str], limit: int = MATCHES) -> list[int]:
    """Return the positions of the folded `names` that fit what was typed: those that start with it, then the others.

    Within each kind the order of `names` is kept.
    """
    wanted = folded(typed)
    starting, holding = [], []
    for position, name in enumerate(names):
        if name.startswith(wanted):
            starting.append(position)
            if len(starting) == limit:
                break
        elif wanted in name:
            holding.append(position)
    return (starting + holding)[:limit]


def folded_all(names: Iterable[str]) -> tuple[str, ...]:
    """Return names folded."""
    return tuple(map(folded, names))


def folded(text: str) -> str:
    """Return text without case and accents, to be compared."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()
