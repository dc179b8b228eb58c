// The entries of the download menu that make pictures, and the button that makes one of a chart.

import {h} from "../render.js"
import {words} from "../words.js"

export function pictureEntries() {
  return [
    h("h3", {key: "pictures"}, words.pictures),
    Object.entries(words.pictureKinds).map(([kind, name]) =>
      h("button", {key: kind, "data-do": "picture", value: kind}, name)),
  ]
}

export function chartHeading(key, label) {
  return h("div", {class: "chart-head"}, h("h3", null, label), h("button", {
    class: "quiet", "data-do": "chart", value: key, "aria-label": words.chartPicture(label),
    title: words.chartPicture(label),
  }, "SVG"))
}
