// What was recovered in the chosen areas, in none, or in the whole survey while none is chosen.

import {h} from "../render.js"
import {words} from "../words.js"
import {outline, outlines} from "./bars.js"
import {placeOf, several} from "./several.js"

export function detail(shown) {
  const {about, view, sentence, detail: chosen} = shown
  const {group, km2, surveyed, columns, count, gaps, value, rank, label} = chosen
  const measure = about.measures.find(({key}) => key === view.measure)
  const {area_nouns, record_nouns} = about
  const isUnseen = !surveyed && count === 0  // so that its figures would say what nobody knows
  const figure = (key, name, text) => h("div", {key}, h("dt", null, name), h("dd", null, text))
  return h("div", {class: "detail-head"},
    heading(shown),
    view.areas.length > 1 && km2 != null && h("p", {class: "note"}, words.km2(km2)),
    label != null && h("p", {class: "note"}, [
      label.includes(view.areas[0]) ? "" : view.areas[0], group, words.km2(km2), surveyed ? "" : words.notSurveyed,
    ].filter((text) => text !== "").join(" · ")),
    isUnseen && h("p", {key: "unseen", class: "unseen"}, words.unseen(area_nouns, record_nouns)),
    !isUnseen && h("dl", {class: "figures"},
      figure("count", record_nouns[1], words.count(count)),
      view.areas.length > 0 && figure("share", words.ofAllShown, words.percent(count / Math.max(sentence.matching, 1))),
      view.measure !== "count" && figure("value", measure.label, words.withUnit(value, measure)),
      view.areas.length === 0 && sentence.unjoined > 0 && figure("unjoined", words.inNoneShort(area_nouns),
        h("button", {"data-do": "area", value: "", title: words.showThem}, words.count(sentence.unjoined)))),
    gaps > 0 && h("p", {key: "gaps", class: "note"}, words.gaps(gaps, record_nouns)),
    columns.length > 0 && h("dl", {key: "columns", class: "columns"}, columns.map(([name, cell]) =>
      h("div", null, h("dt", null, name), h("dd", null, words.cell(cell) || "–")))),
    rank != null && ranked(rank, group, measure),
    several(shown))
}

function heading(shown) {
  const {about: {area_nouns}, view: {areas}} = shown
  if (areas.length === 0) {
    return h("h2", null, words.allAreas(area_nouns))
  }
  return h("div", {class: "head"}, h("h2", null, areas.join() === "" ? words.inNone(area_nouns) : placeOf(shown)),
    h("button", {class: "quiet", "data-do": "leave", "aria-label": words.backToAll}, words.close))
}

// All areas as one outline; the chosen one's step stands out.
function ranked(rank, group, measure) {
  const {steps, mine} = rank
  const tallest = Math.max(...steps, 0)
  const own = steps.map((value, step) => step === mine ? value : 0)
  return [
    h("h3", {key: "rank"}, words.rankBy(measure.label)),
    h("p", {key: "rank"}, words.rank(rank, group)),
    outlines(steps.length, [["rest", outline(steps, tallest)], ["mine", outline(own, tallest)]], {class: "rank"}),
  ]
}

// The records of the view that came last, or were found last; those that came while the page was open stand out.
export function latest({about, latest: records, view, hasFresh}) {
  return h("div", {class: "latest"}, records?.length > 0 && [
    h("h3", null, words.latest(about.record_nouns)),
    h("ul", {"data-do": "go"}, records.map((record) => h("li", {class: record.new && hasFresh && "new"},
      h("b", null, words.cell(record.when)), " ",
      view.areas.length === 1 ? null : record.area == null ? words.inNoneShort(about.area_nouns)
        : h("button", {class: "quiet", value: record.area}, record.label),
      " ", h("span", null, record.what.map(words.cell).join(", "))))),
  ])
}
