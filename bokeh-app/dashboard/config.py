"""config.toml -> its settings, or a sentence for each mistake in it."""

import tomllib
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from dashboard.problems import Problem
from dashboard.settings import Config, MeasureSettings, Settings

# What the config of the template says of its synthetic sample; a fork has other data, of which it is not true.
SAMPLE_FILES = "data/parcels.geojson", "data/finds.csv"
SAMPLE_TEXTS = {
    "title": "Field survey of the Aljibe valley",
    "introduction": "What was picked up where, in five seasons of walking fields. Synthetic data: this survey was "
                    "invented by a program.",
    "credit": "Synthetic sample data made by make_sample.py", "licence": "CC0 1.0"}


class ConfigError(Exception):
    """The config cannot be used; the message is one sentence a mistake, a line each, fit for a visitor's eyes."""


def read_config(path: Path) -> Config:
    """Return the settings in the TOML file at `path`.

    Raises ConfigError, with a sentence for each mistake: the key, what was found, what is allowed.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path.name}: cannot be read ({error.strerror}); put it beside main.py.") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name}: is not valid TOML: {error}. Text stands in double quotes, "
                          "lists in [ ], and each key once.") from None
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{path.name}: {_sentence(mistake)}" for mistake in error.errors())) from None


def check_leftovers(config: Config) -> list[Problem]:
    """Return a warning for what the config still says of the sample, where it names other data."""
    if (config.areas.file, config.records.file) == SAMPLE_FILES:
        return []
    left = [name for name, text in SAMPLE_TEXTS.items() if getattr(config, name) == text]
    if not left or left == ["licence"]:  # which others may have too
        return []
    return [Problem("warning", f"config.toml, {' and '.join(left)}", "still what the template says of its sample.",
                    "Write what is true of these data, or take it out.")]


def _sentence(mistake: dict) -> str:
    """Put one of pydantic's error dicts into a sentence."""
    key = ".".join(f"[{part + 1}]" if isinstance(part, int) else part for part in mistake["loc"]).replace(".[", "[")
    found = mistake["input"]
    match mistake["type"]:
        case "extra_forbidden":
            names = list(_settings_at(mistake["loc"][:-1]).model_fields)
            alike = get_close_matches(str(mistake["loc"][-1]), names, n=1, cutoff=0.5)
            hint = f"did you mean {alike[0]}?" if alike else f"allowed here: {', '.join(names)}."
            return f"{key} is not a setting; {hint}"
        case "missing":
            return f"{key} is missing and has no default."
        case "value_error":
            said = str(mistake["ctx"]["error"])
            if isinstance(found, str):
                said = f"{key}: found {found!r}, allowed: {said}"
            elif key:
                said = f"{key}: {said}"
            return said if said.endswith("?") else f"{said}."
        case "model_type" | "dict_type":
            return f"{key}: found {found!r}, allowed: a table, [{key}] on a line of its own and its settings below."
        case "too_short":
            return f"{key}: found {found!r}, allowed: at least 1 entry, or no such line."
        case _:
            return f"{key}: found {found!r}, allowed: {mistake['msg'].removeprefix('Input should be ')}."


def _settings_at(location: tuple) -> type[Settings]:
    """Return the settings class that stands at a place such as ``("measures", 0)``."""
    settings: type[Settings] = Config
    for part in location:
        if isinstance(part, str):
            annotation = settings.model_fields[part].annotation
            settings = MeasureSettings if part == "measures" else annotation
    return settings
