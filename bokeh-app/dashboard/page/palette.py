"""The colours of the map."""

import bokeh.palettes

from dashboard.query.answers.compare import SIDES
from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO

CHOSEN = "#d6006c"  # the outline of the chosen area, and of those to which records were added in this moment
# Outside every palette: neither of them is a step between two classes, in lightness or in hue.
SPECIAL = {NOT_SURVEYED: "#a9adb3", NO_DATA: "#e3d5e6", ZERO: "#f6f6f2"}
NEITHER = "#d9d9d0"
# On a dark page what has nothing must not glow.
SPECIAL_IN_DARK = {NOT_SURVEYED: "#5d636b", NO_DATA: "#5a4560", ZERO: "#2b3037"}
NEITHER_IN_DARK = "#44483f"
# A palette of more colours begins so light that nobody could tell it from SPECIAL.
LARGEST = 7


def map_palette(name: str, classes: int, *, dark: bool = False) -> list[str]:
    """Return the colour of every code that an area can have: the special ones, then `classes` from light to dark.

    On a dark page they go from dark to light, so that the highest class stands out there too.
    """
    known = bokeh.palettes.all_palettes[name]
    if classes > LARGEST:
        colours = list(bokeh.palettes.interp_palette(known[LARGEST], classes))
    else:
        colours = list(known[max(classes, min(known))])
    if _lightness(colours[0]) < _lightness(colours[-1]):
        colours.reverse()
    colours = colours[-classes:]
    special = SPECIAL_IN_DARK if dark else SPECIAL
    return [special[code] for code in range(FIRST_CLASS)] + (colours[::-1] if dark else colours)


def comparison_palette(*, dark: bool = False) -> list[str]:
    """Return the colours of differences and ratios, which colour-blind eyes tell apart too: brown is A, teal is B.

    Their numbers are as in `dashboard.query.answers.compare`.
    """
    colours = bokeh.palettes.BrBG[2 * SIDES + 1][::-1]
    mine, others = colours[:SIDES], colours[SIDES + 1:]
    if dark:
        return [SPECIAL_IN_DARK[NOT_SURVEYED], SPECIAL_IN_DARK[NO_DATA], SPECIAL_IN_DARK[ZERO],
                *mine[::-1], *others[::-1], NEITHER_IN_DARK]
    return [SPECIAL[NOT_SURVEYED], SPECIAL[NO_DATA], colours[SIDES], *mine, *others, NEITHER]


def _lightness(colour: str) -> float:
    """Return the luma of ``#rrggbb`` (Rec. 709 weights)."""
    red, green, blue = (int(colour[start:start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
