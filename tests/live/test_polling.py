"""Records at an http(s) address: a real server that sends, has nothing new, refuses, hangs, and sends too much."""

import hashlib
import re
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect
from test_feed import begins, row

from rehearsal import until
from servers import sample, served

FINDS = (sample() / "data" / "finds.csv").read_bytes()


class FormServer(ThreadingHTTPServer):
    """Serves one file of records in whatever way the test sets; `statuses` is how it has answered."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.body, self.mood, self.statuses, self.secrets, self.going_on = \
            FINDS, "well", [], [], threading.Event()


class Answer(BaseHTTPRequestHandler):
    """One answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Answer as the server's mood is."""
        getattr(self, f"answer_{self.server.mood}")()

    def answer_well(self):
        """Send the records, in pieces of no told length, or that there is nothing new."""
        mark = f'"{hashlib.md5(self.server.body).hexdigest()}"'
        if self.headers["If-None-Match"] == mark:
            self.answer(304)
            return
        self.answer(200, {"ETag": mark, "Transfer-Encoding": "chunked"})
        for start in range(0, len(self.server.body), 100_000):
            self.send(self.server.body[start:start + 100_000])
        self.send(b"")

    def answer_badly(self):
        self.answer(500, {"Content-Length": "0"})

    def answer_strangers_not(self):
        if self.headers["Authorization"] == "Token open sesame":
            self.answer_well()
        else:
            self.answer(401, {"Content-Length": "0"})

    def answer_half(self):
        self.answer(200, {"Content-Length": str(len(self.server.body))})
        self.wfile.write(self.server.body[:100_000])
        self.close_connection = True

    def answer_cut_off(self):
        self.answer(200, {"Transfer-Encoding": "chunked"})
        self.send(self.server.body[:100_000])
        self.close_connection = True

    def answer_elsewhere(self):
        self.answer(302, {"Location": self.server.other, "Content-Length": "0"})

    def answer_never(self):
        self.answer(200, {"Transfer-Encoding": "chunked"})
        self.send(b"find,parcel\n")
        self.server.going_on.wait()

    def answer_without_end(self):
        self.answer(200, {"Transfer-Encoding": "chunked"})
        try:
            while not self.server.going_on.is_set():
                self.send(b"x" * 100_000)
        except OSError:
            pass  # the other side has had enough

    def answer(self, status, headers=()):
        self.server.statuses.append(status)
        self.server.secrets.append(self.headers["Authorization"])
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, piece):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def log_message(self, *arguments):
        """Say nothing."""


@contextmanager
def running():
    with FormServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.going_on.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def forms():
    with running() as server:
        yield server


@pytest.fixture
def app(tmp_path, forms):
    """A copy of the sample whose records are at an address."""
    app = tmp_path / "bokeh-app"
    shutil.copytree(sample(), app, ignore=shutil.ignore_patterns("__pycache__", ".cache", "finds.csv"))
    text = (app / "config.toml").read_text("utf-8")
    text = text.replace("data/finds.csv", f"http://127.0.0.1:{forms.server_port}/exports/finds.csv?secret=1234")
    for setting in ("ask_every = 60.0", "timeout = 30.0", "largest_mb = 100.0"):
        name = setting.partition(" ")[0]
        text = text.replace(f"# {setting}", f"{name} = {dict(ask_every=1, timeout=2, largest_mb=4)[name]}")
    (app / "config.toml").write_text(text, "utf-8")
    return app


def test_records_come_from_an_address_and_so_do_those_that_are_added(app, forms, open_page):
    with served(app) as server:
        page = open_page(server.url)
        begins(page, "All 20,000 finds")
        until(lambda: 304 in forms.statuses)
        forms.body += (row(1) + row(2)).encode()
        begins(page, "All 20,002 finds")
        expect(page.locator(".latest li.new")).to_have_count(2)
        assert forms.statuses.count(200) == 2
    assert "1234" not in "".join(server.log)


@pytest.mark.parametrize(("mood", "said"), [
    ("badly", "answers 500"), ("strangers_not", "answers 401 .* DASHBOARD_AUTHORIZATION"),
    ("cut_off", r"does not answer \(.*\)"),
    ("half", r"does not answer \(.* bytes are missing\)"), ("never", r"does not answer \(.*\)"),
    ("without_end", "sends more than 4 MB"),
])
def test_what_fails_keeps_the_last_good_data(app, forms, open_page, mood, said):
    with served(app) as server:
        page = open_page(server.url)
        begins(page, "All 20,000 finds")
        forms.mood = mood
        where = rf"http://127\.0\.0\.1/exports/finds\.csv: {said}.* The data shown are of "
        expect(page.locator(".notice")).to_have_text(re.compile(where), timeout=20_000)
        begins(page, "All 20,000 finds")
        forms.body += row(1).encode()
        forms.mood = "well"
        begins(page, "All 20,001 finds")
        expect(page.locator(".notice")).to_have_count(0)


def test_what_is_no_table_keeps_the_last_good_data(app, forms, open_page):
    with served(app) as server:
        page = open_page(server.url)
        begins(page, "All 20,000 finds")
        forms.body = b"<html><p>Please log in</p></html>\n"
        expect(page.locator(".notice")).to_contain_text("finds.csv")
        begins(page, "All 20,000 finds")


def test_a_server_that_starts_while_the_address_is_away_shows_what_it_had(app, forms, open_page):
    with served(app) as server:
        page = open_page(server.url)
        begins(page, "All 20,000 finds")
        page.close()
    forms.mood = "badly"
    with served(app) as server:
        page = open_page(server.url)
        begins(page, "All 20,000 finds")
        expect(page.locator(".notice")).to_contain_text("answers 500")
        page.close()


def test_an_address_that_was_never_reached_is_a_mistake_until_it_is(app, forms, browser):
    forms.mood = "badly"
    with served(app) as server:
        page = browser.new_page()
        page.goto(server.url)
        page.locator(".card", has_text="answers 500").wait_for()
        forms.mood = "well"
        begins(page, "All 20,000 finds")
        page.close()


def test_what_it_asks_for_is_in_the_environment(app, forms, open_page, monkeypatch):
    monkeypatch.setenv("DASHBOARD_AUTHORIZATION", "Token open sesame")
    forms.mood = "strangers_not"
    with served(app) as server:
        begins(open_page(server.url), "All 20,000 finds")


def test_whom_the_address_redirects_to_does_not_get_the_secret(app, forms, open_page, monkeypatch):
    monkeypatch.setenv("DASHBOARD_AUTHORIZATION", "Token open sesame")
    with running() as storage, served(app) as server:
        forms.mood, forms.other = "elsewhere", f"http://localhost:{storage.server_port}/finds.csv"
        page = open_page(server.url)
        storage.body += row(1).encode()
        begins(page, "All 20,00")
        page.close()
    assert set(forms.secrets) == {"Token open sesame"} and set(storage.secrets) == {None}


def test_the_time_of_the_data_is_that_of_those_shown(app, forms, open_page):
    with served(app) as server:
        page = open_page(server.url)
        begins(page, "All 20,000 finds")
        time = page.locator(".freshness time")
        first = time.get_attribute("datetime")
        # An answer that there is nothing new makes the data as fresh as it is.
        expect(time).not_to_have_attribute("datetime", first)
        forms.body = b"<html><p>Please log in</p></html>\n"
        expect(page.locator(".notice")).to_contain_text("finds.csv")
        shown = time.get_attribute("datetime")
        asked = len(forms.statuses)
        until(lambda: len(forms.statuses) >= asked + 2)
        assert time.get_attribute("datetime") == shown
        page.close()
