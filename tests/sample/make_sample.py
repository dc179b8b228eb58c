"""Write the sample of this template: config.toml, data/parcels.geojson and data/finds.csv.

Everything here is SYNTHETIC AND INVENTED: there was no such survey, and no such sites, people or
places. Only the ground is real (the valley is drawn near 37.6 N, 1.9 W, in south-east Spain), and
whatever truly stands there has nothing to do with these data.

    python tests/sample/make_sample.py bokeh-app

writes it into the app's folder, over the config and the data there; the tests make one for themselves elsewhere.
The seed is fixed: two runs write the same bytes. Shapes are made in "valley metres" (s along the
river, t across it, north is positive), bent into "ground metres" (UTM zone 30N), and written as
WGS84 degrees of 6 decimals.
"""
import shutil
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely import LineString, Point, Polygon
from shapely.ops import split as cut_by_line

CONFIG = Path(__file__).with_name("config.toml")
SEED, N_FINDS = 39, 20_000
LENGTH = 5200                                    # of the surveyed valley, metres
CENTRE = np.array([597_300.0, 4_162_200.0])      # ground metres
TO_DEGREES = Transformer.from_crs(32630, 4326, always_xy=True)

TOWNS = {"Fuentelmora": (500, 500), "Benizárrez": (1100, -450), "Villar de Almájar": (2500, 450),
         "Peñalhaja": (3300, -500), "Torre del Guaíno": (4500, 250)}                       # valley metres
PLACES = {"low": ("Vega", "Haza", "Bancal", "Huerta", "Soto"),
          "middle": ("Cañada", "Llano", "Hoya", "Majada", "Era", "Rincón"),
          "high": ("Loma", "Cerro", "Solana", "Umbría", "Peñón", "Atalaya")}
OF_WHAT = ("del Pozo", "de la Higuera", "de los Álamos", "del Alcaide", "de las Ánimas", "del Tío Ginés", "del Pino",
           "de Enmedio", "del Romeral", "de San Antón", "de la Señora", "del Garbín", "de los Frailes", "de Doña Inés",
           "de la Piedra Gorda", "de la Culebra", "del Murciélago", "de la Cigüeña", "de los Caños", "del Ciprés")
LAND_USES = {"low": {"irrigated": 36, "cereal": 26, "olive": 16, "fallow": 13, "vineyard": 9},
             "middle": {"almond": 29, "cereal": 25, "olive": 22, "fallow": 16, "scrub": 8},
             "high": {"scrub": 33, "almond": 31, "fallow": 14, "olive": 12, "cereal": 10}}
USUAL_VISIBILITY = dict(irrigated=2.6, cereal=3, olive=3.8, fallow=4.2, vineyard=4.3, almond=3.9, scrub=1.6)
SEEN = np.array([0, .22, .42, .62, .82, 1.0])    # share seen of what lies there, by visibility; 0 is not walked
FIELD_WEEKS = {2014: (8, 9, 14, 40), 2015: (10, 11, 20, 45), 2016: (6, 7, 15, 37), 2017: (12, 13, 41, 42),
               2018: (9, 17, 18, 39)}            # year -> ISO weeks
SURVEYORS = "A. Muñoz, B. Ibáñez, C. Peñalver, E. Gómez, I. Yagüe, J. Cánovas, L. Núñez, R. Sáez".split(", ")

TYPES = ("amphora", "bowl", "coin", "cooking pot", "glass vessel", "grinding stone", "jug", "lamp", "lithic blade",
         "lithic flake", "loom weight", "slag", "storage jar", "tile")
