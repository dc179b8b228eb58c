"""A rehearsal of Binder: does one link open the dashboard, the first time and every time?"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, unquote

import pytest
from playwright.sync_api import expect

from rehearsal import TOKEN, Server, alive, base_packages, copy_repository, descendants, python_version, until

VIEW = "period=Roman&type=cooking%20pot"
SHOWN = "348 of 20,000 finds"
PAGE = "proxy/5006/bokeh-app"
ALLOWED = {"Authorization": f"token {TOKEN}"}
WEBSOCKET = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
             "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}


def drawn(page):
    """Wait until the dashboard is there and the map is painted."""
    page.locator(".dashboard.ready").wait_for(state="attached")
    page.locator("#loading").wait_for(state="hidden")


def choose(page):
    """Choose something and wait until the page shows it."""
    page.locator(".facet input[value=yes]").check()
    expect(page.locator(".sentence")).to_contain_text("decorated: yes")


@pytest.fixture(scope="session")
def jupyter(image, tmp_path_factory):
    with Server(image, tmp_path_factory.mktemp("jupyter") / "log") as server:
        yield server


@pytest.fixture
def page(browser):
    """An empty page that fails the test if anything goes wrong in it, unless the test empties `page.problems`."""
    page = browser.new_page()
    page.set_default_timeout(20_000)
    page.problems, page.websockets, page.answers = [], [], []
    page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    # No test reaches out for map tiles.
    page.route("**/*", lambda route:
               route.continue_() if "//127.0.0.1" in route.request.url else route.fulfill(status=204))
    page.on("response", lambda answer: page.answers.append((answer.status, answer.url)))
    page.on("websocket", lambda websocket: page.websockets.append(websocket))
    yield page
    page.close()
    assert page.problems == []


def contents(folder):
    """All files of a folder, with a digest of what is in them."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*") if path.is_file()
    }


def test_dockerfile(tmp_path):
    """Python is what runtime.txt says, and an edit of the app does not install the requirements again."""
    copy = copy_repository(tmp_path / "repository")
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(copy)]
    run = subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    dockerfile = run.stdout
    assert f"python={python_version()}\n" in dockerfile
    requirements, all_files, post_build = (
        dockerfile.index(line) for line in ("pip install", "COPY --chown=0:0 src/ ", "RUN ./.binder/postBuild")
    )
    assert requirements < all_files < post_build


def test_base_packages():
    """repo2docker's list is read rightly."""
    names = sorted(entry.partition("==")[0] for entry in base_packages())
    assert names == ["jupyter_server", "jupyterlab", "notebook", "tornado"]


def test_post_build(image, tmp_path):
    """It writes nothing into the repository, may run twice, and fails when the extension is missing or broken."""
    repository = copy_repository(tmp_path / "repository")
    before = contents(repository)
    try:
        for _ in range(2):
            built = image.post_build(repository, HOME=str(repository))
            assert built.returncode == 0, built.stdout
            assert contents(repository) == before
        assert image.post_build(repository, NB_PYTHON_PREFIX="").returncode != 0
        with (repository / ".binder/bokehprocess.py").open("a") as broken:
            broken.write("\nraise RuntimeError('broken on purpose')\n")
        built = image.post_build(repository)
        assert built.returncode != 0 and "broken on purpose" in built.stdout
        (repository / ".binder/bokehserverextension.py").unlink()
        assert image.post_build(repository).returncode != 0
    finally:
        assert image.post_build().returncode == 0  # the environment belongs to the image's own repository again


def test_first_request(image, tmp_path):
    """Who comes the moment that Jupyter listens waits for Bokeh, and then gets the page."""
    with Server(image, tmp_path / "log") as server:
        status, _, text = server.get(f"{PAGE}?{VIEW}", ALLOWED)
        assert status == 200 and "Bokeh" in text


def test_page(jupyter, page):
    """The link that Binder opens: arguments, files, websocket, a click; the token leaves the address at once."""
    page.goto(jupyter.link(f"{PAGE}?{VIEW}"))
    drawn(page)
    assert page.url.partition(jupyter.base_url)[2] == f"{PAGE}?{VIEW}"
    expect(page.locator(".sentence")).to_contain_text(SHOWN)
    before = page.locator(".map").screenshot()
    choose(page)
    assert page.locator(".map").screenshot() != before
    scripts = [status for status, url in page.answers if "/bokehjs/" in url]
    assert scripts and set(scripts) == {200}
    assert [TOKEN in websocket.url or websocket.is_closed() for websocket in page.websockets] == [False]


