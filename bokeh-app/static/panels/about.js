// Who made the data, when and how, and under which licence; for makers: what was read, mended and left over.

import {h} from "../render.js"
import {words} from "../words.js"

export function about({about: survey, freshness, report}) {
  const {title, introduction, credit, licence} = survey
  const fact = (key, name, text) => text !== "" && h("div", {key}, h("dt", null, name), h("dd", null, text))
  return h("div", {class: "about"},
    h("div", {class: "head"}, h("h2", null, title),
      h("button", {class: "quiet", "data-do": "about"}, words.close)),
    introduction !== "" && h("p", {key: "introduction"}, introduction),
    h("dl", {class: "facts"}, fact("credit", words.credit, credit), fact("licence", words.licence, licence),
      fact("date", words.dataOf, h("time", {datetime: freshness.as_of}, words.moment(freshness.as_of)))),
    h("details", null, h("summary", null, words.forMakers), report.map(({heading, sentences}) =>
      h("section", {key: heading}, h("h3", null, heading), sentences.map((sentence) => h("p", null, sentence))))))
}
