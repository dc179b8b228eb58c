"""The dashboard in a page that is not its own: the answer to the script of ``bokeh.embed.server_document``."""

from urllib.parse import quote, urlsplit

from bokeh.core.json_encoder import serialize_json
from bokeh.core.templates import AUTOLOAD_JS, AUTOLOAD_REQUEST_TAG
from bokeh.embed.elements import script_for_render_items
from bokeh.embed.util import RenderItem
from bokeh.server.util import check_allowlist
from bokeh.server.views.autoload_js_handler import AutoloadJsHandler
from bokeh.settings import settings

from dashboard.page.hosts.bokehjs import script_url

SAFE = "/:@%[]~!$&'()*+,;="  # what an address may hold
REFUSED = ("The server of this map does not let {0} show it. Whoever runs it can allow that: "
           "--allow-websocket-origin={0}")


class EmbedHandler(AutoloadJsHandler):
    """Answers ``<app>/autoload.js`` with the dashboard's own scripts, and a sentence where there would be nothing.

    Bokeh's handler names its scripts by an address at the root of the host. There a folder that is served as ``/`` has
    its own files, and below a proxy that takes a prefix off there is nothing. It still answers for all other apps.
    """

    _session = None

    async def get_session(self):
        """Return the session of this request, the same at each call."""
        if self._session is None:
            self._session = await super().get_session()
        return self._session

    async def get(self, *args, **kwargs):
        """Send the script that puts the dashboard into the place of the element that asks for it."""
        session = await self.get_session()
        element = self.get_argument("bokeh-autoload-element", "")
        if not element or "embed_script" not in session.document.template_variables:
            await super().get(*args, **kwargs)
            return
        origin = self.request.headers.get("Origin", "")
        if self.request.cookies and origin:
            # As Bokeh does it: with cookies, a star is not enough for a browser.
            self.set_header("Access-Control-Allow-Origin", origin)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        refused = "" if self._is_allowed(origin) else REFUSED.format(urlsplit(origin).netloc or origin)
        script = session.document.template_variables["embed_script"]
        self.write(f"({script})({serialize_json(element)}, {serialize_json(refused)});\n")
        if not refused:
            self.write(self._loading(session, element))

    def _is_allowed(self, origin: str) -> bool:
        """Say whether the websocket of a page at `origin` will be let in; a browser leaves out a page's own origin."""
        allowed = settings.allowed_ws_origin() or self.application.websocket_origins
        return not origin or check_allowlist(urlsplit(origin).netloc.lower(), allowed)

    def _loading(self, session, element: str) -> str:
        """Return Bokeh's script, which loads BokehJS where the page has none and then fills the element."""
        # Bokeh writes both as they are between quotation marks.
        path = quote(self.get_argument("bokeh-app-path", "/"), SAFE)
        address = quote(self.get_argument("bokeh-absolute-url", ""), SAFE) or None
        below = (address or path).rstrip("/") + "/"
        item = RenderItem(token=session.token, elementid=element, use_for_title=False)
        return AUTOLOAD_JS.render(elementid=element, js_urls=[script_url(below)], css_urls=[], css_raw=[],
                                  js_raw=[script_for_render_items({}, [item], app_path=path, absolute_url=address)])


def embedding_tag() -> str:
    """Return the script of Bokeh's own `server_document`, with words in the places of what only a page knows."""
    return AUTOLOAD_REQUEST_TAG.render(src_path="SCRIPT_ADDRESS", elementid="SCRIPT_ID", headers={},
                                       with_credentials=False).strip()