#                      amph bowl coin cook glass grind jug lamp blade flake loom slag jar tile
PERIOD_TYPES = {
    "Neolithic":        (0,  15,  0,   5,   0,   5,    0,  0,   23,   46,   0,   0,   6,   0),
    "Copper Age":       (0,  25,  0,   11,  0,   4,    0,  0,   17,   27,   2,   2,   12,  0),
    "Bronze Age":       (0,  29,  0,   22,  0,   5,    0,  0,   7,    5,    4,   2,   26,  0),
    "Iberian":          (22, 26,  1,   15,  0,   0,    16, 0,   0,    0,    5,   2,   13,  0),
    "Roman":            (21, 14,  1.5, 10,  3,   0,    6,  2,   0,    0,    0,   1.5, 4,   37),
    "Late Antique":     (18, 18,  1,   22,  2,   0,    7,  2,   0,    0,    0,   0,   4,   26),
    "Medieval Islamic": (0,  19,  1,   25,  1,   0,    22, 5,   0,    0,    0,   2,   17,  8),
    "Modern":           (0,  26,  2,   10,  7,   0,    13, 0,   0,    0,    0,   1,   11,  30)}
MEDIAN_G =             (46, 8,   3.1, 12,  2.4, 760,  11, 9,   3.2,  4.6,  190, 58,  39,  92)
LONG_FOR_WEIGHT =      (1,  1,   .85, 1,   1,   .7,   1,  1,   1.6,  1,    .75, .72, 1,   1)
UNDATED =              (.1, .05, .05, .2,  .3,  .45, .16, .05, .1,   .4,   .25, .62, .14, .12)
MATERIALS = {   # of all other types: ceramic
    "lithic flake": {"flint": 84, "quartzite": 16}, "lithic blade": {"flint": 97, "quartzite": 3}, "slag": {"slag": 1},
    "grinding stone": {"stone": 1}, "coin": {"metal": 1}, "glass vessel": {"glass": 1},
    "loom weight": {"ceramic": 93, "stone": 7}, "lamp": {"ceramic": 97, "metal": 3}}
WARES = {       # period -> type -> wares, the commonest first; * is decorated
    "Neolithic": {"bowl": "Neolithic plain, Impressed cardial*, Incised*",
                  "other": "Neolithic plain, Cordoned hand-made*"},
    "Copper Age": {"bowl": "Burnished, Thickened-rim plate, Bell Beaker*, Symbolic incised*",
                   "other": "Copper Age coarse, Burnished"},
    "Bronze Age": {"bowl": "Argaric burnished, Carinated fine, Cogotas incised*",
                   "other": "Argaric coarse, Argaric burnished, Finger-impressed*"},
    "Iberian": {"bowl": "Iberian painted*, Iberian grey, Iberian plain, Attic black glaze",
                "other": "Iberian plain, Iberian painted*", "amphora": "Iberian amphora, Punic amphora"},
    "Roman": {"bowl": "Hispanic sigillata, African Red Slip A, Gaulish sigillata*, Campanian B, Thin-walled",
              "amphora": "Dressel 7-11, Dressel 20, Beltrán II", "tile": "Tegula, Imbrex",
              "cooking pot": "African cookware, Roman kitchen", "other": "Roman common, Thin-walled"},
    "Late Antique": {"bowl": "African Red Slip D, African Red Slip C, Late grey sigillata*", "tile": "Tegula, Imbrex",
                     "cooking pot": "Late hand-made, African cookware", "other": "Late common",
                     "amphora": "Keay 25, Late Roman 1, Spatheion"},
    "Medieval Islamic": {"bowl": "Honey glaze, Green and manganese*, Cuerda seca*, Lustre*", "tile": "Curved tile",
                         "other": "Islamic kitchen, Green glaze", "storage jar": "Islamic plain, Stamped jar*",
                         "jug": "Islamic plain, Manganese painted*, Esgrafiado*"},
    "Modern": {"bowl": "Brown glaze, Blue on white*, Whiteware", "tile": "Curved tile, Machine-made tile",
               "other": "Brown glaze, Blue on white*"},
    "undated": {"tile": "Unidentified tile", "other": "Unidentified coarse, Unidentified wheel-made"}}
STATES = ("Worn", "Fresh break", "Burnt on one side", "Two fragments, joining", "Photographed", "Much rolled")
REMARKS = ("on the terrace wall, not in the soil", 'the farmer calls this corner "el Moro"', "by the channel",
           "bag torn, contents checked", 'label read "P?", position from GPS', "from a clearance heap", "dense patch",
           "beside the track, could have come with the gravel", 'noted as "odd" by all, ask again', "see the next find")
