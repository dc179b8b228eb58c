// Whose a wheel and a finger on the map are where the page scrolls too, in a frame or in one column: the page's until
// the map is tapped; a tap beside it gives them back. With Ctrl held the wheel is the map's.

const ONE_COLUMN = 900  // pixels, as in the stylesheet
const MOVING = ["PanTool", "WheelZoomTool"]

export function startHands(view, host) {
  const tools = view.model.toolbar.tools.filter(({type}) => MOVING.includes(type))
  let isTapped = false
  const give = (isHeld) => {
    const isOnlyMap = window === window.parent && host.clientWidth > ONE_COLUMN
    for (const tool of tools) {
      tool.active = isOnlyMap || isTapped || isHeld
    }
  }
  const tapped = (wanted) => {
    isTapped = wanted
    give(false)
  }
  const on = (name, task) => view.el.addEventListener(name, task, {capture: true, passive: true})
  on("wheel", ({ctrlKey}) => give(ctrlKey))
  on("click", () => tapped(true))
  // A mouse that is pressed on the map drags nothing else.
  on("pointerdown", ({pointerType}) => pointerType !== "touch" && tapped(true))
  addEventListener("pointerdown", (event) => event.composedPath().includes(view.el) || tapped(false), {capture: true})
  new ResizeObserver(() => give(false)).observe(host)
}
