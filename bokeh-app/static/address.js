// The page's address, which is the view; links to it, and the HTML that shows it in other pages.

// In a notebook or in another site's page the address is not ours to rewrite; there `elsewhere` is the app's own.
export function startAddress({elsewhere, ask}) {
  const ownsPage = elsewhere === ""
  let shownArea = ownsPage ? areaOf(location.search) : null

  const app = () => {
    const {origin, pathname} = new URL(elsewhere, location.href)
    return origin + pathname
  }

  const rewrite = (query, asStep = false) => {
    if (ownsPage && query !== location.search.slice(1)) {
      history[asStep ? "pushState" : "replaceState"](null, "", withQuery(location.pathname, query))
    }
  }

  if (ownsPage) {
    addEventListener("popstate", () => {
      shownArea = areaOf(location.search)
      ask({do: "address", on: "", value: location.search})
    })
  }
  return {
    rewrite,
    // An area that is chosen is a step to come back from.
    follow: ({query, area}) => {
      rewrite(query, area != null && area !== shownArea)
      shownArea = area
    },
    links: ({view: {query}, deployment, about: {title}, version, embedding, mapId}) => {
      const link = lastingLink(deployment, version, query) ?? withQuery(app(), query)
      const embedded = {title, link, tag: embedding, id: mapId, app: app().replace(/\/+$/, ""), query}
      return {
        link, version, snippets: snippets(embedded),
        onlyHere: /^(localhost|127\.|\[::1\])/.test(new URL(app()).hostname),
      }
    },
  }
}

// A name for an element of another page, which may hold several dashboards.
export function newMapId() {
  return `map-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`
}

function withQuery(address, query) {
  return address + (query === "" ? "" : `?${query}`)
}

function areaOf(search) {
  return new URLSearchParams(search).get("_area")
}

// On Binder the page's address is personal and soon gone, so there a link launches the same view.
function lastingLink({latest, exact, address}, version, query) {
  if (latest === "") {
    return null
  }
  return (version === "exact" ? exact : latest) + encodeURIComponent(withQuery(address, query))
}

function snippets({title, link, tag, id, app, query}) {
  const [name, target] = [escaped(title), escaped(link)]
  const anchor = `<a href="${target}">${name}</a>`
  const path = new URL(app).pathname
  const script = `${app}/autoload.js?bokeh-autoload-element=${id}&bokeh-app-path=${path}&bokeh-absolute-url=${app}` +
    (query === "" ? "" : `&${query}`)
  return {
    link: anchor,
    frame: `<iframe src="${target}" title="${name}" width="100%" height="740" style="border: 0" ` +
      `allow="clipboard-write"></iframe>`,
    script: `${anchor}\n${tag.replaceAll("SCRIPT_ADDRESS", () => script).replaceAll("SCRIPT_ID", id)}`,
  }
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`)
}