BAD_IDS = ("P-O17", "P-999", "P-1O4", "P-2l3", "P-0088", "P-30", "P-721", "P-S62", "P-3O1")

SITES = (   # valley metres s, t; core and halo in metres; sherds on the ground; periods; factors on PERIOD_TYPES
    (1340, 350, 52, 190, 3300, {"Roman": 80, "Late Antique": 17, "Iberian": 3}, {"glass vessel": 2, "lamp": 2}),
    (1700, 560, 30, 80, 800, {"Roman": 100}, {"tile": 5, "slag": 12}),                          # the villa's tile kiln
    (4420, 480, 62, 140, 3200, {"Iberian": 84, "Roman": 12, "Bronze Age": 4}, {"coin": 2}),     # hill town
    (1830, -420, 35, 120, 700, {"Iberian": 90, "Roman": 10}, {"loom weight": 2}),
    (2790, -600, 55, 110, 2300, {"Bronze Age": 93, "Copper Age": 7}, {}),                       # on a ridge
    (600, 540, 38, 90, 800, {"Bronze Age": 100}, {"grinding stone": 2}),
    (3060, 330, 62, 180, 2900, {"Medieval Islamic": 86, "Late Antique": 8, "Modern": 6}, {}),   # alquería
    (4620, -210, 40, 140, 1000, {"Medieval Islamic": 74, "Modern": 26}, {}),
    (430, -240, 60, 120, 900, {"Neolithic": 97, "Copper Age": 3}, {}),
    (2260, 190, 45, 110, 650, {"Neolithic": 90, "Copper Age": 10}, {}),
    (3600, -330, 80, 120, 1700, {"Copper Age": 88, "Bronze Age": 8, "Neolithic": 4}, {"slag": 3}),
    (3230, 1040, 42, 120, 1200, {"Late Antique": 82, "Roman": 18}, {"cooking pot": 1.5}),       # a refuge
    (980, -410, 40, 120, 800, {"Roman": 60, "Late Antique": 40}, {}))
CARPET_NEAR = {"Modern": 34, "Medieval Islamic": 27, "Roman": 23, "Iberian": 6, "Late Antique": 8, "Neolithic": 2}
CARPET_FAR = {"Modern": 22, "Roman": 21, "Iberian": 16, "Bronze Age": 15, "Copper Age": 11, "Neolithic": 15}


def pick(rng, weights, n):
    """Draw n keys of a dict of weights: an array (n,) of text."""
    share = np.array(list(weights.values()), float)
    return rng.choice(np.array(list(weights), dtype=object), n, p=share / share.sum())


def ground(st):
    """Bend valley metres (n, 2) into ground metres (n, 2): by place alone, so that neighbours still touch."""
    s, t = np.asarray(st, float).T
    meander = 64 * np.sin(s / 205) + 30 * np.sin(s / 88 + 1)
    x, y = s - LENGTH / 2, t + 230 * np.sin(s / 1050 + .6) + meander * np.exp(-(t / 270) ** 2)
    for length, swing in ((66, 13), (24, 5), (9.5, 1.8)):        # walls and ditches are never straight
        x, y = x + swing * np.sin(y / length + x / (2.3 * length)), y + swing * np.sin(x / length - y / (1.7 * length))
    turn = np.radians(-24)
    return CENTRE + np.c_[x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)]


def degrees(xy):
    """Ground metres (n, 2) to lon/lat (n, 2), rounded to what the files hold."""
    return np.round(np.c_[TO_DEGREES.transform(*np.asarray(xy).T)], 6)


def path(width, *points):
    """A track or stream bed through points in valley metres: a strip, width and shape in ground metres."""
    for _ in range(3):                                           # round the corners: tracks have curves
        a, b = np.array(points[:-1]), np.array(points[1:])
        points = np.stack([.75 * a + .25 * b, .25 * a + .75 * b], 1).reshape(-1, 2)
    return shapely.transform(shapely.segmentize(LineString(points), 30), ground).buffer(width / 2, quad_segs=2)


