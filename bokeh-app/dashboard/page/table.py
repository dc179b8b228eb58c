"""The matching records themselves, a page at a time."""

from urllib.parse import urlsplit

from dashboard.page.browser import Channel
from dashboard.query.engine import Answer
from dashboard.query.view import NO_AREA
from dashboard.query.words import cell

SHORT = 40  # characters that stand on one line


class Table:
    """A table that is sorted by a click on a heading; image and link columns are shown as such.

    `below` leads from the page to what lies below the app, such as its static folder.
    """

    def __init__(self, channel: Channel, below: str):
        self._below = below
        self._slot = channel.slot("records", "table.html")
        self.root = self._slot.root

    def show(self, answer: Answer) -> None:
        """Show the page of records that the view asks for."""
        engine, view, found, config = answer.engine, answer.view, answer.table, answer.engine.config
        kinds = {**dict.fromkeys(config.detail.images, "image"), **dict.fromkeys(config.detail.links, "link")}
        labels = config.facets.labels
        numeric = {name for name in found.rows if found.rows[name].dtype.kind == "f"}
        heads = [(name, labels.get(name, name), "ascending" if view.sort == name else
                  "descending" if view.sort == f"-{name}" else "none", name in numeric) for name in found.rows]
        rows = [[_cell(value, kinds.get(name, ""), name in numeric) for name, value in zip(found.rows, row, strict=True)]
                for row in found.rows.itertuples(index=False, name=None)]
        area = "" if view.area is None else f"no {config.areas.one}" if view.area == NO_AREA else \
            engine.areas.labels[engine.positions[view.area]]
        self._slot.show(config=config, heads=heads, rows=rows, found=found, area=area, below=self._below)


def _cell(value: object, kind: str, numeric: bool) -> tuple[str, str]:
    """Return a cell's text and how to show it: text, long (text that may break into lines), number, image or link."""
    text = cell(value)
    if kind and is_address(text):
        return text, kind
    return text, "number" if numeric else "text" if len(text) <= SHORT else "long"


def is_address(text: str) -> bool:
    """Say whether a text may become an address in the page: http(s), or a file in the app's static folder."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) or \
        (not parts.scheme and not parts.netloc and parts.path.startswith("static/"))
