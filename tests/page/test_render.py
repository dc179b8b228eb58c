"""What describes elements by calls: text is text, and the page is changed only where a description differs."""

import pytest

# In the page: `h` and `render`, and a box to render into.
PREPARED = """async (task) => {
  const {h, render} = await import(document.querySelector('link[href$="/render.js"]').href)
  const box = document.body.appendChild(document.createElement("div"))
  try {
    return await eval(task)(h, render, box)
  } finally {
    box.remove()
  }
}"""


@pytest.fixture(scope="module")
def do(server, browser):
    """A function that runs a JavaScript function of (h, render, box) in a page, and returns what that returns."""
    page = browser.new_page()
    page.goto(server.url)
    yield lambda task: page.evaluate(PREPARED, task)
    page.close()


def test_text_and_attributes_are_never_read_as_html(do):
    html = do("""(h, render, box) => {
        const attack = "<img src=x onerror=alert(1)>"
        const style = {color: "red;}</style><b>"}
        render(box, h("p", {title: attack, class: attack, style}, attack, [attack, null, false, 0]))
        return {count: box.querySelectorAll("*").length, text: box.textContent, title: box.firstChild.title}
    }""")
    attack = "<img src=x onerror=alert(1)>"
    assert html == {"count": 1, "text": f"{attack}{attack}0", "title": attack}


@pytest.mark.parametrize("name", ["onclick", "OnError", "onload"])
def test_an_attribute_that_would_run_text_is_refused(do, name):
    assert do(f"""(h, render, box) => {{
        try {{ render(box, h("p", {{"{name}": "alert(1)"}})) }} catch (error) {{ return error.message }}
    }}""") == f"{name} would run text"


def test_an_element_stays_the_same_while_its_description_changes_around_it(do):
    assert do("""(h, render, box) => {
        const list = (keys) => h("ul", null, keys.map((key) => h("li", {key, class: key}, key)))
        render(box, list(["a", "b", "c"]))
        const before = Object.fromEntries([...box.querySelectorAll("li")].map((item) => [item.textContent, item]))
        render(box, list(["c", "x", "a"]))
        const after = [...box.querySelectorAll("li")]
        return [after.map((item) => item.textContent).join(""), after[0] === before.c, after[2] === before.a,
            before.b.isConnected]
    }""") == ["cxa", True, True, False]


def test_keys_that_the_data_repeat_do_not_break_the_page(do):
    assert do("""(h, render, box) => {
        for (const texts of ["abc", "ba"]) {
            render(box, [...texts].map((text) => h("p", {key: "same"}, text)))
        }
        return box.textContent
    }""") == "ba"


def test_focus_and_caret_stay_when_an_element_moves(do):
    assert do("""(h, render, box) => {
        const row = (key) => h("label", {key}, h("input", {type: "text", value: key, id: `i${key}`}))
        const rows = (keys) => keys.map(row)
        render(box, rows(["a", "b", "c"]))
        const input = box.querySelector("#ic")
        input.focus()
        input.value = "typed"
        input.setSelectionRange(2, 3)
        render(box, rows(["c", "b", "new", "a"]))
        return [document.activeElement === input, input.value, input.selectionStart, input.selectionEnd]
    }""") == [True, "typed", 2, 3]


def test_what_a_visitor_opened_or_scrolled_stays_so(do):
    assert do("""(h, render, box) => {
        const part = (text) => [
            h("details", {open: true}, h("summary", null, "more"), text),
            h("div", {style: {height: "20px", overflow: "auto"}}, h("div", {style: {height: "900px"}}, text))]
        render(box, part("one"))
        const [details, scroll] = box.children
        details.open = false
        scroll.scrollTop = 300
        render(box, part("two"))
        return [details.open, scroll.scrollTop, box.textContent]
    }""") == [False, 300, "moretwotwo"]


def test_a_control_keeps_what_a_visitor_made_of_it_until_that_is_answered(do):
    assert do("""(h, render, box) => {
        const part = (checked, value) => [h("input", {type: "checkbox", checked}),
            h("input", {type: "range", min: 0, max: 9, value})]
        render(box, part(false, 3), false)
        const [check, handle] = box.children
        const first = [check.checked, handle.value]
        check.checked = true
        handle.value = 7
        render(box, part(false, 3), false)
        const waiting = [check.checked, handle.value]
        render(box, part(false, 3), true)
        return [first, waiting, [check.checked, handle.value]]
    }""") == [[False, "3"], [True, "7"], [False, "3"]]


def test_what_is_being_typed_is_not_written_over_but_emptied_when_it_was_taken(do):
    assert do("""(h, render, box) => {
        const part = (value) => h("input", {type: "search", value})
        render(box, part(""))
        const input = box.firstChild
        input.focus()
        input.value = "amp"
        render(box, part("am"), false)  // the answer to what was typed before
        const late = input.value
        render(box, part(""), true)     // news of the data
        const news = input.value
        render(box, part("amp"), true)
        render(box, part(""), true)     // taken
        return [late, news, input.value]
    }""") == ["amp", "amp", ""]


def test_attributes_and_styles_that_are_gone_are_taken_away(do):
    assert do("""(h, render, box) => {
        render(box, h("button", {class: "a", disabled: true, value: "1", style: {"--share": "1", color: "red"}}))
        render(box, h("button", {class: false, disabled: false, value: "2", style: {"--share": "2"}}))
        return box.innerHTML
    }""") == '<button value="2" style="--share: 2;"></button>'


def test_svg_is_drawn_as_svg(do):
    assert do("""(h, render, box) => {
        render(box, h("svg", {viewBox: "0 0 1 1"}, h("path", {d: "M0 0"})))
        return [box.firstChild.namespaceURI, box.firstChild.firstChild instanceof SVGPathElement]
    }""") == ["http://www.w3.org/2000/svg", True]
