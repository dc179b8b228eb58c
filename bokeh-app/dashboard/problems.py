"""What was found wrong, mended or left out while reading: one structure, for the page and for ``python bokeh-app``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One finding about the data: where it is, what was found, and the remedy."""

    level: Literal["error", "warning", "note"]
    where: str
    found: str
    remedy: str = ""

    @property
    def sentence(self) -> str:
        """The finding as one line of text: ``finds.csv, column parcel: …``."""
        return f"{self.where}: {self.found} {self.remedy}".rstrip()


class DataError(Exception):
    """The data cannot be shown; the message is the problem's sentence, or a line for each of several problems."""

    def __init__(self, where: str, found: str, remedy: str):
        self._set((Problem("error", where, found, remedy),))

    @classmethod
    def of(cls, errors: list["DataError"]) -> "DataError":
        """Return one error that says what several say, each sentence once."""
        together = cls.__new__(cls)
        together._set(tuple(dict.fromkeys(problem for error in errors for problem in error.problems)))
        return together

    def _set(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.sentence for problem in problems))

    def __reduce__(self) -> tuple:
        """Return how another process makes the same error."""
        return _data_error_of, (self.problems,)


def _data_error_of(problems: tuple[Problem, ...]) -> DataError:
    return DataError.of([DataError(problem.where, problem.found, problem.remedy) for problem in problems])


class Mistakes:
    """Errors in the data, collected so that all that can be found in one run are told in one run."""

    def __init__(self):
        self._errors: list[DataError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Go on after what is within, also when it raises DataError."""
        try:
            yield
        except DataError as error:
            self._errors.append(error)

    def raise_them(self) -> None:
        """Raise one DataError for all that were noted; nothing where there were none."""
        if self._errors:
            raise DataError.of(self._errors) from None
