// In a page that is not ours: what stands in the dashboard's place until it is there, or when it cannot come.
// Called with the id of the script that asks for the dashboard, and a sentence when it is refused.
(id, refused) => {
  const script = document.getElementById(id)
  if (script == null) {
    return
  }
  const note = document.createElement("p")
  note.setAttribute("role", "status")
  note.textContent = refused || "Loading the map …"
  // What is around the dashboard measures its width, in place of a page of its own.
  const around = document.createElement("div")
  Object.assign(around.style, {containerType: "inline-size", width: "100%"})
  script.replaceWith(around)
  around.append(note, script)
  if (refused) {
    return
  }
  // When the data have been read the script asks once more, as a reload of the whole page would.
  around.addEventListener("dashboard-again", () => {
    const again = document.createElement("script")
    Object.assign(again, {id, textContent: script.textContent})
    around.replaceWith(again)
  })
  const late = setTimeout(() => {
    note.textContent = "The map has not come. Either the network is slow, or the map's server lets no page of this " +
      "address connect to it; then its log says which option allows that."
  }, 15_000)
  // Bokeh puts a div in the script's place, and later the dashboard into that.
  const watch = new MutationObserver(() => {
    if (note.nextElementSibling?.matches("div:not(:empty)")) {
      clearTimeout(late)
      watch.disconnect()
      note.remove()
    }
  })
  watch.observe(around, {childList: true, subtree: true})
}
