"""Which of several layers, or of the files in a folder or a zip, holds the areas."""

from pathlib import Path
from zipfile import ZipFile

from dashboard.problems import DataError, Problem

# What is looked for in a folder or a zip, the likeliest to be meant first.
ENDINGS = (".shp", ".gpkg", ".geojson", ".topojson", ".json", ".kml")


def file_inside(path: Path, layer: str, problems: list[Problem]) -> tuple[str, bool]:
    """Return the file in a folder or a zip that holds the areas, and whether `layer` has chosen it by its name.

    Raises DataError when there is none, or the zip is damaged.
    """
    if path.is_dir():
        members = [str(member.relative_to(path)) for member in path.rglob("*")]
    else:
        with ZipFile(path) as archive:
            if archive.testzip():
                raise DataError(path.name, "is a damaged zip.", "Fetch or pack it again.")
            members = archive.namelist()
    # A Mac adds a hidden twin to each file.
    members = sorted(member for member in members if not Path(member).name.startswith(".") and "__MACOSX" not in member)
    for ending in ENDINGS:
        if found := [member for member in members if member.lower().endswith(ending)]:
            break
    else:
        raise DataError(path.name, f"holds no areas: there is no {', '.join(ENDINGS)} in it.",
                        "Name a file with areas as areas.file, or put the Shapefile there with all its parts.")
    if len(found) == 1:
        return found[0], False
    names = [Path(member).stem for member in found]
    return found[names.index(chosen_layer(names, layer, path.name, problems))], True


def chosen_layer(names: list[str], wanted: str, file: str, problems: list[Problem]) -> str:
    """Return the layer to read: the one that is wanted, else the first, and then the others are named.

    Raises DataError when the file does not have it.
    """
    if wanted and wanted not in names:
        raise DataError(file, f"has no layer {wanted!r}, but areas.layer names it.",
                        f"The file has: {', '.join(names)}.")
    if not wanted and len(names) > 1:
        problems.append(Problem("note", file, f"has several layers, and {names[0]!r} was read; the others are "
                                              f"{', '.join(names[1:])}.", "Choose one with areas.layer."))
    return wanted or names[0]
