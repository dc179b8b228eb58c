"""The colours of the map."""

import bokeh.palettes
import numpy as np
from dashboard.query.classes import FIRST_CLASS, NO_DATA, NOT_SURVEYED, ZERO

# Outside every palette: neither of them is a step between two classes, in lightness or in hue.
SPECIAL = {NOT_SURVEYED: "#a9adb3", NO_DATA: "#e3d5e6", ZERO: "#f6f6f2"}


def map_palette(name: str, classes: int) -> list[str]:
    """Return the colour of every code that an area can have: the special ones, then `classes` from light to dark."""
    known = bokeh.palettes.all_palettes[name]
    colours = list(known[max(classes, min(known))])
    if _lightness(colours[0]) < _lightness(colours[-1]):
        colours.reverse()
    return [SPECIAL[code] for code in range(FIRST_CLASS)] + colours[-classes:]


def spread(codes: np.ndarray, used: int, classes: int) -> np.ndarray:
    """Return class codes spread over the whole palette when fewer classes are in use than it has (uint8)."""
    places = np.round(np.linspace(0, classes - 1, used)) if used > 1 else np.array([classes - 1])
    lookup = np.concatenate([np.arange(FIRST_CLASS), FIRST_CLASS + places]).astype(np.uint8)
    return lookup[np.minimum(codes, len(lookup) - 1)]


def packed(colours: np.ndarray) -> np.ndarray:
    """Return colour numbers (all below 16: special ones and at most 9 classes), two in a byte, the first in its low half."""
    pairs = np.append(colours, [0] * (len(colours) % 2)).astype(np.uint8).reshape(-1, 2)
    return pairs[:, 0] | pairs[:, 1] << 4


def _lightness(colour: str) -> float:
    """Return the luma of ``#rrggbb`` (Rec. 709 weights)."""
    red, green, blue = (int(colour[start:start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
