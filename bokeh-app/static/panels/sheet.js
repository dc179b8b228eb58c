// On a phone, where the detail is out of sight: what was recovered in the chosen areas, in one line at the lower edge.

import {h} from "../render.js"
import {words} from "../words.js"
import {placeOf} from "./several.js"

export function sheet(shown) {
  const {about: {measures, record_nouns}, view, detail: {count, value, surveyed}} = shown
  if (view.areas.length === 0) {
    return null
  }
  const measure = measures.find(({key}) => key === view.measure)
  const records = words.counted(count, record_nouns)
  const figures = !surveyed && count === 0 ? words.notSurveyed
    : view.measure === "count" ? records : words.withMeasure(measure.label, words.withUnit(value, measure), records)
  return h("div", {key: "sheet", class: "sheet", role: "status"},
    h("button", {class: "quiet", "data-do": "detail"}, h("b", null, placeOf(shown)), h("span", null, figures)),
    h("button", {"data-do": "leave", "aria-label": words.backToAll}, "×"))
}
