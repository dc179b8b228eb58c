// Jump to an area: a box to search by name or id, and steps to the next and the previous one.

import {h} from "../render.js"
import {words} from "../words.js"
import {searchBox} from "./search.js"

export function jump({about, found, found_records: records, view}) {
  const typed = view.searches[""] ?? ""
  const step = (value, name, sign) => h("button", {
    key: value, "data-do": "step", value, "aria-label": name, title: name,
  }, sign)
  return h("div", {class: "jump"},
    searchBox("", words.findAny(about), typed, "first"),
    h("div", {class: "steps"}, step("-1", words.previous, "‹"), step("1", words.next, "›")),
    h("div", {class: "matches"}, typed.trim() !== "" && matches(found, records, about)))
}

function matches(areas, records, {record_nouns}) {
  if (areas.length + records.length === 0) {
    return h("p", {class: "list note"}, words.nothingFits)
  }
  return h("div", {class: "list"},
    areas.map(({id, label}) => h("button", {key: `area ${id}`, "data-do": "go", value: id},
      label, !label.includes(id) && h("small", null, ` ${id}`))),
    records.map((id) => h("button", {key: `record ${id}`, "data-do": "record", value: id},
      id, h("small", null, ` ${record_nouns[0]}`))))
}
