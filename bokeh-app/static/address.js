// The page's address, which is the view; links to it, and the HTML that shows it in other pages.

// A map that is moved by hand is followed, and an address that is gone back to is there already.
const NO_STEPS = ["extent", "address"]

// In a notebook or in another site's page the address is not ours to rewrite; there `elsewhere` is the app's own.
export function startAddress({elsewhere, ask}) {
  const ownsPage = elsewhere === ""
  const changes = new Map()  // number of a request -> the change that it belongs to; null: it is no step of its own
  let led = []               // the requests that were answered since the address was written, and what each led to
  let latest = null          // the change that the page's entry in the history holds

  const app = () => {
    const {origin, pathname} = new URL(elsewhere, location.href)
    return origin + pathname
  }

  const rewrite = (query, asStep = false) => {
    if (ownsPage && !isHere(query)) {
      history[asStep ? "pushState" : "replaceState"](null, "", withQuery(location.pathname, query))
    }
  }

  if (ownsPage) {
    addEventListener("popstate", () => {
      // What is still on its way must not follow the visitor there.
      changes.clear()
      latest = null
      ask({do: "address", on: "", value: location.search})
    })
  }
  return {
    rewrite,
    // A request is asked; several of one change, as a drag is, are one step to come back from.
    expect: (number, action, change) => changes.set(number, NO_STEPS.includes(action.do) ? null : change),
    hear: (steps) => led.push(...steps),
    forget: () => { led = [] },
    follow: ({query}) => {
      for (const [number, query] of led.splice(0)) {
        const change = changes.get(number) ?? null
        changes.delete(number)
        if (!isHere(query)) {
          rewrite(query, change != null && change !== latest)
          latest = change ?? latest
        }
      }
      rewrite(query)
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

// A browser writes some letters of an address in its own way.
function isHere(query) {
  return new URL(withQuery(location.pathname, query), location.href).search === location.search
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
