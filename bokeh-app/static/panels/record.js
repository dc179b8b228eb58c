// One record: its card, and what the map shows of it below the pointer.

import {h} from "../render.js"
import {words} from "../words.js"
import {valueOf} from "./table.js"

// The chosen record with all its columns.
export function recordCard({about, view, record, below}) {
  if (view.record == null) {
    return null
  }
  const close = h("button",
    {class: "quiet", "data-do": "record", value: "", "aria-label": words.closeRecord}, words.close)
  if (record == null) {
    return h("section", {key: "record", class: "record-card"},
      h("div", {class: "head"}, h("p", null, words.noRecord(view.record, about.record_nouns)), close))
  }
  return h("section", {key: "record", class: "record-card"},
    h("div", {class: "head"}, h("h2", null, record.id), close),
    h("p", {class: "note"}, record.area == null ? words.inNoneShort(about.area_nouns)
      : h("button", {class: "quiet", "data-do": "go", value: record.area.id}, record.area.label)),
    !record.fits && h("p", {key: "fits", class: "note"}, words.notAmong(about.record_nouns)),
    h("dl", {class: "columns"}, written(record).map(([name, kind, value]) => h("div", {key: name},
      h("dt", null, name), h("dd", null, valueOf(value, kind, below))))))
}

export function recordTooltip(record, {about, below}) {
  const [image] = record.columns.filter(([, kind, value]) => kind === "image" && value != null)
  return [
    h("b", null, record.id),
    h("span", null, record.area?.label ?? words.inNoneShort(about.area_nouns)),
    image != null && valueOf(image[2], "image", below),
    h("dl", null, written(record).slice(0, SHOWN).map(([name, kind, value]) => kind !== "image" && h("div", {key: name},
      h("dt", null, name), h("dd", null, words.cell(value))))),
  ]
}

const SHOWN = 9  // columns in a tooltip

// What is known of a record, without what its heading says.
function written({id, columns}) {
  return columns.filter(([, , value]) => value != null && value !== id)
}
