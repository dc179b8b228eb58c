// The map of a picture: every area as a path, the records drawn above them, tiles below where they can be read.

import {h} from "../render.js"
import {shown as clean} from "./text.js"

const CHOSEN = "#d6006c"
const PLAIN = {fill: "none", "stroke-linejoin": "round"}

// Where places of the map (metres of Web Mercator) are in a frame: `box` is what has to be seen, in its middle.
export function placed([left, bottom, right, top], width, height) {
  const metres = Math.max((right - left) / width, (top - bottom) / height, 1e-6)  // a unit of the picture
  const [x, y] = [(left + right) / 2 - metres * width / 2, (bottom + top) / 2 + metres * height / 2]
  return {
    metres, width, height, left: x, top: y,
    toX: (place) => (place - x) / metres, toY: (place) => (y - place) / metres,
  }
}

export function mapOf(shown, {geometry, points, density}, frame, palette, tiles) {
  const paths = outlines(geometry, frame)
  const colour = (area) => palette[shown.colours[area >> 1] >> (area % 2) * 4 & 15]
  const chosen = shown.chosen.map(({position}) => paths[position] ?? "").join("")
  return h("svg", {x: frame.x, y: frame.y, width: frame.width, height: frame.height, overflow: "hidden"},
    h("rect", {width: frame.width, height: frame.height, fill: "#eceff0"}),
    tiles.map(({href, column, row, size}) => h("image", {
      href, x: frame.toX(column), y: frame.toY(row), width: size / frame.metres, height: size / frame.metres,
    })),
    h("g", {
      class: "areas", "fill-rule": "evenodd", stroke: "#4a5560", "stroke-opacity": 0.55, "stroke-width": 0.6,
      "stroke-linejoin": "round",
    }, paths.map((d, area) => d !== "" && h("path", {d, fill: colour(area)}, h("title", null,
      clean(geometry.names[area]))))),
    chosen !== "" && h("path", {key: "chosen", ...PLAIN, d: chosen, stroke: CHOSEN, "stroke-width": 3}),
    h("g", {class: "dots", fill: "#1f2430", "fill-opacity": 0.75, stroke: "#fff", "stroke-width": 0.8},
      cells(density.data, frame), dots(points.data, frame, () => 3)),
    h("rect", {width: frame.width, height: frame.height, fill: "none", stroke: "#dbe0e4"}))
}

// The borders of each area as the text of a path; nothing where an area has none.
function outlines({x, y, lengths, origin}, {toX, toY}) {
  let place = 0
  return Array.from(lengths, (length) => {
    const parts = []
    let isOpen = false
    for (const end = place + length; place < end; place++) {
      if (Number.isNaN(x[place])) {
        isOpen = false
        continue
      }
      const [across, down] = [toX(x[place] + origin[0]), toY(y[place] + origin[1])]
      parts.push(`${isOpen ? "L" : "M"}${across.toFixed(2)} ${down.toFixed(2)}`)
      isOpen = true
    }
    return parts.join("")
  })
}

// How dense records lie: the cells that hold some, the darker the more.
function cells({left, bottom, right, top, shade}, {toX, toY}) {
  return Array.from(left, (_, place) => {
    const [x, y, end, low] = [toX(left[place]), toY(top[place]), toX(right[place]), toY(bottom[place])]
    return h("rect", {
      class: "cell", x: x.toFixed(2), y: y.toFixed(2), width: (end - x).toFixed(2), height: (low - y).toFixed(2),
      "fill-opacity": shade[place].toFixed(2),
    })
  })
}

function dots({x, y}, {toX, toY, width, height}, radius) {
  return Array.from(x, (_, place) => {
    const [cx, cy, r] = [toX(x[place]), toY(y[place]), radius(place)]
    const isSeen = cx > -r && cx < width + r && cy > -r && cy < height + r
    return isSeen && h("circle", {cx: cx.toFixed(2), cy: cy.toFixed(2), r: r.toFixed(2)})
  })
}
