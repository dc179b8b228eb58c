// Dragging over a chart chooses the bins dragged over. A chart that can be dragged over has data-drag, the number of
// its bins, and data-on, its facet.

const NEAR = 6  // pixels within which a pointer has not moved, so that a click stays one

// `ask` is called with an action and the change that it belongs to: a drag is one. `begun` is called once it is no
// click, `ended` when it is over. What is returned says whether a chart is being dragged over, and so has to stay.
export function startDrags(place, ask, {begun, ended}) {
  let drag = null

  const binAt = ({chart}, x) => {
    const {left, width} = chart.getBoundingClientRect()
    const bins = Number(chart.dataset.drag)
    return Math.min(Math.max(Math.floor((x - left) / width * bins), 0), bins - 1)
  }

  const begin = (pointerId) => {
    drag.change = {}
    drag.from = binAt(drag, drag.x)
    drag.chart.setPointerCapture(pointerId)
    begun()
  }

  place.addEventListener("pointerdown", ({target, clientX, pointerId, button}) => {
    const chart = target.closest?.("[data-drag]")
    drag = chart == null || button !== 0 ? null : {chart, pointerId, x: clientX}
  })
  place.addEventListener("pointermove", ({clientX, pointerId}) => {
    if (drag?.pointerId !== pointerId || drag.change == null && Math.abs(clientX - drag.x) < NEAR) {
      return
    }
    if (drag.change == null) {
      begin(pointerId)
    }
    const to = binAt(drag, clientX)
    if (to !== drag.to) {
      drag.to = to
      const value = `${Math.min(drag.from, to)}..${Math.max(drag.from, to)}`
      ask({do: "bins", on: drag.chart.dataset.on, value}, drag.change)
    }
  })
  for (const end of ["pointerup", "pointercancel"]) {
    place.addEventListener(end, () => {
      if (drag?.change != null) {
        // Some browsers take the end of a drag for a click on what it ended above.
        const stop = (event) => event.stopPropagation()
        place.addEventListener("click", stop, {capture: true})
        setTimeout(() => place.removeEventListener("click", stop, {capture: true}))
        drag = null
        ended()
      }
      drag = null
    })
  }
  return () => drag?.change != null
}