def river_bed():
    """The dry river's gravel bed, now narrow, now wide: a polygon in ground metres."""
    s = np.arange(-400, LENGTH + 400, 22)
    half = 13 + 27 * np.sin(s / 260) ** 2
    return shapely.transform(Polygon(np.r_[np.c_[s, half], np.c_[s, -half * .9][::-1]]), ground)


def blob(rng, radius):
    """An irregular patch of 8 corners around (0, 0): a farmyard, a pond, an island."""
    angle, r = np.arange(8) * np.pi / 4 + rng.uniform(0, .5, 8), radius * rng.uniform(.6, 1.25, 8)
    return Polygon(np.c_[r * np.cos(angle), r * np.sin(angle)])


def divide(rng, cell, size, strips):
    """Divide a polygon, as heirs do, until its parts are near size (m2); strips run down to the river."""
    if cell.area < size * rng.uniform(.8, 1.9):
        return [cell]
    sides = np.diff(shapely.get_coordinates(shapely.oriented_envelope(cell))[:3], axis=0)
    along = np.array([1.0, 0.0]) if strips else sides[np.argmax(np.hypot(*sides.T))]
    angle = np.arctan2(along[1], along[0]) + np.radians(90 + rng.normal(0, 7))
    half_cut = 3000 * np.array([np.cos(angle), np.sin(angle)])
    aside = rng.normal(0, .08) * np.sqrt(cell.area) * along / np.hypot(*along)
    middle = shapely.get_coordinates(cell.centroid)[0] + aside
    parts = cut_by_line(cell, LineString([middle - half_cut, middle + half_cut])).geoms
    return [piece for part in parts for piece in divide(rng, part, size, strips)]


def fields(rng):
    """Estates (Voronoi cells) divided into fields: polygons in valley metres, and each one's estate number."""
    rows = np.array([-1250, -960, -680, -405, -145, 145, 410, 690, 980, 1270, 1560, 1850])    # the river is at 0
    s, t = (a.ravel() for a in np.meshgrid(np.arange(-600, LENGTH + 600, 300.0), rows))
    s, t = s + rng.uniform(-110, 110, s.size), t + rng.uniform(-80, 80, t.size)
    estates = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(np.c_[s, t])))
    s, t = shapely.get_coordinates(shapely.centroid(estates)).T
    north, south = 560 + 230 * np.sin(s / 640 - .4), 600 + 170 * np.sin(s / 480 + 2)
    side_valley = np.hypot((s - 3150) / 430, (t - 900) / 620) < 1
    inside = (s > 0) & (s < LENGTH) & (((t < north) & (t > -south)) | side_valley)
    estates = estates[inside][np.argsort(s[inside])]
    parts = []
    for cell in estates:                                         # the farther from the water, the larger
        far = abs(cell.centroid.y)
        parts += divide(rng, cell, 14_500 + 23 * far, strips=far < 260)
    # Put every corner into the borders of both neighbours, or bending would tear them apart.
    edges = shapely.union_all(shapely.boundary(np.array(parts)), grid_size=.01)
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    cell, estate = shapely.STRtree(estates).query(shapely.point_on_surface(cells), predicate="within")
    order = np.argsort(estate, kind="stable")
    return cells[cell[order]], estate[order]


