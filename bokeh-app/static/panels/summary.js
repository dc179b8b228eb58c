// What is shown, in one sentence; what visitors have to be told; and of when the data are.

import {h} from "../render.js"
import {words} from "../words.js"

export function summary(shown) {
  const {freshness: {as_of, watched}, notices} = shown
  return [
    h("div", {class: "sentence", role: "status"}, h("p", {title: words.sentence(shown)}, words.sentence(shown))),
    h("div", {class: "freshness"}, h("p", {class: "note"},
      words.dataOf, " ", h("time", {datetime: as_of}, words.moment(as_of)), watched && ` · ${words.live}`)),
    h("div", {class: "notices", role: "alert"},
      notices.map((notice) => h("p", {class: "notice"}, words.notice(notice)))),
  ]
}
