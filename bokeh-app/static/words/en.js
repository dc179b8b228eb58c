// All words of the page in English. Another language is another file like this one.

import {formats} from "../format.js"

const format = formats("en-GB")
const {count, number, bound, share, either, moment, plural} = format
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

function span(low, high) {
  if (low === high) {
    return low
  }
  return low == null ? `up to ${high}` : high == null ? `from ${low}` : `${low}–${high}`
}

const refusals = {
  "no option": (on, value) => `${on} has no option “${value}”.`,
  "no number": (on, value) => `${on}: “${value}” is not a number.`,
  "no date": (on, value) => `${on}: “${value}” is not a date like 2014-05-31.`,
  "out of order": (on, value) => `${on}: ${value.split("..")[0]} is above ${value.split("..")[1]}.`,
  "no facet": (on) => `There is nothing named “${on}” to filter by.`,
  "no area": (_on, value) => `There is no area “${value}”.`,
  "no measure": (_on, value) => `There is no measure “${value}”.`,
  "no extent": (_on, value) => `“${value}” is no extent: west,south,east,north in degrees.`,
  "no classes": (_on, value) => `“${value}” is no way to make classes.`,
  "no column": (_on, value) => `The table has no column “${value.replace(/^-/, "")}”.`,
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
  sentence: ({about, sentence: {matching, total, areas, unjoined}, view}) => {
    const {record_nouns: records, area_nouns} = about
    const some = matching < total ? `${count(matching)} of ${count(total)}`
      : total > 1 ? `All ${count(total)}` : "1"
    const where = `in ${count(areas)} of ${counted(about.areas, area_nouns)}`
    const phrases = about.facets.filter(({name}) => name in view.choices)
      .map((facet) => phrase(facet, view.choices[facet.name]))
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
  findArea: "Find by name or id",
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
  refit: "fit classes to the filters",
  drawnAs: (near, nouns) => `${counted(near.count, nouns)} here, drawn ${near.x == null
    ? "as density: the larger a dot, the more" : "as points"}.`,
  noData: "no data",
  withUnit: (value, {unit, per_km2}) => {
    const whole = `${unit}${per_km2 ? "/km²" : ""}`
    return value == null || Number.isNaN(value) ? "no data" : `${number(value)}${whole === "" ? "" : ` ${whole}`}`
  },
  withMeasure: (label, value, records) => `${label}: ${value} (${records})`,
  counted,

  // The detail.
  allAreas: (nouns) => `All ${nouns[1]}`,
  inNone: (nouns) => `In no ${nouns[0]}`,
  inNoneShort: (nouns) => `in no ${nouns[0]}`,
  backToAll: "Back to the whole survey",
  km2: (value) => `${number(value)} km²`,
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
  pageOf: (page, pages) => `${count(page)} of ${count(pages)}`,
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

  // While there is no dashboard, or no server any more.
  lostElsewhere: "The connection to the server is lost. Load this page again, or run the cell again.",
  haveBeenRead: "The data have been read",
  loadAgain: "Load this page again, and the map is here.",
  cannotBeShown: "This dashboard cannot be shown yet",
  onceMended: "Once this is mended, the map comes by itself. “python bokeh-app” in the repository's folder " +
    "checks it too.",
  reading: "Reading the data",
  comesByItself: "The map comes by itself.",
}
