// The map as a picture on light paper, described as SVG: title, sentence, map, legend, scale, north, and whom to name.

import {entryName} from "./panels/legend.js"
import {paletteOf} from "./palettes.js"
import {legendOf, scaleOf} from "./pictures/furniture.js"
import {mapOf, placed} from "./pictures/map.js"
import {FAMILY, leading, linesOf, SOFT, textAt, widthOf} from "./pictures/text.js"
import {attribution, readTiles} from "./pictures/tiles.js"
import {h} from "./render.js"
import {words} from "./words.js"

// Widths and type in units of the picture: for a slide, and for a sheet of paper.
const SLIDE = {width: 1280, margin: 32, title: 32, text: 19, small: 14}
const SHEET = {width: 760, margin: 2, title: 22, text: 13.5, small: 10.5}
const AIR = 1.04  // around the survey as a whole

// The picture for a slide, once its tiles are read.
export async function picture(shown, models) {
  const frame = frameOf(shown, models, SLIDE)
  const tiles = await readTiles(models, frame)
  return drawn(shown, models, frame, tiles, SLIDE)
}

// The picture for a sheet of paper, at once and so without tiles.
export function sheet(shown, models) {
  return drawn(shown, models, frameOf(shown, models, SHEET), [], SHEET)
}

export function nameOf(...titles) {
  return titles.join(" ").normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "map"
}

// What the picture says of the data: who made them, when they are of, and what may be done with them.
export function credits({about: {credit, licence}, freshness}, more = []) {
  return [credit, licence, words.dataOfDay(freshness.as_of), ...more].filter((text) => text !== "").join(" · ")
}

// The map's place: what visitors see, or the whole survey while they have not moved the map.
function frameOf({about, view, legend}, {plot: {x_range, y_range}, home}, {width, margin, text}) {
  const measure = about.measures.find(({key}) => key === view.measure)
  const names = legend.map((entry) => entryName(entry, measure))
  const widest = Math.max(...names.map((name) => widthOf(name, text) + 2 * text), widthOf(measure.label, text, 600))
  const side = Math.min(Math.max(widest, width * 0.15), width * 0.24)
  const isWhole = view.extent.length === 0
  const box = isWhole ? home : [x_range.start, y_range.start, x_range.end, y_range.end]
  const across = width - 2 * margin - side - margin / 2 - 10
  const down = across * Math.min(Math.max((box[3] - box[1]) / (box[2] - box[0]), 0.5), 0.85)
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  const reach = isWhole ? AIR / 2 : 0.5
  const [wide, high] = [(box[2] - box[0]) * reach, (box[3] - box[1]) * reach]
  return {...placed([x - wide, y - high, x + wide, y + high], across, down), side}
}

function drawn(all, models, frame, tiles, {width, margin, title, text, small}) {
  const shown = {...all, palette: paletteOf(models, all, false)}
  const {about, palette} = shown
  const inner = width - 2 * margin
  const heading = linesOf(about.title, title, inner, 2, 700)
  const sentence = linesOf(words.sentence(shown), text, inner)
  const said = margin + heading.length * leading(title)
  const y = said + sentence.length * leading(text) + text / 2
  const x = margin + frame.width + margin / 2 + 10
  const legend = legendOf(shown, x, frame.side, y, text)
  const scale = scaleOf(frame, x, frame.side, Math.max(y + legend.height + text, y + frame.height - text * 3), text)
  const bottom = Math.max(y + frame.height, y + legend.height + text + scale.height)
  const named = linesOf(credits(shown, tiles.length > 0 ? [attribution(models)] : []), small, inner)
  const height = Math.ceil(bottom + small / 2 + named.length * leading(small) + margin)
  return h("svg", {width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FAMILY},
    h("title", null, heading.join(" ")),
    h("rect", {width, height, fill: "#fff"}),
    textAt(margin, margin + title * 0.8, heading, {size: title, weight: 700}),
    textAt(margin, said + text * 0.9, sentence, {size: text}),
    mapOf(shown, models, {...frame, x: margin, y}, palette, tiles),
    legend.parts, scale.parts,
    textAt(margin, bottom + small * 1.7, named, {size: small, fill: SOFT}))
}
