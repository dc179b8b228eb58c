// Several areas at once: the switch by which a tap adds one, and a small table of those that are chosen.

import {h} from "../render.js"
import {words} from "../words.js"

export function severalSwitch({choosesSeveral}) {
  return h("button", {
    key: "several", "data-do": "several", "aria-pressed": String(choosesSeveral), "aria-label": words.chooseSeveral,
    title: words.chooseSeveralHow,
  }, h("i"))
}

// What the switch does, for fingers, which have no Ctrl key; and why not all of a box could be chosen.
export function severalHint({about, choosesSeveral, refused}) {
  const isRefused = refused?.what === "too many areas"
  return (choosesSeveral || isRefused) && h("p", {class: "hint", role: "status"},
    isRefused ? words.tooManyAreas(refused.value, about.area_nouns) : words.severalHint(about.area_nouns))
}

// How the chosen areas are called together.
export function placeOf({about: {area_nouns}, view: {areas}, detail}) {
  return areas.length > 1 ? words.areasTogether(areas.length - areas.includes(""), areas.includes(""), area_nouns)
    : areas[0] === "" ? words.noArea(area_nouns) : detail.label
}

export function several({about, view, chosen, several: figures}) {
  if (figures == null) {
    return null
  }
  const {area_nouns, record_nouns} = about
  const measure = about.measures.find(({key}) => key === view.measure)
  const isCount = view.measure === "count"
  const number = (text) => h("td", {class: "n"}, text)
  return h("div", {key: "several", class: "several", tabindex: "0", role: "region", "aria-label": area_nouns[1]},
    h("table", null,
      h("thead", null, h("tr", null, [area_nouns[0], record_nouns[1], ...isCount ? [] : [measure.label], "km²",
        words.rankShort].map((name, place) => h("th", {key: place, scope: "col", title: name}, name)), h("th"))),
      h("tbody", {"data-do": "also"}, chosen.map(({position, id, label, km2}, place) => {
        const name = id === "" ? words.inNoneShort(area_nouns) : label
        return h("tr", {key: id},
          h("th", {scope: "row", title: name}, name),
          number(figures.counts[place] === 0 && about.unsurveyed.includes(position) ? words.notSurveyed
            : words.count(figures.counts[place])),
          !isCount && number(words.valueOrGap(figures.values[place])),
          number(km2 == null ? "" : words.number(km2)),
          number(figures.ranks[place] == null ? "–" : words.count(figures.ranks[place])),
          h("td", null, h("button", {class: "quiet", value: id, "aria-label": words.removeOption(name)}, "×")))
      }))))
}
