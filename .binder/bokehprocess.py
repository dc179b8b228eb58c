"""`bokeh serve` as a companion of another process: kept alive as long as that one lives, and no longer.

Run as a script, this file is the companion itself. Its standard input comes from the process that started it, and
closes when that process ends, however it ends: that is the sign to go too.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from contextlib import closing, suppress
from logging import Logger
from pathlib import Path
from typing import IO, NoReturn

READY_PATIENCE = 60  # seconds that `ready` waits
RESTART_PAUSES = 0.1, 30  # seconds before Bokeh is started again: the shortest and the longest


class Bokeh:
    """Serve the app folder `app` below the URL path `prefix`, from now until `stop`.

    Bokeh listens on `socket`, in a folder that only this user may enter, and on no TCP port. When it dies it is
    started again, after a pause that doubles as long as it dies young. What it prints goes to `log`; `lines` has the
    end of it. `environment` is added to its environment.
    """

    def __init__(self, app: Path, prefix: str, log: Logger, environment: dict[str, str]):
        self.socket = os.path.join(tempfile.mkdtemp(prefix="bokeh-"), "socket")
        self.lines: deque[str] = deque(maxlen=20)
        self._arguments = ["serve", app.name, "--prefix", prefix, "--unix-socket", self.socket]
        self._folder, self._log, self._environment = app.parent, log, os.environ | environment
        self._process: subprocess.Popen | None = None
        self._answered: subprocess.Popen | None = None  # the process that has answered once
        self._child_end, self._held_end = os.pipe()  # nothing is ever written: each Bokeh waits for its end
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep_alive, daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """End Bokeh, and remove its socket's folder."""
        self._stopping.set()
        os.close(self._held_end)  # for one that is only just being started
        if process := self._process:
            process.kill()
        self._keeper.join(timeout=5)
        remove_folder(self.socket)

    async def ready(self) -> bool:
        """Return True once Bokeh answers, False if it has not done so within `READY_PATIENCE` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(READY_PATIENCE):
                while not await self._answers():
                    await asyncio.sleep(0.05)
                return True
        return False

    def doubt(self) -> None:
        """Make `ready` ask again: a request has just failed."""
        self._answered = None

    async def _answers(self) -> bool:
        process = self._process
        if process is None or process is self._answered:  # each process is asked once: a busy one has better to do
            return process is not None
        with suppress(OSError):  # not listening yet, or dead
            reader, writer = await asyncio.open_unix_connection(self.socket)
            with closing(writer):
                writer.write(b"GET /favicon.ico HTTP/1.0\r\n\r\n")
                if await reader.read(1):
                    self._answered = process
        return process is self._answered

    def _keep_alive(self) -> None:
        pause, longest = RESTART_PAUSES
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._run()
            except OSError as error:  # no memory or no process left: there may be later
                self._log.warning("[bokeh] cannot be started: %s", error)
            if time.monotonic() - began > longest:
                pause = RESTART_PAUSES[0]
            self._stopping.wait(pause)
            pause = min(2 * pause, longest)

    def _run(self) -> None:
        # A session of its own: Ctrl+C in Jupyter's terminal only asks whether to stop, and must not reach Bokeh.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-u", __file__, *self._arguments], cwd=self._folder, start_new_session=True,
            env=self._environment,
            stdin=self._child_end, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        threading.Thread(target=self._pass_on, args=[self._process.stdout], daemon=True).start()
        code = self._process.wait()
        self._process = None
        if not self._stopping.is_set():
            self._log.warning("[bokeh] ended with code %s and is started again", code)

    def _pass_on(self, output: IO[bytes]) -> None:
        for line in output:
            self.lines.append(line.decode(errors="replace").rstrip())
            self._log.info("[bokeh] %s", self.lines[-1])


def remove_folder(socket: str) -> None:
    """Remove the folder of a socket, if it is still there."""
    shutil.rmtree(Path(socket).parent, ignore_errors=True)


def end_with_parent(socket: str) -> NoReturn:
    """Wait for the end of the process that started this one; then leave nothing behind."""
    sys.stdin.read()
    remove_folder(socket)
    os._exit(0)


if __name__ == "__main__":
    from bokeh.__main__ import main

    threading.Thread(target=end_with_parent, args=[sys.argv[-1]], daemon=True).start()
    main()
