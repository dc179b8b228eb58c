// Messages of the session as they come: parts of answers, with their typed arrays in place.

// Call `take` with the parts of each message, the one that came with the document first.
export function listen(wire, take) {
  const decoder = new TextDecoder()
  const hear = () => {
    const {parts: text, arrays, ...about} = wire.message
    const parts = JSON.parse(decoder.decode(text))
    for (const [name, own] of Object.entries(arrays)) {
      parts[name] = withArrays(parts[name], own)
    }
    take(parts, about)
  }
  hear()
  wire.connect(wire.properties.message.change, hear)
  wire.listens = true
}

// A part with its arrays in the places that refer to them.
function withArrays(part, arrays) {
  if (part == null || typeof part !== "object" || Array.isArray(part)) {
    return part
  }
  if (part.array !== undefined) {
    return arrays[part.array]
  }
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withArrays(value, arrays)]))
}
