// Small charts: outlines as SVG paths, and bars that are buttons; the page's style draws and colours them.

import {h} from "../render.js"

// The path around bars one unit wide each, standing on the bottom of a box 100 high that `tallest` fills. A bar that is
// not zero is at least a little high, or it could not be seen. Neighbours share one outline.
export function outline(heights, tallest) {
  const tops = heights.map((height) => height > 0
    ? Math.max(Math.round(height / (tallest || 1) * 1000) / 10, 2) : 0)
  return tops.map((top, place) => top === 0 ? ""
    : `${tops[place - 1] ? "" : `M${place} 100`}V${(100 - top).toFixed(1)}h1${tops[place + 1] ? "" : "V100"}`).join("")
}

// A picture of bars as outlines, one above the other: a list of pairs (class, path).
export function outlines(width, paths, attributes) {
  return h("svg", {viewBox: `0 0 ${width} 100`, preserveAspectRatio: "none", "aria-hidden": "true", ...attributes},
    paths.map(([name, path]) => path !== "" && h("path", {key: name, class: name, d: path})))
}

// A row with a label and a figure, as long as its share; a button where a click has something to ask for.
export function row({label, figure, share, value, chosen}) {
  const inside = [h("span", null, label), h("b", null, figure)]
  return value == null ? h("div", {key: `rest ${label}`, class: "bar rest"}, inside)
    : h("button", {key: value, class: chosen ? "bar chosen" : "bar", value, style: {"--share": share.toPrecision(3)}},
      inside)
}
