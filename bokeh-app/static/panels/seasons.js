// The years of a facet of dates, and the months of the chosen one, each a choice; buttons to step and play through
// them.

import {seasonOf} from "../format.js"
import {h} from "../render.js"
import {words} from "../words.js"

const DAY = 864e5  // milliseconds

export function seasons({name, label, months, edges}, {view, options, playing, canPlay}) {
  if (months == null || months.length < 2) {
    return null
  }
  const choice = view.choices[name]
  const years = [...new Set(months.map(yearOf))]
  const year = years.length === 1 ? years[0] : chosenYear(choice)
  const chip = (season, text, longest) => {
    const count = countIn(season, edges, options[name].counts, longest)
    const said = words.season(season)
    const isChosen = seasonOf(choice?.low, choice?.high) === season
    return h("button", {
      key: season, value: season, class: count === 0 && "none", "aria-pressed": String(isChosen), "aria-label": said,
      title: count == null ? said : words.binCount(said, count),
    }, text)
  }
  const chips = (key, of, group) => h("div", {
    key, class: "season-chips", role: "group", "aria-label": of, "data-do": "season", "data-on": name,
  }, group)
  return h("div", {key: "seasons", class: "seasons"},
    steps(name, label, choice, playing === name, canPlay),
    years.length > 1 && chips("years", words.yearsOf(label), years.map((each) => chip(each, each, 366))),
    year != null && chips("months", words.monthsOf(year), months.filter((month) => yearOf(month) === year)
      .map((month) => chip(month, words.monthName(month), 31))))
}

function steps(name, label, choice, isPlaying, canPlay) {
  const [before, after] = choice?.steps ?? ["", ""]
  const step = (value, text, isThere, said) => h("button", {
    key: value, value, disabled: !isThere, "aria-label": said, title: said,
  }, text)
  const said = isPlaying ? words.pause : words.play(label)
  return h("div", {key: "steps", class: "season-steps", role: "group", "aria-label": words.stepThrough(label),
    "data-do": "step season", "data-on": name},
  step("-1", "‹", before != null, words.seasonBefore),
  canPlay && h("button", {
    key: "play", "data-do": "play", class: isPlaying ? "pause" : "play", "aria-label": said, title: said,
  }, h("i", {"aria-hidden": "true"})),
  step("1", "›", after != null, words.seasonAfter))
}

// The year that both bounds lie in.
function chosenYear(choice) {
  return choice?.low != null && choice.high != null && yearOf(choice.low) === yearOf(choice.high)
    ? yearOf(choice.low) : null
}

// How many records a season would leave; null where bins are longer than the longest of its kind (days).
function countIn(season, edges, counts, longest) {
  if ((Date.parse(edges[1]) - Date.parse(edges[0])) / DAY > longest) {
    return null
  }
  return counts.reduce((sum, count, bin) => edges[bin].startsWith(`${season}-`) ? sum + count : sum, 0)
}

function yearOf(iso) {
  return iso.slice(0, 4)
}
