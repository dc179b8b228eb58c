// What stands in place of charts where no record fits: what to drop, and how many records that would bring back.

import {h} from "../render.js"
import {words} from "../words.js"

export function noResult({about: {facets, area_nouns, record_nouns}, view, no_result: {without, ...all}}) {
  const drop = (action, on, value, text, count) => h("button", {
    key: `${action} ${on}`, "data-do": action, "data-on": on, value,
  }, h("span", null, text), h("b", null, words.counted(count, record_nouns)))
  const chosen = facets.filter(({name}) => name in view.choices)
  return h("section", {key: "no result", class: "no-result"},
    h("h3", null, chosen.length > 0 ? words.nothingLeft(record_nouns) : words.nothingHere(record_nouns)),
    chosen.filter(({name}) => name in without).map((facet) =>
      drop("clear", facet.name, "", words.without(facet, view.choices[facet.name]), without[facet.name])),
    all.without_area > 0 && drop("leave", "", "", words.inAll(area_nouns), all.without_area),
    chosen.length > 0 && drop("clear", "", "all", words.withoutAny, all.without_all))
}
