"""What all records together are, told without the records themselves. Facts of two partitions add up."""

from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.catalog.joining import Joining


@dataclass(frozen=True, eq=False)
class Facts:
    """How the records found their areas, whether they are drawn as points, and how many values each column lacks."""

    joining: Joining
    placed: bool
    missing: dict[str, int]

    def __add__(self, other: "Facts") -> "Facts":
        """Return the facts of both sets of records, which have the same columns."""
        return Facts(self.joining + other.joining, self.placed,
                     {name: missing + other.missing[name] for name, missing in self.missing.items()})

    @property
    def total(self) -> int:
        """The number of records."""
        return self.joining.total

    @property
    def joined(self) -> int:
        """The number of records that lie in an area."""
        return self.joining.joined


def facts_of(catalog: Catalog) -> Facts:
    """Return the facts of one catalog."""
    placed = catalog.x is not None and catalog.config.map.points
    return Facts(catalog.joining, placed, {name: int(column.isna().sum()) for name, column in catalog.records.items()})
