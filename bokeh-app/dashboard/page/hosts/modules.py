"""The page's own scripts: the ES modules in an app folder's static/, gzipped once per process.

They call each other by paths relative to themselves, so all lie below one address, which names their version: browsers
keep them for good.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path

CLASSIC = {"embed.js"}  # no module: it stands in for them where they cannot come
_packed: dict[tuple[str, str], bytes] = {}  # (version, name) -> gzipped text, of all folders in this process


def prepare_scripts(app_dir: Path) -> None:
    """Have the modules of a folder served, also by a process that has not opened a page of its own yet."""
    modules_of(app_dir.resolve())


@cache
def modules_of(app_dir: Path) -> tuple[str, list[str]]:
    """Return the version of a folder's modules and their names, which can be served from now on."""
    static = app_dir / "static"
    texts = {path.relative_to(static).as_posix(): path.read_bytes() for path in sorted(static.rglob("*.js"))
             if path.name not in CLASSIC}
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(name.encode() + b"\0" + text + b"\0")
    version = digest.hexdigest()[:16]
    _packed.update({(version, name): gzip.compress(text, mtime=0) for name, text in texts.items()})
    return version, list(texts)


def modules_url(app_dir: Path, below: str) -> str:
    """Return the address below which the modules of a folder lie, `below` being what leads below the app."""
    return f"{below}page/{modules_of(app_dir)[0]}/"


def packed_module(version: str, name: str) -> bytes | None:
    """Return a gzipped module; None where there is no such one."""
    return _packed.get((version, name))
