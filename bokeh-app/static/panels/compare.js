// Two choices compared: keeping one as A, what the map shows of it and B, and what an area's tooltip says of both.

import {h} from "../render.js"
import {words} from "../words.js"

export const isDiverging = ({comparison}) => ["difference", "ratio"].includes(comparison?.shows)

export function compare({comparison}) {
  if (comparison == null) {
    return h("button", {key: "keep", class: "keep", "data-do": "keep", title: words.keepHow}, words.keep)
  }
  return h("div", {key: "compare", class: "compare", role: "group", "aria-label": words.compare},
    h("div", {class: "segments", "data-do": "show"}, ["a", "b", "difference", "ratio"].map((value) => h("button", {
      key: value, value, "aria-pressed": String(comparison.shows === value), title: words.showsHow[value],
    }, words.shows[value]))),
    h("button", {class: "quiet", "data-do": "end", "aria-label": words.endCompare, title: words.endCompare}, "×"))
}

// The values in A and B of an area, or of its group where these are coloured, and what the map shows of both.
export function comparedValues(name, area, {about, view, counts, values, comparison, group_of: groupOf, ...shown}) {
  const measure = about.measures.find(({key}) => key === view.measure)
  const ofGroups = shown.group_values
  if (ofGroups != null && groupOf[area] >= ofGroups.length) {
    return h("b", null, name)
  }
  const place = ofGroups == null ? area : groupOf[area]
  const [a, b] = [comparison.values[place], (ofGroups ?? values ?? counts)[place]]
  if (ofGroups == null && !(a > 0) && !(b > 0) && about.unsurveyed.includes(area)) {
    return [h("b", null, name), h("span", null, words.notSurveyed)]
  }
  return [
    ofGroups != null && h("b", null, about.group_names[place]),
    ofGroups == null && h("b", null, name),
    h("span", null, measure.label),
    h("span", null, `A: ${words.withUnit(a, measure)}`),
    h("span", null, `B: ${words.withUnit(b, measure)}`),
    h("span", null, words.differenceOf(a, b, measure)),
    a > 0 && b > 0 && h("span", null, words.ratioOf(a, b)),
  ]
}
