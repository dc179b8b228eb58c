// What a visitor does becomes a request; an answer becomes HTML in its slots, and an address.

export default ({root, browser, elsewhere}, _obj, _data, {index}) => {
  const host = index.get(root).el
  // In a notebook or in another site's page the address is not ours to rewrite; there `elsewhere` is the app's own.
  const ownsPage = elsewhere === ""
  const slots = slotsIn(host)
  let requests = 0
  let busy = null
  let chosen = browser.answer.chosen
  let shownArea = chosen  // in the address
  let query = browser.answer.query ?? ""  // of the view that is shown
  let unplaced = {}  // slot -> HTML that is not yet in its place

  const ask = (request) => {
    requests += 1
    browser.request = {...request, n: requests}
    wait()
  }

  const wait = () => {
    busy ??= setTimeout(() => host.classList.add("busy"), 200)
  }
  browser.wait = wait

  const done = () => {
    clearTimeout(busy)
    busy = null
    host.classList.remove("busy")
  }

  const askFrom = (element) => {
    const action = element.closest("[data-do]")
    const about = element.closest("[data-on]")
    const request = {do: action.dataset.do, on: about?.dataset.on ?? "", value: element.value}
    const here = here_actions[request.do] ?? browser.actions?.[request.do]
    if (here != null) {
      here(request, element)
    } else {
      ask(request)
    }
  }

  // What needs no server.
  const close = (panel) => {
    if (host.classList.contains(`${panel}-open`)) {
      here_actions[panel]()
    }
  }
  host.addEventListener("keydown", ({key}) => {
    if (key == "Escape") {
      close("about")
      close("server")
    }
  })
  const here_actions = {
    about: () => {
      close("server")
      host.classList.toggle("about-open")
    },
    // What is open need not be sent; the server streams while it is.
    server: () => {
      close("about")
      host.classList.toggle("server-open")
      ask({do: "server", on: "", value: String(host.classList.contains("server-open"))})
    },
    drawer: () => host.classList.toggle("drawer-open"),
    copy: (_request, button) => copy(link(), button),
    version: () => {},
    zoom: ({value}) => host.dispatchEvent(new CustomEvent("dashboard-zoom", {detail: value})),
  }

  // The page's address; on Binder that is personal and soon gone, so there a link that launches the same view.
  const link = () => {
    const version = find(host, "[data-do='version']")
    return version == null ? withView(appAddress()) : version.value + encodeURIComponent(withView(version.dataset.address))
  }
  const withView = (address) => address + (query == "" ? "" : `?${query}`)
  const appAddress = () => {
    const {origin, pathname} = new URL(elsewhere, location.href)
    return origin + pathname
  }

  const copy = async (text, button) => {
    button.dataset.label ??= button.textContent
    try {
      await navigator.clipboard.writeText(text)
      button.textContent = "Copied"
    } catch {
      // No permission, or a page without https: the text itself can be copied by hand.
      prompt("To be copied:", text)
    }
    setTimeout(() => { button.textContent = button.dataset.label }, 2000)
  }
  if (ownsPage) {
    globalThis.linkToThisView = link
  }
  // For the panel "Embed".
  Object.assign(browser, {link, copy, appAddress, query: () => query})

  host.addEventListener("click", (event) => {
    const button = event.composedPath()[0].closest?.("button")
    if (button != null && button.closest("[data-do]") != null) {
      askFrom(button)
    }
  })
  host.addEventListener("change", (event) => changed(event))
  // A change event does not leave the shadow root it happens in, so each slot listens for itself.
  for (const slot of Object.values(slots)) {
    slot.addEventListener("change", (event) => changed(event))
  }
  const changed = (event) => {
    const control = event.target
    if (control.closest?.("[data-do]") != null) {
      askFrom(control)
    }
  }
  host.addEventListener("dashboard-moved", (event) => ask({do: "extent", on: "", value: event.detail}))

  const place = (html) => {
    for (const [name, text] of Object.entries(html)) {
      const slot = slots[name]
      const key = focusKey(slot)
      slot.innerHTML = text
      showLocalTimes(slot)
      if (key != null) {
        [...slot.querySelectorAll("button, input, select")].find((control) => keyOf(control) == key)?.focus()
      }
    }
  }

  const rewriteAddress = (area) => {
    if (!ownsPage || query == location.search.slice(1)) {
      return
    }
    const address = location.pathname + (query == "" ? "" : `?${query}`)
    const chose = area != null && area != shownArea
    shownArea = area
    history[chose ? "pushState" : "replaceState"](null, "", address)
  }

  // A button that is replaced while it is pressed would lose the click.
  let pressed = false
  const released = []
  host.addEventListener("pointerdown", (event) => {
    pressed = event.composedPath().some((element) => element.dataset?.slot != null)
  }, {capture: true})
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => setTimeout(() => {
      pressed = false
      released.splice(0).forEach((task) => task())
    }), {capture: true})
  }
  const whenReleased = (task) => pressed ? released.push(task) : task()

  Object.values(slots).forEach(showLocalTimes)
  const take = () => {
    const {answer} = browser
    const {html, n, waiting, outdated} = answer
    // What an answer leaves out has not changed.
    const shows = {query: "query" in answer ? answer.query : query, chosen: "chosen" in answer ? answer.chosen : chosen}
    if (outdated != null) {
      query = outdated
      rewriteAddress(shownArea)
      host.dispatchEvent(new CustomEvent("dashboard-again", {bubbles: true, composed: true}))
    }
    Object.assign(unplaced, html)
    afterPaint(() => whenReleased(() => {
      place(unplaced)
      unplaced = {}
      query = shows.query
      chosen = shows.chosen
      if (n >= requests && !waiting) {
        rewriteAddress(chosen)
        done()
      }
    }))
  }

  take()
  browser.connect(browser.properties.answer.change, take)

  if (ownsPage) {
    rewriteAddress(shownArea)
    addEventListener("popstate", () => {
      shownArea = new URLSearchParams(location.search).get("_area")
      ask({do: "address", on: "", value: location.search})
    })
  }
  browser.listens = true
  host.classList.add("ready")
}

// The map shows an answer at once; the HTML, whose layout takes longer, comes when the browser has painted that.
// A page that nobody sees is not painted.
function afterPaint(task) {
  if (document.hidden) {
    task()
  } else {
    requestAnimationFrame(() => setTimeout(task))
  }
}

// All elements below `node`, also those in shadow roots.
function* everything(node) {
  for (const element of node.querySelectorAll("*")) {
    yield element
    if (element.shadowRoot != null) {
      yield* everything(element.shadowRoot)
    }
  }
}

function slotsIn(host) {
  const slots = {}
  for (const element of everything(host.shadowRoot)) {
    if (element.dataset?.slot != null) {
      slots[element.dataset.slot] = element
    }
  }
  return slots
}

function find(host, selector) {
  for (const element of everything(host.shadowRoot)) {
    if (element.matches(selector)) {
      return element
    }
  }
  return null
}

// The server knows no visitor's clock.
function showLocalTimes(slot) {
  for (const time of slot.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString("en-GB", {dateStyle: "medium", timeStyle: "short"})
  }
}

// What tells a control from its neighbours, in the HTML before an answer and in the HTML after it.
function keyOf(control) {
  const place = (name) => control.closest(`[data-${name}]`)?.dataset[name]
  return [place("do"), place("on"), control.ariaLabel ?? control.value].join("\n")
}

function focusKey(slot) {
  const focused = slot.getRootNode().activeElement
  return focused != null && slot.contains(focused) ? keyOf(focused) : null
}
