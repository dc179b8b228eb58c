// All words of the page in English. Another language is another file like this one.

import {formats, seasonOf} from "../format.js"

const format = formats("en-GB")
const {count, number, bound, share, either, all, moment, plural} = format
const noun = (value, [one, many]) => value === 1 ? one : many
const counted = (value, nouns) => `${count(value)} ${noun(value, nouns)}`
const ordinal = (place) => `${count(place)}${{one: "st", two: "nd", few: "rd", other: "th"}[plural(place)]}`

// A choice of a facet: "amphora or bowl", "decorated: yes", "weight 10–250".
function phrase({label, kind}, choice) {
  if (choice.values != null) {
    const values = choice.values.map((value) => value || `no ${label}`)
    const listed = values.length <= 3 ? either(values)
      : `${values.slice(0, 2).join(", ")} or ${count(values.length - 2)} more`
    return kind === "yes/no" && choice.values.join() !== "" ? `${label}: ${listed}` : listed
  }
  const {low, high, missing} = choice
  if (low == null && high == null) {
    return `no ${label}`
  }
  return `${label} ${span(low, high)}${missing ? ` or no ${label}` : ""}`
}

const phrasesOf = ({facets}, choices) => facets.filter(({name}) => name in choices)
  .map((facet) => phrase(facet, choices[facet.name]))

// Two choices that are compared, in one sentence.
function comparedSentence({about, comparison, sentence, view}) {
  const told = (choices, matching) => {
    const phrases = phrasesOf(about, choices)
    const what = phrases.length > 0 ? phrases.join(", ") : `all ${about.record_nouns[1]}`
    return `${what} (${counted(matching, about.record_nouns)})`
  }
  return `A: ${told(comparison.choices, comparison.matching)}. B: ${told(view.choices, sentence.matching)}.`
}

