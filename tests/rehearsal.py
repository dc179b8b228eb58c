"""Binder without Docker: what repo2docker and the hub do with this repository, done in a temporary folder."""

import http.client
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from servers import free_port, put_sample

REPOSITORY = Path(__file__).resolve().parents[1]
TOKEN = secrets.token_hex(16)


def until(condition, seconds=30):
    """The first true value that `condition()` gives; fails if there is none in time."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)
    return value


def python_version():
    """The Python that Binder is asked for, such as "3.12"."""
    return (REPOSITORY / ".binder/runtime.txt").read_text().strip().removeprefix("python-")


def base_packages():
    """What repo2docker's own image holds of Jupyter, as pip requirements, from the list that repo2docker carries."""
    folder = Path(find_spec("repo2docker").origin).parent  # found, not imported: its import warns
    lock = folder / f"buildpacks/conda/environment.py-{python_version()}-linux-64.lock"
    found = re.findall(r"/(jupyterlab|notebook|jupyter_server|tornado)-(\d[\d.]*)-", lock.read_text())
    return [f"{name}=={version}" for name, version in found]


def copy_repository(target):
    """A copy of what git would put into the next commit, with the sample in place of a fork's own config and data."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, check=True, capture_output=True, text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (REPOSITORY / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, target / name)
    put_sample(target / "bokeh-app")
    return target


class Image:
    """The built image: `prefix` is its Python environment, `home` its home folder, which holds the repository."""

    def __init__(self, folder):
        self.prefix, self.home = folder / "notebook", copy_repository(folder / "home")
        # What the image and the pod set. Nothing of this machine's own environment goes in.
        self.environment = {
            "HOME": str(self.home),
            "REPO_DIR": str(self.home),
            "NB_PYTHON_PREFIX": str(self.prefix),
            "PATH": f"{self.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
            "BINDER_LAUNCH_HOST": "https://mybinder.org/",
            "BINDER_REPO_URL": "https://github.com/someone/their-map",
            "BINDER_REF_URL": "https://github.com/someone/their-map/tree/" + 40 * "c",
            "BINDER_REQUEST": "v2/gh/someone/their-map/main",
            "BINDER_PERSISTENT_REQUEST": "v2/gh/someone/their-map/" + 40 * "c",
        }
        self.python = str(self.prefix / "bin/python")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.prefix], check=True)
        self.pip(*base_packages())
        self.pip("-r", self.home / ".binder/requirements.txt")

    def pip(self, *arguments):
        """Install as pip does."""
        subprocess.run([sys.executable, "-m", "pip", "--python", self.python, "install", "-q", *arguments], check=True)

    def post_build(self, repository=None, **environment):
        """Run postBuild as the last step of a build; gives the finished process."""
        return subprocess.run(
            ["./.binder/postBuild"], cwd=repository or self.home, env=self.environment | environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )


class Server:
    """A Jupyter server, started as the hub starts it; to be used in a `with` statement.

    `folder` is where it is started, the home if not given; `first` is Python code that runs before it, in the same
    process; `environment` is added to the image's.
    """

    def __init__(self, image, log, base_url="/user/x-y/", folder=None, first="", environment=None):
        self.base_url, self._log = base_url, log
        self.port = free_port()
        settings = {"base_url": base_url, "token": TOKEN, "trust_xheaders": True}
        command = [str(image.prefix / "bin/jupyter-lab")]
        if first:
            command = [image.python, "-c", f"{first}\nimport sys; from jupyterlab.labapp import main; sys.exit(main())"]
        command += ["--ip=127.0.0.1", f"--port={self.port}", "--no-browser", "--allow-root"]
        command += [f"--{app}.{key}={value}" for app in ("NotebookApp", "ServerApp") for key, value in settings.items()]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=folder or image.home, env=image.environment | (environment or {}),
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )

    def __enter__(self):
        until(self.listens)
        return self

    def __exit__(self, *_):
        self.end(signal.SIGTERM)

    def end(self, number):
        """Send a signal and wait for the end; no more than that if it has ended."""
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(30)

    def listens(self):
        """Whether somebody answers at the port."""
        assert self.process.poll() is None, self.log()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def log(self):
        """All that Jupyter has logged."""
        return self._log.read_text()

    def link(self, path):
        """The address that Binder opens: the path below the base URL, with the token as its last argument."""
        return f"http://127.0.0.1:{self.port}{self.base_url}{path}{'&' if '?' in path else '?'}token={TOKEN}"

    def get(self, path, headers=None):
        """Status, headers and text for a path below the base URL; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=70)
        try:
            connection.request("GET", self.base_url + path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def bokeh(self):
        """Process number and socket of this server's Bokeh, or None while there is none."""
        for number in descendants(self.process.pid):
            command = read(f"/proc/{number}/cmdline").split("\0")
            if "--unix-socket" in command:
                return number, Path(command[command.index("--unix-socket") + 1])
        return None

    def listening(self):
        """TCP ports on which this server or any process below it listens."""
        sockets = set()
        for number in {self.process.pid, *descendants(self.process.pid)}:
            for entry in Path(f"/proc/{number}/fd").glob("*"):
                with suppress(FileNotFoundError):  # closed since
                    sockets.add(os.readlink(entry))
        rows = [row.split() for name in ("tcp", "tcp6") for row in read(f"/proc/net/{name}").splitlines()[1:]]
        listening = [row for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]
        return {int(row[1].rpartition(":")[2], 16) for row in listening}


def read(path):
    """The text of a file below /proc, or nothing if its process has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(path).read_text()
    return ""


def parent(number):
    """The number of a process's parent, or None if the process has ended."""
    state, parent_number = (read(f"/proc/{number}/stat").rpartition(")")[2].split() or ["Z", None])[:2]
    return None if state == "Z" else int(parent_number)


def alive(number):
    """Whether a process still runs."""
    return parent(number) is not None


def descendants(root):
    """Numbers of all living processes below a process."""
    parents = {int(path.name): parent(path.name) for path in Path("/proc").glob("[0-9]*")}
    found, level = set(), {root}
    while level:
        level = {number for number, above in parents.items() if above in level}
        found |= level
    return found
