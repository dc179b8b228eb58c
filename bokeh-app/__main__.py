"""``python bokeh-app``: check the config and the data and say what was found, or answer a view."""

import argparse
import csv
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from dashboard.catalog.problems import DataError
from dashboard.config import ConfigError
from dashboard.query.engine import Engine
from dashboard.query.reading import read_engine
from dashboard.query.report import report
from dashboard.query.view import NO_AREA


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
    options = parser.parse_args(arguments)
    try:
        engine = read_engine(Path(__file__).parent)
    except (ConfigError, DataError) as error:
        if options.json:
            unknown = dict.fromkeys(("areas", "records", "joined", "unjoined", "crs", "bounds"))
            print(json.dumps({**unknown, "facets": {}, "notes": [], "warnings": [], "errors": str(error).splitlines()},
                             ensure_ascii=False, indent=2))
        else:
            print(error, file=sys.stderr)
        return 1
    if options.command == "tally":
        _answer(engine, options.query, as_json=options.json)
    elif options.json:
        print(json.dumps(_findings(engine), ensure_ascii=False, indent=2))
    else:
        _report(engine)
    return 0


def _findings(engine: Engine) -> dict:
    """Return what was found, for programs."""
    facts = engine.facts
    return {
        "areas": len(engine.areas), "records": facts.total,
        "joined": facts.joined, "unjoined": facts.total - facts.joined,
        "crs": engine.areas.crs, "bounds": list(engine.areas.bounds()),
        "facets": {facet.name: facet.kind for facet in engine.facets.values()},
        "notes": [problem.sentence for problem in engine.problems if problem.level == "note"],
        "warnings": [problem.sentence for problem in engine.problems if problem.level == "warning"],
        "errors": [],
    }


def _report(engine: Engine) -> None:
    """Print what was found, for people."""
    print(engine.config.title)
    for section in report(engine):
        print(f"\n{section.heading}", *(f"  {sentence}" for sentence in section.sentences), sep="\n")


def _answer(engine: Engine, query: str, *, as_json: bool) -> None:
    """Print the answer to a view, the largest count first; what cannot be applied goes to standard error."""
    view, refused = engine.view(query)
    print(*refused, sep="\n", end="\n" * bool(refused), file=sys.stderr)
    answer = engine.answer(view)
    counts = answer.tally.counts
    values = [*answer.values, engine.answer(replace(view, area=NO_AREA)).value]
    ids = [*engine.areas.ids, NO_AREA]
    labels = [*engine.areas.labels, f"in no {engine.config.areas.one}"]
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
