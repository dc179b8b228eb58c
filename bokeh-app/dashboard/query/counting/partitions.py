"""All records, in one partition or many, wherever these are. What they answer adds up."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

from dashboard.query.counting.partition import Partition


class Workload(NamedTuple):
    """The workers of a cluster: how many have nothing to do, how many more than they can; and the tasks in flight."""

    idle: int
    saturated: int
    tasks: int


class PartitionsLost(Exception):
    """The partitions are out of reach, and have to be read again."""


class Partitions(Protocol):
    """Where to ask all partitions."""

    def ask(self, question: Callable[..., Any], *arguments: object) -> list:
        """Return what each partition answers: ``question(partition, *arguments)``."""

    def ask_each(self, question: Callable[..., Any], arguments: list) -> list:
        """Return what each partition answers to an argument of its own."""

    def ask_one(self, number: int, question: Callable[..., Any], *arguments: object) -> Any:
        """Return what one partition answers."""

    def close(self) -> None:
        """Let go of all partitions: nobody will ask them any more."""

    def workload(self) -> Workload | None:
        """Return what the workers have to do; None where there are none, or where they do not answer."""


# One for each processor, for all who ask; NumPy lets others work while it does.
_threads = ThreadPoolExecutor(os.cpu_count(), "partitions")


class InProcess:
    """Partitions in this process."""

    def __init__(self, partitions: list[Partition]):
        self.partitions = partitions

    def ask(self, question: Callable[..., Any], *arguments: object) -> list:
        """Return what each partition answers."""
        return self.ask_each(lambda partition, _: question(partition, *arguments), [None] * len(self.partitions))

    def ask_each(self, question: Callable[..., Any], arguments: list) -> list:
        """Return what each partition answers to an argument of its own."""
        if len(self.partitions) == 1:
            return [question(self.partitions[0], arguments[0])]
        return list(_threads.map(question, self.partitions, arguments))

    def ask_one(self, number: int, question: Callable[..., Any], *arguments: object) -> Any:
        """Return what one partition answers."""
        return question(self.partitions[number], *arguments)

    def close(self) -> None:
        """Do nothing: memory is given back by itself."""

    def workload(self) -> None:
        """Return None: there are no workers."""
