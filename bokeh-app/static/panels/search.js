// A facet with many options: the chosen ones as chips, a box to search in, and the best matches with their counts.

import {h} from "../render.js"
import {words} from "../words.js"
import {options, title} from "./controls.js"

export function searchedList(facet, {view, options: allCounts}) {
  const counts = allCounts[facet.name]
  const choice = view.choices[facet.name]
  const chips = choice?.values.filter((value) => value !== "") ?? []
  const typed = view.searches[facet.name] ?? ""
  const more = facet.size - counts.options.length
  return [
    h("div", {key: "title", class: "title"}, title(facet, choice != null)),
    chips.length > 0 && h("div", {key: "chips", class: "chips", "data-do": "toggle", "data-on": facet.name},
      chips.map((value) => h("button", {key: value, value, "aria-label": words.removeOption(value)}, value))),
    searchBox(facet.name, words.searchOptions(facet.size), typed),
    h("fieldset", {"data-do": "toggle", "data-on": facet.name, "aria-label": facet.label},
      options(facet, counts.options, counts, choice),
      typed.trim() === "" ? more > 0 && h("p", {class: "note"}, words.moreOptions(more))
        : counts.options.length === 0 && h("p", {class: "note"}, words.nothingFits)),
  ]
}

// What is typed is searched for at each letter; Enter takes the best match.
export function searchBox(on, placeholder, typed, enter = "pick") {
  return h("input", {
    key: "search", type: "search", class: "search", "data-do": "search", "data-enter": enter, "data-on": on,
    placeholder, "aria-label": placeholder, value: typed, autocomplete: "off", spellcheck: "false",
  })
}
