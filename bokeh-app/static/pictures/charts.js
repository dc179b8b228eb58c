// A chart of the detail as a picture: the bars of its options, or the columns of its bins.

import {placeOf} from "../panels/several.js"
import {credits} from "../picture.js"
import {h} from "../render.js"
import {words} from "../words.js"
import {FAMILY, leading, linesOf, SOFT, textAt, widthOf} from "./text.js"

const [WIDTH, MARGIN, TITLE, TEXT, SMALL] = [720, 24, 22, 15, 12]
const BAR = 26
const COLUMNS = 220  // how high the columns are
const [WASH, ACCENT] = ["#a8cfe0", "#1a6a8c"]

// The heading of a chart: of the first areas where the key is empty, else of a facet.
export function chartName(key, {about, detail}) {
  return key === "" ? words.firstAreas(detail.group, about.area_nouns)
    : about.facets.find(({name}) => name === key).label
}

export function chartPicture(key, shown) {
  const inner = WIDTH - 2 * MARGIN
  const heading = linesOf(chartName(key, shown), TITLE, inner, 2, 700)
  const title = linesOf(shown.about.title, TEXT, inner, 1)
  const place = shown.view.areas.length === 0 ? "" : `${placeOf(shown)}. `
  const sentence = linesOf(place + words.sentence(shown), TEXT, inner)
  const named = linesOf(credits(shown), SMALL, inner)
  const said = MARGIN + heading.length * leading(TITLE)
  const top = said + (title.length + sentence.length) * leading(TEXT) + TEXT
  const chart = key === "" ? areas(shown, top) : facet(key, shown, top)
  const height = Math.ceil(top + chart.height + (named.length + 1) * leading(SMALL) + MARGIN)
  return h("svg", {width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, "font-family": FAMILY},
    h("title", null, heading.join(" ")),
    h("rect", {width: WIDTH, height, fill: "#fff"}),
    textAt(MARGIN, MARGIN + TITLE * 0.8, heading, {size: TITLE, weight: 700}),
    textAt(MARGIN, said + TEXT, title, {size: TEXT, fill: SOFT}),
    textAt(MARGIN, said + TEXT + title.length * leading(TEXT), sentence, {size: TEXT, fill: SOFT}),
    chart.parts,
    textAt(MARGIN, top + chart.height + leading(SMALL) * 1.5, named, {size: SMALL, fill: SOFT}))
}

function areas({about: {measures}, view, first}, y) {
  const measure = measures.find(({key}) => key === view.measure)
  return bars(first.map(({label, value}) => [label, value, words.withUnit(value, measure)]), y)
}

function facet(key, {about, charts, options}, y) {
  const chart = charts.find(({facet: name}) => name === key)
  if (chart.options == null) {
    return columns(chart.counts ?? options[key].counts, about.facets.find(({name}) => name === key).ends, y)
  }
  const {others, rest, missing} = chart
  const counts = [...chart.options.map((name, place) => [name, chart.counts[place]]),
    ...rest > 0 ? [[words.others(others), rest]] : [], ...missing > 0 ? [[words.noValue, missing]] : []]
  return bars(counts.map(([name, count]) => [name, count, words.count(count)]), y)
}

// Rows of a label, a value and how it is written.
function bars(rows, y) {
  const inner = WIDTH - 2 * MARGIN
  const tallest = Math.max(...rows.map(([, value]) => value), 0) || 1
  const left = MARGIN + Math.min(Math.max(...rows.map(([label]) => widthOf(label, TEXT)), 0), inner * 0.4) + 12
  const right = WIDTH - MARGIN - Math.max(...rows.map(([, , text]) => widthOf(text, TEXT)), 0) - 10
  const parts = rows.map(([label, value, text], place) => {
    const top = y + place * BAR
    const width = Math.max(value, 0) / tallest * (right - left)
    return [
      textAt(left - 10, top + BAR * 0.7, linesOf(label, TEXT, left - MARGIN - 12, 1), {size: TEXT, anchor: "end"}),
      h("rect", {class: "bar", x: left, y: top + 2, width: width.toFixed(2), height: BAR - 5, fill: WASH}),
      textAt(left + width + 7, top + BAR * 0.7, [text], {size: TEXT}),
    ]
  })
  return {height: Math.max(rows.length, 1) * BAR, parts}
}

function columns(counts, [low, high], y) {
  const tallest = Math.max(...counts, 1)
  const step = (WIDTH - 2 * MARGIN) / counts.length
  const floor = y + SMALL + COLUMNS
  const parts = counts.map((count, bin) => count > 0 && h("rect", {
    class: "bar", x: (MARGIN + bin * step).toFixed(2), y: (floor - count / tallest * COLUMNS).toFixed(2),
    width: Math.max(step - 1, step * 0.6).toFixed(2), height: (count / tallest * COLUMNS).toFixed(2), fill: ACCENT,
  }))
  return {
    height: SMALL + COLUMNS + leading(TEXT),
    parts: [
      parts,
      h("path", {d: `M${MARGIN} ${floor}H${WIDTH - MARGIN}`, stroke: SOFT, fill: "none"}),
      textAt(MARGIN, floor + leading(TEXT), [words.bound(low)], {size: TEXT, fill: SOFT}),
      textAt(WIDTH - MARGIN, floor + leading(TEXT), [words.bound(high)], {size: TEXT, fill: SOFT, anchor: "end"}),
      textAt(MARGIN, y + 4, [words.count(tallest)], {size: SMALL, fill: SOFT}),
    ],
  }
}
