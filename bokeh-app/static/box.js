// Choosing several areas on the map: with Ctrl, Cmd or Shift held, or always while the switch is on, a tap adds an area
// or takes it away, and a drag draws a box. The map itself hears nothing of these, so it does not move.

import {h, render} from "./render.js"

const STILL = 6  // pixels within which a pointer has only tapped

// `above` is an element that lies above the map; the box is drawn in one beside it. `begin` is told when a hand goes
// down, `tap` a place and `box` two corners, in metres of Web Mercator.
export function startBox(view, above, {begin, tap, box}) {
  const layer = document.createElement("div")
  layer.className = "tip boxing"
  above.after(layer)
  let isOn = false    // whether the switch is
  let start = null    // where the hand went down, in pixels of the map
  let end = null

  const place = ({clientX, clientY}) => {
    const {left, top} = view.el.getBoundingClientRect()
    return [clientX - left, clientY - top]
  }
  const metres = ([x, y]) => [view.frame.x_scale.invert(x), view.frame.y_scale.invert(y)]
  const isDrawn = () => Math.hypot(end[0] - start[0], end[1] - start[1]) > STILL
  const draw = () => render(layer, start != null && isDrawn() && h("div", {class: "box", style: {
    left: `${Math.min(start[0], end[0])}px`, top: `${Math.min(start[1], end[1])}px`,
    width: `${Math.abs(end[0] - start[0])}px`, height: `${Math.abs(end[1] - start[1])}px`,
  }}))
  const stop = () => {
    start = null
    draw()
  }
  const on = (name, task) => view.el.addEventListener(name, task, {capture: true})

  on("pointerdown", (event) => {
    if (start != null) {  // a second finger
      stop()
    } else if (event.button === 0 && (isOn || event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.stopPropagation()
      view.el.setPointerCapture(event.pointerId)
      start = end = place(event)
      begin()
    }
  })
  on("pointermove", (event) => {
    if (start != null) {
      event.stopPropagation()
      end = place(event)
      draw()
    }
  })
  on("pointerup", (event) => {
    if (start != null) {
      event.stopPropagation()
      isDrawn() ? box([metres(start), metres(end)]) : tap(metres(start))
      stop()
    }
  })
  on("pointercancel", stop)
  return {
    always: (wanted) => {
      isOn = wanted
      // Or the browser would take a finger's drag for scrolling the page.
      view.el.classList.toggle("choosing", wanted)
    },
  }
}
