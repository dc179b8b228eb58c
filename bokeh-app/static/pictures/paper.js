// What stands in the map's place when the page is printed: the map drawn anew, for a sheet of paper.

import {sheet} from "../picture.js"
import {render} from "../render.js"

// `place` is an element that only the print has; `shown` gives all parts of the answer.
export function startPaper(place, models, shown) {
  // A tree of its own: the style of the page's small charts is none for this picture.
  const paper = place.attachShadow({mode: "open"})
  const style = document.createElement("style")
  style.textContent = "svg:not(svg svg) { display: block; width: 100%; height: auto; max-height: inherit; }"
  const picture = document.createElement("div")
  picture.style.maxHeight = "inherit"
  paper.append(style, picture)
  const fill = () => render(picture, sheet(shown(), models))
  const clear = () => render(picture, [])
  // A browser that shows what a print will look like tells only of the medium.
  const medium = matchMedia("print")
  medium.addEventListener("change", ({matches}) => matches ? fill() : clear())
  addEventListener("beforeprint", fill)
  addEventListener("afterprint", () => medium.matches || clear())
}
