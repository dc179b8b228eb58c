"""What the areas are coloured by."""

from dataclasses import dataclass

from dashboard.settings import Config


@dataclass(frozen=True)
class Measure:
    """A count of records, or the sum, mean or median of a column; per km² when asked.

    `key` names it in an address, `label` on the page.
    """

    key: str
    label: str
    of: str
    column: str
    per_km2: bool
    unit: str

    @property
    def adds_up(self) -> bool:
        """Whether no record means zero (a count, a sum) and not no data (a mean, a median)."""
        return self.of in ("count", "sum")

    @property
    def is_whole(self) -> bool:
        """Whether its values are whole numbers."""
        return self.of == "count" and not self.per_km2


def measures_of(config: Config) -> tuple[Measure, ...]:
    """Return the measures that the config names, the first being the one shown at first."""
    labels = config.facets.labels

    def label(settings) -> str:
        if settings.label:
            return settings.label
        if settings.of == "count":
            name = f"number of {config.records.many}"
        else:
            name = f"{settings.of} of {labels.get(settings.column, settings.column)}"
        return f"{name} per km²" if settings.per_km2 else name

    return tuple(Measure(settings.key, label(settings), settings.of, settings.column, settings.per_km2, settings.unit)
                 for settings in config.measures)