const signed = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${number(Math.abs(value))}`

function span(low, high) {
  if (low === high) {
    return low
  }
  const season = seasonOf(low, high)
  if (season != null) {
    return seasonName(season)
  }
  return low == null ? `up to ${high}` : high == null ? `from ${low}` : `${low}–${high}`
}

// "2015" or "May 2015".
const seasonName = (season) => season.length > 4 ? format.monthOfYear(season) : season

const refusals = {
  "no option": (on, value) => `${on} has no option “${value}”.`,
  "no number": (on, value) => `${on}: “${value}” is not a number.`,
  "no date": (on, value) => `${on}: “${value}” is not a date like 2014-05-31, May 2014 or 2014.`,
  "two dates": (on, value) => {
    const [one, two, year] = value.split(/\D+/)
    const [first, second] = [one, two].map((part) => part.padStart(2, "0"))
    return `${on}: “${value}” can be two days. Write ${year}-${second}-${first} or ${year}-${first}-${second}.`
  },
  "out of order": (on, value) => `${on}: ${value.split("..")[0]} is above ${value.split("..")[1]}.`,
  "no facet": (on) => `There is nothing named “${on}” to filter by.`,
  "no area": (_on, value) => `There is no area “${value}”.`,
  "too many areas": (_on, value) => `No more than ${value} areas can be chosen at once.`,
  "no comparison": (_on, value) => `“${value}” is nothing that the map can show of two choices.`,
  "no measure": (_on, value) => `There is no measure “${value}”.`,
  "no extent": (_on, value) => `“${value}” is no extent: west,south,east,north in degrees.`,
  "no group": (_on, value) => `There is no group “${value}” to colour by.`,
  "no classes": (_on, value) => `“${value}” is no way to make classes.`,
  "no column": (_on, value) => `The table has no column “${value.replace(/^-/, "")}”.`,
  "no rows": (_on, value) => `“${value}” is no choice of rows.`,
  "no page": (_on, value) => `“${value}” is no page.`,
}
const troubles = {
  failed: () => "This could not be answered; the server's log says why.",
  outdated: () => "The areas or the settings have changed. Load this page again to see them.",
  "cluster lost": () => "The cluster that holds the records does not answer. This page goes on by itself once it does.",
  trouble: (on, value) => `${value} The data shown are of ${moment(on)}.`,
}

export default {
  language: "en",
  ...format,

  // The sentence, the notices, and how fresh the data are.
  sentence: (shown) => {
    if (shown.comparison != null) {
      return comparedSentence(shown)
    }
    const {about, sentence: {matching, total, areas, unjoined}, view} = shown
    const {record_nouns: records, area_nouns} = about
    const some = matching < total ? `${count(matching)} of ${count(total)}`
      : total > 1 ? `All ${count(total)}` : "1"
    const where = `in ${count(areas)} of ${counted(about.areas, area_nouns)}`
    const phrases = phrasesOf(about, view.choices)
    const rest = unjoined === 0 ? ""
      : `. ${counted(unjoined, records)} ${unjoined === 1 ? "lies" : "lie"} in no ${area_nouns[0]}`
    return `${some} ${noun(total, records)}, ${where}${phrases.length > 0 ? `: ${phrases.join(", ")}` : ""}${rest}.`
  },
  refused: ({what, on, value}) => refusals[what](on, value),
  notice: ({what, on, value}) => what in refusals ? `${refusals[what](on, value)} It was left out.`
    : troubles[what](on, value),
  dataOf: "Data of",
  live: "live",

  // The header.
  binderNote: "This runs on Binder, for free. A first start can take minutes, and about ten minutes after the last " +
    "page on it is closed it ends. A copied link starts it again.",
  filters: "Filters",
  copyLink: "Copy link",
  copied: "Copied",
  copyByHand: "To be copied:",
  version: "What the copied link opens",
  latestVersion: "always the latest",
  exactVersion: "as it is today",
  files: "Data",
  about: "About the data",
  activity: "Live",
  reset: "Reset",
  embed: "Embed",
  embedTitle: "This view in another page",
  embedOnBinder: "On Binder this page's address ends with its session, so another page that holds it would soon be " +
    "empty. A link lasts: it starts a session of its own with this view.",
  embedFrame: "In a frame, which works in any page:",
  embedScript: (option) => ["As a part of the page, with a link for those who cannot see the map. The server has to " +
    "be started with ", option, " and the other page's host:"],
  embedHere: "This page's address is one that only this computer knows: other people need the dashboard on a server.",
  copy: "Copy",
  close: "close",

  // The facets.
  clearAll: "Clear all",
  showMap: "Show the map",
  clear: "clear",
  clearFacet: (label) => `Clear ${label}`,
  removeOption: (option) => `Remove ${option}`,
  noValue: "no value",
  searchOptions: (size) => `Search ${count(size)} options`,
  nothingFits: "Nothing fits what was typed.",
  moreOptions: (more) => `and ${count(more)} more: type to find them`,
  from: "from",
  to: "to",
  lowest: (label) => `${label}, lowest`,
  highest: (label) => `${label}, highest`,

  // The map.
  colourBy: "Colour by",
  previous: "Previous",
  next: "Next",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  wholeMap: "Show the whole map",
  meanings: {none: "none", "no data": "no data", "not surveyed": "not surveyed"},
  classSpan: ({low, high}, whole) => {
    if (low === high) {
      return number(low)
    }
    if (low == null) {
      return `up to ${number(high)}`
    }
    if (high == null) {
      return whole ? `${number(low)} and more` : `over ${number(low)}`
    }
    return whole ? `${number(low)}–${number(high)}` : `${number(low)} – ${number(high)}`
  },
  drawnAs: (near, nouns) => `${counted(near.count, nouns)} here, drawn ${near.x == null
    ? "as density: the darker a cell, the more" : "as points"}.`,
  withUnit: (value, {unit, per_km2}) => {
    const whole = `${unit}${per_km2 ? "/km²" : ""}`
    return value == null || Number.isNaN(value) ? "no data" : `${number(value)}${whole === "" ? "" : ` ${whole}`}`
  },
  withMeasure: (label, value, records) => `${label}: ${value}${records == null ? "" : ` (${records})`}`,
  counted,

  // The detail.
  allAreas: (nouns) => `All ${nouns[1]}`,
  inNone: (nouns) => `In no ${nouns[0]}`,
  inNoneShort: (nouns) => `in no ${nouns[0]}`,
  backToAll: "Back to the whole survey",
  km2: (value) => value < 1 ? `${number(value * 100)} ha` : `${number(value)} km²`,
  notSurveyed: "not surveyed",
  ofAllShown: "of all shown",
  percent: (part) => `${share(part)} %`,
  showThem: "Show them",
  gaps: (gaps, nouns) => `${count(gaps)} of these ${nouns[1]} have no number to measure and are left out.`,
  rankBy: (label) => `Rank by ${label}`,
  rank: ({place, of, group_place, group_of}, group) => `${ordinal(place)} of ${count(of)}${group_place == null ? ""
    : `, ${ordinal(group_place)} of ${count(group_of)} in ${group}`}`,
  firstAreas: (group, nouns) => group === "" ? `First ${nouns[1]}` : `First in ${group}`,
  nothing: "nothing",
  others: (others) => others === 1 ? "1 other" : `${count(others)} others`,
  binName: (low, high) => {
    if (typeof low === "string") {
      const days = (Date.parse(high) - Date.parse(low)) / 864e5
      return days === 1 ? low : days <= 31 ? low.slice(0, -3) : low.slice(0, -6)
    }
    return high - low === 1 && Number.isInteger(low) ? bound(low) : `${bound(low)} to ${bound(high)}`
  },
  binCount: (name, value) => `${name}: ${count(value)}`,
  latest: (nouns) => `Latest ${nouns[1]}`,

  // The table.
  records: (total, nouns, place) => `${counted(total, nouns)}${place == null ? "" : ` in ${place}`}`,
  noArea: (nouns) => `no ${nouns[0]}`,
  noneFits: "None fits the filters.",
  page: "Page",
  columns: "Columns",
  columnsOf: (nouns) => `What to show of ${nouns[1]}`,
  onlyHere: "only what the map shows",
  ofPages: (pages) => `of ${count(pages)}`,
  firstPage: "First page",
  previousPage: "Previous page",
  nextPage: "Next page",
  lastPage: "Last page",

  // The server's panel.
  serverTitle: "Live: what the server is doing",
  serverBegins: "The last five minutes, a point each second. It begins with the first look.",
  server: ({sessions, answers, median, p95, memory, workload}) => {
    const waits = median == null ? ""
      : `, half of them within ${median.toFixed(1)} ms, 95 % within ${p95.toFixed(1)} ms`
    const workers = workload == null ? ""
      : `; ${workload.idle} workers idle, ${workload.saturated} saturated, ${workload.tasks} tasks`
    return `${count(sessions)} open session${sessions === 1 ? "" : "s"}; ${answers.toFixed(1)} answers per second` +
      `${waits}; ${memory.toFixed(0)} MB${workers}. Times are UTC.`
  },

  // One record.
  findAny: ({area_nouns, record_nouns}) => `Find a ${area_nouns[0]} or ${record_nouns[0]}`,
  closeRecord: "Close this record",
  noRecord: (id, nouns) => `There is no ${nouns[0]} “${id}”.`,
  notAmong: (nouns) => `This ${nouns[0]} is not among those that the filters and the chosen area leave.`,
  showRecord: (id) => `Show ${id}`,

  // While there is no dashboard, or no server any more.
  lostElsewhere: "The connection to the server is lost. Load this page again, or run the cell again.",
  haveBeenRead: "The data have been read",
  loadAgain: "Load this page again, and the map is here.",
  cannotBeShown: "This dashboard cannot be shown yet",
  onceMended: "Once this is mended, the map comes by itself. “python bokeh-app” in the repository's folder " +
    "checks it too.",
  reading: "Reading the data",
  comesByItself: "The map comes by itself.",

  // Groups of areas, and classes that fit what is chosen.
  by: (group) => `by ${group}`,
  byGroup: (group, measure) => `By ${group}: ${measure}`,
  searchGroups: (others) => `and ${count(others)} more: search`,
  classesFit: "Classes fit what is chosen.",
  classesOfAll: (nouns, ends) => `Those of all ${nouns[1]} end at ${all(ends.map(number))}.`,
  sameClasses: "same classes for every choice",

  // Which filters are on, and what to drop where nothing fits.
  chosen: "Filters that are on",
  span,
  removeChip: (of, text) => `Remove ${of}: ${text}`,
  nothingLeft: (nouns) => `No ${nouns[0]} fits all of this at once`,
  nothingHere: (nouns) => `No ${nouns[1]} here`,
  without: (facet, choice) => choice.values == null || facet.kind === "yes/no" ? `Without ${phrase(facet, choice)}`
    : `Without ${facet.label}: ${phrase(facet, choice)}`,
  withoutAny: "Without any filter",
  inAll: (nouns) => `In all ${nouns[1]}`,
  unseen: (areas, records) => `This ${areas[0]} was not surveyed: nobody knows how many ${records[1]} there are.`,
  // The years and months of a facet of dates.
  season: seasonName,
  yearsOf: (label) => `Years of ${label}`,
  monthsOf: (year) => `Months of ${year}`,
  stepThrough: (label) => `Step through ${label}`,
  seasonBefore: "Step back",
  seasonAfter: "Step forward",
  play: (label) => `Play through ${label}`,
  pause: "Pause",
  // The menus of the header, and what visitors tell of a mistake.
  shareMenu: "Share",
  download: "Download",
  more: "More",
  forMakers: "For makers",
  credit: "Made by",
  licence: "Licence",
  somethingWrong: "Something is wrong here",
  issueTitle: ({title, record_nouns}, id) => (id == null ? `Something is wrong: ${title}`
    : `Something is wrong with ${record_nouns[0]} ${id}: ${title}`).slice(0, 200),
  issueBody: ({record_nouns}, {recordId, link, asOf, commit}) => ["What is wrong, and what would be right?\n\n", "",
    ...recordId == null ? [] : [`- ${record_nouns[0]}: ${recordId}`], `- seen at: ${link}`, `- data of: ${asOf}`,
    ...commit === "" ? [] : [`- version: ${commit}`]].join("\n"),

  // Pictures.
  pictures: "The map as a picture",
  pictureKinds: {png: "For a slide (PNG)", large: "For print, large (PNG)", svg: "To edit (SVG)"},
  chartPicture: (label) => `${label} as a picture (SVG)`,
  dataOfDay: (iso) => `Data of ${format.day(iso)}`,
  distance: (metres) => metres >= 1000 ? `${number(metres / 1000)} km` : `${number(metres)} m`,
  north: "N",
  // What can be taken home.
  downloadRecords: (total, nouns) => `The ${counted(total, nouns)} of this view`,
  downloadAreas: (areas, nouns, measure) => `All ${counted(areas, nouns)} with their ${measure}`,
  downloadAs: (format, what) => `${what} as ${format}`,
  dataTitle: "In a program of your own",
  dataLines: "Address, Python, R …",
  dataAddress: (nouns) => `The ${nouns[1]} are at this address, always as they are now:`,
  dataIn: (language) => `Use it in ${language}:`,
  dataEnds: "On Binder this address ends with its session, and asks for its token.",

  // Several areas at once.
  chooseSeveral: "Choose several",
  chooseSeveralHow: "Choose several: with a mouse also by Ctrl and a click, or by Shift and a box",
  severalHint: (nouns) => `Tap ${nouns[1]} to add or remove them, or drag a box.`,
  tooManyAreas: (most, nouns) => `No more than ${most} ${nouns[1]} can be chosen at once.`,
  areasTogether: (areas, withNone, nouns) => `${counted(areas, nouns)}${withNone ? ` and no ${nouns[0]}` : ""}`,
  rankShort: "rank",
  valueOrGap: (value) => value == null ? "–" : number(value),

  // Two choices compared.
  keep: "Keep as A",
  keepHow: "Keep these filters as A, to compare others, B, with them",
  compare: "What the map shows",
  endCompare: "Compare no longer",
  shows: {a: "A", b: "B", difference: "difference", ratio: "ratio"},
  showsHow: {a: "A alone", b: "B alone", difference: "B minus A", ratio: "B to A"},
  comparedSpan: ({meaning, low, high}, whole) => {
    const isBelow = meaning === "ratio" ? (high ?? 2) <= 1 : (high ?? 1) <= 0
    const [near, far] = isBelow ? [high, low] : [low, high]
    if (meaning === "difference") {
      if (far == null) {
        return whole ? `${signed(near)} and beyond` : `beyond ${signed(near)}`
      }
      return near === far ? signed(near) : near === 0 ? `up to ${signed(far)}` : `${signed(near)} to ${signed(far)}`
    }
    if (meaning === "ratio") {
      const [more, less] = isBelow ? ["A", "B"] : ["B", "A"]
      const [from, to] = [near, far].map((end) => end == null || !isBelow ? end : 1 / end)
      const times = to == null ? `over ${number(from)}` : from === 1 ? `up to ${number(to)}`
        : `${number(from)}–${number(to)}`
      return `${more} is ${times} × ${less}`
    }
    return {"the same": "the same", "only in A": "only in A", "only in B": "only in B",
      "in neither": "in neither"}[meaning]
  },
  differenceOf: (a, b, {unit, per_km2}) => Number.isNaN(a - b) ? "no difference to tell"
    : `B − A: ${signed(b - a)}${unit === "" ? "" : ` ${unit}`}${per_km2 ? "/km²" : ""}`,
  ratioOf: (a, b) => `B : A = ${number(b / a)}`,
}
