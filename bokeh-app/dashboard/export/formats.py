"""Which files a view can be taken home as, how they are called, and what each says of itself."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from dashboard.export.areas import measured
from dashboard.export.geojson import areas_geojson, records_geojson
from dashboard.export.geopackage import areas_gpkg
from dashboard.export.parquet import records_parquet
from dashboard.export.records import Records
from dashboard.export.spreadsheet import areas_csv, records_csv
from dashboard.problems import DataError
from dashboard.query.answers.answer import answer
from dashboard.query.answers.schema import Answer, as_data
from dashboard.query.survey import Survey
from dashboard.query.view import View

LONGEST_NAME = 80  # letters of a file's name


class Format(NamedTuple):
    """A kind of file: its media type, and what gives it piece by piece, of a subject and what is said about it.

    It may raise DataError, where a subject has nothing for it, and PartitionsLost.
    """

    media: str
    write: Callable[..., Iterator[bytes]]


def answer_json(found: Answer, about: dict[str, str]) -> Iterator[bytes]:
    """Give all that the page shows of a view, which is about itself already."""
    yield json.dumps(as_data(found, arrays=False), ensure_ascii=False).encode()


# What can be taken of a survey and a view, and by which endings.
SUBJECTS: dict[str, Callable] = {"records": Records, "areas": measured, "answer": answer}
FORMATS = {
    "records": {"csv": Format("text/csv; charset=utf-8; header=present", records_csv),
                "geojson": Format("application/geo+json", records_geojson),
                "parquet": Format("application/vnd.apache.parquet", records_parquet)},
    "areas": {"csv": Format("text/csv; charset=utf-8; header=present", areas_csv),
              "geojson": Format("application/geo+json", areas_geojson),
              "gpkg": Format("application/geopackage+sqlite3", areas_gpkg)},
    "answer": {"json": Format("application/json", answer_json)},
}


def format_of(name: str, what: str) -> Format:
    """Return the format that a file's name asks for. Raises DataError when its ending is of none."""
    known = FORMATS[what]
    ending = name.rpartition(".")[2].lower()
    if "." not in name or ending not in known:
        first, second, last = (f".{each}" for each in known)
        raise DataError(name, f"{what} are not written with such an ending.", f"Use {first}, {second} or {last}.")
    return known[ending]


def about_file(survey: Survey, view: View, as_of: float, link: str = "") -> dict[str, str]:
    """Return what a file says of itself, as far as it is known.

    `as_of` says of when the data are (seconds since 1970), `link` is the view's full address.
    """
    config, measure = survey.config, survey.measures[view.measure]
    unit = f" ({measure.unit}{'/km²' if measure.per_km2 else ''})" if measure.unit else ""
    about = {"title": config.title, "credit": config.credit, "licence": config.licence,
             "date": datetime.fromtimestamp(as_of, UTC).isoformat(timespec="seconds"),
             "view": survey.query(view), "link": link, "measure": f"{measure.label}{unit}"}
    return {name: text for name, text in about.items() if text}


def file_name(title: str, noun: str, ending: str) -> str:
    """Return a name for a file of this title, without anything that a system could stumble over."""
    words = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", f"{title}-{noun}"))
    return f"{re.sub('-+', '-', words)[-LONGEST_NAME:].strip('-') or 'map'}.{ending}"
