"""The colours of the map."""

import bokeh.palettes

from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO

CHOSEN = "#d6006c"  # the outline of the chosen area, and of those to which records were added in this moment
# Outside every palette: neither of them is a step between two classes, in lightness or in hue.
SPECIAL = {NOT_SURVEYED: "#a9adb3", NO_DATA: "#e3d5e6", ZERO: "#f6f6f2"}


def map_palette(name: str, classes: int) -> list[str]:
    """Return the colour of every code that an area can have: the special ones, then `classes` from light to dark."""
    known = bokeh.palettes.all_palettes[name]
    colours = list(known[max(classes, min(known))])
    if _lightness(colours[0]) < _lightness(colours[-1]):
        colours.reverse()
    return [SPECIAL[code] for code in range(FIRST_CLASS)] + colours[-classes:]


def _lightness(colour: str) -> float:
    """Return the luma of ``#rrggbb`` (Rec. 709 weights)."""
    red, green, blue = (int(colour[start:start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
