"""``python bokeh-app``: check the config and the data and say what was found, answer a view, or write it to a file."""

import argparse
import csv
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from dashboard.catalog.source import Source, newest, whole
from dashboard.config import ConfigError
from dashboard.export.formats import SUBJECTS, about_file, format_of
from dashboard.export.report import report
from dashboard.live.reading import read_survey
from dashboard.problems import DataError
from dashboard.query.answers.answer import answer
from dashboard.query.answers.counted import counted
from dashboard.query.answers.schema import as_data
from dashboard.query.survey import Survey
from dashboard.query.view import NO_AREA, View


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, or 1 when the config or the data cannot be used."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(prog="python bokeh-app", description=__doc__)
    parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")
    commands = parser.add_subparsers(dest="command", metavar="")
    ask = commands.add_parser("tally", help="answer a view as CSV: area id, label, count, measure")
    ask.add_argument("query", help="what stands after ? in an address of the dashboard")
    ask.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
    whole = commands.add_parser("answer", help="answer a view with all that the page shows of it, as JSON")
    whole.add_argument("query", help="what stands after ? in an address of the dashboard")
    take = commands.add_parser("export", help="write the records of a view, or the areas with their measure, to a file")
    take.add_argument("query", help="what stands after ? in an address of the dashboard")
    take.add_argument("file", type=Path, help=".csv, .geojson or .parquet; areas: .csv, .geojson or .gpkg")
    take.add_argument("--areas", action="store_true", help="the areas; so also where the file's name says areas")
    take.add_argument("--force", action="store_true", help="write over a file that is there already")
    options = parser.parse_args(arguments)
    try:
        survey = read_survey(Path(__file__).parent)
    except (ConfigError, DataError) as error:
        if options.json:
            unknown = dict.fromkeys(("areas", "records", "joined", "unjoined", "crs", "bounds"))
            print(json.dumps({**unknown, "facets": {}, "notes": [], "warnings": [], "errors": str(error).splitlines()},
                             ensure_ascii=False, indent=2))
        else:
            print(error, file=sys.stderr)
        return 1
    if options.command == "export":
        return _export(survey, options)
    if options.command == "tally":
        _tally(survey, _view(survey, options.query), as_json=options.json)
    elif options.command == "answer":
        found = answer(survey, _view(survey, options.query))
        print(json.dumps(as_data(found, arrays=False), ensure_ascii=False, indent=2))
    elif options.json:
        print(json.dumps(_findings(survey), ensure_ascii=False, indent=2))
    else:
        _report(survey)
    return 0


def _findings(survey: Survey) -> dict:
    """Return what was found, for programs."""
    facts = survey.facts
    return {
        "areas": len(survey.areas), "records": facts.total,
        "joined": facts.joined, "unjoined": facts.total - facts.joined,
        "crs": survey.areas.crs, "bounds": list(survey.areas.bounds()),
        "facets": {facet.name: facet.kind for facet in survey.facets.values()},
        "notes": [problem.sentence for problem in survey.problems if problem.level == "note"],
        "warnings": [problem.sentence for problem in survey.problems if problem.level == "warning"],
        "errors": [],
    }


def _report(survey: Survey) -> None:
    """Print what was found, for people."""
    print(survey.config.title)
    for section in report(survey):
        print(f"\n{section.heading}", *(f"  {sentence}" for sentence in section.sentences), sep="\n")


def _view(survey: Survey, query: str) -> View:
    """Return the view of an address; what cannot be applied goes to standard error."""
    view, refused = survey.view(query)
    print(*(f"{refusal}; it is left out." for refusal in refused), sep="\n", end="\n" * bool(refused), file=sys.stderr)
    return view


def _export(survey: Survey, options: argparse.Namespace) -> int:
    """Write a view to a file and print what stands in it or belongs beside it; return the exit status."""
    path, (view, refused) = options.file, survey.view(options.query)
    what = "areas" if options.areas or "areas" in path.name else "records"
    try:
        if refused:
            raise ConfigError("\n".join(f"{refusal}; nothing was written." for refusal in refused))
        if path.exists() and not options.force:
            raise DataError(str(path), "is there already.", "Give another name, or --force to write over it.")
        as_of = newest(Source(survey.config.records, Path(__file__).parent).stamp()) or time.time()
        about = about_file(survey, view, as_of)
        subject = SUBJECTS[what](survey, view)
        pieces = format_of(path.name, what).write(subject, about)
        with whole(path) as draft, draft.open("wb") as file:
            file.writelines(pieces)
    except (ConfigError, DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    nouns = survey.config.areas if what == "areas" else survey.config.records
    print(f"{path}: {len(subject):,} {nouns.one if len(subject) == 1 else nouns.many}",
          *(f"{name}: {text}" for name, text in about.items()), sep="\n")
    return 0


def _tally(survey: Survey, view: View, *, as_json: bool) -> None:
    """Print the tally of a view, the largest count first."""
    everywhere = replace(view, areas=())
    found = counted(survey, survey.matches(everywhere), view.measure)
    counts, values = found.tally.counts, found.values
    ids = [*survey.areas.ids, NO_AREA]
    labels = [*survey.areas.labels, f"in no {survey.config.areas.one}"]
    # Records in no area are part of the answer, where there are any.
    shown = [area for area in np.argsort(-counts, kind="stable") if ids[area] != NO_AREA or counts[area]]
    rows = [{"id": ids[area], "label": labels[area], "count": int(counts[area]),
             "measure": None if np.isnan(values[area]) else float(f"{values[area]:.10g}")} for area in shown]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", "label", "count", "measure"])
    writer.writerows(["" if cell is None else cell for cell in row.values()] for row in rows)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # Whoever read the answer has had enough of it, as ``head`` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
