// A picture, as it is described, becomes a file that the browser saves.

import {nameOf, picture} from "../picture.js"
import {render} from "../render.js"
import {chartName, chartPicture} from "./charts.js"

const SCALES = {png: 2, large: 4}  // pixels for each unit of the picture

// The map as it is shown: `kind` is "svg", "png" or "large".
export async function savePicture(kind, shown, models) {
  const description = await picture(shown, models)
  const name = nameOf(shown.about.title)
  if (kind === "svg") {
    save(svgFile(description), `${name}.svg`)
  } else {
    save(await pngFile(description, SCALES[kind]), `${name}.png`)
  }
}

export function saveChart(key, shown) {
  save(svgFile(chartPicture(key, shown)), `${nameOf(shown.about.title, chartName(key, shown))}.svg`)
}

// A description of SVG as its text.
function svgText(description) {
  const place = document.createElement("div")
  render(place, description)
  return new XMLSerializer().serializeToString(place.firstChild)
}

function svgFile(description) {
  return new Blob([svgText(description)], {type: "image/svg+xml"})
}

// A description of SVG as pixels, `scale` of them for each of its units: its lines and texts are drawn at that scale.
async function pngFile(description, scale) {
  const image = new Image()
  // Not as a blob: of that some browsers let nobody read the pixels.
  image.src = `data:image/svg+xml,${encodeURIComponent(svgText(description))}`
  await image.decode()
  const canvas = new OffscreenCanvas(image.width * scale, image.height * scale)
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({type: "image/png"})
}

function save(file, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
