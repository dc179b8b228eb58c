// A facet of numbers or dates: a histogram, two handles that step along its bins, and two bounds to type.
// Bins are rounder than the values, so that a skewed column gets a scale on which it can be used.

import {h} from "../render.js"
import {words} from "../words.js"
import {outline, outlines} from "./bars.js"
import {option, title} from "./controls.js"
import {seasons} from "./seasons.js"

export function range(facet, shown) {
  const {view, options, refused} = shown
  const {name, label, size, ends} = facet
  const {counts, missing} = options[name]
  const choice = view.choices[name]
  const [first, last] = choice?.bins ?? [0, size - 1]
  const tallest = Math.max(...counts, 1)
  const inside = counts.map((count, bin) => first <= bin && bin <= last ? count : 0)
  const [all, mine] = [outline(counts, tallest), outline(inside, tallest)]
  const isEmpty = last < first  // only records without a value
  const handle = (place, value, name_) => h("input", {
    key: place, type: "range", min: 0, max: size, step: 1, value, "aria-label": name_, class: place,
  })
  const bound = (place, text, end) => h("label", {key: place, class: "bound"}, h("span", null, words[place]),
    h("input", {type: "text", value: text ?? "", placeholder: words.bound(end), autocomplete: "off"}))
  return [
    h("div", {key: "title", class: "title"}, title(facet, choice != null)),
    seasons(facet, shown),
    outlines(size, [["rest", all === mine ? "" : all], ["mine", mine]], {
      key: "histogram", class: "histogram", "data-on": name, "data-drag": size,
    }),
    h("div", {
      key: "slider", class: "slider", "data-do": "bins", "data-on": name, "data-pair": true,
      style: {"--low": isEmpty ? 0 : first / size, "--high": isEmpty ? 1 : (last + 1) / size},
    },
    handle("low", isEmpty ? 0 : first, words.lowest(label)),
    handle("high", isEmpty ? size : last + 1, words.highest(label))),
    h("div", {key: "bounds", class: "bounds", "data-do": "between", "data-on": name, "data-pair": true},
      bound("from", choice?.low, ends[0]), bound("to", choice?.high, ends[1])),
    refused?.at === name && h("p", {key: "refused", class: "refused", role: "alert"}, words.refused(refused)),
    facet.has_missing && h("div", {key: "missing", "data-do": "toggle", "data-on": name},
      option("", missing, {missing: choice?.missing ?? false})),
  ]
}
