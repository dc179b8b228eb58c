// The map in the page: cuts the borders up, has the areas filled, keeps the extent, and tells of taps and moves.

import {tooltip} from "./panels/legend.js"
import {Fills} from "./raster.js"
import {h, render} from "./render.js"

const EARTH = 6378137  // metres, the sphere of Web Mercator
const FLASH = 2500     // milliseconds
const REACH = 8        // pixels round a tap in which an area is still meant

// `tip` is the element above the map that a tooltip is shown in.
export function startMap(models, index, tip, ask) {
  const {plot, tiles, geometry, palette, areas, points, density, chosen, fresh, home, highest} = models
  const view = index.find_one(plot)
  const {x_range, y_range} = plot
  const fills = new Fills(view, geometry, palette)
  let extent = null     // in degrees as text, of the last view or of the last move
  let moving = false    // while this script moves the map itself
  let touched = false   // whether a visitor has had their hands on the map
  let quiet = null      // the timer that waits for the end of a move
  let scale = null      // metres per pixel
  let flashing = null   // the timer that ends a flash
  let flashed = null    // the number of records when areas flashed last
  let shown = null      // all parts of the answer
  let pointer = null    // where the pointer is on the map

  const setData = (source, columns) => {
    // Not told to the server: it has no use for them.
    source.setv({data: {...source.data, ...columns}}, {sync: false})
  }

  const setRows = (source, columns) => {
    // Any change of a source has Bokeh draw all borders again: nothing is not put in the place of nothing.
    if (source.get_length() > 0 || Object.values(columns)[0].length > 0) {
      setData(source, columns)
    }
  }

  const fit = ([left, bottom, right, top]) => {
    const {inner_width: width, inner_height: height} = plot
    if (!(width > 0 && height > 0)) {
      return
    }
    scale = Math.max((right - left) / width, (top - bottom) / height, 1e-6) * 1.04
    centre((left + right) / 2, (bottom + top) / 2)
  }

  const centre = (x, y) => {
    const {inner_width: width, inner_height: height} = plot
    moving = true
    x_range.setv({start: x - scale * width / 2, end: x + scale * width / 2})
    y_range.setv({start: y - scale * height / 2, end: y + scale * height / 2})
    moving = false
  }

  const middle = () => [(x_range.start + x_range.end) / 2, (y_range.start + y_range.end) / 2]

  const show = (all, parts, settled) => {
    shown = all
    if ("colours" in parts) {
      fills.colour(parts.colours)
    }
    if ("chosen" in parts) {
      chosen.setv({indices: parts.chosen == null ? [] : [parts.chosen]}, {sync: false})
    }
    if ("near" in parts) {
      const {x, y} = parts.near ?? {}
      setRows(points, {x: shifted(x ?? [], geometry.origin[0]), y: shifted(y ?? [], geometry.origin[1])})
      setRows(density, dots(parts.near))
    }
    const {sentence: {total}, fresh: added} = shown
    if (total !== (flashed ?? total) && added.length > 0) {
      flash(added)
    }
    flashed = total
    showTooltip()
    // While a newer action is on its way this answer's extent is one that the visitor has left again.
    if (settled && shown.view.extent.join() !== extent) {
      extent = shown.view.extent.join()
      fit(extent === "" ? home : toMercator(shown.view.extent, highest))
    }
  }

  const flash = (indices) => {
    clearTimeout(flashing)
    fresh.setv({indices}, {sync: false})
    flashing = setTimeout(() => fresh.setv({indices: []}, {sync: false}), FLASH)
  }

  const moved = () => {
    clearTimeout(quiet)
    quiet = setTimeout(() => {
      extent = toDegrees(x_range.start, y_range.start, x_range.end, y_range.end).join()
      ask({do: "extent", on: "", value: extent})
    }, 200)
  }

  const resized = () => {
    if (scale == null) {
      if (shown != null) {
        extent = null
        show(shown, {}, true)
      }
    } else if (extent === "") {
      fit(home)
    } else {
      centre(...middle())
    }
  }

  const zoom = (direction) => {
    if (direction === "home") {
      extent = ""
      fit(home)
      ask({do: "extent", on: "", value: ""})
    } else {
      scale *= direction === "in" ? 0.5 : 2
      centre(...middle())
      moved()
    }
  }

  // The tooltip lies beside the pointer, on the side where there is more room.
  const showTooltip = () => {
    const area = pointer == null ? -1 : fills.areaAt(pointer.x, pointer.y)
    render(tip, area < 0 ? [] : h("div", {
      class: "tooltip", role: "tooltip", style: {
        [pointer.x < plot.outer_width / 2 ? "left" : "right"]:
          `${pointer.x < plot.outer_width / 2 ? pointer.x + 14 : plot.outer_width - pointer.x + 14}px`,
        [pointer.y < plot.outer_height / 2 ? "top" : "bottom"]:
          `${pointer.y < plot.outer_height / 2 ? pointer.y + 14 : plot.outer_height - pointer.y + 14}px`,
      },
    }, tooltip(geometry.names[area], area, shown)))
  }
  const follow = ({clientX, clientY, pointerType, buttons}) => {
    const box = view.el.getBoundingClientRect()
    pointer = pointerType === "mouse" && buttons === 0 ? {x: clientX - box.left, y: clientY - box.top} : null
    showTooltip()
  }

  // All columns at once, as they must be of one length.
  setData(areas, {...cut(geometry), name: geometry.names})
  tiles.forEach((tile) => addWhenReachable(tile, plot))
  view.el.addEventListener("pointermove", follow)
  view.el.addEventListener("pointerleave", () => {
    pointer = null
    showTooltip()
  })
  view.el.addEventListener("dashboard-tap", ({detail: [x, y]}) => {
    const reach = REACH * (x_range.end - x_range.start) / plot.inner_width
    ask({do: "tap", on: "", value: [x, y, reach].join()})
  })
  // Bokeh moves ranges too, for reasons of its own; only what follows a hand on the map is a visitor's move.
  for (const hand of ["wheel", "pointerdown", "touchstart"]) {
    view.el.addEventListener(hand, () => { touched = true }, {capture: true, passive: true})
  }
  for (const range of [x_range, y_range]) {
    range.connect(range.change, () => {
      if (!moving && touched && scale != null) {
        scale = (x_range.end - x_range.start) / plot.inner_width
        moved()
      }
    })
  }
  for (const size of [plot.properties.inner_width, plot.properties.inner_height]) {
    plot.connect(size.change, resized)
  }
  // Bokeh looks for another size when the window has one, not when what stands beside the map has grown or shrunk.
  new ResizeObserver(() => {
    if (view.el.clientHeight !== plot.outer_height || view.el.clientWidth !== plot.outer_width) {
      view.invalidate_layout()
    }
  }).observe(view.el)
  return {show, zoom}
}

