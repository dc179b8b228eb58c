// Elements are described by calls, and the page is changed only where a description differs from the one before.
// So text is text, and focus, caret, scroll position and what a visitor has opened stay where they are.

const SVG = "http://www.w3.org/2000/svg"
const TYPED = "input:not([type]), input[type=text], input[type=search], textarea"
const HOLDING = `${TYPED}, input[type=range], select`
const names = new WeakMap()  // node -> what tells it from its neighbours
const described = new WeakMap()  // element -> the attributes that it was given last
const written = new WeakMap()  // box to type into -> the value that it was given last

// Describe an element. Children are descriptions, texts, numbers, and lists of these; null and false are nothing.
// `key` tells an element from its neighbours, also when it moves among them. An attribute that is false or null is not
// there; `style` is an object of properties; `value` and `checked` are what a control has now.
export function h(tag, attributes, ...children) {
  return {tag, attributes: attributes ?? {}, children}
}

// Make the children of `parent` as described. While a visitor's newest wish is not answered yet (not `settled`), the
// controls keep what that visitor has made of them.
export function render(parent, description, settled = true) {
  const root = parent.getRootNode()
  const focused = root.activeElement
  place(parent, description, settled)
  if (focused?.isConnected && root.activeElement !== focused) {
    focused.focus({preventScroll: true})  // it was moved
  }
}

function place(parent, description, settled) {
  const wanted = named([description].flat(Infinity).filter((child) => child != null && child !== false))
  const there = new Map([...parent.childNodes].map((node) => [names.get(node), node]))
  for (const [name, node] of there) {
    if (!wanted.has(name)) {
      node.remove()
    }
  }
  let next = parent.firstChild
  for (const [name, child] of wanted) {
    const node = there.get(name) ?? made(child, parent, name)
    if (node === next) {
      next = next.nextSibling
    } else {
      parent.insertBefore(node, next)
    }
    update(node, child, settled)
  }
}

// Each child by its name: its key, which the data may repeat, or its place among those like it.
function named(children) {
  const wanted = new Map()
  const counts = new Map()
  for (const child of children) {
    const kind = `${child.tag ?? "#text"} ${child.attributes?.key ?? ""}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    wanted.set(`${count} ${kind}`, child)
  }
  return wanted
}

function made(child, parent, name) {
  const isSvg = child.tag === "svg" || parent.namespaceURI === SVG
  const node = child.tag == null ? document.createTextNode("")
    : isSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag)
  names.set(node, name)
  return node
}

function update(node, child, settled) {
  if (child.tag == null) {
    const text = String(child)
    if (node.data !== text) {
      node.data = text
    }
    return
  }
  const isNew = !described.has(node)
  const {key: _key, value, checked, ...attributes} = child.attributes
  const holdsValue = value !== undefined && node.matches(HOLDING)
  if (value !== undefined && !holdsValue) {
    attributes.value = value
  }
  setAttributes(node, attributes, described.get(node) ?? {})
  described.set(node, attributes)
  place(node, child.children, settled)
  if (holdsValue) {
    setValue(node, String(value), settled || isNew)
  }
  if (checked !== undefined && (settled || isNew) && node.checked !== checked) {
    node.checked = checked
  }
}

function setAttributes(node, attributes, before) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(attributes)])) {
    const value = attributes[name]
    if (name === "style") {
      setStyle(node, value ?? {}, before.style ?? {})
    } else if (value === before[name]) {
      continue
    } else if (/^on/i.test(name)) {
      throw new Error(`${name} would run text`)
    } else if (value == null || value === false) {
      node.removeAttribute(name)
    } else {
      node.setAttribute(name, value === true ? "" : value)
    }
  }
}

function setStyle(node, style, before) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(style)])) {
    if (style[name] !== before[name]) {
      node.style.setProperty(name, style[name] ?? "")
    }
  }
}

// A box keeps what is being typed: it is written anew only when it shall hold something else than before.
function setValue(node, value, settled) {
  const isTyped = node.matches(TYPED)
  const isBusy = !settled && (!isTyped || node.getRootNode().activeElement === node)
  if (isBusy || isTyped && written.get(node) === value) {
    return
  }
  written.set(node, value)
  if (node.value !== value) {
    node.value = value
  }
}
