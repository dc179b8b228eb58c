"""How a visitor came to a document: on the app's own page, or by a script in a notebook or in another site's page."""

from collections.abc import Mapping, Sequence

from bokeh.document import Document

# What Bokeh's `show` adds to the address when a notebook shows an app.
NOT_OF_THE_VIEW = "resources"


def view_arguments(doc: Document) -> Mapping[str, Sequence[bytes]]:
    """Return the arguments of the document's address, which hold the view; none where no server serves it."""
    request = _request(doc)
    if request is None:
        return {}
    return {name: values for name, values in request.arguments.items()
            if name != NOT_OF_THE_VIEW or not _is_embedded(request)}


def address_elsewhere(doc: Document) -> str:
    """Return the app's address, as the page's script asked for it, when the page around the document is not its own.

    Empty on the app's own page and where no server serves the document.
    """
    request = _request(doc)
    if request is None or not _is_embedded(request):
        return ""
    for name in ("bokeh-absolute-url", "bokeh-app-path"):
        if name in request.arguments:
            return request.arguments[name][-1].decode("utf-8", "replace")
    return "/"


def below_app(doc: Document) -> str:
    """Return what leads from the page of `doc` to what lies below the app; nothing where no server serves it."""
    request = _request(doc)
    if request is None:
        return ""
    if _is_embedded(request):
        return address_elsewhere(doc).rstrip("/") + "/"
    # A browser puts "./x" in the place of the last part of the page's path: what lies below the app is "./app/x"
    # on the page "/some/app", and "./x" on the page "/some/app/".
    last = request.path.removesuffix("/ws").rpartition("/")[2]
    return f"./{last}/" if last else "./"


def _request(doc: Document):
    return None if doc.session_context is None else doc.session_context.request


def _is_embedded(request) -> bool:
    # A session that had to wait long for its page is made anew by the websocket, with the first request's arguments.
    return request.path.endswith("/autoload.js") or \
        request.path.endswith("/ws") and "bokeh-autoload-element" in request.arguments
