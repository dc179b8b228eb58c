// What was read, mended, left out and left over.

import {h} from "../render.js"
import {words} from "../words.js"

export function about({report}) {
  return h("div", {class: "about"},
    h("div", {class: "head"}, h("h2", null, words.about),
      h("button", {class: "quiet", "data-do": "about"}, words.close)),
    report.map(({heading, sentences}) => h("section", {key: heading}, h("h3", null, heading),
      sentences.map((sentence) => h("p", null, sentence)))))
}
