"""Every setting of ``config.toml``, declared once, with its type and its default; the file shows them all."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from dashboard.basemaps import known_basemap

Palette = Literal["YlGnBu", "YlOrBr", "YlOrRd", "Blues", "Greens", "Oranges", "Purples", "BuPu", "PuBuGn", "RdPu",
                  "Viridis", "Cividis", "Plasma", "Magma"]
Scheme = Literal["quantiles", "natural breaks", "equal intervals", "logarithmic"]
Columns = str | list[str]  # one column, or several that form a key together


def _web_address(address: str) -> str:
    if address and urlsplit(address).scheme not in ("https", "http"):
        raise ValueError('an address such as "https://github.com/someone/their-map/issues/new", or "" for none')
    return address


class Settings(BaseModel):
    """A table of the config: read-only, of strict types, and without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


class AreaSettings(Settings):
    """Where the areas are and which of their columns mean what."""

    file: str = "data/areas.geojson"
    layer: str = ""
    wkt: str = ""
    separator: Annotated[str, StringConstraints(strip_whitespace=False)] = ""
    encoding: str = ""
    id: Columns = "id"
    label: str = ""
    group: str = ""
    surveyed: str = ""
    crs: str = ""
    one: str = "area"
    many: str = "areas"


class RecordSettings(Settings):
    """Where the records are and how each finds its area."""

    file: str = "data/records.csv"
    layer: str = ""
    separator: Annotated[str, StringConstraints(strip_whitespace=False)] = ""
    decimal: Literal["", ".", ","] = ""
    encoding: str = ""
    gaps: list[str] = []
    dates: dict[str, str] = {}
    area: Columns = ""
    id: str = ""
    pad: Annotated[int, Field(ge=0, le=30)] = 0
    fold_case: bool = False
    x: str = ""
    y: str = ""
    place: str = ""
    crs: str = "EPSG:4326"
    one: str = "record"
    many: str = "records"

    @model_validator(mode="after")
    def _x_goes_with_y(self):
        if bool(self.x) != bool(self.y):
            raise ValueError("records.x and records.y name the two place columns together, or neither")
        if self.place and self.x:
            raise ValueError("records.place holds both coordinates, so it goes without records.x and records.y")
        return self

    @property
    def is_address(self) -> bool:
        """Whether the records are at an address of any kind, and not in a file."""
        return "://" in self.file

    @property
    def is_web_address(self) -> bool:
        """Whether the address is one that is asked again and again for a copy of the records."""
        return self.file.startswith(("http://", "https://"))

    @property
    def file_shown(self) -> str:
        """The file as it may be shown: of an address only what holds no secret."""
        if not self.is_address:
            return self.file
        parts = urlsplit(self.file)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"


class MeasureSettings(Settings):
    """One measure that the map can be coloured by."""

    of: Literal["count", "sum", "mean", "median"]
    column: str = ""
    per_km2: bool = False
    label: str = ""
    unit: str = ""

    @model_validator(mode="after")
    def _column_goes_with_all_but_count(self):
        if self.of == "count" and self.column:
            raise ValueError('of = "count" takes no column')
        if self.of != "count" and not self.column:
            raise ValueError(f'of = "{self.of}" needs a column')
        return self

    @property
    def key(self) -> str:
        """The measure's name in an address: ``count``, ``sum(weight_g)``, ``count/km2``."""
        name = self.of if self.of == "count" else f"{self.of}({self.column})"
        return f"{name}/km2" if self.per_km2 else name


class FacetSettings(Settings):
    """Which columns can be filtered, in which order and under which names."""

    columns: list[str] = []
    hidden: list[str] = []
    labels: dict[str, str] = {}


class MapSettings(Settings):
    """How the areas are coloured and what lies below and above them."""

    basemap: Annotated[str, AfterValidator(known_basemap)] = "OpenStreetMap.Mapnik"
    palette: Palette = "YlGnBu"
    classes: Annotated[int, Field(ge=2, le=9)] = 5
    scheme: Scheme = "quantiles"
    simplify: Annotated[float, Field(ge=-1)] = -1.0
    points: bool = True
    points_from_zoom: Annotated[float, Field(ge=0, le=24)] = 0.0


class DetailSettings(Settings):
    """What is shown of the chosen area and of its records."""

    columns: list[str] = []
    time: str = ""
    charts: list[str] = []
    table: list[str] = []
    images: list[str] = []
    links: list[str] = []


class ReportSettings(Settings):
    """Where visitors tell of a mistake in the data."""

    issues: Annotated[str, AfterValidator(_web_address)] = ""


class EngineSettings(Settings):
    """Where the records are counted: in this process, or on a Dask cluster."""

    use: Literal["local", "dask"] = "local"
    scheduler: str = ""

    @model_validator(mode="after")
    def _dask_needs_a_scheduler(self):
        if self.use == "dask" and not self.scheduler:
            raise ValueError('use = "dask" needs the address of a scheduler, such as scheduler = "tcp://127.0.0.1:8786"')
        return self


class LiveSettings(Settings):
    """How the data are watched while the server runs; seconds, and millions of bytes."""

    watch: bool = True
    every: Annotated[float, Field(ge=0.1, le=3600)] = 0.5
    ask_every: Annotated[float, Field(ge=1, le=86_400)] = 60.0
    timeout: Annotated[float, Field(ge=0.1, le=600)] = 30.0
    largest_mb: Annotated[float, Field(gt=0, le=2000)] = 100.0


class Config(Settings):
    """All settings of one dashboard."""

    title: str = "Map dashboard"
    introduction: str = ""
    credit: str = ""
    licence: str = ""
    areas: AreaSettings = AreaSettings()
    records: RecordSettings
    measures: Annotated[list[MeasureSettings], Field(min_length=1)] = [
        MeasureSettings(of="count"), MeasureSettings(of="count", per_km2=True)]
    facets: FacetSettings = FacetSettings()
    map: MapSettings = MapSettings()
    detail: DetailSettings = DetailSettings()
    report: ReportSettings = ReportSettings()
    engine: EngineSettings = EngineSettings()
    live: LiveSettings = LiveSettings()

    @model_validator(mode="after")
    def _measures_differ(self):
        keys = [measure.key for measure in self.measures]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"measures has {twice[0]} twice; remove one")
        return self