def test_short_address(jupyter):
    """It leads to the classic one, with the view as it was written and without the token."""
    for path in ("bokeh-app", "bokeh-app/"):
        status, headers, _ = jupyter.get(f"{path}?{VIEW}&token={TOKEN}&x=%26")
        assert (status, headers["Location"]) == (302, f"{jupyter.base_url}{PAGE}?{VIEW}&x=%26")


def test_data(jupyter):
    """The data of a view, for whom Jupyter lets in, with a link that outlives the session."""
    assert jupyter.get(f"{PAGE}/records.csv?{VIEW}")[0] != 200
    address = f"{PAGE}/records.csv?{VIEW}&_limit=2"
    until(lambda: jupyter.get(address, ALLOWED)[0] == 200)  # once the data have been read
    status, headers, text = jupyter.get(address, ALLOWED)
    assert (status, len(text.splitlines())) == (200, 3)
    assert headers["Link"] == '<./records.csv?period=Roman&type=cooking%20pot&_limit=2&_offset=2>; rel="next"'
    launch, _, address = unquote(headers["Dataset-Link"]).partition("?urlpath=")
    assert launch == "https://mybinder.org/v2/gh/someone/their-map/main"
    assert unquote(address) == f"{PAGE}?{VIEW}" and TOKEN not in str(headers)


@pytest.mark.parametrize("path", ["proxy/5006", "proxy/5006/"])
def test_root(jupyter, path):
    """The address without the app's name leads to the app too."""
    status, headers, _ = jupyter.get(path, ALLOWED)
    assert (status, headers["Location"]) == (302, jupyter.base_url + PAGE)


def test_tile(jupyter, page):
    """JupyterLab's launcher has a tile, with its own picture, that opens the dashboard."""
    page.goto(jupyter.link("lab"))
    tile = page.locator(".jp-LauncherCard", has_text="Dashboard")
    tile.wait_for()
    assert tile.locator("img").evaluate("image => image.naturalWidth > 0")
    with page.expect_popup() as popup:
        tile.click()
    drawn(popup.value)
    assert popup.value.url.endswith(jupyter.base_url + PAGE)
    page.problems.clear()  # JupyterLab's own


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?{VIEW}", "bokeh-app", "proxy/5006/static/js/bokeh.min.js"])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "token wrong"}])
def test_refused_without_token(jupyter, path, headers):
    """Who has no token is sent to Jupyter's login."""
    status, answer, text = jupyter.get(path, headers)
    assert status == 302 and answer["Location"].startswith(jupyter.base_url + "login")
    assert "Bokeh" not in text


def test_websocket_refused_without_token(jupyter):
    """The same for the websocket, which opens with the token."""
    assert jupyter.get(f"{PAGE}/ws", WEBSOCKET)[0] == 403
    assert jupyter.get(f"{PAGE}/ws", WEBSOCKET | ALLOWED)[0] == 101


def test_websocket_refused_to_other_sites(jupyter):
    """Bokeh is not asked to judge where a page comes from: Jupyter does, and refuses another site's."""
    cookie = jupyter.get(f"{PAGE}?token={TOKEN}")[1]["Set-Cookie"].partition(";")[0]
    headers = WEBSOCKET | {"Cookie": cookie, "Origin": "http://example.org"}
    assert jupyter.get(f"{PAGE}/ws", headers)[0] == 403
    assert jupyter.get(f"{PAGE}/ws", headers | {"Origin": f"http://127.0.0.1:{jupyter.port}"})[0] == 101


