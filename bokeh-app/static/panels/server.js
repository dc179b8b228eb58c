// What the server is doing, above Bokeh's plots of it.

import {h} from "../render.js"
import {words} from "../words.js"

export function server({activity}) {
  return [
    h("div", {class: "head"}, h("h2", null, words.serverTitle),
      h("button", {class: "quiet", "data-do": "server"}, words.close)),
    h("p", {class: "note"}, activity == null ? words.serverBegins : words.server(activity)),
  ]
}
