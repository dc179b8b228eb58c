// The title, and what can be done with the page as a whole; what is for makers is in the last menu.

import {h} from "../render.js"
import {words} from "../words.js"
import {dataPanel, fileEntries} from "./downloads.js"
import {menu} from "./menu.js"
import {pictureEntries} from "./pictures.js"
import {reportEntry} from "./report_link.js"

export function header(shown) {
  const {about: {title, introduction}, deployment: {latest, in_kernel}} = shown
  const about = (attributes) => h("button", {key: "about", "data-do": "about", ...attributes}, words.about)
  const reset = (attributes) => h("button", {key: "reset", "data-do": "reset", ...attributes}, words.reset)
  return h("header", {class: "header"},
    h("div", null,
      h("h1", null, title),
      introduction !== "" && h("p", null, introduction),
      latest !== "" && !in_kernel && h("p", {class: "note"}, words.binderNote)),
    h("div", {class: "tools"},
      h("button", {key: "drawer", class: "drawer-opener", "data-do": "drawer"}, words.filters),
      menu("share", words.shareMenu, share(shown)),
      menu("download", words.download, [pictureEntries(), fileEntries(shown)]),
      // On a narrow page these two move into the last menu.
      about({class: "on-wide"}), reset({class: "on-wide"}),
      menu("more", words.more, [about({class: "on-narrow"}), reset({class: "on-narrow"}), reportEntry(shown),
        makers(shown)]),
      canEmbed(shown) && embedPanel(shown), dataPanel(shown)))
}

function share({deployment: {latest, exact}, links, copied}) {
  return [
    h("button", {key: "copy", "data-do": "copy", "data-stays": true},
      copied === "link" ? words.copied : words.copyLink),
    latest !== "" && h("select", {"data-do": "version", "aria-label": words.version, value: links.version},
      h("option", {value: "latest"}, words.latestVersion),
      h("option", {value: exact === "" ? "latest" : "exact", key: "exact"}, words.exactVersion)),
  ]
}

function makers(shown) {
  const {deployment: {files}} = shown
  return [
    h("h3", {key: "makers"}, words.forMakers),
    canEmbed(shown) && h("button", {key: "embed", popovertarget: "embed"}, words.embed),
    files !== "" && h("a", {class: "button", href: files, target: "_blank", rel: "noopener"}, words.files),
    h("button", {key: "server", "data-do": "server"}, words.activity),
  ]
}

function canEmbed({deployment: {latest, in_kernel}}) {
  return latest !== "" || !in_kernel
}

function embedPanel({deployment: {latest}, links, copied}) {
  const snippet = (name) => h("div", {key: name, "data-on": name},
    h("textarea", {readonly: true, rows: 4, spellcheck: "false", "aria-label": "HTML", value: links.snippets[name]}),
    h("button", {"data-do": "snippet"}, copied === name ? words.copied : words.copy))
  return h("div", {key: "embed", class: "embed", id: "embed", popover: true},
    h("h2", null, words.embedTitle),
    latest !== ""
      ? [h("p", null, words.embedOnBinder), snippet("link")]
      : [h("p", null, words.embedFrame), snippet("frame"),
        h("p", null, words.embedScript(h("code", null, "--allow-websocket-origin="))), snippet("script"),
        links.onlyHere && h("p", {class: "note here"}, words.embedHere)])
}
