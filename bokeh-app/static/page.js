// The page around the dashboard: what is shown before Bokeh is up, and after its server is lost.

import {words} from "./words.js"

let linkToThisView = null  // given where the page can be launched anew

// The dashboard, or the card in its place, is there.
export function ready() {
  const loading = document.getElementById("loading")
  if (loading != null) {
    loading.hidden = true
  }
}

// Have the page loaded again: all of it where it is ours, else only the dashboard, by the script that asked for it.
export function reload(host) {
  if (document.getElementById("loading") != null) {
    location.reload()
  } else {
    host.dispatchEvent(new CustomEvent("dashboard-again", {bubbles: true, composed: true}))
  }
}

// How the view is launched again when its server has ended.
export function launchBy(link) {
  linkToThisView = link
}

// The connection to the server is lost; the page comes back when there is a server again.
export function lost(host) {
  const notice = document.getElementById("lost")
  if (notice == null) {
    host.dataset.lost = words.lostElsewhere
    return
  }
  notice.hidden = false
  const launch = document.getElementById("launch")
  if (launch != null && linkToThisView != null) {
    launch.href = linkToThisView()
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
