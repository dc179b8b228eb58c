"""Records at an http(s) address: a copy of them beside config.toml, asked for again and again."""

import json
import os
import time
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from dashboard.catalog.source import Source, whole
from dashboard.problems import DataError
from dashboard.settings import LiveSettings

READ_AT_ONCE = 1 << 16  # bytes
# Whatever the address asks for as Authorization, such as "Token 0123"; a secret, so it is not in the config.
AUTHORIZATION = "DASHBOARD_AUTHORIZATION"
NOT_CHANGED = 304
REFUSED = 401, 403


def download(source: Source, live: LiveSettings) -> None:
    """Bring the copy up to date; one that is the same stays as it is.

    The server hears what the copy was marked with (ETag, Last-Modified), so that it need not send the same again.
    Raises DataError when it does not answer in time, refuses, or sends more than `live` allows; the copy stays then.
    """
    where = source.settings.file_shown
    deadline = time.monotonic() + live.timeout
    try:
        with urlopen(_request(source), timeout=live.timeout) as answer:
            body = _read_body(answer, deadline, live, where)
            marks = {name: answer.headers[name] for name in ("ETag", "Last-Modified") if answer.headers[name]}
    except HTTPError as error:
        with error:
            if error.code == NOT_CHANGED:
                return
            raise _refused(error, where) from None
    except (OSError, ValueError, HTTPException) as error:
        raise DataError(where, f"does not answer ({_reason(error)}).",
                        "Check records.file and the network; it is asked again by itself.") from None
    _keep(body, marks, source.path)


def _request(source: Source) -> Request:
    """Return the question for the records, unless they are what the copy was marked with."""
    kept = _marks(source.path) if source.path.exists() else {}
    headers = {"If-None-Match": kept.get("ETag"), "If-Modified-Since": kept.get("Last-Modified"),
               "Accept-Encoding": "identity"}
    request = Request(source.settings.file, headers={name: value for name, value in headers.items() if value})
    if AUTHORIZATION in os.environ:
        # Whoever the address redirects to does not get it.
        request.add_unredirected_header("Authorization", os.environ[AUTHORIZATION].strip())
    return request


def _refused(error: HTTPError, where: str) -> DataError:
    remedy = "Check records.file, or wait until it is mended there."
    if error.code in REFUSED:
        remedy = f"Put what it asks for into the environment variable {AUTHORIZATION}."
    return DataError(where, f"answers {error.code} ({error.reason}).", remedy)


def _reason(error: Exception) -> str:
    """Return why a server was not reached; other errors than these repeat what was sent, secrets among it."""
    said = ""
    if isinstance(error, URLError):
        said = str(error.reason)
    elif isinstance(error, OSError):
        said = str(error)
    return said or type(error).__name__


def _read_body(answer: HTTPResponse, deadline: float, live: LiveSettings, where: str) -> bytes:
    """Return the whole body, whose length a server need not say before."""
    body = bytearray()
    while piece := answer.read1(READ_AT_ONCE):
        body += piece
        if len(body) > live.largest_mb * 1e6:
            raise DataError(where, f"sends more than {live.largest_mb:g} MB.", "Ask for less, or set live.largest_mb.")
        if time.monotonic() > deadline:
            raise TimeoutError(f"not all within {live.timeout:g} seconds")
    if answer.length:
        raise OSError(f"{answer.length:,} bytes are missing")
    return bytes(body)


def _keep(body: bytes, marks: dict[str, str], copy: Path) -> None:
    """Keep a body as the copy, unless it is the same, and what it is marked with."""
    try:
        if not copy.exists() or copy.read_bytes() != body:
            with whole(copy) as draft:
                draft.write_bytes(body)
        with whole(_marks_path(copy)) as draft:
            draft.write_text(json.dumps(marks))
    except OSError as error:
        raise DataError(str(copy), f"cannot be written ({error.strerror}).",
                        "Give the program the right to write there.") from None


def _marks_path(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.marks")


def _marks(copy: Path) -> dict[str, str]:
    """Return what the copy was marked with; nothing where that cannot be read."""
    try:
        return dict(json.loads(_marks_path(copy).read_text()))
    except (OSError, ValueError, TypeError):
        return {}