def parcel_shapes(rng, river):
    """The parcels: polygons in ground metres (n,), and the number of the estate of each (n,)."""
    village = shapely.transform(Point(2330, -215).buffer(125, quad_segs=4), ground)
    barriers = shapely.union_all([
        river, village, path(16, (-300, 300), (900, 230), (1900, 290), (2700, 200), (3700, 300), (5500, 240)),
        path(26, (3010, 0), (2960, 300), (3190, 560), (3080, 850), (3240, 1200), (3100, 1900)),
        path(20, (1500, 0), (1560, -300), (1420, -600), (1500, -1200))])
    tracks = shapely.union_all([
        path(8, (-200, -330), (1000, -290), (2300, -230), (3300, -350), (4200, -260), (5500, -330)),
        path(7, (2330, -215), (2300, 40), (2420, 260), (2380, 900)), path(6, (2330, -215), (2640, -480), (2700, -1100)),
        path(6, (3600, 280), (3900, 520), (4300, 640), (4420, 1100)), path(6, (700, 260), (840, 520), (760, 1100)),
        path(6, (820, -290), (700, -900)), path(6, (4700, 260), (4880, 900))])
    shapes, owners = [], []
    for cell, estate in zip(*fields(rng), strict=True):
        cell = shapely.make_valid(shapely.transform(shapely.segmentize(cell, 26), lambda st: ground(st).round(2)))
        for piece in shapely.get_parts(cell.difference(barriers)):
            parts = [p for p in shapely.get_parts(piece.difference(tracks)) if p.area > 900]
            if len(parts) > 1 and rng.random() < .2:             # one owner on both sides of the track
                parts = [shapely.multipolygons(parts)]
            parts = [p for p in parts if p.area > 2200 and rng.random() > .03]
            shapes, owners = shapes + parts, owners + [estate] * len(parts)
    shapes = shapely.coverage_simplify(np.array(shapes), 6)
    for s in (408, 2859, 4492):                                  # islands where the bed is wide
        isle = shapely.transform(blob(rng, 11), lambda st, s=s: ground(st * [4, 1] + [s, 0]))
        near = np.argmin(shapely.distance(isle, shapes))
        shapes[near] = shapes[near].union(isle)
    for i in rng.choice(np.argsort(shapely.area(shapes))[-60:], 8, replace=False):
        spoke = shapely.maximum_inscribed_circle(shapes[i])      # a line from the centre to the rim
        yard = shapely.transform(blob(rng, min(26, .45 * spoke.length)), lambda xy, middle=spoke.coords[0]: xy + middle)
        shapes[i] = shapes[i].difference(yard)
    return shapes, np.array(owners)


def describe(rng, shapes, owners, river):
    """One row per parcel, in the order of the shapes, and the field days, to which its column `day` counts."""
    table = pd.DataFrame({"parcel": [f"P-{i:03d}" for i in range(1, len(shapes) + 1)], "estate": owners})
    centres = shapely.centroid(shapes)
    gap = shapely.get_coordinates(centres)[:, None] - ground(list(TOWNS.values()))
    table["municipality"] = np.array(list(TOWNS))[np.hypot(gap[..., 0], gap[..., 1]).argmin(axis=1)]
    far = shapely.distance(centres, river)
    table["level"] = np.select([far < 190, far < 400], ["low", "middle"], "high")
    level_of = table.groupby("estate")["level"].first()
    endings = {level: iter(rng.permutation([f"{a} {b}" for a in PLACES[level] for b in OF_WHAT])) for level in PLACES}
    names = {estate: next(endings[level]) for estate, level in level_of.items()}
    table["name"] = table["estate"].map(names) + " " + (table.groupby("estate").cumcount() + 1).astype(str)
    # The fields of one estate tend to grow the same: six in ten follow its habit.
    habit = {estate: pick(rng, LAND_USES[level], 1)[0] for estate, level in level_of.items()}
    own = [pick(rng, LAND_USES[level], 1)[0] for level in table["level"]]
    table["land_use"] = np.where(rng.random(len(table)) < .6, table["estate"].map(habit), own)
    refused = rng.choice(list(names), 4, replace=False)          # four owners said no
    table["walked"] = np.where(table["estate"].isin(refused) | (rng.random(len(table)) < .04), "no", "yes")

    days = [date.fromisocalendar(y, week, d) for y, weeks in FIELD_WEEKS.items() for week in weeks for d in range(1, 6)]
    days = [day for day in days if rng.random() > .08]           # on the others it rained
    order = np.argsort(owners + rng.normal(0, 9, owners.max() + 1)[owners], kind="stable")
    order = order[table["walked"].to_numpy()[order] == "yes"]
    done = np.cumsum(shapely.area(shapes[order]))                # a day is a day's area, not a number of parcels
    table.loc[order, "day"] = np.floor(done / done[-1] * (len(days) - 1.01))
    table["walked_on"] = table["day"].map(dict(enumerate(map(str, days))))
    lush = (table["walked_on"].str[5:7] < "06") & table["land_use"].isin(["cereal", "irrigated"])
    visibility = table["land_use"].map(USUAL_VISIBILITY) - 1.1 * lush.astype(float) + rng.normal(0, .8, len(table))
    table["visibility"] = visibility.round().clip(1, 5).where(table["walked"] == "yes").astype("Int64")
    return table, days


