// What the map can be coloured by, and what its colours mean; what is drawn above the areas.

import {h} from "../render.js"
import {words} from "../words.js"

export function mapBar({about: {measures}, view}) {
  return h("div", {class: "map-bar"}, h("label", null, `${words.colourBy} `,
    h("select", {"data-do": "measure", value: view.measure},
      measures.map(({key, label}) => h("option", {key, value: key}, label)))))
}

export function legend({about, view, legend: entries, near, palette}) {
  const measure = about.measures.find(({key}) => key === view.measure)
  return h("div", {class: "legend"}, h("details", {open: true},
    h("summary", null, measure.label, measure.unit !== "" && ` (${measure.unit})`),
    h("ul", null, entries.map((entry) => h("li", null,
      h("i", {style: {background: palette[entry.colour]}}),
      h("span", null, entry.meaning === "class"
        ? words.classSpan(entry, measure.whole) : words.meanings[entry.meaning]),
      h("b", null, words.count(entry.areas))))),
    h("label", null, h("input", {type: "checkbox", "data-do": "refit", checked: view.refit}), words.refit),
    near != null && h("p", {class: "note"}, words.drawnAs(near, about.record_nouns))))
}

export function zoomButtons() {
  const button = (value, name, sign) => h("button", {
    key: value, "data-do": "zoom", value, "aria-label": name, title: name,
  }, sign)
  return h("div", {class: "zoom"}, button("in", words.zoomIn, "+"), button("out", words.zoomOut, "−"),
    button("home", words.wholeMap, "⌂"))
}

// What the map shows of the area below the pointer.
export function tooltip(name, area, {about, view, counts, values}) {
  const records = words.counted(counts[area], about.record_nouns)
  const measure = about.measures.find(({key}) => key === view.measure)
  return [h("b", null, name), h("span", null, values == null ? records
    : words.withMeasure(measure.label, words.withUnit(values[area], measure), records))]
}
