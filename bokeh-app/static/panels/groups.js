// What the measure amounts to in each of the areas' groups. Bars are buttons; those that are chosen stand out.

import {h} from "../render.js"
import {words} from "../words.js"
import {row} from "./bars.js"

export function groupTotals({about: {facets, measures, group_names: names}, view, groups}) {
  if (groups == null) {
    return null
  }
  const {facet, totals, others} = groups
  const measure = measures.find(({key}) => key === view.measure)
  const chosen = view.choices[facet]?.values ?? []
  const tallest = Math.max(...totals.map(([, value]) => value), 0) || 1
  return h("section", {key: "groups", class: "groups"},
    h("h3", null, words.byGroup(facets.find(({name}) => name === facet).label, measure.label)),
    h("div", {"data-do": "toggle", "data-on": facet}, totals.map(([place, value]) => row({
      label: names[place], figure: words.withUnit(value, measure), share: Math.max(value, 0) / tallest,
      value: names[place], chosen: chosen.includes(names[place]),
    }))),
    others > 0 && h("button", {class: "quiet", "data-do": "seek", value: facet}, words.searchGroups(others)))
}