def seen_at(rng, xy, periods, factors, table, polygons):
    """Of sherds lying at xy (n, 2, ground metres), those the team saw: parcel row `at`, place, period, type."""
    lonlat = degrees(xy)
    point, at = shapely.STRtree(polygons).query(shapely.points(lonlat), predicate="within")
    seen = rng.random(len(at)) < SEEN[table["visibility"].fillna(0).to_numpy(int)[at]]
    point, at = point[seen], at[seen]
    finds = pd.DataFrame({"at": at, "lon": lonlat[point, 0], "lat": lonlat[point, 1], "period": periods[point]})
    for period, group in finds.groupby("period"):
        weights = {kind: w * factors.get(kind, 1) for kind, w in zip(TYPES, PERIOD_TYPES[period], strict=True)}
        finds.loc[group.index, "type"] = pick(rng, weights, len(group))
    return finds


def collect(rng, river, table, polygons, bounds):
    """N_FINDS finds as in seen_at, with `whole`, how little broken: sites with haloes, then the carpet."""
    parts = []
    for s, t, core, halo, n, mix, factors in SITES:
        r = np.where(rng.random(n) < .68, core * np.sqrt(rng.exponential(1, n)), rng.gamma(2, halo / 2, n))
        angle, squeeze = rng.uniform(0, 2 * np.pi, n), rng.uniform(.5, .9)
        xy = ground(np.c_[s + r * np.cos(angle), t + squeeze * r * np.sin(angle)])
        parts.append(seen_at(rng, xy, pick(rng, mix, n), factors, table, polygons).assign(whole=1.15))
    xy = rng.uniform(bounds[:2], bounds[2:], (120_000, 2))       # manure, and what is in it, goes to the low fields
    low = np.exp(-shapely.distance(shapely.points(xy), river) / 260)
    kept = rng.random(len(xy)) < .25 + .75 * low
    xy, low = xy[kept], low[kept]
    periods = np.where(rng.random(len(xy)) < low, pick(rng, CARPET_NEAR, len(xy)), pick(rng, CARPET_FAR, len(xy)))
    carpet = seen_at(rng, xy, periods, {}, table, polygons).assign(whole=.75)
    carpet = carpet.sample(N_FINDS - sum(map(len, parts)), random_state=rng)
    return pd.concat([*parts, carpet], ignore_index=True)


def study(rng, finds):
    """Add what the finds specialists noted: material, ware, weight (g), length (mm), decoration, note."""
    n, kind = len(finds), finds["type"]
    median, long, undated = (kind.map(dict(zip(TYPES, row, strict=True)))
                             for row in (MEDIAN_G, LONG_FOR_WEIGHT, UNDATED))
    finds["period"] = finds["period"].mask(rng.random(n) < undated, "undated")
    finds["material"] = "ceramic"
    for name, weights in MATERIALS.items():
        finds.loc[kind == name, "material"] = pick(rng, weights, (kind == name).sum())
    potted = finds[(finds["material"] == "ceramic") & (kind != "loom weight")]
    for (period, name), group in potted.groupby(["period", "type"]):
        wares = WARES[period].get(name, WARES[period]["other"]).split(", ")
        finds.loc[group.index, "ware"] = pick(rng, {w: 1 / i for i, w in enumerate(wares, 1)}, len(group))
    grams = (median * finds["whole"] * np.exp(rng.normal(0, .8, n))).clip(.3, 4800)
    finds["weight_g"] = grams.round(1).mask(rng.random(n) < .03)
    mm = 19 * grams ** .36 * long * np.exp(rng.normal(0, .13, n))
    finds["length_mm"] = mm.round().astype("Int64").mask(rng.random(n) < .2)
    decorated = rng.random(n) < np.where(finds["ware"].str.endswith("*", na=False), .93, .03)
    finds["ware"] = finds["ware"].str.rstrip("*")
    undecorable = finds["material"].isin(["slag", "flint", "quartzite", "stone"])
    finds["decorated"] = pd.Series(np.where(decorated, "yes", "no")).mask(undecorable | (rng.random(n) < .06))
    state, remark, metres, style = rng.choice(STATES, n), rng.choice(REMARKS, n), rng.integers(2, 30, n), rng.random(n)
    notes = [f"{a}." if x < .2 else f"{a}; {b}." if x < .6 else f"{m} m from the field edge, {b}."
             for a, b, m, x in zip(state, remark, metres, style, strict=True)]
    finds["note"] = pd.Series(notes).where(rng.random(n) < .15)
    finds["period"] = finds["period"].replace("undated", None)


