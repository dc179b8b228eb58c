// Where visitors tell of a mistake: a new issue of the repository, prefilled with what they were looking at.

import {h} from "../render.js"
import {words} from "../words.js"

// The address of a new issue about a record, or about the view as a whole; null where the data have no such place.
export function issueLink({about, deployment: {issues, exact}, freshness, links}, recordId = null) {
  if (!issues) {
    return null
  }
  const address = new URL(issues)
  const isGitlab = address.pathname.includes("/-/")
  const commit = /\/([0-9a-f]{40})\?/.exec(exact)?.[1] ?? ""
  const body = words.issueBody(about, {recordId, link: links.link, asOf: freshness.as_of, commit})
  address.searchParams.set(isGitlab ? "issue[title]" : "title", words.issueTitle(about, recordId))
  address.searchParams.set(isGitlab ? "issue[description]" : "body", body)
  return address.href
}

// The entry of a menu for the view as a whole.
export function reportEntry(shown) {
  const address = issueLink(shown)
  return address != null
    && h("a", {key: "issue", class: "button", href: address, target: "_blank", rel: "noopener"}, words.somethingWrong)
}
