// A button that opens a list of entries: buttons, links, and headings between them. The browser closes it on Escape and
// on a click beside it; the focus goes back to the button, and arrow keys walk the entries.

import {h} from "../render.js"

const ENTRIES = "button, a, select"
const WALKING = ["ArrowDown", "ArrowUp", "Home", "End"]
const MARGIN = 8  // pixels that a list keeps from the window's edges

export function menu(name, label, entries) {
  return h("div", {key: name, class: "menu"},
    h("button", {popovertarget: `menu-${name}`}, label),
    h("div", {id: `menu-${name}`, class: "menu-list", popover: true, role: "group", "aria-label": label}, entries))
}

// Have the menus in an element open where their buttons are, close when an entry is taken, and be walked by keys.
export function startMenus(place) {
  place.addEventListener("beforetoggle", ({target, newState}) => {
    if (target.matches(".menu-list")) {
      const button = buttonOf(target)
      if (newState === "open") {
        put(target, button.getBoundingClientRect())
      } else if (target.contains(target.getRootNode().activeElement)) {
        button.focus()
      }
    }
  }, {capture: true})
  place.addEventListener("click", ({target}) => {
    const entry = target.closest(ENTRIES)
    // An entry that tells what it did stays to be read, and one to choose from is not done at once.
    if (entry != null && !("stays" in entry.dataset) && entry.tagName !== "SELECT") {
      entry.closest(".menu-list")?.hidePopover()
    }
  })
  place.addEventListener("keydown", (event) => {
    const list = event.target.closest(".menu")?.querySelector(".menu-list")
    if (list == null || event.target.tagName === "SELECT" || !WALKING.includes(event.key)) {
      return
    }
    if (!list.matches(":popover-open")) {
      if (event.key === "Home" || event.key === "End") {
        return
      }
      list.showPopover({source: buttonOf(list)})
    }
    event.preventDefault()
    entryAfter(event.target, list, event.key)?.focus()
  })
}

function buttonOf(list) {
  return list.parentNode.querySelector("button")
}

// Below its button, and towards the side where there is more room.
function put(list, button) {
  const isRight = (button.left + button.right) / 2 > innerWidth / 2
  list.style.top = `${button.bottom + 4}px`
  list.style.left = isRight ? "auto" : `${Math.max(button.left, MARGIN)}px`
  list.style.right = isRight ? `${Math.max(document.documentElement.clientWidth - button.right, MARGIN)}px` : "auto"
}

function entryAfter(focused, list, key) {
  // What the page's width hides is no entry.
  const entries = [...list.querySelectorAll(ENTRIES)].filter((entry) => entry.getClientRects().length > 0)
  const place = entries.indexOf(focused)
  const step = {ArrowDown: place + 1, ArrowUp: Math.max(place, 0) - 1, Home: 0, End: -1}[key]
  return entries.at(step % entries.length)
}
