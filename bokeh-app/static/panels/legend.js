// What the map can be coloured by, and what its colours mean; what is drawn above the areas.

import {h} from "../render.js"
import {words} from "../words.js"
import {compare, comparedValues} from "./compare.js"
import {severalSwitch} from "./several.js"

export function mapBar(shown) {
  const {about: {measures, group, facets}, view} = shown
  return h("div", {class: "map-bar"}, h("label", null, `${words.colourBy} `,
    h("select", {"data-do": "measure", value: view.measure},
      measures.map(({key, label}) => h("option", {key, value: key}, label)))),
  group !== "" && h("label", {key: "by"}, h("input", {type: "checkbox", "data-do": "by", checked: view.by !== ""}),
    words.by(facets.find(({name}) => name === group).label)),
  compare(shown))
}

// What a legend says of its colours, on the page and in a picture.
export function legendHeading({about, view, comparison}) {
  const measure = about.measures.find(({key}) => key === view.measure)
  return measure.label + (measure.unit === "" ? "" : ` (${measure.unit})`)
    + (view.by === "" ? "" : ` ${words.by(about.facets.find(({name}) => name === view.by).label)}`)
    + (comparison == null ? "" : `: ${words.showsHow[comparison.shows]}`)
}

export function entryName(entry, measure) {
  return entry.meaning === "class" ? words.classSpan(entry, measure.whole)
    : words.comparedSpan(entry, measure.whole) ?? words.meanings[entry.meaning]
}

export function legend(shown) {
  const {about, view, legend: entries, classes, near, palette, comparison} = shown
  const measure = about.measures.find(({key}) => key === view.measure)
  return h("div", {class: "legend"}, h("details", {open: legendWasOpen()},
    h("summary", null, legendHeading(shown)),
    h("ul", null, entries.map((entry) => h("li", null,
      h("i", {style: {background: palette[entry.colour]}}),
      h("span", null, entryName(entry, measure)),
      h("b", null, words.count(entry.areas))))),
    classes.chosen && h("p", {key: "chosen", class: "note"}, words.classesFit,
      classes.ends_of_all.length > 0 && ` ${words.classesOfAll(about.record_nouns, classes.ends_of_all)}`),
    comparison == null
      && h("label", null, h("input", {type: "checkbox", "data-do": "classes", checked: view.same_classes}),
        words.sameClasses),
    near != null && h("p", {class: "note"}, words.drawnAs(near, about.record_nouns))))
}

// A legend that was closed stays closed when the page is opened again.
export function rememberLegend(open) {
  try {
    localStorage.setItem("legend", open ? "open" : "closed")
  } catch {
    // A browser or a frame that keeps nothing.
  }
}

function legendWasOpen() {
  try {
    return localStorage.getItem("legend") !== "closed"
  } catch {
    return true
  }
}

export function zoomButtons(shown) {
  const button = (value, name, sign) => h("button", {
    key: value, "data-do": "zoom", value, "aria-label": name, title: name,
  }, sign)
  return h("div", {class: "zoom"}, button("in", words.zoomIn, "+"), button("out", words.zoomOut, "−"),
    button("home", words.wholeMap, "⌂"), severalSwitch(shown))
}

// What the map shows of the area below the pointer.
export function tooltip(name, area, shown) {
  if (shown.comparison != null) {
    return comparedValues(name, area, shown)
  }
  const {about, view, counts, values, group_of: groupOf, group_values: ofGroups} = shown
  const measure = about.measures.find(({key}) => key === view.measure)
  const measured = (value, records) => words.withMeasure(measure.label, words.withUnit(value, measure), records)
  const records = counts[area] === 0 && about.unsurveyed.includes(area) ? words.notSurveyed
    : words.counted(counts[area], about.record_nouns)
  const group = ofGroups != null && groupOf[area] < ofGroups.length
    && [h("b", null, about.group_names[groupOf[area]]), h("span", null, measured(ofGroups[groupOf[area]]))]
  return [group, h("b", null, name), h("span", null,
    values == null || records === words.notSurveyed ? records : measured(values[area], records))]
}
