// The facets, one below the other: check lists, searched lists, ranges.

import {h} from "../render.js"
import {words} from "../words.js"
import {range} from "./range.js"
import {searchedList} from "./search.js"

export function controls(shown) {
  const {about: {facets}, view: {choices}} = shown
  return h("div", {class: "controls"},
    h("div", {class: "controls-head"},
      h("h2", null, words.filters),
      Object.keys(choices).length > 0
        && h("button", {key: "clear", class: "quiet drawer-closer", "data-do": "clear"}, words.clearAll),
      h("button", {key: "drawer", class: "quiet drawer-closer", "data-do": "drawer"}, words.showMap)),
    facets.map((facet) => h("div", {key: facet.name, class: `facet ${kindOf(facet)}`}, control(facet, shown))))
}

function kindOf({edges, options}) {
  return edges != null ? "range" : options == null ? "searching" : ""
}

function control(facet, shown) {
  if (facet.edges != null) {
    return range(facet, shown)
  }
  if (facet.options == null) {
    return searchedList(facet, shown)
  }
  const choice = shown.view.choices[facet.name]
  return h("fieldset", {"data-do": "toggle", "data-on": facet.name},
    h("legend", null, title(facet, choice != null)),
    options(facet, facet.options, shown.options[facet.name], choice))
}

export function title({name, label}, isChosen) {
  return [label, isChosen && h("button", {
    key: "clear", class: "quiet", "data-do": "clear", "data-on": name, "aria-label": words.clearFacet(label),
  }, words.clear)]
}

// Options with the number of records that each would leave; the last is for records without a value.
export function options({has_missing}, values, {counts, missing}, choice) {
  const rows = values.map((value, place) => [value, counts[place]])
  return [...rows, ...has_missing ? [["", missing]] : []].map(([value, count]) => option(value, count, choice))
}

export function option(value, count, choice) {
  const isChosen = value === "" && choice?.missing != null ? choice.missing : choice?.values?.includes(value) ?? false
  return h("label", {key: value, class: count === 0 && "none"},
    h("input", {type: "checkbox", value, checked: isChosen}),
    h("span", {class: value === "" && "missing"}, value || words.noValue),
    h("b", null, words.count(count)))
}
