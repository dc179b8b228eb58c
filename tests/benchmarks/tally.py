"""How long a tally of three chosen facets takes, against pandas for the same answer and against reading the memory.

``.venv/bin/python tests/benchmarks/tally.py [records] [rounds]`` prints the medians of one run and their ratios, and
what ten times the records cost. Each round chooses anew, so that no answer is known before; every answer is checked.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import reduce
from operator import add, and_
from pathlib import Path

import numpy as np
import pandas as pd
from survey import written_survey

from dashboard.catalog.catalog import Catalog, read_catalog
from dashboard.config import read_config
from dashboard.query.choices import Between, Choice, Values
from dashboard.query.counting.codes import code_records
from dashboard.query.counting.matches import Matches
from dashboard.query.counting.partition import Partition
from dashboard.query.counting.tally import tally
from dashboard.query.facets import Facet, derive_facets
from dashboard.query.measures import Measure
from dashboard.query.profile import profiles_of
from dashboard.query.survey import survey_of

CHOSEN = 3  # facets
COUNT = Measure("count", "", "count", "", False, "")
Options = dict[str, np.ndarray]


class App:
    """The app's own way to an answer, by masks."""

    def __init__(self, catalog: Catalog):
        self.facets = {facet.name: facet for facet in derive_facets(catalog.config, profiles_of(catalog.records))[0]}
        facets = tuple(self.facets.values())
        self.records = code_records(catalog.records, catalog.area_of, len(catalog.areas), facets, set())

    def mask(self, name: str, choice: Choice) -> np.ndarray:
        """Return which records a choice keeps."""
        return choice.mask(self.records.columns[name])

    def counts(self, masks: dict[str, np.ndarray]) -> np.ndarray:
        """Return the matching records per area."""
        return self.records.per_area(reduce(and_, masks.values()), np.int32)[:-1]

    def answer(self, masks: dict[str, np.ndarray]) -> tuple[np.ndarray, Options]:
        """Return the matching records per area, and what each option of each facet would leave."""
        found = tally(self.records, masks, COUNT)
        return found.counts[:-1], {name: counts[:-1] for name, counts in found.options.items()}

    def bytes_read(self, choices: dict[str, Choice]) -> int:
        """Return how much memory holds the values of the facets chosen."""
        return sum(self.records.columns[name].codes.nbytes for name in choices)


class Whole:
    """The app as its pages ask it: all partitions, on all processors; choices that are new to it."""

    def __init__(self, catalog: Catalog):
        self.partitions = survey_of(catalog).partitions

    def answer(self, choices: dict[str, Choice]) -> tuple[np.ndarray, Options]:
        """Return the matching records per area, and what each option of each facet would leave."""
        found = reduce(add, self.partitions.ask(Partition.tally, Matches(tuple(choices.items())), COUNT))
        return found.counts[:-1], {name: counts[:-1] for name, counts in found.options.items()}


class Pandas:
    """The same answer in the idiom of pandas, from columns of `records` as they were read or as categoricals."""

    def __init__(self, records: pd.DataFrame, areas: list[str], facets: dict[str, Facet]):
        self.records, self.areas, self.facets = records, areas, facets

    def mask(self, name: str, choice: Choice) -> pd.Series:
        """Return which records a choice keeps."""
        column = self.records[name]
        return column.isin(choice.values) if isinstance(choice, Values) else column.between(choice.low, choice.high)

    def counts(self, masks: dict[str, pd.Series]) -> np.ndarray:
        """Return the matching records per area."""
        counts = self.records[self._all(masks)].groupby("area", observed=True).size()
        return counts.reindex(self.areas, fill_value=0).to_numpy()

    def answer(self, masks: dict[str, pd.Series]) -> tuple[np.ndarray, Options]:
        """Return the matching records per area, and what each option of each facet would leave."""
        options = {}
        for name, facet in self.facets.items():
            column = self.records.loc[self._all({other: mask for other, mask in masks.items() if other != name}), name]
            if facet.is_range:
                options[name] = pd.cut(column, pd.Index(facet.edges), right=False).value_counts(sort=False).to_numpy()
            else:
                options[name] = column.value_counts().reindex(facet.values, fill_value=0).to_numpy()
        return self.counts(masks), options

    @staticmethod
    def _all(masks: dict[str, pd.Series]) -> pd.Series:
        return reduce(and_, masks.values())


