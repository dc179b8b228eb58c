// The tiles below the map of a picture, read as a part of it; what cannot be read is left out.

const WORLD = 20037508.342789244  // metres of Web Mercator from its middle to its edge
const MOST = 60                   // tiles of a picture

// The tiles of a frame, if the map shows any: each with its address as data, its left upper corner and its size in
// metres.
export async function readTiles({plot, tiles}, frame) {
  const shown = tiles.find((tile) => plot.renderers.includes(tile))
  if (shown == null) {
    return []
  }
  const found = await Promise.all(tilesOf(frame, shown.tile_source).map(async ({address, ...place}) => {
    try {
      return {...place, href: await asData(await (await fetch(address)).blob())}
    } catch {
      return null  // no network, or a server that lets no other page read it
    }
  }))
  return found.filter((tile) => tile != null)
}

// Whom to name for the tiles, as text.
export function attribution({tiles}) {
  return new DOMParser().parseFromString(tiles[0].tile_source.attribution, "text/html").body.textContent
}

function tilesOf({left, top, width, height, metres}, {url, max_zoom: deepest}) {
  // Twice as fine as the picture's unit, as it is drawn larger.
  let zoom = Math.min(Math.max(Math.round(Math.log2(2 * WORLD / 256 / metres)) + 1, 0), deepest)
  const range = (start, length, size) => [Math.floor(start / size), Math.floor((start + length) / size)]
  for (;; zoom--) {
    const size = 2 * WORLD / 2 ** zoom
    const [first, last] = range(left + WORLD, width * metres, size)
    const [upper, lower] = range(WORLD - top, height * metres, size)
    if ((last - first + 1) * (lower - upper + 1) <= MOST || zoom === 0) {
      return listed(zoom, size, [first, last], [Math.max(upper, 0), Math.min(lower, 2 ** zoom - 1)], url)
    }
  }
}

function listed(zoom, size, [first, last], [upper, lower], url) {
  const tiles = []
  for (let column = first; column <= last; column++) {
    for (let row = upper; row <= lower; row++) {
      const numbers = {x: (column % 2 ** zoom + 2 ** zoom) % 2 ** zoom, y: row, z: zoom}
      tiles.push({
        address: url.replace(/\{([XYZxyz])\}/g, (_, name) => numbers[name.toLowerCase()]),
        column: column * size - WORLD, row: WORLD - row * size, size,
      })
    }
  }
  return tiles
}

function asData(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(reader.result)
    reader.onerror = failed
    reader.readAsDataURL(blob)
  })
}
