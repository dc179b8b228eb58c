"""The colours of the map are told apart by eye, in every palette and for every number of classes."""

from itertools import pairwise
from math import dist
from typing import get_args

import pytest

from dashboard.page.palette import SPECIAL, map_palette
from dashboard.settings import Palette

SEEN = 4.5  # apart in CIELAB; two is just noticeable where colours touch


def cielab(colour):
    """Return lightness, green to red, and blue to yellow of ``#rrggbb`` (CIE 1976, D65)."""
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    x, y, z = ((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505, 0.2126 * red + 0.7152 * green + 0.0722 * blue,
               (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089)
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("name", get_args(Palette))
def test_classes_go_from_light_to_dark_and_none_looks_like_what_stands_apart(name):
    for classes in range(2, 10):
        palette = map_palette(name, classes)
        apart, colours = [cielab(colour) for colour in palette[:3]], [cielab(colour) for colour in palette[3:]]
        assert palette[:3] == [SPECIAL[code] for code in range(3)] and len(colours) == classes
        assert all(lighter[0] > darker[0] and dist(lighter, darker) > SEEN for lighter, darker in pairwise(colours))
        assert min(dist(one, other) for one in apart for other in colours) > SEEN, classes


def test_what_stands_apart_looks_different_from_each_other():
    not_surveyed, no_data, none = map(cielab, map_palette("YlGnBu", 5)[:3])
    assert min(dist(not_surveyed, no_data), dist(no_data, none), dist(not_surveyed, none)) > 10
