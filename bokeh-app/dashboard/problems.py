"""What was found wrong, mended or left out while reading: one structure, for the page and for ``python bokeh-app``."""

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
    """The data cannot be shown; the message is the problem's sentence."""

    def __init__(self, where: str, found: str, remedy: str):
        self.problem = Problem("error", where, found, remedy)
        super().__init__(self.problem.sentence)

    def __reduce__(self) -> tuple:
        """Return how another process makes the same error."""
        return DataError, (self.problem.where, self.problem.found, self.problem.remedy)