def main(count: int, rounds: int) -> None:
    """Measure each way in turn, so that a slow moment of the machine meets all of them."""
    catalog = read_survey(count)
    whole, large = Whole(catalog), Whole(read_survey(10 * count))
    app, areas = App(catalog), list(catalog.areas.ids)
    texts = {name: "category" for name in catalog.records if catalog.records[name].dtype == "str"}
    bandwidth = measured_bandwidth()
    random = np.random.default_rng(3)
    views = [random_choices(app.facets, random) for _ in range(rounds + 1)]
    changed = [next(iter(choices)) for choices in views]
    kept = [masks_of(app, {name: choices[name] for name in choices if name != first})
            for first, choices in zip(changed, views, strict=True)]

    def all_masks(way: App | Pandas) -> Callable[[int], dict]:
        return lambda view: masks_of(way, views[view])

    def one_mask(way: App) -> Callable[[int], dict]:
        return lambda view: kept[view] | masks_of(way, {changed[view]: views[view][changed[view]]})

    ways = [("app", app, all_masks(app)), ("app, masks of two facets kept", app, one_mask(app))]
    for name, records in (("pandas", catalog.records), ("pandas, categoricals", catalog.records.astype(texts))):
        plain = Pandas(records, areas, app.facets)
        ways.append((name, plain, all_masks(plain)))
    times: dict[str, list[float]] = {}

    def timed(name: str, answer: Callable, masks: Callable[[int], dict], view: int):
        # The view before is answered first: a server answers one after the other, in memory that it has already.
        answer(masks(view - 1))
        began = time.perf_counter()
        found = answer(masks(view))
        times.setdefault(name, []).append(time.perf_counter() - began)
        return found

    for view in range(1, rounds + 1):
        check([timed("tally: app", whole.answer, views.__getitem__, view),
               *(timed(f"tally: {name}", way.answer, masks, view) for name, way, masks in ways if name != "app")],
              [timed(f"area counts: {name}", way.counts, masks, view) for name, way, masks in ways])
        times.setdefault("area counts: reading the memory", []).append(app.bytes_read(views[view]) / bandwidth)
    for _ in range(rounds):
        # In turns, so that the records of neither are in the processor's caches.
        for name, way in (("in turns: app", whole), ("in turns: app, ten times the records", large)):
            choices = random_choices(app.facets, random)
            began = time.perf_counter()
            way.answer(choices)
            times.setdefault(name, []).append(time.perf_counter() - began)
    medians = {name: statistics.median(each) for name, each in times.items()}
    print(f"{count:,} records; memory is read at {bandwidth / 1e9:.1f} GB/s")
    for name in sorted(medians):
        against = medians[f"{name.partition(':')[0]}: app"]
        print(f"{name:46}{medians[name] * 1000:9.2f} ms{medians[name] / against:9.2f} times the app")


def read_survey(count: int) -> Catalog:
    """Return a survey as the app reads it."""
    with tempfile.TemporaryDirectory() as folder:
        app = written_survey(Path(folder), count)
        return read_catalog(read_config(app / "config.toml"), app)


def measured_bandwidth() -> float:
    """Return how many bytes one thread reads from memory in a second: the highest number of 512 MB, best of ten."""
    numbers = np.ones(2**26, dtype=np.int64)
    times = []
    for _ in range(10):
        began = time.perf_counter()
        numbers.max()
        times.append(time.perf_counter() - began)
    return numbers.nbytes / min(times)


def random_choices(facets: dict[str, Facet], random: np.random.Generator) -> dict[str, Choice]:
    """Return a choice for each of three facets: up to a third of the options, or ten, or bounds anywhere."""
    choices: dict[str, Choice] = {}
    for name in random.choice(list(facets), CHOSEN, replace=False):
        facet = facets[name]
        if facet.is_range:
            choices[name] = Between(*np.sort(random.choice(facet.edges, 2, replace=False)))
        else:
            many = random.integers(1, max(2, min(10, facet.options // 3) + 1))
            choices[name] = Values(tuple(sorted(random.choice(facet.values, many, replace=False))))
    return choices


def masks_of(way: App | Pandas, choices: dict[str, Choice]) -> dict:
    """Return the mask of each choice."""
    return {name: way.mask(name, choice) for name, choice in choices.items()}


def check(answers: list[tuple[np.ndarray, Options]], counts: list[np.ndarray]) -> None:
    """Raise AssertionError when the ways do not agree."""
    expected_counts, expected_options = answers[0]
    for found in [*counts, *(answer[0] for answer in answers)]:
        np.testing.assert_array_equal(found, expected_counts)
    for _, options in answers:
        for name, found in options.items():
            np.testing.assert_array_equal(found, expected_options[name])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 30)
