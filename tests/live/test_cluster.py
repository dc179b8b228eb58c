"""Records on the workers of a real Dask cluster: every answer equals the one of a single process."""

import asyncio
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from distributed import Client
from playwright.sync_api import expect

from answers import QUERIES, same
from dashboard.export.formats import FORMATS
from dashboard.export.records import Records
from dashboard.live.reading import read_survey
from dashboard.problems import DataError
from rehearsal import until
from servers import sample, served
from visitor import Visitor, visit


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder, port=0):
        self._file = folder / "scheduler.json"
        self._file.unlink(missing_ok=True)
        self.scheduler = self._run("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
                                   "--scheduler-file", str(self._file))
        until(self._file.exists)
        self.address = until(lambda: pd.read_json(self._file, typ="series").get("address"))
        self.workers = []
        for _ in range(2):
            self.add_worker()

    def add_worker(self):
        self.workers.append(self._run("worker", self.address, "--no-nanny", "--nthreads", "1", "--no-dashboard",
                                      "--host", "127.0.0.1"))

    def _run(self, kind, *arguments):
        # From another folder, without the package on its path.
        return subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
                                cwd=self._file.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(folder, port=0):
    running = Cluster(folder, port)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    """A copy of the sample whose records are a folder of Parquet files, and a function that names its cluster."""
    folder = tmp_path_factory.mktemp("survey")
    app = folder / "bokeh-app"
    shutil.copytree(sample(), app)
    (app / "data" / "finds").mkdir()
    table = pd.read_csv(sample() / "data" / "finds.csv", dtype=str, keep_default_na=False)
    for number, part in enumerate(np.array_split(np.arange(len(table)), 3)):
        table.iloc[part].to_parquet(app / "data" / "finds" / f"part-{number}.parquet")

    def on(address):
        config = (sample() / "config.toml").read_text("utf-8").replace("data/finds.csv", "data/finds/")
        config = config.replace("[engine]", f'[engine]\nuse = "dask"\nscheduler = "{address}"')
        (app / "config.toml").write_text(config, "utf-8")
        return app
    return on


def records_as_csv(survey, view):
    """Return the lines of the file that the records of a view are taken home as, in any order."""
    return sorted(b"".join(FORMATS["records"]["csv"].write(Records(survey, view), {})).splitlines())


@pytest.mark.filterwarnings("ignore:Sending large graph")  # the areas go to the workers with it
def test_every_answer_equals_the_local_one_also_when_a_worker_dies(survey, engine, tmp_path):
    with cluster(tmp_path) as running:
        remote = read_survey(survey(running.address))
        assert remote.facets.keys() == engine.facets.keys()
        for name, facet in engine.facets.items():
            np.testing.assert_array_equal(remote.facets[name].values, facet.values)
        for query in QUERIES:
            view, refused = engine.view(query)
            assert refused == []
            same(remote, engine, view)
            assert records_as_csv(remote, view) == records_as_csv(engine, view)
        assert len(remote.records(engine.view("type=coin")[0])) == len(engine.records(engine.view("type=coin")[0]))
        running.workers[0].kill()
        mean = "&_measure=mean(weight_g)" if "mean(weight_g)" in engine.measures else ""
        view = engine.view(f"type=lamp{mean}")[0]
        same(remote, engine, view)
        running.add_worker()
        for page in (2, 9):
            same(remote, engine, replace(view, page=page))
        remote.partitions.close()


def test_the_page_says_that_the_cluster_is_gone_and_goes_on_when_it_is_back(survey, open_page, tmp_path):
    with cluster(tmp_path) as first:
        app, port = survey(first.address), int(first.address.rpartition(":")[2])
        with served(app) as server:
            page = open_page(server.url)
            page.locator(".facet input[value=amphora]").check()
            page.locator(".sentence", has_text="1,650 of 20,000 finds").wait_for()
            page.get_by_role("button", name="More", exact=True).click()
            page.get_by_role("button", name="Live").click()
            expect(page.locator(".server-head")).to_contain_text("2 workers idle, 0 saturated, 0 tasks")
            page.locator(".server-head button").click()
            first.stop()
            page.locator(".facet input[value=Roman]").check()
            page.get_by_text("The cluster that holds the records does not answer").wait_for(timeout=60_000)
            # Who comes meanwhile, and asks for another view, is told too.
            late = page.context.new_page()
            late.goto(f"{server.url}?type=bowl")
            late.locator(".notice, .card").first.wait_for(timeout=60_000)
            with cluster(tmp_path, port) as second:
                late.locator(".sentence", has_text="4,077 of 20,000 finds").wait_for(timeout=60_000)
                late.close()
                page.locator(".sentence", has_text="amphora, Roman").wait_for(timeout=60_000)
                assert page.locator(".notice").count() == 0
                # A cluster without workers is none either.
                for worker in second.workers:
                    worker.kill()
                page.locator(".facet input[value=Iberian]").check()
                page.get_by_text("The cluster that holds the records does not answer").wait_for(timeout=60_000)
                second.add_worker()
                page.locator(".sentence", has_text="amphora, Iberian or Roman").wait_for(timeout=60_000)


def test_an_answer_that_is_overtaken_while_it_is_counted_is_never_sent(survey, tmp_path):
    with cluster(tmp_path) as running, served(survey(running.address)) as server, \
            Client(running.address, set_as_default=False) as client:
        visit(overtake(server, client, tmp_path))


async def overtake(server, client, folder):
    """Ask for three views while the workers are held, so that the first is being counted when the others come."""
    visitor = await Visitor.arrive(server.url)
    # A worker that reads a pipe is busy until somebody writes into it.
    pipes = [folder / f"pipe-{number}" for number in range(2)]
    for pipe in pipes:
        os.mkfifo(pipe)
    held = [client.submit(Path.read_bytes, pipe, workers=[worker])
            for pipe, worker in zip(pipes, client.scheduler_info()["workers"], strict=True)]

    def tasks():
        return client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))

    before = tasks()
    await visitor.ask("toggle", "type", "amphora")
    await asyncio.to_thread(until, lambda: tasks() > before)
    await visitor.ask("toggle", "type", "bowl")
    await visitor.ask("toggle", "type", "amphora")
    await visitor.heard()
    for pipe in pipes:
        pipe.write_bytes(b"")
    client.gather(held)
    await visitor.wait()
    await visitor.leave()
    assert [list(answer["view"]["choices"]) for answer in visitor.answers if "view" in answer] == [[], ["type"]]
    assert visitor.answers[-1]["view"]["choices"]["type"]["values"] == ["bowl"]


def test_a_scheduler_that_is_not_there_is_said(survey):
    with pytest.raises(DataError, match=r"config.toml, engine.scheduler: no Dask scheduler answers at tcp://127.0.0.1:9\."):
        read_survey(survey("tcp://127.0.0.1:9"))