// Without a network every tile would fail by itself, each with its errors in the console; one is asked first.
function addWhenReachable(tile, plot) {
  const image = new Image()
  image.onload = () => plot.setv({renderers: [tile, ...plot.renderers]}, {sync: false})
  image.src = tile.tile_source.url.replace(/\{[XYZxyz]\}/g, "0")
}

function cut({x, y, lengths, origin}) {
  const xs = []
  const ys = []
  let start = 0
  for (const length of lengths) {
    // The last number is the nan that parts this area from the next.
    xs.push(shifted(x, origin[0], start, start + length - 1))
    ys.push(shifted(y, origin[1], start, start + length - 1))
    start += length
  }
  return {xs, ys}
}

function shifted(offsets, origin, start = 0, end = offsets.length) {
  const places = new Float64Array(Math.max(end - start, 0))
  for (let index = 0; index < places.length; index++) {
    places[index] = offsets[start + index] + origin
  }
  return places
}

// A dot in each cell that is not empty, as wide as a share of it (of 255).
function dots(near) {
  const columns = {x: [], y: [], radius: []}
  const widths = near?.density ?? []
  const [left, bottom, right] = near?.box ?? []
  const side = Math.sqrt(widths.length)
  const cell = (right - left) / side
  for (let index = 0; index < widths.length; index++) {
    if (widths[index] > 0) {
      columns.x.push(left + (index % side + 0.5) * cell)
      columns.y.push(bottom + (Math.floor(index / side) + 0.5) * cell)
      columns.radius.push(widths[index] / 255 * cell / 2)
    }
  }
  return columns
}

function toMercator([west, south, east, north], highest) {
  const x = (degrees) => EARTH * degrees * Math.PI / 180
  const y = (degrees) => EARTH * Math.asinh(Math.tan(Math.min(Math.max(degrees, -highest), highest) * Math.PI / 180))
  return [x(west), y(south), x(east), y(north)]
}

function toDegrees(left, bottom, right, top) {
  // No further than once more around the world on either side.
  const longitude = (x) => Math.min(Math.max(x / EARTH * 180 / Math.PI, -540), 540)
  const latitude = (y) => Math.atan(Math.sinh(y / EARTH)) * 180 / Math.PI
  const bounds = [longitude(left), latitude(bottom), longitude(right), latitude(top)]
  // As many digits as the width of the extent deserves.
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(bounds[2] - bounds[0])) + 3, 2), 8)
  return bounds.map((bound) => Number(bound.toFixed(digits)))
}
