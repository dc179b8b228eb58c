// Which filters are on: a chip for each chosen value, range and area, in one line; a click takes it away.

import {h} from "../render.js"
import {words} from "../words.js"

export function chips({about: {facets, area_nouns}, view, chosen}) {
  const all = [
    ...facets.filter(({name}) => name in view.choices).flatMap((facet) => chipsOf(facet, view.choices[facet.name])),
    ...chosen.map(({id, label}) => ({do: "also", on: "", value: id, of: area_nouns[0],
      text: id === "" ? words.inNoneShort(area_nouns) : label})),
  ]
  return all.length > 0 && h("div", {key: "chosen", class: "chosen-line", role: "group", "aria-label": words.chosen},
    all.map((one) => h("button", {
      key: `${one.on} ${one.do} ${one.value}`, "data-do": one.do, "data-on": one.on, value: one.value,
      title: `${one.of}: ${one.text}`, "aria-label": words.removeChip(one.of, one.text),
    }, h("small", null, one.of), h("span", null, one.text))),
    h("button", {key: "all", class: "quiet", "data-do": "clear", "data-on": "", value: "all"}, words.clearAll))
}

function chipsOf({name, label}, {values, low, high, missing}) {
  const none = {do: "toggle", on: name, value: "", of: label, text: words.noValue}
  if (values != null) {
    return values.map((value) => value === "" ? none : {...none, value, text: value})
  }
  const bounds = {do: "between", on: name, value: "..", of: label, text: words.span(low, high)}
  return [...low == null && high == null ? [] : [bounds], ...missing ? [none] : []]
}

// A chip that is taken away by a key hands the focus on to the one in its place. It is called before the page is
// changed, and what it returns afterwards.
export function keepPlace(around) {
  const focused = around.getRootNode().activeElement
  const line = focused?.closest(".chosen-line")
  const place = line == null ? -1 : [...line.children].indexOf(focused)
  return () => {
    if (place >= 0 && !focused.isConnected) {
      line.children[Math.min(place, line.children.length - 1)]?.focus()
    }
  }
}
