// The map in the page: cuts the borders up, colours the areas, and keeps the extent.

const EARTH = 6378137  // metres, the sphere of Web Mercator
const FLASH = 2500     // milliseconds

export default ({
  root, browser, geometry, palette, areas, points, density, chosen, fresh, plot, tiles, home,
}, _obj, _data, {index}) => {
  const host = index.get(root).el
  const view = index.find_one(plot)
  const {x_range, y_range} = plot
  const fills = new Fills(view, geometry, palette)
  let extent = null     // in degrees as text, of the last view or of the last move
  let moving = false    // while this script moves the map itself
  let touched = false   // whether a visitor has had their hands on the map
  let quiet = null      // the timer that waits for the end of a move
  let scale = null      // metres per pixel
  let flashing = null   // the timer that ends a flash
  const shown = {}      // the parts of all answers so far

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

  // An answer leaves out what has not changed.
  const show = (answer) => {
    Object.assign(shown, answer)
    const {counts, measure, nouns} = shown
    geometry.shown = {counts, measure, nouns}
    if ("colour" in answer) {
      fills.colour(answer.colour)
    }
    if ("area" in answer) {
      chosen.setv({indices: answer.area}, {sync: false})
    }
    if ("points" in answer) {
      const [x, y] = answer.points ?? [[], []]
      setRows(points, {x: shifted(x, geometry.origin[0]), y: shifted(y, geometry.origin[1])})
    }
    if ("density" in answer) {
      setRows(density, dots(answer.density))
    }
    if (answer.fresh?.areas.length > 0) {
      flash(answer.fresh.areas)
    }
    // While a newer request is on its way this answer's extent is one that the visitor has left again.
    if (shown.extent.join() !== extent && answer.n >= (browser.request.n ?? 0) && !answer.waiting) {
      extent = shown.extent.join()
      fit(extent === "" ? home : toMercator(shown.extent))
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
      host.dispatchEvent(new CustomEvent("dashboard-moved", {detail: extent}))
    }, 200)
  }

  const resized = () => {
    if (scale == null) {
      extent = null
      show(shown)
    } else if (extent === "") {
      fit(home)
    } else {
      centre(...middle())
    }
  }

  // All columns at once, as they must be of one length.
  setData(areas, {...cut(geometry), name: geometry.names})
  show(browser.answer)
  for (const tile of tiles) {
    addWhenReachable(tile, plot)
  }
  browser.connect(browser.properties.answer.change, () => show(browser.answer))
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
    if (view.el.clientHeight != plot.outer_height || view.el.clientWidth != plot.outer_width) {
      view.invalidate_layout()
    }
  }).observe(view.el)
  host.addEventListener("dashboard-zoom", ({detail}) => {
    if (detail == "home") {
      extent = ""
      fit(home)
      host.dispatchEvent(new CustomEvent("dashboard-moved", {detail: ""}))
    } else {
      scale *= detail == "in" ? 0.5 : 2
      centre(...middle())
      moved()
    }
  })
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
function dots(density) {
  const columns = {x: [], y: [], radius: []}
  const {widths, box: [left, bottom, right]} = density ?? {widths: [], box: []}
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

function toMercator([west, south, east, north]) {
  const x = (degrees) => EARTH * degrees * Math.PI / 180
  const y = (degrees) => EARTH * Math.asinh(Math.tan(Math.min(Math.max(degrees, -85), 85) * Math.PI / 180))
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
