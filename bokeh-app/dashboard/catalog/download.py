"""Records at an http(s) address: a copy of them beside config.toml, asked for again and again."""

import hashlib
import json
import os
import time
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from dashboard.catalog.problems import DataError
from dashboard.config import LiveSettings, RecordSettings

FOLDER = ".cache"  # beside config.toml; git ignores it
PIECE = 1 << 16  # bytes
# Whatever the address asks for as Authorization, such as "Token 0123"; a secret, so it is not in the config.
AUTHORIZATION = "DASHBOARD_AUTHORIZATION"
NOT_CHANGED = 304
REFUSED = 401, 403


def is_address(file: str) -> bool:
    """Say whether records are at an address and not in a file."""
    return file.startswith(("http://", "https://"))


def records_path(settings: RecordSettings, folder: Path) -> Path:
    """Return where the records lie: the file, relative to `folder`, or the copy of what is at the address."""
    if not is_address(settings.file):
        return folder / settings.file
    name = unquote(urlsplit(settings.file).path).rstrip("/").rpartition("/")[2] or "records.csv"
    return folder / FOLDER / hashlib.sha256(settings.file.encode()).hexdigest()[:16] / name


def download(settings: RecordSettings, live: LiveSettings, folder: Path) -> None:
    """Bring the copy up to date; one that is the same stays as it is.

    The server is told what the copy was marked with (ETag, Last-Modified), so that it need not send the same again.
    Raises DataError when it does not answer in time, refuses, or sends more than `live` allows; the copy stays then.
    """
    copy = records_path(settings, folder)
    marks = copy.with_name(f"{copy.name}.marks")
    kept = _marks(marks) if copy.exists() else {}
    headers = {"If-None-Match": kept.get("ETag"), "If-Modified-Since": kept.get("Last-Modified"),
               "Accept-Encoding": "identity"}
    where = settings.file_shown
    deadline = time.monotonic() + live.timeout
    try:
        request = Request(settings.file, headers={name: value for name, value in headers.items() if value})
        if AUTHORIZATION in os.environ:
            # Whoever the address redirects to is not told.
            request.add_unredirected_header("Authorization", os.environ[AUTHORIZATION].strip())
        with urlopen(request, timeout=live.timeout) as answer:
            body = _read(answer, deadline, live, where)
            marked = {name: answer.headers[name] for name in ("ETag", "Last-Modified") if answer.headers[name]}
    except HTTPError as error:
        with error:
            if error.code == NOT_CHANGED:
                return
            mend = f"Put what it asks for into the environment variable {AUTHORIZATION}." if error.code in REFUSED else \
                "Check records.file, or wait until it is mended there."
            raise DataError(where, f"answers {error.code} ({error.reason}).", mend) from None
    except (OSError, ValueError, HTTPException) as error:
        # Other errors repeat what was sent, secrets among it.
        reason = error.reason if isinstance(error, URLError) else error if isinstance(error, OSError) else ""
        raise DataError(where, f"does not answer ({reason or type(error).__name__}).",
                        "Check records.file and the network; it is asked again by itself.") from None
    _keep(body, marked, copy, marks)


def _read(answer, deadline: float, live: LiveSettings, where: str) -> bytes:
    """Return the whole body, whose length a server need not tell before."""
    body = bytearray()
    while piece := answer.read1(PIECE):
        body += piece
        if len(body) > live.largest_mb * 1e6:
            raise DataError(where, f"sends more than {live.largest_mb:g} MB.", "Ask for less, or set live.largest_mb.")
        if time.monotonic() > deadline:
            raise TimeoutError(f"not all within {live.timeout:g} seconds")
    if answer.length:
        raise OSError(f"{answer.length:,} bytes are missing")
    return bytes(body)


def _keep(body: bytes, marked: dict[str, str], copy: Path, marks: Path) -> None:
    """Keep a body as the copy, unless it is the same, and what it is marked with."""
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or copy.read_bytes() != body:
            _write(copy, body)
        _write(marks, json.dumps(marked).encode())
    except OSError as error:
        raise DataError(str(copy), f"cannot be written ({error.strerror}).",
                        "Give the program the right to write there.") from None


def _write(path: Path, content: bytes) -> None:
    """Write a file that is complete or not there at all, also when two processes write the same."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def _marks(path: Path) -> dict[str, str]:
    """Return what the copy was marked with; nothing where that cannot be read."""
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return {}
