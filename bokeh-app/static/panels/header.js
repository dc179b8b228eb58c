// The title, and what can be done with the page as a whole.

import {h} from "../render.js"
import {words} from "../words.js"

export function header(shown) {
  const {about: {title, introduction}, deployment: {latest, exact, files, in_kernel}, links, copied} = shown
  return h("header", {class: "header"},
    h("div", null,
      h("h1", null, title),
      introduction !== "" && h("p", null, introduction),
      latest !== "" && !in_kernel && h("p", {class: "note"}, words.binderNote)),
    h("div", {class: "tools"},
      h("button", {key: "drawer", class: "drawer-opener", "data-do": "drawer"}, words.filters),
      h("button", {key: "copy", "data-do": "copy"}, copied === "link" ? words.copied : words.copyLink),
      latest !== "" && h("select", {"data-do": "version", "aria-label": words.version, value: links.version},
        h("option", {value: "latest"}, words.latestVersion),
        h("option", {value: exact === "" ? "latest" : "exact", key: "exact"}, words.exactVersion)),
      (latest !== "" || !in_kernel) && embedding(shown),
      files !== "" && h("a", {class: "button", href: files, target: "_blank", rel: "noopener"}, words.files),
      h("button", {key: "about", "data-do": "about"}, words.about),
      h("button", {key: "server", "data-do": "server"}, words.activity),
      h("button", {key: "reset", "data-do": "reset"}, words.reset)))
}

function embedding({deployment: {latest}, links, copied}) {
  const snippet = (name) => h("div", {key: name, "data-on": name},
    h("textarea", {readonly: true, rows: 4, spellcheck: "false", "aria-label": "HTML", value: links.snippets[name]}),
    h("button", {"data-do": "snippet"}, copied === name ? words.copied : words.copy))
  return [
    h("button", {key: "embed", popovertarget: "embed"}, words.embed),
    h("div", {class: "embed", id: "embed", popover: true},
      h("h2", null, words.embedTitle),
      latest !== ""
        ? [h("p", null, words.embedOnBinder), snippet("link")]
        : [h("p", null, words.embedFrame), snippet("frame"),
          h("p", null, words.embedScript(h("code", null, "--allow-websocket-origin="))), snippet("script"),
          links.onlyHere && h("p", {class: "note here"}, words.embedHere)]),
  ]
}
