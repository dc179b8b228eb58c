"""The view as data, at addresses beside the app: ``<app>/records.csv?<query>``, and all others of `FORMATS`.

The query is the view's own address. What cannot be applied of it is refused in plain sentences, so that no file is
about something else than was asked for. Any page may ask; whom the app's page would not let in gets nothing here.
"""

import asyncio
import logging
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from weakref import WeakKeyDictionary

from bokeh.application import Application
from bokeh.document import Document
from bokeh.server.views.session_handler import SessionHandler
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, authenticated

from dashboard.export.formats import FORMATS, SUBJECTS, about_file, file_name
from dashboard.export.records import Records
from dashboard.live.feed import Snapshot, feed_of
from dashboard.page.hosts.binder import deployment_of_this_process
from dashboard.problems import DataError
from dashboard.query.counting.partitions import PartitionsLost

log = logging.getLogger("dashboard")
LIMIT, OFFSET = "_limit", "_offset"
MOST = 10**12  # records that anybody asks for
RETRY = 2  # seconds
READING = "The data are still being read. Ask again in a moment."
LOST = "The cluster that holds the records does not answer. Ask again in a moment."
_folders: WeakKeyDictionary[Application, Path] = WeakKeyDictionary()


def remember_folder(doc: Document, folder: Path) -> None:
    """Remember of which folder an app shows the dashboard, once it has put it into a document."""
    if doc.session_context is not None and (app := doc.session_context.server_context.application_context) is not None:
        _folders[app.application] = folder


class Refused(Exception):
    """A request is answered with a status and sentences, and not with data."""

    def __init__(self, status: int, *sentences: str):
        super().__init__(*sentences)
        self.status, self.sentences = status, sentences


class DataHandler(SessionHandler):
    """Answers ``<app>/<what>.<ending>``."""

    @authenticated
    async def get(self, what: str, ending: str) -> None:
        """Send what is asked for, piece by piece; a thread makes them beside the server's event loop."""
        # Other sites' pages may ask for it, and see all that is said with it.
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Access-Control-Expose-Headers", "*")
        self.set_header("Cache-Control", "no-cache")
        try:
            pieces = await self._take(what, ending, await self._snapshot())
            await self._send(pieces)
        except Refused as refused:
            self._refuse(refused.status, *refused.sentences)
        except DataError as error:
            self._refuse(400, str(error))
        except PartitionsLost:
            self._refuse(503, LOST)

    head = get

    def write_error(self, status_code: int, **details: object) -> None:
        """Say what is wrong in the same form as all refusals."""
        self._refuse(status_code, f"{self._reason}.")

    def _refuse(self, status: int, *sentences: str) -> None:
        for name in ("Content-Disposition", "Link"):
            self.clear_header(name)
        self.set_status(status)
        if status == 503:
            self.set_header("Retry-After", str(RETRY))
        self.finish({"errors": list(sentences)})

    async def _snapshot(self) -> Snapshot:
        """Return the data as they are now. Raises Refused while there are none."""
        if self.application_context.application not in _folders:
            # Which folder an app shows is known once it has filled a document.
            await self.get_session()
        folder = _folders.get(self.application_context.application)
        if folder is None:
            raise HTTPError(404)
        feed = feed_of(folder)
        snapshot = feed.snapshot
        if snapshot is None:
            raise Refused(503, *(feed.errors or [READING]))
        return snapshot

    async def _take(self, what: str, ending: str, snapshot: Snapshot) -> Generator[bytes]:
        """Return what gives the answer, whose headers are set. Raises Refused for a query that cannot be applied."""
        survey, format_ = snapshot.survey, FORMATS[what][ending]
        arguments = dict(self.request.query_arguments)
        window, errors = _window(arguments) if what == "records" else ((), [])
        view, refused = survey.view(arguments)
        if refused or errors:
            raise Refused(400, *(f"{refusal}." for refusal in refused), *errors)
        subject = await asyncio.to_thread(SUBJECTS[what], survey, view, *window)
        about = about_file(survey, view, snapshot.as_of, self._link(survey.query(view)))
        self._set_headers(format_.media, about, datetime.fromtimestamp(snapshot.as_of, UTC))
        nouns = {"records": survey.config.records.many, "areas": survey.config.areas.many}
        name = file_name(survey.config.title, nouns.get(what, what), ending)
        plain = name.encode("ascii", "replace").decode().replace("?", "_")
        self.set_header("Content-Disposition", f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}")
        if isinstance(subject, Records) and subject.stop < subject.total:
            self.set_header("Link", f'<{_next(f"{what}.{ending}", survey.query(view), subject)}>; rel="next"')
        return format_.write(subject, about)

    def _set_headers(self, media: str, about: dict[str, str], as_of: datetime) -> None:
        self.set_header("Content-Type", media)
        self.set_header("Last-Modified", as_of)
        for name, text in about.items():
            self.set_header(f"Dataset-{name.title()}", quote(text, safe=" !#$&'()*+,-./:;<=>?@[]^_`{|}~"))

    def _link(self, query: str) -> str:
        """Return the full address of a view: on Binder one that lasts, elsewhere that of the app's own page."""
        deployment, after = deployment_of_this_process(), f"?{query}" if query else ""
        if deployment.latest:
            return deployment.latest + quote(deployment.address + after, safe="")
        app = self.request.path.rpartition("/")[0] or "/"
        return f"{self.request.protocol}://{self.request.host}{app}{after}"

    async def _send(self, pieces: Generator[bytes]) -> None:
        """Send all pieces, each once the one before is on its way; stop when nobody listens any more."""
        try:
            if self.request.method == "HEAD":
                await self.flush()  # how long it will be is not known
                return
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                self.write(piece)
                await self.flush()
        except StreamClosedError:
            return
        except Exception as error:
            if not self._headers_written:
                raise
            # What was sent must not look as if it were all.
            log.error("%s could not be sent to its end", self.request.path, exc_info=error)
            self.request.connection.close()
        finally:
            await asyncio.to_thread(pieces.close)


def _window(arguments: dict[str, list[bytes]]) -> tuple[tuple[int, int | None], list[str]]:
    """Take the part of the records that is asked for out of an address: its offset and its limit, and what is wrong."""
    found: dict[str, int | None] = {OFFSET: 0, LIMIT: None}
    errors = []
    for name, least in ((OFFSET, 0), (LIMIT, 1)):
        text = arguments.pop(name, [b""])[-1].decode("utf-8", "replace")
        if text.isascii() and text.isdigit() and least <= int(text[:13]) <= MOST:
            found[name] = int(text[:13])
        elif text:
            errors.append(f"{name}: “{text[:13]}” is no whole number from {least} on.")
    return (found[OFFSET], found[LIMIT]), errors


def _next(name: str, query: str, taken: Records) -> str:
    """Return the address of what comes after a part of the records, relative to theirs."""
    more = f"{LIMIT}={taken.stop - taken.start}&{OFFSET}={taken.stop}"
    return f"./{name}?{query}{'&' if query else ''}{more}"
