// The dashboard in the page: what a visitor does becomes an action, a message becomes what the visitor sees.

import {newMapId, startAddress} from "./address.js"
import {startDrags} from "./drag.js"
import {startMap} from "./map.js"
import {launchBy, ready, reload} from "./page.js"
import {about} from "./panels/about.js"
import {charts} from "./panels/charts.js"
import {chips, keepPlace} from "./panels/chips.js"
import {controls} from "./panels/controls.js"
import {detail, latest} from "./panels/detail.js"
import {groupTotals} from "./panels/groups.js"
import {header} from "./panels/header.js"
import {jump} from "./panels/jump.js"
import {legend, mapBar, rememberLegend, zoomButtons} from "./panels/legend.js"
import {startMenus} from "./panels/menu.js"
import {noResult} from "./panels/no_result.js"
import {recordCard} from "./panels/record.js"
import {server} from "./panels/server.js"
import {severalHint} from "./panels/several.js"
import {sheet} from "./panels/sheet.js"
import {summary} from "./panels/summary.js"
import {table} from "./panels/table.js"
import {saveChart, savePicture} from "./pictures/files.js"
import {darkPage, paletteOf} from "./palettes.js"
import {startPaper} from "./pictures/paper.js"
import {startPlay} from "./play.js"
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

  let shown = {below, copied: null, version: "latest", mapId: newMapId(), hasFresh: false, activity: null,
    choosesSeveral: false}
  let requests = 0
  let busy = null
  let isDragging = () => false

  // Requests of one change, as a drag is, are one step in the history.
  const ask = (action, change = {}) => {
    if (!play.owns(change)) {
      play.stop()
    }
    requests += 1
    address.expect(requests, action, change)
    wire.request = {...action, n: requests}
    busy ??= setTimeout(() => host.classList.add("busy"), 200)
  }

  const address = startAddress({elsewhere, ask})
  const map = startMap(models, index, tip, ask)
  const play = startPlay(ask, () => draw(false))

  const draw = (settled) => {
    shown.links = address.links(shown)
    const held = keepPlace(around)
    shown.playing = play.facet()
    shown.canPlay = play.isAllowed()
    render(around, [
      header(shown), summary(shown), chips(shown), controls(shown),
      h("div", {class: "over"}, mapBar(shown), jump(shown), legend(shown), zoomButtons(shown),
        severalHint(shown)),
      h("div", {class: "detail"}, recordCard(shown), detail(shown),
        shown.no_result == null || isDragging() ? [latest(shown), groupTotals(shown), charts(shown)] : noResult(shown)),
      table(shown), about(shown), sheet(shown),
    ], settled)
    held()
    render(serverHead, server(shown), settled)
  }

  const showMessage = (parts, {n, waiting}) => {
    const isFirst = shown.about == null
    const isSettled = () => n >= requests && !waiting
    shown = {...shown, ...parts}
    shown.palette = paletteOf(models, shown, darkPage.matches)
    // What was added before this page was opened is nothing new to its visitor.
    shown.firstTotal ??= shown.sentence.total
    shown.hasFresh = shown.sentence.total !== shown.firstTotal
    address.hear(parts.steps ?? [])
    if (parts.notices?.some(({what}) => what === "failed")) {
      address.forget()
    }
    map.show(shown, parts, isSettled())
    if (parts.outdated != null) {
      address.rewrite(parts.outdated)
      reload(host)
    }
    const finish = () => {
      draw(isSettled())
      if (isFirst) {
        map.refit()
      }
      if (isSettled()) {
        address.follow(shown.view)
        clearTimeout(busy)
        busy = null
        host.classList.remove("busy")
        pickFirst()
        play.goOn(shown)
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
    detail: () => around.querySelector(".detail").scrollIntoView({behavior: "smooth"}),
    copy: () => copy("link", shown.links.link),
    snippet: (control) => {
      const name = control.closest("[data-on]").dataset.on
      control.parentNode.querySelector("textarea").select()
      copy(name, shown.links.snippets[name])
      shown.mapId = newMapId()
    },
    // A facet's box to search in, which a phone has in the drawer.
    seek: ({value}) => {
      host.classList.add("drawer-open")
      around.querySelector(`.search[data-on="${CSS.escape(value)}"]`).focus()
    },
    text: (control) => {
      const {name, value} = control.parentNode.querySelector("textarea")
      control.parentNode.querySelector("textarea").select()
      copy(name, value)
    },
    version: ({value}) => {
      shown.version = value
      draw(true)
    },
    zoom: ({value}) => map.zoom(value),
    // Enter takes the first of what was found, once all that was typed has been searched for.
    first: () => {
      takeFirst = true
      pickFirst()
    },
    play: (control) => {
      const {on} = control.closest("[data-on]").dataset
      const [first] = shown.about.facets.find(({name}) => name === on).months
      play.toggle(on, shown, first)
    },
    picture: ({value}) => savePicture(value, shown, models),
    chart: ({value}) => saveChart(value, shown),
    several: () => {
      shown.choosesSeveral = !shown.choosesSeveral
      map.chooseSeveral(shown.choosesSeveral)
      draw(true)
    },
  }
  let takeFirst = false
  const pickFirst = () => {
    if (takeFirst && busy == null) {
      takeFirst = false
      around.querySelector(".matches button")?.click()
    }
  }

  const askFrom = (control, what = control.closest("[data-do]").dataset.do) => {
    if (what in here) {
      here[what](control)
      return
    }
    if (what === "go" && shown.choosesSeveral) {
      what = "also"  // from a list as from the map
    }
    const pair = control.closest("[data-pair]")
    const value = pair == null ? control.value : valueOf(pair, what)
    ask({do: what, on: control.closest("[data-on]")?.dataset.on ?? "", value}, changeBy(control))
  }

  // What a handle tells while it is dragged, or has the focus, is one change.
  let handled = null
  const changeBy = (control) => {
    if (control.type !== "range") {
      return {}
    }
    handled = handled?.control === control ? handled : {control}
    return handled
  }
  for (const name of ["pointerdown", "focusout"]) {
    around.addEventListener(name, () => { handled = null }, {capture: true})
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
  // A row is as good as the button in it.
  around.addEventListener("click", ({target}) => target.closest?.("a, button, input, summary") == null
    && target.closest?.("tr")?.querySelector("button.row")?.click())
  // A box that is searched in and a handle tell of each step, all others of what they were left at.
  const isStepwise = ({type}) => type === "search" || type === "range"
  listening("input", (control) => isStepwise(control) && askFrom(control))
  listening("change", (control) => !isStepwise(control) && askFrom(control))
  listening("keydown", (control, key) => key === "Enter" && "enter" in control.dataset
    && askFrom(control, control.dataset.enter))
  host.addEventListener("keydown", ({key}) => key === "Escape" && [...DIALOGS, "drawer"].forEach(close))
  // Beside the drawer.
  host.addEventListener("click", (event) => event.composedPath()[0] === host && close("drawer"))
  // In a shadow tree a browser does not give the focus back that a popover had when it closes.
  around.addEventListener("toggle", ({target, newState}) => {
    if (newState === "closed" && target.contains(host.shadowRoot.activeElement)) {
      around.querySelector(`[popovertarget="${target.id}"]`)?.focus({preventScroll: true})
    }
  }, {capture: true})

  // What moves away under a pressed button would lose the click.
  let pressed = false
  const released = []
  host.addEventListener("pointerdown", (event) => {
    pressed = event.composedPath().includes(around) && event.composedPath()[0].type !== "range"
  }, {capture: true})
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => setTimeout(release), {capture: true})
  }
  const whenReleased = (task) => pressed ? released.push(task) : task()
  const release = () => {
    pressed = false
    released.splice(0).forEach((task) => task())
  }
  isDragging = startDrags(around, ask, {begun: release, ended: () => draw(false)})

  darkPage.addEventListener("change", () => {
    shown = {...shown, palette: paletteOf(models, shown, darkPage.matches)}
    map.show(shown, {}, true)
    draw(true)
  })
  around.addEventListener("toggle", ({target}) => target.matches(".legend details") && rememberLegend(target.open),
    {capture: true})

  startMenus(around)
  startPaper(added("paper", host.shadowRoot), models, () => shown)
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
