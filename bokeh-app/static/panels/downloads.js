// What can be taken home of the view one sees: files, the address of the data, and lines that read it in R and Python.

import {h} from "../render.js"
import {words} from "../words.js"

const RECORDS = {csv: "CSV", geojson: "GeoJSON", parquet: "Parquet"}
const AREAS = {csv: "CSV", geojson: "GeoJSON", gpkg: "GeoPackage"}

// The entries of the download menu for files and for the address of the data.
export function fileEntries(shown) {
  if (shown.below === "") {
    return null  // no server, so nothing lies below the app
  }
  const {about: {record_nouns: records, area_nouns: areas, measures, placed, ...about}, table: {total}, view} = shown
  const files = (what, nouns, formats) => Object.entries(formats).map(([ending, format]) => h("a", {
    key: `${what}.${ending}`, class: "button", href: addressOf(shown, what, ending), download: true,
    "aria-label": words.downloadAs(format, nouns[1]),
  }, format))
  const {csv, geojson, parquet} = RECORDS
  const measure = measures.find(({key}) => key === view.measure).label
  return [
    h("h3", {key: "records"}, words.downloadRecords(total, records)),
    files("records", records, placed ? {csv, geojson, parquet} : {csv, parquet}),
    h("h3", {key: "areas"}, words.downloadAreas(about.areas, areas, measure)), files("areas", areas, AREAS),
    h("h3", {key: "data"}, words.dataTitle),
    h("button", {key: "lines", popovertarget: "data-lines"}, words.dataLines),
  ]
}

// What one copies to have the records in a program of one's own.
export function dataPanel({about: {record_nouns: records}, deployment: {latest}, ...shown}) {
  if (shown.below === "") {
    return null
  }
  const line = (name, label, value, rows) => h("div", {key: name, class: "line"},
    h("textarea", {name, readonly: true, rows, spellcheck: "false", "aria-label": label, value}),
    h("button", {"data-do": "text"}, shown.copied === name ? words.copied : words.copy))
  const data = new URL(addressOf(shown, "records", "csv"), document.baseURI).href
  return h("div", {class: "embed data-lines", id: "data-lines", popover: true, key: "data-lines"},
    h("h2", null, words.dataTitle),
    h("p", null, words.dataAddress(records)), line("address", words.dataAddress(records), data, 2),
    h("p", null, words.dataIn("Python")), line("python", "Python", python(data), 3),
    h("p", null, words.dataIn("R")), line("r", "R", r(data), 2),
    latest !== "" && h("p", {class: "note"}, words.dataEnds))
}

function addressOf({below, view}, what, ending) {
  return `${below}${what}.${ending}${view.query === "" ? "" : `?${view.query}`}`
}

function python(address) {
  return `import pandas as pd\nrecords = pd.read_csv(${quoted(address)})`
}

function r(address) {
  return `records <- read.csv(${quoted(address)}, fileEncoding = "UTF-8-BOM")`
}

// Both languages read a text as JSON writes it.
function quoted(text) {
  return JSON.stringify(text)
}
