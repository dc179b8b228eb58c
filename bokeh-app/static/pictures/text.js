// Text of pictures: as wide as it will be drawn, in lines where it is too long for one.

import {h} from "../render.js"

export const FAMILY = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
export const INK = "#1d2329"
export const SOFT = "#5b6570"
const LONGEST = 4000  // characters of a text that are looked at
const SLACK = 1.04    // what another machine's type may be wider

const brush = new OffscreenCanvas(1, 1).getContext("2d")

export function widthOf(text, size, weight = 400) {
  brush.font = `${weight} ${size}px ${FAMILY}`
  return brush.measureText(text).width * SLACK
}

// A text as lines that fit a width; what is more than `most` lines ends in dots.
export function linesOf(text, size, width, most = 3, weight = 400) {
  const words = shown(text).slice(0, LONGEST).split(/\s+/).filter((word) => word !== "")
  const lines = []
  let line = ""
  while (words.length > 0 && lines.length < most) {
    const longer = line === "" ? words[0] : `${line} ${words[0]}`
    if (widthOf(longer, size, weight) <= width) {
      line = longer
      words.shift()
    } else if (line === "") {
      const head = cut(words[0], size, width, weight)
      lines.push(head)
      words[0] = words[0].slice(head.length)
    } else {
      lines.push(line)
      line = ""
    }
  }
  if (line !== "" && lines.length < most) {
    lines.push(line)
  } else if (words.length > 0 || line !== "") {
    lines.push(`${cut(lines.pop(), size, width - widthOf("…", size, weight), weight)}…`)
  }
  return lines
}

// As much of a text as fits a width, one character at least.
function cut(text, size, width, weight) {
  const letters = [...text]
  let end = letters.length
  while (end > 1 && widthOf(letters.slice(0, end).join(""), size, weight) > width) {
    end = Math.min(end - 1, Math.max(Math.floor(end * 0.8), 1) + (end < 40 ? Math.ceil(end * 0.2) - 1 : 0))
  }
  return letters.slice(0, end).join("")
}

// Describe lines of text, the first one's baseline at `y`.
export function textAt(x, y, lines, {size, weight, fill = INK, anchor}) {
  return lines.map((line, place) => h("text", {
    x, y: y + place * leading(size), "font-size": size, "font-weight": weight, fill, "text-anchor": anchor,
  }, shown(line)))
}

export function leading(size) {
  return Math.round(size * 1.35)
}

// XML has no place for control characters and for halves of a character.
export function shown(text) {
  return String(text).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
}
