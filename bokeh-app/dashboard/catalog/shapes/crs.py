"""The coordinate reference system (CRS) of areas: the config's, the file's, or degrees where the bounds allow it."""

import numpy as np
import pyproj

from dashboard.problems import DataError, Problem

DEGREES = "EPSG:4326"
# Rounding carries a border at the date line or the pole this much too far, in degrees.
SLACK = 1e-6
WRITE_IT = 'Write its own as areas.crs, for example crs = "EPSG:25830".'
SWAP_THEM = "Save the file with longitude first, latitude second (QGIS: Swap X and Y coordinates)."

Bounds = tuple[float, float, float, float]


def agreed_crs(declared: str | None, override: str, bounds: Bounds, file: str) -> tuple[pyproj.CRS, list[Problem]]:
    """Return the CRS of coordinates with these bounds (least x, least y, greatest x, greatest y).

    `override` is areas.crs of the config. Raises DataError when the bounds speak against the CRS.
    """
    crs, said = _crs_of_config(override), _usable(declared)
    problems = []
    extent = "x from {0:.9g} to {2:.9g}, y from {1:.9g} to {3:.9g}".format(*bounds)
    in_degrees = _within(bounds, 180)
    if crs is None and said is None:
        if not in_degrees:
            raise DataError(file, "does not say its coordinate reference system, and its coordinates are not degrees "
                                  f"of longitude and latitude: {extent}.", _remedy_for(bounds))
        problems.append(Problem("note", file, "does not say its coordinate reference system; its coordinates were "
                                              f"taken as longitude and latitude: {extent}.",
                                'If they are something else, write areas.crs, for example crs = "EPSG:25830".'))
        return pyproj.CRS(DEGREES), problems
    if crs is not None and said is not None and not said.equals(crs, ignore_axis_order=True):
        problems.append(Problem("note", file, f"says {name_of(said)}, but areas.crs says {name_of(crs)}, which was "
                                              "followed."))
    overridden, crs = crs is not None, crs or said
    if crs.is_geographic and not _within(bounds, 360 if overridden else 180):
        source = "areas.crs" if overridden else "its format or word"
        raise DataError(file, f"has longitude and latitude ({name_of(crs)}) by {source}, but its coordinates are not "
                              f"such: {extent}.", _remedy_for(bounds))
    if not crs.is_geographic and in_degrees and not (overridden and _in_use(crs, bounds)):
        source = "areas.crs" if overridden else "its own word"
        raise DataError(file, f"has {name_of(crs)} by {source}, but its coordinates look like longitude and latitude: "
                              f"{extent}.", f'Then write areas.crs: crs = "{DEGREES}".')
    return crs, problems


def name_of(crs: pyproj.CRS) -> str:
    """Return a CRS in a few words, such as ``EPSG:25830``."""
    authority = crs.to_authority(min_confidence=100)
    return ":".join(authority) if authority else crs.name


def out_of_place(crs: pyproj.CRS, bounds: Bounds, file: str) -> list[Problem]:
    """Return a warning when areas with these bounds in degrees lie nowhere near where their CRS is used."""
    if _is_used_near(crs, bounds):
        return []
    place = "longitude {0:.4g} to {2:.4g}, latitude {1:.4g} to {3:.4g}".format(*bounds)
    return [Problem("warning", file, f"the areas lie at {place}, but {name_of(crs)} is used in: "
                                     f"{crs.area_of_use.name.rstrip('.')}.", f"If that is wrong: {WRITE_IT}")]


def _crs_of_config(text: str) -> pyproj.CRS | None:
    if not text.strip():
        return None
    try:
        crs = pyproj.CRS.from_user_input(text.strip())
    except pyproj.exceptions.CRSError:
        crs = None
    if crs is None or not (crs.is_geographic or crs.is_projected):
        raise DataError("config.toml, areas.crs", f"{text!r} is no coordinate reference system of maps.",
                        'Write one such as "EPSG:4326" (longitude and latitude) or "EPSG:25830".')
    return crs


def _usable(declared: str | None) -> pyproj.CRS | None:
    """Return the file's CRS; one that is no place on the earth ("undefined", a local grid) says nothing."""
    try:
        crs = pyproj.CRS.from_user_input(declared) if declared else None
    except pyproj.exceptions.CRSError:
        return None
    return crs if crs is not None and (crs.is_geographic or crs.is_projected) else None


def _within(bounds: Bounds, longitude: float) -> bool:
    x, y = max(map(abs, bounds[::2])), max(map(abs, bounds[1::2]))
    return x <= longitude + SLACK and y <= 90 + SLACK


def _remedy_for(bounds: Bounds) -> str:
    """Return what to do about coordinates that are no degrees, by what they look like."""
    x, y = max(map(abs, bounds[::2])), max(map(abs, bounds[1::2]))
    if x <= 90 < y <= 180:
        return f"The axes look swapped. {SWAP_THEM}"
    if 180 < x <= 360 and y <= 90:
        return f'{WRITE_IT} If they are degrees that are counted on beyond 180: crs = "{DEGREES}".'
    return WRITE_IT


def _in_use(crs: pyproj.CRS, bounds: Bounds) -> bool:
    """Say whether the middle of bounds in a CRS is where that CRS is used."""
    to_degrees = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)
    middle = to_degrees.transform(sum(bounds[::2]) / 2, sum(bounds[1::2]) / 2)
    return bool(np.isfinite(middle).all()) and _is_used_near(crs, middle * 2)


def _is_used_near(crs: pyproj.CRS, bounds: Bounds, margin: float = 5.0) -> bool:
    """Say whether bounds in degrees meet the area of use of a CRS, or lie within `margin` degrees of it."""
    use = crs.area_of_use
    if use is None or use.west > use.east:  # across the date line: everything is near enough
        return True
    return (bounds[0] <= use.east + margin and bounds[2] >= use.west - margin
            and bounds[1] <= use.north + margin and bounds[3] >= use.south - margin)
