// The dashboard in the page: what a visitor does becomes an action, a message becomes what the visitor sees.

import {newMapId, startAddress} from "./address.js"
import {startMap} from "./map.js"
import {launchBy, ready, reload} from "./page.js"
import {about} from "./panels/about.js"
import {charts} from "./panels/charts.js"
import {controls} from "./panels/controls.js"
import {detail, latest} from "./panels/detail.js"
import {header} from "./panels/header.js"
import {jump} from "./panels/jump.js"
import {legend, mapBar, zoomButtons} from "./panels/legend.js"
import {server} from "./panels/server.js"
import {summary} from "./panels/summary.js"
import {table} from "./panels/table.js"
import {h, render} from "./render.js"
import {listen} from "./wire.js"
import {words} from "./words.js"

const DIALOGS = ["about", "server"]

export function start({root, wire, below, elsewhere, ...models}, index) {
  const host = index.get(root).el
  // Its children lie in the grid of the dashboard as if it were not there.
  const around = added("around", host.shadowRoot)
  const tip = added("tip", host.shadowRoot)
  const serverHead = added("server-head", index.get(root).child_views.at(-1).el.shadowRoot)
  const {palette} = models

  let shown = {palette, below, copied: null, version: "latest", mapId: newMapId(), hasFresh: false, activity: null}
  let requests = 0
  let busy = null

  const ask = (action) => {
    requests += 1
    wire.request = {...action, n: requests}
    busy ??= setTimeout(() => host.classList.add("busy"), 200)
  }

  const address = startAddress({elsewhere, ask})
  const map = startMap(models, index, tip, ask)

  const draw = (settled) => {
    shown.links = address.links(shown)
    render(around, [
      header(shown), summary(shown), controls(shown),
      h("div", {class: "over"}, mapBar(shown), jump(shown), legend(shown), zoomButtons()),
      h("div", {class: "detail"}, detail(shown), latest(shown), charts(shown)),
      table(shown), about(shown),
    ], settled)
    render(serverHead, server(shown), settled)
  }

  const showMessage = (parts, {n, waiting}) => {
    const isFirst = shown.about == null
    const isSettled = () => n >= requests && !waiting
    shown = {...shown, ...parts}
    // What was added before this page was opened is nothing new to its visitor.
    shown.firstTotal ??= shown.sentence.total
    shown.hasFresh = shown.sentence.total !== shown.firstTotal
    map.show(shown, parts, isSettled())
    if (parts.outdated != null) {
      address.rewrite(parts.outdated)
      reload(host)
    }
    const finish = () => {
      draw(isSettled())
      if (isSettled()) {
        address.follow(shown.view)
        clearTimeout(busy)
        busy = null
        host.classList.remove("busy")
      }
    }
    isFirst ? finish() : afterPaint(() => whenReleased(finish))
  }

  // What needs no server.
  const toggle = (panel) => host.classList.toggle(`${panel}-open`)
  const close = (panel) => host.classList.contains(`${panel}-open`) && here[panel]()
  const copy = async (what, text) => {
    try {
      await navigator.clipboard.writeText(text)
      shown.copied = what
      draw(true)
      setTimeout(() => {
        shown.copied = null
        draw(true)
      }, 2000)
    } catch {
      // No permission, or a page without https: the text itself can be copied by hand.
      prompt(words.copyByHand, text)
    }
  }
  const here = {
    about: () => {
      close("server")
      toggle("about")
    },
    // What is open need not be sent; the server streams while it is.
    server: () => {
      close("about")
      ask({do: "server", on: "", value: String(toggle("server"))})
    },
    drawer: () => toggle("drawer"),
    copy: () => copy("link", shown.links.link),
    snippet: (control) => {
      const name = control.closest("[data-on]").dataset.on
      control.parentNode.querySelector("textarea").select()
      copy(name, shown.links.snippets[name])
      shown.mapId = newMapId()
    },
    version: ({value}) => {
      shown.version = value
      draw(true)
    },
    zoom: ({value}) => map.zoom(value),
  }

  const askFrom = (control, what = control.closest("[data-do]").dataset.do) => {
    if (what in here) {
      here[what](control)
      return
    }
    const pair = control.closest("[data-pair]")
    const value = pair == null ? control.value : valueOf(pair, what)
    ask({do: what, on: control.closest("[data-on]")?.dataset.on ?? "", value})
  }

  const listening = (name, task) => {
    for (const place of [around, serverHead]) {
      place.addEventListener(name, ({target, key}) => {
        const control = target.closest?.("button, input, select")
        if (control?.closest("[data-do]") != null) {
          task(control, key)
        }
      })
    }
  }
  listening("click", (control) => control.tagName === "BUTTON" && askFrom(control))
  // A box that is searched in and a handle tell of each step, all others of what they were left at.
  const isStepwise = ({type}) => type === "search" || type === "range"
  listening("input", (control) => isStepwise(control) && askFrom(control))
  listening("change", (control) => !isStepwise(control) && askFrom(control))
  listening("keydown", (control, key) => key === "Enter" && "enter" in control.dataset
    && askFrom(control, control.dataset.enter))
  host.addEventListener("keydown", ({key}) => key === "Escape" && DIALOGS.forEach(close))

  // What moves away under a pressed button would lose the click.
  let pressed = false
  const released = []
  host.addEventListener("pointerdown", (event) => {
    pressed = event.composedPath().includes(around) && event.composedPath()[0].type !== "range"
  }, {capture: true})
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => setTimeout(() => {
      pressed = false
      released.splice(0).forEach((task) => task())
    }), {capture: true})
  }
  const whenReleased = (task) => pressed ? released.push(task) : task()

  listen(wire, showMessage)
  if (shown.deployment.latest !== "") {
    launchBy(() => shown.links.link)
  }
  host.classList.add("ready")
  ready()
}

function added(name, parent) {
  const element = document.createElement("div")
  element.className = name
  parent.append(element)
  return element
}

// The value of two controls that make one: two bounds, or the first and the last of the bins between two handles.
function valueOf(pair, what) {
  const [low, high] = [...pair.querySelectorAll("input")].map(({value}) => value.trim())
  if (what !== "bins") {
    return `${low}..${high}`
  }
  const size = Number(pair.querySelector("input").max)
  const first = Math.min(Number(low), size - 1)
  return `${first}..${Math.max(Number(high), first + 1) - 1}`
}

// The map shows an answer at once; the rest, whose layout takes longer, comes when the browser has painted that.
// A page that nobody sees is not painted.
function afterPaint(task) {
  if (document.hidden) {
    task()
  } else {
    requestAnimationFrame(() => setTimeout(task))
  }
}
