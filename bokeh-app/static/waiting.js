// The card in place of a dashboard that cannot be shown, or not yet.

import {ready, reload} from "./page.js"
import {card} from "./panels/card.js"
import {h, render} from "./render.js"
import {listen} from "./wire.js"

export function start({root, wire}, index) {
  const host = index.get(root).el
  const around = document.createElement("div")
  host.shadowRoot.append(around)
  listen(wire, (parts) => {
    render(around, h("div", {role: "alert"}, card(parts.card)))
    if (parts.card.ready) {
      reload(host)
    }
  })
  ready()
}
