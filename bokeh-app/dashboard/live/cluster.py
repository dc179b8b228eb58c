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
from types import ModuleType
from typing import Any

from dashboard.catalog.areas import Areas
from dashboard.catalog.catalog import Catalog, read_kept_areas
from dashboard.catalog.join import check_joining
from dashboard.catalog.source import Source
from dashboard.live.parquet_folder import RowGroups, read_partition, row_groups_of
from dashboard.problems import DataError, Problem
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.partitions import PartitionsLost, Workload
from dashboard.query.facets import Facet
from dashboard.query.measures import Measure, measures_of
from dashboard.query.profile import Facts, Profile, facts_of, profiles_of
from dashboard.query.survey import Survey, facets_of, record_id_of
from dashboard.settings import Config

SCHEDULER_PATIENCE = "10s"  # for one that does not answer
SCHEDULER_LOOK = 0.5  # seconds until it is looked whether the scheduler is still there


_workload_thread = ThreadPoolExecutor(1, "workload")  # a scheduler may take its time


class OnCluster:
    """Partitions on workers; a worker that dies is made up for by the others, which read its partitions again."""

    def __init__(self, client, partitions: list):
        self._client, self._partitions = client, partitions
        self._workload: Future | None = None

    def ask(self, question: Callable[..., Any], *arguments: object) -> list:
        """Return what each partition answers. Raises PartitionsLost when the cluster is gone."""
        return self._gather([(question, partition, *arguments) for partition in self._partitions])

    def ask_each(self, question: Callable[..., Any], arguments: list) -> list:
        """Return what each partition answers to an argument of its own. Raises PartitionsLost."""
        return self._gather([(question, *pair) for pair in zip(self._partitions, arguments, strict=True)])

    def ask_one(self, number: int, question: Callable[..., Any], *arguments: object) -> Any:
        """Return what one partition answers. Raises PartitionsLost."""
        return self._gather([(question, self._partitions[number], *arguments)])[0]

    def close(self) -> None:
        """Let go of the cluster, at once; whoever still asks gets PartitionsLost."""
        with suppress(TimeoutError):  # who is gone does not say goodbye
            self._client.close(timeout=0)

    def workload(self) -> Workload | None:
        """Return what the workers have to do, as the scheduler sees it; None where it does not answer."""
        if self._workload is None or self._workload.done():
            self._workload = _workload_thread.submit(self._client.run_on_scheduler, _count_tasks)
        try:
            return Workload(*self._workload.result(timeout=SCHEDULER_LOOK))
        except Exception:  # noqa: BLE001 - whatever it raises, there is nothing to be shown for this second
            return None

    def _gather(self, tasks: list[tuple]) -> list:
        distributed = _distributed()
        try:
            futures = [self._client.submit(*task, pure=False) for task in tasks]
        except distributed.client.ClosedClientError:
            raise PartitionsLost("The Dask cluster was let go of.") from None
        # Left alone, a client waits for a scheduler that is gone, and one that comes back knows nothing of its past.
        while self._client.status == "running":
            with suppress(TimeoutError), self._client.as_current():
                distributed.wait(futures, timeout=SCHEDULER_LOOK)
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


def cluster_survey(config: Config, folder: Path, progress: Callable[[str], None]) -> Survey:
    """Return the survey of the records in a folder of Parquet files, read by the workers of a cluster.

    Raises DataError when there is no cluster, or when the data cannot be used.
    """
    client = _connect(config.engine.scheduler)
    try:
        _send_package(client, folder)
        progress(f"Reading the {config.areas.many}")
        areas, problems = read_kept_areas(config.areas, folder)
        progress(f"Reading the {config.records.many} on the cluster")
        catalogs = _read_partitions(client, config, areas, folder)
        return _survey(client, config, areas, problems, catalogs)
    except BaseException:
        client.close()
        raise


def _connect(scheduler: str):
    distributed = _distributed()
    try:
        return distributed.Client(scheduler, timeout=SCHEDULER_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise DataError("config.toml, engine.scheduler", f"no Dask scheduler answers at {scheduler}.", "Start it with "
                        "“dask scheduler”, and at least one worker, or write its address there.") from None


def _distributed() -> ModuleType:
    """Return the library, which need not be installed, and takes its time to be loaded."""
    try:
        import distributed
    except ImportError:
        raise DataError("config.toml, engine.use", "“dask” needs the package dask[distributed], which is missing.",
                        "Install it beside the dashboard: pip install “dask[distributed]”.") from None
    return distributed


def _send_package(client, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        packed = Path(temporary) / "dashboard.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted((folder / "dashboard").rglob("*.py")):
                archive.write(path, path.relative_to(folder))
        client.upload_file(str(packed))


def _read_partitions(client, config: Config, areas: Areas, folder: Path) -> list:
    """Return a future of the catalog of each partition; the catalogs stay on the workers."""
    # As a task's result and not as an argument of each task, the areas go to each worker once.
    shared = client.submit(_same, (config, areas), pure=False)
    parts = row_groups_of(Source(config.records, folder))

    def read(as_text: frozenset[str]) -> list:
        return [client.submit(_read_partition, shared, part, as_text, pure=False) for part in parts]

    catalogs = read(frozenset())
    # What is text in one partition is text in all of them.
    kinds = client.gather([client.submit(_kinds, catalog, pure=False) for catalog in catalogs])
    mixed = frozenset(name for name in kinds[0] if len({each[name] for each in kinds} - {""}) > 1)
    return read(mixed) if mixed else catalogs


def _survey(client, config: Config, areas: Areas, problems: list[Problem], catalogs: list) -> Survey:
    looked_at = client.gather([client.submit(_look_at, catalog, pure=False) for catalog in catalogs])
    facts: Facts = reduce(add, [each for each, _, _ in looked_at])
    problems = [*problems, *dict.fromkeys(problem for _, _, found in looked_at for problem in found),
                *check_joining(facts.joining, areas, config.records)]
    profiles = {name: reduce(add, [each[name] for _, each, _ in looked_at]) for name in facts.missing}
    facets, left_out = facets_of(config, areas, facts, profiles)
    partitions = [client.submit(_partition, catalog, tuple(facets), measures_of(config), pure=False)
                  for catalog in catalogs]
    return Survey(config, areas, facts, tuple(facets), (*problems, *left_out), OnCluster(client, partitions),
                  record_id=record_id_of(config, profiles))


# What the scheduler runs, and what the workers run.

def _count_tasks(dask_scheduler) -> tuple[int, int, int]:
    workers = dask_scheduler.workers.values()
    return len(dask_scheduler.idle), len(dask_scheduler.saturated), sum(len(worker.processing) for worker in workers)


def _same(value: object) -> object:
    return value


def _read_partition(shared: tuple[Config, Areas], part: RowGroups, as_text: frozenset[str]) -> Catalog:
    return read_partition(*shared, part, as_text)


def _kinds(catalog: Catalog) -> dict[str, str]:
    return {name: profile.kind for name, profile in profiles_of(catalog.records).items()}


def _look_at(catalog: Catalog) -> tuple[Facts, dict[str, Profile], tuple[Problem, ...]]:
    return facts_of(catalog), profiles_of(catalog.records), catalog.problems


def _partition(catalog: Catalog, facets: tuple[Facet, ...], measures: tuple[Measure, ...]) -> Partition:
    return Partition(catalog, facets, measures)
