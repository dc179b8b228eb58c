// What stands beside the map of a picture: what its colours mean, how large it is, and where north is.

import {entryName, legendHeading} from "../panels/legend.js"
import {h} from "../render.js"
import {words} from "../words.js"
import {INK, leading, linesOf, SOFT, textAt} from "./text.js"

const EARTH = 6378137  // metres, the sphere of Web Mercator
const SWATCH = 22

// Each part is {height, parts}, drawn from `y` on.
export function legendOf(shown, x, width, y, size) {
  const {about, view, legend, near, palette} = shown
  const measure = about.measures.find(({key}) => key === view.measure)
  const heading = linesOf(legendHeading(shown), size, width, 3, 600)
  const parts = [textAt(x, y + size, heading, {size, weight: 600})]
  let top = y + heading.length * leading(size) + size / 2
  for (const entry of legend) {
    const name = entryName(entry, measure)
    parts.push(
      h("rect", {
        class: "swatch", x, y: top, width: SWATCH, height: size, rx: 3, fill: palette[entry.colour], stroke: "#4a5560",
        "stroke-opacity": 0.4,
      }),
      textAt(x + SWATCH + 9, top + size * 0.86, linesOf(name, size, width - SWATCH - 9, 1), {size}))
    top += leading(size) + 2
  }
  if (near != null) {
    const note = linesOf(words.drawnAs(near, about.record_nouns), size * 0.85, width, 4)
    parts.push(textAt(x, top + size, note, {size: size * 0.85, fill: SOFT}))
    top += (note.length + 1) * leading(size * 0.85)
  }
  return {height: top - y, parts}
}

// A bar of a round length on the ground, in the middle of the map, and an arrow to the north.
export function scaleOf({metres, top, height}, x, width, y, size) {
  const latitude = Math.atan(Math.sinh((top - height * metres / 2) / EARTH))
  const unit = metres * Math.cos(latitude)  // metres on the ground
  const power = 10 ** Math.floor(Math.log10(width * 0.7 * unit))
  const length = Math.max(...[1, 2, 5].map((digit) => digit * power).filter((step) => step <= width * 0.7 * unit))
  const end = x + length / unit
  const line = y + size * 2.2
  const middle = x + width - size
  return {
    height: size * 3,
    parts: [
      textAt(x, line - 9, [words.distance(length)], {size}),
      h("path", {class: "scale", d: `M${x} ${line - 5}V${line}H${end.toFixed(2)}V${line - 5}`, fill: "none",
        stroke: INK, "stroke-width": 1.5}),
      h("path", {class: "north", d: `M${middle} ${line - size * 1.6}l${size * 0.45} ${size * 1.6}l${-size * 0.45} ` +
        `${-size * 0.4}l${-size * 0.45} ${size * 0.4}z`, fill: INK}),
      textAt(middle, line - size * 1.8, [words.north], {size: size * 0.9, weight: 600, anchor: "middle"}),
    ],
  }
}
