"""Which records are meant, and what a partition gives of some of its own."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.query.choices import Choice

Choices = tuple[tuple[str, Choice], ...]


class Matches(NamedTuple):
    """Which records are meant: those that fit the choices, in the areas at ascending positions (none: everywhere).

    `extent`, in metres of Web Mercator, leaves out what lies beyond it; None leaves out nothing.
    """

    choices: Choices
    areas: tuple[int, ...] = ()
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, eq=False)
class Rows:
    """Some rows in their order: where they stand, in which area, and the values that they were sorted by, if any."""

    places: np.ndarray
    area_of: np.ndarray
    keys: pd.Series | None


@dataclass(frozen=True, eq=False)
class Record:
    """One record: its place among those of its partition, its row, its area position, and where it is (nan: nowhere).

    `x` and `y` are in metres of Web Mercator.
    """

    place: int
    row: pd.Series
    area: int
    x: float
    y: float
class Located(NamedTuple):
    """Some records, and their places in metres of Web Mercator (gap: nan); None where records have no places."""

    rows: pd.DataFrame
    x: np.ndarray | None
    y: np.ndarray | None
