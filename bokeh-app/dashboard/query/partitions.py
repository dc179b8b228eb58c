"""All records, in one partition or many, wherever these are. What they answer adds up."""

from collections.abc import Callable
from typing import Any, Protocol

from dashboard.query.activity import Workload
from dashboard.query.partition import Partition


class PartitionsLost(Exception):
    """The partitions are out of reach, and have to be read again."""


class Partitions(Protocol):
    """Where to ask all partitions."""

    def ask(self, question: Callable[..., Any], *arguments: object) -> list:
        """Return what each partition answers: ``question(partition, *arguments)``."""

    def ask_each(self, question: Callable[..., Any], arguments: list) -> list:
        """Return what each partition answers to an argument of its own."""

    def close(self) -> None:
        """Let go of all partitions: nobody will ask them any more."""

    def workload(self) -> Workload | None:
        """Return what the workers have to do; None where there are none, or where they do not answer."""


class Here:
    """Partitions in this process."""

    def __init__(self, partitions: list[Partition]):
        self.partitions = partitions

    def ask(self, question: Callable[..., Any], *arguments: object) -> list:
        """Return what each partition answers."""
        return [question(partition, *arguments) for partition in self.partitions]

    def ask_each(self, question: Callable[..., Any], arguments: list) -> list:
        """Return what each partition answers to an argument of its own."""
        return [question(partition, argument) for partition, argument in zip(self.partitions, arguments, strict=True)]

    def close(self) -> None:
        """Do nothing: memory is given back by itself."""

    def workload(self) -> None:
        """Return None: there are no workers."""
