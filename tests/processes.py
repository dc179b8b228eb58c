"""A server of the sample in two processes, which share its visitors."""

import os
import re
import signal
from contextlib import contextmanager

from rehearsal import until
from servers import sample, served

LEVELS = "--log-format", "%(process)d %(levelname)s %(message)s"


@contextmanager
def served_by_two():
    """Run ``bokeh serve --num-procs 2``; end both processes, after which the one that started them ends by itself."""
    with served(sample(), "--num-procs", "2", *LEVELS) as server:
        try:
            yield server
        finally:
            for process in until(lambda: workers(server) if len(workers(server)) == 2 else None):
                os.kill(int(process), signal.SIGTERM)
            server.process.wait()


def workers(server):
    """Return the ids of the processes that answer."""
    return {match[1] for line in server.log if (match := re.match(r"(\d+) INFO Bokeh app running", line))}
