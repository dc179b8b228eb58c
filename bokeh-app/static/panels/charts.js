// The first areas by the measure, and how many records each option of the charted facets has, given the other choices.
// Bars are buttons; what is chosen of a facet stands out from its other bars, which are grey.

import {h} from "../render.js"
import {words} from "../words.js"
import {row} from "./bars.js"
import {chartHeading} from "./pictures.js"

export function charts({about, view, detail, first, charts: all, options}) {
  const facets = new Map(about.facets.map((facet) => [facet.name, facet]))
  return h("div", {class: "charts"},
    first.length > 0 && h("section", {key: "first"},
      chartHeading("", words.firstAreas(detail.group, about.area_nouns)),
      h("div", {"data-do": "go"}, areaRows(first, view, about))),
    all.map((chart) => h("section", {key: `facet ${chart.facet}`},
      chartHeading(chart.facet, facets.get(chart.facet).label),
      chart.options == null
        ? columns(chart.counts ?? options[chart.facet].counts, facets.get(chart.facet), view) : rows(chart, view))),
    h("p", {class: "note credit"}, [about.credit, about.licence].filter((text) => text !== "").join(" · ")))
}

function areaRows(first, view, {measures}) {
  const measure = measures.find(({key}) => key === view.measure)
  const tallest = Math.max(...first.map(({value}) => value), 0) || 1
  return first.map(({id, label, value}) => row({
    label, figure: words.withUnit(value, measure), share: Math.max(value, 0) / tallest, value: id,
    chosen: view.areas.includes(id),
  }))
}

function rows({facet, options, counts, others, rest, missing}, view) {
  const chosen = view.choices[facet]?.values ?? []
  const tallest = Math.max(...counts, missing, 1)
  const bar = (label, count, value) => row({
    label, figure: words.count(count), share: count / tallest, value, chosen: chosen.includes(value),
  })
  const bars = [
    ...options.map((value, place) => bar(value, counts[place], value)),
    ...rest > 0 ? [bar(words.others(others), rest, null)] : [],
    ...missing > 0 ? [bar(words.noValue, missing, "")] : [],
  ]
  return bars.length > 0
    ? h("div", {class: chosen.length > 0 && "chosen-of", "data-do": "toggle", "data-on": facet}, bars)
    : h("p", {class: "note"}, words.nothing)
}

// A column for each bin that is not empty; what lies between keeps its width.
function columns(counts, {name: facet, edges, ends}, view) {
  const choice = view.choices[facet]
  const [first, last] = (choice?.low ?? choice?.high) == null ? [0, -1] : choice.bins
  const tallest = Math.max(...counts, 1)
  return [
    h("div", {
      class: choice == null ? "columns-chart" : "columns-chart chosen-of", "data-do": "bin", "data-on": facet,
      "data-drag": counts.length,
    }, counts.map((count, bin) => {
      const name = words.binName(edges[bin], edges[bin + 1])
      return count === 0 ? h("i", {key: bin}) : h("button", {
        key: bin, value: String(bin), class: first <= bin && bin <= last && "chosen",
        style: {"--share": (count / tallest).toPrecision(3)}, title: words.binCount(name, count),
      })
    })),
    h("p", {class: "ends"}, ends.map((end) => h("span", null, words.bound(end)))),
  ]
}