def test_bokeh_learns_no_secret(image, jupyter):
    """Bokeh's page repeats headers, cookies and arguments of its request: none of them is Jupyter's."""
    cookie = jupyter.get(f"{PAGE}?token={TOKEN}")[1]["Set-Cookie"].partition(";")[0]
    # "Upgrade": without it the request would only be sent to the address without the token.
    text = jupyter.get(f"{PAGE}?{VIEW}&token={TOKEN}", ALLOWED | {"Cookie": cookie, "Upgrade": "none"})[2]
    token = re.search(r'"token":"([^"]+)"', text)[1]
    code = "import bokeh.util.token as t, json, sys; print(json.dumps(t.get_token_payload(sys.argv[1]), default=str))"
    payload = subprocess.run([image.python, "-c", code, token], check=True, capture_output=True, text=True).stdout
    assert list(json.loads(payload)["arguments"]) == ["period", "type"]
    assert TOKEN not in payload and cookie.partition("=")[2] not in payload


def test_no_port(jupyter):
    """Jupyter's port is the only one."""
    assert jupyter.get(PAGE, ALLOWED)[0] == 200
    assert jupyter.listening() == {jupyter.port}
    folder = jupyter.bokeh()[1].parent
    assert folder.stat().st_mode & 0o777 == 0o700


def test_killed_bokeh_under_an_open_page(jupyter, page):
    """The page finds out by itself, and is back within ten seconds with the view as it was."""
    page.goto(jupyter.link(f"{PAGE}?{VIEW}"))
    drawn(page)
    number, _ = jupyter.bokeh()
    os.kill(number, signal.SIGKILL)
    killed = time.monotonic()
    page.locator("#lost").wait_for()
    page.locator("#lost").wait_for(state="hidden")
    drawn(page)
    assert time.monotonic() - killed < 10
    expect(page.locator(".sentence")).to_contain_text(SHOWN)
    choose(page)
    assert jupyter.bokeh()[0] != number
    page.problems.clear()  # the first page has lost its websocket


def test_killed_bokeh_under_many_requests(jupyter):
    """No request fails: who comes while Bokeh is away waits for the next one."""
    until(jupyter.bokeh)
    with ThreadPoolExecutor(8) as visitors:
        visits = [visitors.submit(jupyter.get, PAGE, ALLOWED) for _ in range(40)]
        until(lambda: visits[4].done())
        os.kill(jupyter.bokeh()[0], signal.SIGKILL)
        assert {visit.result()[0] for visit in visits} == {200}


def test_log(jupyter):
    """Bokeh's log is in Jupyter's, and the token in neither."""
    assert "[bokeh] " in jupyter.log()
    assert TOKEN not in jupyter.log()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_end(image, tmp_path, number):
    """However Jupyter ends, Bokeh and its socket's folder go with it."""
    with Server(image, tmp_path / "log") as server:
        assert server.get(PAGE, ALLOWED)[0] == 200
        _, socket = server.bokeh()
        family = {server.process.pid, *descendants(server.process.pid)}
        server.end(number)
        until(lambda: not any(map(alive, family)), 10)
        until(lambda: not socket.parent.exists(), 10)


def test_two_servers(image, jupyter, page, tmp_path):
    """Each of two servers shows its own dashboard, also if it is started in another folder, and ends alone."""
    copy = copy_repository(tmp_path / "other")
    main = copy / "bokeh-app/main.py"
    main.write_text(main.read_text() + '\ncurdoc().title = "The other dashboard"\n')
    first = f"import bokehserverextension as b, pathlib; b.APP = pathlib.Path({str(copy / 'bokeh-app')!r})"
    with Server(image, tmp_path / "log", "/user/other/", folder=tmp_path, first=first) as other:
        page.goto(other.link(PAGE))
        drawn(page)
        assert page.title() == "The other dashboard"
        page.close()
        assert "The other dashboard" not in jupyter.get(PAGE, ALLOWED)[2]
    with Server(image, tmp_path / "log", folder=tmp_path) as elsewhere:
        assert elsewhere.get(PAGE, ALLOWED)[0] == 200
    assert jupyter.get(PAGE, ALLOWED)[0] == 200


