// The colours of the areas: a picture of our own between Bokeh's two, the tiles below and the borders above.
// Bokeh draws neither of them again when only colours change.
export class Fills {
  constructor(view, geometry) {
    this.view = view
    this.raster = new Raster(geometry)
    this.origin = geometry.origin
    this.colours = new Uint32Array(geometry.lengths.length)
    this.canvas = document.createElement("canvas")
    this.canvas.className = "bk-layer"
    view.canvas.primary.el.after(this.canvas)
    view.repainted.connect(() => this.follow())
  }

  // `codes`: for each area the number of its colour in the palette, two in a byte.
  colour(codes, palette) {
    const pixels = Uint32Array.from(palette, asPixel)
    for (let area = 0; area < this.colours.length; area++) {
      this.colours[area] = pixels[codes[area >> 1] >> (area % 2) * 4 & 15]
    }
    if (this.image != null) {
      this.draw()
    }
  }

  // The position of the area at a place of the map, in pixels of the page; -1 where there is none.
  areaAt(x, y) {
    const ratio = this.canvas.width / this.view.canvas.primary.el.clientWidth
    const [column, row] = [Math.floor(x * ratio), Math.floor(y * ratio)]
    const isInside = this.image != null && column >= 0 && column < this.canvas.width && row >= 0
    return isInside ? this.raster.areaAt(row * this.canvas.width + column) : -1
  }

  // Once Bokeh has drawn its two pictures: find the pixels anew if they show another part of the world, or grew.
  follow() {
    const {canvas, view: {canvas: {primary}, frame: {x_scale, y_scale}}} = this
    // Coarse screens, but for huge ones, get two by two pixels for each of theirs: the browser smooths the borders.
    const fine = primary.pixel_ratio < 2 && primary.canvas.width * primary.canvas.height < 3e6 ? 2 : 1
    const [width, height] = [primary.canvas.width * fine, primary.canvas.height * fine]
    const toX = toPixels(x_scale, this.origin[0], primary.pixel_ratio * fine)
    const toY = toPixels(y_scale, this.origin[1], primary.pixel_ratio * fine)
    const place = JSON.stringify([width, height, toX, toY])
    if (place == this.place || !(width > 0 && height > 0)) {
      return
    }
    this.place = place
    canvas.width = width
    canvas.height = height
    this.image = new ImageData(width, height)
    this.raster.scan(width, height, toX, toY)
    this.draw()
  }

  draw() {
    this.raster.fill(new Uint32Array(this.image.data.buffer), this.colours)
    this.canvas.getContext("2d").putImageData(this.image, 0, 0)
  }
}

// Bokeh's own pictures are moved by half a pixel of the page.
function toPixels(scale, origin, ratio) {
  const start = scale.compute(origin)
  return {scale: (scale.compute(origin + 1) - start) * ratio, shift: (start + 0.5) * ratio}
}

function asPixel(colour) {
  const parts = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16))
  return new Uint32Array(Uint8Array.of(...parts, 255).buffer)[0]
}

// The areas as pixels: which ones each area fills. Another colour of the areas is then a matter of filling them again.

export class Raster {
  // `x`, `y`: all rings of all areas one after the other, each closed and followed by nan; `lengths`: numbers per area.
  constructor({x, y, lengths}) {
    this.x = x
    this.y = y
    this.lengths = lengths
    this.ends = new Int32Array(lengths.length)  // where the spans of each area end
    this.spans = new Int32Array(1 << 16)        // pairs: the first pixel of a row that an area fills, and the one after
  }

  // Find the pixels whose middles lie in an area, of a picture in which x is at `x * toX.scale + toX.shift`, and y so.
  // A pixel's number counts row by row. Within several rings is outside again: holes stay empty.
  scan(width, height, toX, toY) {
    const {x, y, lengths} = this
    let point = 0
    let count = 0
    for (let area = 0; area < lengths.length; area++) {
      const first = count
      const end = point + lengths[area]
      let x1 = NaN
      let y1 = NaN
      for (; point < end; point++) {
        const x0 = x1
        const y0 = y1
        x1 = x[point] * toX.scale + toX.shift
        y1 = y[point] * toY.scale + toY.shift
        // The same border is the same to both areas it parts, whichever way round each of them goes.
        const down = y0 < y1
        const top = down ? y0 : y1
        const slope = (x1 - x0) / (y1 - y0)
        const from = Math.max(Math.ceil(top - 0.5), 0)
        const until = Math.min(Math.ceil((down ? y1 : y0) - 0.5), height)
        if (!(from < until)) {
          continue  // also where one end is nan
        }
        if (count + until - from > this.spans.length) {
          this.grow(count + until - from)
        }
        const {spans} = this
        let crossing = (down ? x0 : x1) + (from + 0.5 - top) * slope - 0.5
        for (let row = from; row < until; row++) {
          spans[count++] = row * width + Math.min(Math.max(Math.ceil(crossing), 0), width)
          crossing += slope
        }
      }
      // Each row is crossed an even number of times, so in their order the crossings are pairs.
      this.spans.subarray(first, count).sort()
      this.ends[area] = count
    }
  }

  // Fill the pixels of each area with its colour (both as 32 bits), later areas over earlier ones.
  fill(pixels, colours) {
    const {spans, ends} = this
    let span = 0
    for (let area = 0; area < ends.length; area++) {
      const colour = colours[area]
      for (const end = ends[area]; span < end; span += 2) {
        // Most spans are too short for pixels.fill() to be worth a call.
        const until = spans[span + 1]
        for (let pixel = spans[span]; pixel < until; pixel++) {
          pixels[pixel] = colour
        }
      }
    }
  }

  // The last area, which lies above the others, that fills a pixel; -1 where none does.
  areaAt(pixel) {
    const {spans, ends} = this
    for (let area = ends.length - 1; area >= 0; area--) {
      const [first, end] = [area === 0 ? 0 : ends[area - 1], ends[area]]
      if (first < end && spans[first] <= pixel && pixel < spans[end - 1]) {
        for (let span = first; span < end; span += 2) {
          if (spans[span] <= pixel && pixel < spans[span + 1]) {
            return area
          }
        }
      }
    }
    return -1
  }

  grow(size) {
    const {spans} = this
    this.spans = new Int32Array(size * 2)
    this.spans.set(spans)
  }
}
