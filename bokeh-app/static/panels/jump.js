// Jump to an area: a box to search by name or id, and steps to the next and the previous one.

import {h} from "../render.js"
import {words} from "../words.js"
import {searchBox} from "./search.js"

export function jump({found, view}) {
  const typed = view.searches[""] ?? ""
  const step = (value, name, sign) => h("button", {
    key: value, "data-do": "step", value, "aria-label": name, title: name,
  }, sign)
  return h("div", {class: "jump"},
    searchBox("", words.findArea, typed),
    h("div", {class: "steps"}, step("-1", words.previous, "‹"), step("1", words.next, "›")),
    h("div", {class: "matches"}, typed.trim() !== "" && matches(found)))
}

function matches(found) {
  if (found.length === 0) {
    return h("p", {class: "list note"}, words.nothingFits)
  }
  return h("div", {class: "list", "data-do": "go"}, found.map(({id, label}) => h("button", {key: id, value: id},
    label, !label.includes(id) && h("small", null, ` ${id}`))))
}
