// The page around the dashboard: what is shown before Bokeh is up, and after its server is lost.

const late = setTimeout(() => {
  document.getElementById("late").hidden = false
}, 15_000)

globalThis.pageIsReady = () => {
  clearTimeout(late)
  document.getElementById("loading").hidden = true
}

addEventListener("dashboard-again", () => location.reload())

globalThis.pageHasLostItsServer = () => {
  document.getElementById("lost").hidden = false
  const launch = document.getElementById("launch")
  if (launch != null && globalThis.linkToThisView != null) {
    launch.href = globalThis.linkToThisView()
  }
  // A script is asked for and not the page: that would begin a session each time, and other servers answer with pages.
  const script = document.querySelector("script[src]").src
  const again = async () => {
    try {
      const answer = await fetch(script, {method: "HEAD", cache: "no-store"})
      if (answer.ok && answer.headers.get("Content-Type")?.includes("javascript")) {
        location.reload()
        return
      }
    } catch {
      // No answer: the server is still away.
    }
    setTimeout(again, 1000)
  }
  again()
}
