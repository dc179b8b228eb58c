// The map in the page: cuts the borders up, has the areas filled, keeps the extent, and tells of taps and moves.

import {startBox} from "./box.js"
import {Dots, setData, shifted} from "./dots.js"
import {startHands} from "./hands.js"
import {recordTooltip} from "./panels/record.js"
import {tooltip} from "./panels/legend.js"
import {Fills} from "./raster.js"
import {h, render} from "./render.js"

const EARTH = 6378137  // metres, the sphere of Web Mercator
const FLASH = 2500     // milliseconds
const REACH = 8        // pixels round a tap in which an area is still meant
const PEEK = 120       // milliseconds that the pointer stays on a dot before its record is looked at
const CLOSE = 24       // how many times closer than the whole survey a record is shown that was out of sight

// `tip` is the element above the map that a tooltip is shown in.
export function startMap(models, index, tip, ask) {
  const {plot, tiles, geometry, areas, points, density, record, chosen, fresh, home, highest} = models
  const view = index.find_one(plot)
  const {x_range, y_range} = plot
  const fills = new Fills(view, geometry)
  const dots = new Dots({points, density, record}, geometry.origin)
  let extent = null     // in degrees as text, of the last view or of the last move
  let moving = false    // while this script moves the map itself
  let touched = false   // whether a visitor has had their hands on the map
  let quiet = null      // the timer that waits for the end of a move
  let scale = null      // metres per pixel
  let flashing = null   // the timer that ends a flash
  let flashed = null    // the number of records when areas flashed last
  let shown = null      // all parts of the answer
  let pointer = null    // where the pointer is on the map
  let peeked = null     // the id of the record below it
  let peeking = null    // the timer that waits for the pointer to stay
  let goal = null       // the id of the record that the map has gone to

  // Have all of a box in sight; `free` is what the edges are to keep free, in pixels.
  const fit = ([left, bottom, right, top], free = {left: 0, right: 0, top: 0}) => {
    const {inner_width: width, inner_height: height} = plot
    if (!(width > 0 && height > 0)) {
      return
    }
    const across = (right - left) / (width - free.left - free.right)
    scale = Math.max(across, (top - bottom) / (height - free.top), 1e-6) * 1.04
    centre((left + right - scale * (free.left - free.right)) / 2, (bottom + top + scale * free.top) / 2)
  }

  // All areas, beside and below what lies on the map.
  const fitHome = () => {
    const place = tip.getBoundingClientRect()
    const rect = (name) => tip.getRootNode().querySelector(name)?.getBoundingClientRect()
    const [legend, bar, zoom] = [".legend", ".map-bar", ".zoom"].map(rect)
    const isOnMap = legend != null && legend.top >= place.top && legend.bottom <= place.bottom
    fit(home, isOnMap && place.width > 2 * legend.width
      ? {left: legend.right - place.left, right: place.right - zoom.left, top: bar.bottom - place.top} : undefined)
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
    if ("colours" in parts || all.palette !== shown?.palette) {
      fills.colour(all.colours, all.palette)
    }
    shown = all
    if ("chosen" in parts) {
      const indices = parts.chosen.map(({position}) => position).filter((position) => position != null)
      chosen.setv({indices}, {sync: false})
    }
    dots.show(parts, scale)
    const {sentence: {total}, fresh: added} = shown
    if (total !== (flashed ?? total) && added.length > 0) {
      flash(added)
    }
    flashed = total
    showTooltip()
    // While a newer action is on its way this answer's extent is one that the visitor has left again.
    if (settled && shown.view.extent.join() !== extent) {
      extent = shown.view.extent.join()
      extent === "" ? fitHome() : fit(toMercator(shown.view.extent, highest))
    }
    if (settled && plot.inner_width > 0 && (shown.record?.id ?? null) !== goal) {
      goal = shown.record?.id ?? null
      goTo(shown.record)
    }
  }

  // Show a record that is out of sight, or too far away to be told from others.
  const goTo = (place) => {
    if (place?.x == null) {
      return
    }
    const isSeen = x_range.start < place.x && place.x < x_range.end && y_range.start < place.y && place.y < y_range.end
    if (!isSeen || shown.near == null) {
      scale = Math.min(scale, Math.max(home[2] - home[0], home[3] - home[1]) / CLOSE / plot.inner_width)
      centre(place.x, place.y)
      moved()
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
      fitHome()
    } else {
      centre(...middle())
    }
  }

  const zoom = (direction) => {
    if (direction === "home") {
      extent = ""
      fitHome()
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
    const isRecord = pointer != null && peeked != null && shown.peeked?.id === peeked
    render(tip, area < 0 && !isRecord ? [] : h("div", {
      class: "tooltip", role: "tooltip", style: {
        [pointer.x < plot.outer_width / 2 ? "left" : "right"]:
          `${pointer.x < plot.outer_width / 2 ? pointer.x + 14 : plot.outer_width - pointer.x + 14}px`,
        [pointer.y < plot.outer_height / 2 ? "top" : "bottom"]:
          `${pointer.y < plot.outer_height / 2 ? pointer.y + 14 : plot.outer_height - pointer.y + 14}px`,
      },
    }, isRecord ? recordTooltip(shown.peeked, shown) : tooltip(geometry.names[area], area, shown)))
  }
  const peek = (id) => {
    if (id !== peeked) {
      peeked = id
      clearTimeout(peeking)
      peeking = setTimeout(() => ask({do: "peek", on: "", value: id ?? ""}), PEEK)
    }
  }
  const follow = ({clientX, clientY, pointerType, buttons}) => {
    const box = view.el.getBoundingClientRect()
    pointer = pointerType === "mouse" && buttons === 0 ? {x: clientX - box.left, y: clientY - box.top} : null
    peek(pointer == null || scale == null ? null
      : dots.at(x_range.start + pointer.x * scale, y_range.end - pointer.y * scale, scale))
    showTooltip()
  }

  // All columns at once, as they must be of one length.
  setData(areas, {...cut(geometry), name: geometry.names})
  tiles.forEach((tile) => addWhenReachable(tile, plot))
  view.el.addEventListener("pointermove", follow)
  view.el.addEventListener("pointerleave", () => {
    pointer = null
    peek(null)
    showTooltip()
  })
  const tap = ([x, y], on) => {
    const reach = REACH * (x_range.end - x_range.start) / plot.inner_width
    ask({do: "tap", on, value: [x, y, reach].join()})
  }
  view.el.addEventListener("dashboard-tap", ({detail}) => {
    const id = dots.at(...detail, (x_range.end - x_range.start) / plot.inner_width)
    id == null ? tap(detail, "") : ask({do: "record", on: "", value: id})
  })
  const box = startBox(view, tip, {
    begin: () => {
      pointer = null
      peek(null)
      showTooltip()
    },
    tap: (place) => tap(place, "also"),
    box: (corners) => ask({do: "box", on: "", value: corners.flat().join()}),
  })
  startHands(view, tip.getRootNode().host)
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
  // The overlays come with the first answer, after the map.
  const refit = () => extent === "" && fitHome()

  return {show, zoom, refit, chooseSeveral: box.always}
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
