// The matching records, a page at a time. A click on a heading sorts; images and links are shown as such.

import {h} from "../render.js"
import {words} from "../words.js"

const SHORT = 40  // characters that stand on one line

export function table({about, view, detail, table: {total, page, pages, rows}, below}) {
  const place = view.area == null ? null : view.area === "" ? words.noArea(about.area_nouns) : detail.label
  return h("div", {class: "records"},
    h("div", {class: "head"},
      h("h2", null, words.records(total, about.record_nouns, place)),
      pages > 1 && turning(page, pages)),
    rows.length === 0 ? h("p", {class: "note"}, words.noneFits)
      : h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": about.record_nouns[1]},
        h("table", null,
          h("thead", null, h("tr", {"data-do": "sort"}, about.columns.map((column) => heading(column, view)))),
          h("tbody", null, rows.map((row) => h("tr", null, about.columns.map(({kind}, place_) =>
            cell(row[place_], kind, below))))))))
}

function turning(page, pages) {
  const button = (value, name, sign) => h("button", {
    key: name, value: String(value), "aria-label": name, disabled: value < 1 || value > pages || value === page,
  }, sign)
  return h("div", {class: "pages", "data-do": "page"},
    button(1, words.firstPage, "«"), button(page - 1, words.previousPage, "‹"),
    h("span", null, words.pageOf(page, pages)),
    button(page + 1, words.nextPage, "›"), button(pages, words.lastPage, "»"))
}

function heading({name, label, kind}, {sort}) {
  const order = sort === name ? "ascending" : sort === `-${name}` ? "descending" : "none"
  return h("th", {key: name, scope: "col", "aria-sort": order, class: kind === "number" && "n"},
    h("button", {"data-on": name}, label))
}

function cell(value, kind, below) {
  const text = words.cell(value)
  if (kind === "number") {
    return h("td", {class: "n"}, text)
  }
  const address = kind === "text" ? null : addressOf(text, below)
  if (address == null) {
    return h("td", {class: text.length > SHORT && "long"}, text)
  }
  const shown = kind === "image" ? h("img", {src: address, alt: "", loading: "lazy"})
    : text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text
  return h("td", null, h("a", {href: address, target: "_blank", rel: "noopener"}, shown))
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
