// The panel "Embed": the HTML that shows the view in another page, to be copied.

export default ({browser}) => {
  browser.actions = {
    embed: (_request, button) => {
      const panel = button.getRootNode().querySelector(".embed")
      for (const area of panel.querySelectorAll("textarea")) {
        area.value = filled(area.defaultValue, browser)
      }
      const here = panel.querySelector(".here")
      if (here != null) {
        here.hidden = !/^(localhost|127\.|\[::1\])/.test(new URL(browser.appAddress()).hostname)
      }
    },
    snippet: (_request, button) => {
      const area = button.closest("[data-on]").querySelector("textarea")
      area.select()
      browser.copy(area.value, button)
    },
  }
}

// The server wrote the HTML with these three words in the places of what only the page knows.
function filled(html, {link, appAddress, query}) {
  const app = appAddress().replace(/\/+$/, "")
  const id = `map-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`
  const path = new URL(app).pathname
  const view = query() == "" ? "" : `&${query()}`
  const script = `${app}/autoload.js?bokeh-autoload-element=${id}&bokeh-app-path=${path}&bokeh-absolute-url=${app}${view}`
  const words = {VIEW_ADDRESS: link().replaceAll("&", "&amp;"), SCRIPT_ADDRESS: script, SCRIPT_ID: id}
  return html.replace(/VIEW_ADDRESS|SCRIPT_ADDRESS|SCRIPT_ID/g, (word) => words[word])
}
