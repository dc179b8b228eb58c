// The matching records, a page at a time. A click on a heading sorts; images and links are shown as such.

import {h} from "../render.js"
import {words} from "../words.js"
import {placeOf} from "./several.js"

const SHORT = 40  // characters that stand on one line

export function table(shown) {
  const {about, view, table: {total, page, pages, rows, ids}, below} = shown
  const columns = view.columns.map((name) => about.columns.find((column) => column.name === name))
  const place = view.areas.length === 0 ? null : placeOf(shown)
  const widths = columns.map(({kind}, column) => kind === "number" ? decimals(rows, column) : 0)
  return h("div", {class: "records"},
    h("div", {class: "head"},
      h("h2", null, words.records(total, about.record_nouns, place)),
      h("div", {class: "table-tools"}, choosing(about, view), pages > 1 && turning(page, pages))),
    rows.length === 0 ? h("p", {class: "note"}, words.noneFits)
      : h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": about.record_nouns[1]},
        h("table", null,
          h("thead", null, h("tr", {"data-do": "sort"}, columns.map((column) => heading(column, view)))),
          h("tbody", null, rows.map((row, number) => {
            const id = ids[number] ?? ""
            const isChosen = id !== "" && id === view.record
            return h("tr", {class: isChosen && "chosen", "aria-current": isChosen && "true"},
              columns.map(({kind}, column) => cell(row[column], kind, below, widths[column], column === 0 && id)))
          })))))
}

// Which columns the table has, and whether it is about what the map shows only.
function choosing({columns, record_nouns}, view) {
  const check = (key, what, value, checked, text) => h("label", {key},
    h("input", {type: "checkbox", "data-do": what, value, checked}), h("span", null, text))
  return [
    view.extent.length > 0 && check("here", "rows", "", view.here, words.onlyHere),
    h("button", {key: "columns", popovertarget: "columns"}, words.columns),
    h("div", {key: "choice", class: "embed", id: "columns", popover: true},
      h("h3", null, words.columnsOf(record_nouns)),
      columns.map(({name, label}) => check(name, "column", name, view.columns.includes(name), label))),
  ]
}

function turning(page, pages) {
  const button = (value, name, sign) => h("button", {
    key: name, value: String(value), "aria-label": name, disabled: value < 1 || value > pages || value === page,
  }, sign)
  return h("div", {class: "pages", "data-do": "page"},
    button(1, words.firstPage, "«"), button(page - 1, words.previousPage, "‹"),
    h("label", null, h("input", {type: "text", inputmode: "numeric", value: page, "aria-label": words.page}),
      h("span", null, words.ofPages(pages))),
    button(page + 1, words.nextPage, "›"), button(pages, words.lastPage, "»"))
}

function heading({name, label, kind}, {sort}) {
  const order = sort === name ? "ascending" : sort === `-${name}` ? "descending" : "none"
  return h("th", {key: name, scope: "col", "aria-sort": order, class: kind === "number" && "n"},
    h("button", {"data-on": name}, label))
}

// How many digits stand after the decimal mark at most in the numbers of a column.
function decimals(rows, column) {
  return Math.max(0, ...rows.map((row) => fraction(words.cell(row[column])).length))
}

function fraction(text) {
  return text.match(/[.,](\d+)$/)?.[1] ?? ""
}

// A cell of the table; the first of a row is the button that chooses its record.
function cell(value, kind, below, width, id) {
  if (kind === "text" && value?.length > SHORT) {
    return h("td", {class: "long"}, h("details", null, h("summary", {title: value}, value)))
  }
  const shown = kind === "number" ? aligned(words.cell(value), width) : valueOf(value, kind, below)
  return h("td", {class: kind === "number" && "n"},
    id ? h("button", {class: "row", "data-do": "record", value: id, "aria-label": words.showRecord(id)}, shown) : shown)
}

// A number with blanks as wide as the digits that others have after the decimal mark: the marks stand in a line.
function aligned(text, width) {
  const digits = fraction(text).length
  return text === "" ? "" : text + (digits === 0 && width > 0 ? "\u2008" : "") + "\u2007".repeat(width - digits)
}

// What stands in the place of a value: a picture or a link where it is one, else the text.
export function valueOf(value, kind, below) {
  const text = words.cell(value)
  const address = ["image", "link"].includes(kind) ? addressOf(text, below) : null
  if (address == null) {
    return text
  }
  const inside = kind === "image" ? h("img", {src: address, alt: "", loading: "lazy"})
    : text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text
  return h("a", {href: address, target: "_blank", rel: "noopener"}, inside)
}

// A text becomes an address only when it is one of a page, or of a file in the app's static folder.
function addressOf(text, below) {
  if (text.startsWith("static/")) {
    return below + text
  }
  try {
    return ["http:", "https:"].includes(new URL(text).protocol) ? text : null
  } catch {
    return null
  }
}
