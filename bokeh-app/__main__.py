"""``python bokeh-app``: check the config and the data and say what was found, or answer a view."""

import argparse
import csv
import json
import sys
from pathlib import Path

import numpy as np
from dashboard.catalog.problems import DataError
from dashboard.config import ConfigError
from dashboard.query.engine import Engine, engine_for


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, or 1 when the config or the data cannot be used."""
    parser = argparse.ArgumentParser(prog="python bokeh-app", description=__doc__)
    parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")
    commands = parser.add_subparsers(dest="command", metavar="")
    ask = commands.add_parser("tally", help="answer a view as CSV: area id, label, count, measure")
    ask.add_argument("query", help="what stands after ? in an address of the dashboard")
    ask.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON")
    options = parser.parse_args(arguments)
    try:
        engine = engine_for(Path(__file__).parent)
    except (ConfigError, DataError) as error:
        if options.json:
            print(json.dumps({**dict.fromkeys(("areas", "records", "joined", "unjoined")), "facets": {}, "notes": [],
                              "warnings": [], "errors": str(error).splitlines()}, ensure_ascii=False, indent=2))
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
    catalog = engine.catalog
    return {
        "areas": len(engine.areas), "records": len(catalog.records),
        "joined": catalog.joined, "unjoined": len(catalog.records) - catalog.joined,
        "crs": engine.areas.crs, "bounds": list(engine.areas.bounds()),
        "facets": {facet.name: facet.kind for facet in engine.facets.values()},
        "notes": [problem.sentence for problem in engine.problems if problem.level == "note"],
        "warnings": [problem.sentence for problem in engine.problems if problem.level == "warning"],
        "errors": [],
    }


def _report(engine: Engine) -> None:
    """Print what was found, for people."""
    catalog, areas = engine.catalog, engine.areas
    config, unjoined = catalog.config, len(catalog.records) - catalog.joined
    west, south, east, north = areas.bounds()
    how = f"by id, column {config.records.area}" if config.records.area else \
        f"by place, columns {config.records.x} and {config.records.y}"
    print(f"{config.title}\n")
    print(f"Areas    {len(areas):,} {config.areas.many} in {config.areas.file}, {(~areas.surveyed).sum():,} not surveyed")
    print(f"         {areas.crs}; longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}")
    print(f"Records  {len(catalog.records):,} {config.records.many} in {config.records.file}")
    print(f"Joined   {catalog.joined:,} {how}; {unjoined:,} in no area")
    print("Measures " + "; ".join(measure.label for measure in engine.measures.values()))
    print("Facets")
    for facet in engine.facets.values():
        about = f"{facet.options:,} {'bins' if facet.is_range else 'options'}"
        print(f"  {facet.name}: {facet.kind}, {about}{', some missing' if facet.has_missing else ''}")
    for level, heading in (("warning", "Warnings"), ("note", "Notes")):
        sentences = [problem.sentence for problem in engine.problems if problem.level == level]
        if sentences:
            print(heading, *(f"  {sentence}" for sentence in sentences), sep="\n")


def _answer(engine: Engine, query: str, *, as_json: bool) -> None:
    """Print the answer to a view, the largest count first; what cannot be applied goes to standard error."""
    view, refused = engine.view(query)
    print(*refused, sep="\n", end="\n" * bool(refused), file=sys.stderr)
    counts, values = engine.tally(view).counts, engine.values(view)
    rows = [{"id": engine.areas.ids[area], "label": engine.areas.labels[area], "count": int(counts[area]),
             "measure": None if np.isnan(values[area]) else float(f"{values[area]:.10g}")}
            for area in np.argsort(-counts[:-1], kind="stable")]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", "label", "count", "measure"])
    writer.writerows(["" if cell is None else cell for cell in row.values()] for row in rows)


if __name__ == "__main__":
    sys.exit(main())
