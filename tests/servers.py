"""A real Bokeh server for the tests, and copies of the app: with the sample, and with other data."""

import atexit
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sample.make_sample import write_sample

APP = Path(__file__).parent.parent / "bokeh-app"  # for its code only: its config and data are the fork's own


@contextmanager
def served(app: Path, *options: str, port: int = 0) -> Iterator["Served"]:
    """Run ``bokeh serve`` on an app folder, on loopback only, from another working directory; end it afterwards."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOKEH_")}
    command = [sys.executable, "-m", "bokeh", "serve", app, "--address", "127.0.0.1", "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=app.parent.parent,
                          env={**environment, "PYTHONDONTWRITEBYTECODE": "1"}) as process:
        try:
            log = []
            for line in process.stderr:
                log.append(line)
                if found := re.search(r"running at: (\S+)", line):
                    break
            else:
                raise RuntimeError("bokeh serve ended:\n" + "".join(log))
            # Read on, or a full pipe would stop the server.
            reader = threading.Thread(target=lambda: log.extend(process.stderr))
            reader.start()
            yield Served(found[1], process, log)
            process.terminate()
            reader.join()
        finally:
            process.terminate()


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def pages(folder: Path) -> Iterator[str]:
    """Serve the files of a folder as another site would; gives its address, whose host is not that of `served`."""
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *about: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def is_here(url: str) -> bool:
    """Say whether an address is one of this machine: no test reaches further."""
    return re.match(r"(data|blob):|\w+://(127\.0\.0\.1|localhost)[:/]", url) is not None


class Served:
    """A running server: its address, its process, and what it has logged (whole once it has ended)."""

    def __init__(self, url: str, process: subprocess.Popen, log: list[str]):
        self.url, self.process, self.log = url, process, log

    @property
    def port(self) -> int:
        return int(re.search(r":(\d+)/", self.url)[1])


@cache
def sample() -> Path:
    """Return a copy of the app with the sample: one for all who ask in this process, and gone when it ends."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = copy_code(folder)
    write_sample(app)
    return app


def put_sample(app: Path) -> None:
    """Put the sample into an app's folder, in place of the config and the data that are there."""
    shutil.rmtree(app / "data", ignore_errors=True)
    shutil.copytree(sample() / "data", app / "data")
    shutil.copyfile(sample() / "config.toml", app / "config.toml")


def copy_app(folder: Path, config: str) -> Path:
    """Copy the app without its data into `folder`, with another config; return the copy."""
    app = copy_code(folder)
    (app / "config.toml").write_text(config, "utf-8")
    return app


def copy_code(folder: Path) -> Path:
    """Copy the app into `folder` without what is a fork's own; return the copy."""
    app = folder / "bokeh-app"
    shutil.copytree(APP, app, ignore=shutil.ignore_patterns("config.toml", "data", ".cache", "__pycache__"))
    return app
