"""What all records together are, told without the records themselves. Facts of two partitions add up."""

from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.query.profile import Profile, profile_of


@dataclass(frozen=True, eq=False)
class Facts:
    """How many records there are, how many of them lie in an area, whether they have places, what their columns hold."""

    total: int
    joined: int
    placed: bool
    profiles: dict[str, Profile]

    def __add__(self, other: "Facts") -> "Facts":
        """Return the facts of both sets of records, which have the same columns."""
        return Facts(self.total + other.total, self.joined + other.joined, self.placed,
                     {name: profile + other.profiles[name] for name, profile in self.profiles.items()})


def facts_of(catalog: Catalog) -> Facts:
    """Return the facts of one catalog."""
    placed = catalog.x is not None and catalog.config.map.points
    return Facts(len(catalog.records), catalog.joined, placed, {name: profile_of(column) for name, column in catalog.records.items()})