def test_bokeh_that_does_not_start(image, tmp_path):
    """A visitor who has waited long enough reads why; once the fault is mended, the page comes by itself."""
    copy = copy_repository(tmp_path / "broken")
    hooks = copy / "bokeh-app/app_hooks.py"
    mended = hooks.read_text() if hooks.exists() else ""
    hooks.write_text("import sys\nprint('<b>no such file</b>')\nsys.stdout.flush()\nimport os; os._exit(3)\n")
    first = "import bokehserverextension as b, bokehprocess, pathlib; bokehprocess.READY_PATIENCE = 2\n"
    first += f"b.APP = pathlib.Path({str(copy / 'bokeh-app')!r})"
    with Server(image, tmp_path / "log", first=first) as server:
        status, headers, text = server.get(PAGE, ALLOWED)
        assert status == 503 and headers["Content-Type"].startswith("text/html")
        assert "has not started" in text and "&lt;b&gt;no such file" in text and "<b>no" not in text
        assert server.get(f"{PAGE}/ws", WEBSOCKET | ALLOWED)[0] == 503
        hooks.write_text(mended)
        until(lambda: server.get(PAGE, ALLOWED)[0] == 200)


def test_the_base_images_tornado(image, page, tmp_path):
    """The requirements bring a newer tornado than the base image has; the dashboard runs on the older one as well."""
    old = next(package for package in base_packages() if package.startswith("tornado=="))
    image.pip("--target", tmp_path / "old", "--no-deps", old)
    with Server(image, tmp_path / "log", environment={"PYTHONPATH": str(tmp_path / "old")}) as server:
        page.goto(server.link(PAGE))
        drawn(page)
        choose(page)
        page.close()
    assert "unning on Tornado " + old.partition("==")[2] in server.log()


def test_the_copied_link_launches_the_view_again(jupyter, page):
    """The link is Binder's, of the branch or of the commit, holds the view, and neither token nor session."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(jupyter.link(f"{PAGE}?{VIEW}"))
    drawn(page)
    page.get_by_role("button", name="Share", exact=True).click()
    for version, ref in (("always the latest", "main"), ("as it is today", 40 * "c")):
        page.locator("[data-do=version]").select_option(version)
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        address, _, path = page.evaluate("navigator.clipboard.readText()").partition("?urlpath=")
        assert address == f"https://mybinder.org/v2/gh/someone/their-map/{ref}"
        assert unquote(path) == f"{PAGE}?{VIEW}" and "&" not in path
        page.get_by_role("button", name="Copy link").wait_for()


def test_a_session_that_has_ended_can_be_launched_again(image, page, tmp_path):
    """When Jupyter is gone a card says so, with one link that launches the same view."""
    with Server(image, tmp_path / "log") as server:
        page.goto(server.link(f"{PAGE}?{VIEW}"))
        drawn(page)
    again = page.get_by_role("link", name="Start it again with this view")
    again.wait_for()
    assert unquote(again.get_attribute("href")).endswith(f"/their-map/main?urlpath={PAGE}?{VIEW}")
    page.goto("about:blank")  # it would go on asking
    page.problems.clear()


def test_the_way_to_the_data(jupyter, page):
    """Who codes gets from the dashboard to the data in JupyterLab."""
    page.goto(jupyter.link(PAGE))
    drawn(page)
    page.get_by_role("button", name="More", exact=True).click()
    link = page.get_by_role("link", name="Data", exact=True)
    assert link.get_attribute("href") == f"{jupyter.base_url}lab/tree/bokeh-app/data"


def test_what_is_wrong_is_told_to_the_repository(jupyter, page):
    """The entry opens a new issue of the repository that Binder runs, with the commit that it runs."""
    page.goto(jupyter.link(f"{PAGE}?{VIEW}"))
    drawn(page)
    page.get_by_role("button", name="More", exact=True).click()
    address = page.get_by_role("link", name="Something is wrong here").get_attribute("href")
    where, _, asked = address.partition("?")
    assert where == "https://github.com/someone/their-map/issues/new"
    body = parse_qs(asked)["body"][0]
    assert f"- version: {40 * 'c'}" in body and "?urlpath=" in body and TOKEN not in body


def test_little_goes_over_the_wire(jupyter, page):
    """The whole page, up to the drawn map, costs at most 1.2 MB, and its first document less than 3 MB."""
    sizes, frames = {}, []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    devtools.on("Network.webSocketFrameReceived", lambda event: frames.append(len(event["response"]["payloadData"])))
    page.goto(jupyter.link(PAGE))
    drawn(page)
    assert 300_000 < sum(sizes.values()) + sum(frames) < 1_200_000
    assert 0 < sum(frames) < 3_000_000