def sign(rng, finds, table, days):
    """Add parcel id, day and surveyor. Rich parcels were visited again later; some finds came the next day."""
    finds["parcel"] = table["parcel"].to_numpy()[finds["at"]]
    first = table["day"].to_numpy()[finds["at"]].astype(int)
    again = rng.integers(0, len(days), len(table))[finds["at"]]
    rich = finds.groupby("at")["at"].transform("size") > 150
    back = rich & (again > first) & (rng.random(len(finds)) < .35)
    day = np.where(back, again, first + (rng.random(len(finds)) < .07))
    finds["found_on"] = np.array(days)[day].astype(str)
    crews = {year: rng.choice(SURVEYORS, 6, replace=False) for year in FIELD_WEEKS}
    teams = np.array([rng.permutation(crews[d.year])[:4] for d in days])
    finds["surveyor"] = teams[day, rng.choice(4, len(finds), p=(.34, .28, .22, .16))]


def misplace(rng, finds, shapes, bounds):
    """Give some finds a mistyped parcel id and a place on a track, in the river or beyond the last parcel."""
    xy = rng.uniform(bounds[:2], bounds[2:], (2000, 2))
    gap = shapely.distance(shapely.points(xy), shapely.union_all(shapes))
    rows = rng.choice(len(finds), len(BAD_IDS), replace=False)
    finds.loc[rows, ["lon", "lat"]] = degrees(xy[(gap > 3) & (gap < 30)][:len(rows)])
    finds.loc[rows, "parcel"] = BAD_IDS


def write_sample(app):
    """Invent the survey and write it into an app's folder: its config, and both files of its data."""
    rng = np.random.default_rng(SEED)
    river = river_bed()
    shapes, owners = parcel_shapes(rng, river)
    bounds = shapely.total_bounds(shapes)
    polygons = shapely.remove_repeated_points(shapely.transform(shapes, degrees))
    table, days = describe(rng, shapes, owners, river)
    finds = collect(rng, river, table, polygons, bounds)
    study(rng, finds)
    sign(rng, finds, table, days)
    misplace(rng, finds, shapes, bounds)
    finds = finds.sort_values(["found_on", "at"], kind="stable", ignore_index=True)
    finds["find"] = [f"F-{i:05d}" for i in range(1, N_FINDS + 1)]
    columns = ["parcel", "name", "municipality", "walked", "land_use", "visibility", "walked_on"]
    rows = table[columns].to_json(orient="records", lines=True, force_ascii=False).splitlines()
    outlines = shapely.to_geojson(shapely.orient_polygons(polygons))          # RFC 7946: outer rings run left
    features = [f'{{"type":"Feature","properties":{row},"geometry":{o}}}'
                for row, o in zip(rows, outlines, strict=True)]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    folder = app / "data"
    folder.mkdir(exist_ok=True)
    (folder / "parcels.geojson").write_text(text, encoding="utf-8", newline="\n")
    columns = ["find", "parcel", "type", "period", "material", "ware", "weight_g", "length_mm", "decorated",
               "found_on", "surveyor", "lon", "lat", "note"]
    finds[columns].to_csv(folder / "finds.csv", index=False, encoding="utf-8", lineterminator="\n")
    shutil.copyfile(CONFIG, app / "config.toml")


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]))
