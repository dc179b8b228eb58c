// The page around the dashboard: what is shown before Bokeh is up, and after its server is lost.

globalThis.pageIsReady = () => {
  document.getElementById("loading").hidden = true
}

globalThis.pageHasLostItsServer = () => {
  document.getElementById("lost").hidden = false
  const launch = document.getElementById("launch")
  if (launch != null) {
    launch.href = globalThis.linkToThisView()
  }
  const again = async () => {
    try {
      const answer = await fetch(location.href, {cache: "no-store"})
      if (answer.ok) {
        location.reload()
        return
      }
    } catch {
      // No answer: the server is still away.
    }
    setTimeout(again, 1500)
  }
  again()
}
