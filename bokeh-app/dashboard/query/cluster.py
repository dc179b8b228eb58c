"""Records that outgrow one machine: partitions on the workers of a Dask cluster, asked as those in this process are.

The package goes to the workers by itself; they need the same packages installed as the dashboard.
"""

import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from dashboard.catalog import Catalog, read_kept_areas
from dashboard.catalog.areas import Areas
from dashboard.catalog.joining import about_joining
from dashboard.catalog.parts import pieces_of, read_part
from dashboard.catalog.problems import DataError, Problem
from dashboard.config import Config
from dashboard.query.activity import Workload
from dashboard.query.engine import Engine
from dashboard.query.facets import derive_facets
from dashboard.query.facts import Facts, facts_of
from dashboard.query.measures import measures_of
from dashboard.query.partition import Partition
from dashboard.query.partitions import PartitionsLost
from dashboard.query.profile import Profile, profiles_of

PATIENCE = "10s"  # for a scheduler that does not answer
LOOK = 0.5  # seconds until it is looked whether the scheduler is still there
INSTALL = "Install it beside the dashboard: pip install “dask[distributed]”."


_thread = ThreadPoolExecutor(1, "workload")  # a scheduler may take its time


class OnCluster:
    """Partitions on workers; a worker that dies is made up for by the others, which read its partitions again."""

    def __init__(self, client, partitions: list):
        self._client, self._partitions = client, partitions
        self._load: Future | None = None

    def ask(self, question: Callable[..., Any], *arguments: object) -> list:
        """Return what each partition answers. Raises PartitionsLost when the cluster is gone."""
        return self._gather([(question, partition, *arguments) for partition in self._partitions])

    def ask_each(self, question: Callable[..., Any], arguments: list) -> list:
        """Return what each partition answers to an argument of its own. Raises PartitionsLost."""
        return self._gather([(question, *pair) for pair in zip(self._partitions, arguments, strict=True)])

    def close(self) -> None:
        """Let go of the cluster, at once; whoever still asks gets PartitionsLost."""
        with suppress(TimeoutError):  # who is gone does not say goodbye
            self._client.close(timeout=0)

    def workload(self) -> Workload | None:
        """Return what the workers have to do, as the scheduler sees it; None where it does not answer."""
        if self._load is None or self._load.done():
            self._load = _thread.submit(self._client.run_on_scheduler, _workload)
        try:
            return Workload(*self._load.result(timeout=LOOK))
        except Exception:  # noqa: BLE001 - whatever it raises, there is nothing to be shown for this second
            return None

    def _gather(self, tasks: list[tuple]) -> list:
        from distributed import wait
        from distributed.client import ClosedClientError

        try:
            futures = [self._client.submit(*task, pure=False) for task in tasks]
        except ClosedClientError:
            raise PartitionsLost("The Dask cluster was let go of.") from None
        # Left alone, a client waits for a scheduler that is gone, and one that comes back knows nothing of its past.
        while self._client.status == "running":
            with suppress(TimeoutError), self._client.as_current():
                wait(futures, timeout=LOOK)
                with suppress(CancelledError, OSError):
                    return self._client.gather(futures)
            if not self._has_workers():
                break
        self.close()
        raise PartitionsLost("The Dask cluster is gone, or has no workers any more.")

    def _has_workers(self) -> bool:
        with suppress(TimeoutError, OSError):
            return bool(self._client.scheduler_info()["workers"])
        return False


def cluster_engine(config: Config, folder: Path, tell: Callable[[str], None]) -> Engine:
    """Return the engine of the records in a folder of Parquet files, read by the workers of a cluster.

    Raises DataError when there is no cluster, or when the data cannot be used.
    """
    client = _connect(config.engine.scheduler)
    try:
        _send_package(client, folder)
        tell(f"Reading the {config.areas.many}")
        areas, problems = read_kept_areas(config.areas, folder)
        tell(f"Reading the {config.records.many} on the cluster")
        parts = _read_parts(client, config, areas, folder)
        return _engine(client, config, areas, problems, parts)
    except BaseException:
        client.close()
        raise


def _connect(scheduler: str):
    try:
        from distributed import Client
    except ImportError:
        raise DataError("config.toml, engine.use", "“dask” needs the package dask[distributed], which is missing.",
                        INSTALL) from None
    try:
        return Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise DataError("config.toml, engine.scheduler", f"no Dask scheduler answers at {scheduler}.",
                        "Start it with “dask scheduler”, and at least one worker, or write its address there.") from None


def _send_package(client, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        packed = Path(temporary) / "dashboard.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted((folder / "dashboard").rglob("*.py")):
                archive.write(path, path.relative_to(folder))
        client.upload_file(str(packed))


def _read_parts(client, config: Config, areas: Areas, folder: Path) -> list:
    """Return a future for each part of the records; the parts stay on the workers."""
    # As a task's result and not as an argument of each task, the areas go to each worker once.
    shared = client.submit(_same, (config, areas), pure=False)

    def read(as_text: frozenset[str]) -> list:
        return [client.submit(_read, shared, piece, as_text, pure=False) for piece in pieces_of(config.records, folder)]

    parts = read(frozenset())
    # What is text in one part is text in all of them.
    kinds = client.gather([client.submit(_kinds, part, pure=False) for part in parts])
    mixed = frozenset(name for name in kinds[0] if len({each[name] for each in kinds} - {""}) > 1)
    return read(mixed) if mixed else parts


def _engine(client, config: Config, areas: Areas, problems: list[Problem], parts: list) -> Engine:
    told = client.gather([client.submit(_tell, part, pure=False) for part in parts])
    facts: Facts = reduce(add, [each for each, _, _ in told])
    problems = [*problems, *dict.fromkeys(problem for _, _, found in told for problem in found),
                *about_joining(facts.joining, areas, config.records)]
    profiles = {name: reduce(add, [each[name] for _, each, _ in told]) for name in facts.missing}
    facets, left_out = derive_facets(config, profiles)
    partitions = [client.submit(_code, part, tuple(facets), measures_of(config), pure=False) for part in parts]
    return Engine(config, areas, facts, tuple(facets), (*problems, *left_out), OnCluster(client, partitions))


# What the scheduler runs, and what the workers run.

def _workload(dask_scheduler) -> tuple[int, int, int]:
    workers = dask_scheduler.workers.values()
    return len(dask_scheduler.idle), len(dask_scheduler.saturated), sum(len(worker.processing) for worker in workers)


def _same(value: object) -> object:
    return value


def _read(shared: tuple[Config, Areas], piece, as_text: frozenset[str]) -> Catalog:
    return read_part(*shared, piece, as_text)


def _kinds(part: Catalog) -> dict[str, str]:
    return {name: profile.kind for name, profile in profiles_of(part.records).items()}


def _tell(part: Catalog) -> tuple[Facts, dict[str, Profile], tuple[Problem, ...]]:
    return facts_of(part), profiles_of(part.records), part.problems


def _code(part: Catalog, facets, measures) -> Partition:
    return Partition(part, facets, measures)
