// The records on the map: dots, cells that are darker the more records lie in them, and the chosen record.

const REACH = 8      // pixels from the middle of a dot within which it is meant
const SMALLEST = 5   // pixels that a cell is wide at least, also where it holds a single place

export class Dots {
  constructor({points, density, record}, origin) {
    Object.assign(this, {points, density, record, origin})
    this.ids = []
  }

  // Show what of an answer is about records; `scale` is metres per pixel.
  show(parts, scale) {
    if ("near" in parts) {
      const {x = null, y = null, ids = [], cells = null} = parts.near ?? {}
      const [east, north] = this.origin
      this.ids = ids
      setRows(this.points, {x: shifted(x ?? [], east), y: shifted(y ?? [], north)})
      setRows(this.density, this.drawn(cells, SMALLEST * (scale ?? 0)))
    }
    if ("record" in parts) {
      const {x = null, y = null} = parts.record ?? {}
      setRows(this.record, x == null ? {x: [], y: []} : {x: [x], y: [y]})
    }
  }

  // The id of the record whose dot is nearest to a place (metres), if one is within reach; `scale` is metres per pixel.
  at(x, y, scale) {
    const {data} = this.points
    let [nearest, best] = [null, (REACH * scale) ** 2]
    for (let dot = 0; dot < this.ids.length; dot++) {
      const distance = (data.x[dot] - x) ** 2 + (data.y[dot] - y) ** 2
      if (distance <= best) {
        [nearest, best] = [this.ids[dot], distance]
      }
    }
    return nearest
  }

  // Cells as far as their records reach, and no smaller than can be seen.
  drawn(cells, least) {
    if (cells == null) {
      return {left: [], bottom: [], right: [], top: [], shade: []}
    }
    const [east, north] = this.origin
    const ends = (lows, highs, start) => {
      const [from, to] = [shifted(lows, start), shifted(highs, start)]
      for (let cell = 0; cell < from.length; cell++) {
        const missing = Math.max(least - (to[cell] - from[cell]), 0) / 2
        from[cell] -= missing
        to[cell] += missing
      }
      return [from, to]
    }
    const [left, right] = ends(cells.left, cells.right, east)
    const [bottom, top] = ends(cells.bottom, cells.top, north)
    return {left, bottom, right, top, shade: Float32Array.from(cells.shades, (shade) => 0.2 + 0.7 * shade / 255)}
  }
}

export function setData(source, columns) {
  // Not told to the server: it has no use for them.
  source.setv({data: {...source.data, ...columns}}, {sync: false})
}

function setRows(source, columns) {
  // Any change of a source has Bokeh draw all borders again: nothing is not put in the place of nothing.
  if (source.get_length() > 0 || Object.values(columns)[0].length > 0) {
    setData(source, columns)
  }
}

export function shifted(offsets, origin, start = 0, end = offsets.length) {
  const places = new Float64Array(Math.max(end - start, 0))
  for (let index = 0; index < places.length; index++) {
    places[index] = offsets[start + index] + origin
  }
  return places
}
