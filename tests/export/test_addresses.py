"""The view as data at addresses beside the app: real servers, asked as programs ask them."""

import io
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin
from urllib.request import Request, urlopen

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from survey_app import CONFIG, write_app

from dashboard.query.answers.answer import answer
from dashboard.query.answers.schema import as_data
from rehearsal import until
from servers import copy_app, sample, served

FINDS = pd.read_csv(sample() / "data" / "finds.csv", dtype=str, keep_default_na=False)
PARCELS = gpd.read_file(sample() / "data" / "parcels.geojson")
PROGRAM = """
import sys
sys.path.insert(0, "bokeh-app")
from bokeh.application import Application
from bokeh.application.handlers import DirectoryHandler, FunctionHandler
from bokeh.server.server import Server
from dashboard.page import open_session
server = Server({
    "/folder": Application(DirectoryHandler(filename="bokeh-app")),
    "/mine": Application(FunctionHandler(lambda doc: open_session(doc, "other"))),
    "/none": Application(FunctionHandler(lambda doc: None)),
}, port=0, address="localhost", prefix="/deep/down")
print(f"http://localhost:{server.port}/deep/down", flush=True)
server.run_until_shutdown()
"""


AUTH = """
from tornado.web import RequestHandler

login_url = "/login"

def get_user(handler):
    return handler.get_cookie("user")

class LoginHandler(RequestHandler):
    def get(self):
        self.finish("Who are you?")
"""


def ask(address, method="GET", **headers):
    """Return the status, the headers and the body of an answer."""
    try:
        with urlopen(Request(address, method=method, headers={"Origin": "https://example.org", **headers})) as answered:
            return answered.status, answered.headers, answered.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def table(body):
    return pd.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False, encoding="utf-8-sig")


def same_records(found, expected):
    """Check that the same records were found, by their ids; a record's cells are compared elsewhere."""
    assert sorted(found.find) == sorted(expected.find)


def test_the_records_are_what_the_view_is_about(server):
    status, headers, body = ask(f"{server.url}/records.csv?type=amphora&period=Roman&_area=P-087")
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert headers["Content-Type"].startswith("text/csv") and "charset=utf-8" in headers["Content-Type"]
    assert 'filename="Field-survey-of-the-Aljibe-valley-finds.csv"' in headers["Content-Disposition"]
    assert headers["Link"] is None and not [name for name in headers if name.lower().startswith("x-")]
    assert unquote(headers["Dataset-Title"]) == "Field survey of the Aljibe valley"
    assert (headers["Dataset-Licence"], headers["Dataset-Date"][:2]) == ("CC0 1.0", "20")
    assert unquote(headers["Dataset-Link"]) == f"{server.url}?period=Roman&type=amphora&_area=P-087"
    mine = FINDS[(FINDS.type == "amphora") & (FINDS.period == "Roman") & (FINDS.parcel == "P-087")]
    assert len(mine) > 3
    pd.testing.assert_frame_equal(table(body), mine.reset_index(drop=True).assign(
        weight_g=mine.weight_g.str.removesuffix(".0").to_numpy()))


def test_a_million_is_asked_for_page_by_page_and_each_record_comes_once(server):
    address, parts = f"{server.url}/records.csv?type=amphora&_limit=700", []
    while address:
        status, headers, body = ask(address)
        assert status == 200
        parts.append(table(body))
        link = headers["Link"]
        assert link is None or link.endswith('>; rel="next"')
        address = link and urljoin(address, link[1:link.index(">")])
    assert [len(part) for part in parts] == [700, 700, 250]
    same_records(pd.concat(parts), FINDS[FINDS.type == "amphora"])


def test_all_records_are_sent(server):
    """More than go into one piece."""
    status, headers, body = ask(f"{server.url}/records.parquet")
    assert (status, headers["Content-Type"]) == (200, "application/vnd.apache.parquet")
    found = pq.read_table(io.BytesIO(body))
    same_records(found.to_pandas(), FINDS)
    assert found.schema.metadata[b"link"].decode() == server.url
    status, headers, body = ask(f"{server.url}/records.geojson")
    assert (status, headers["Content-Type"]) == (200, "application/geo+json")
    assert len(json.loads(body)["features"]) == len(FINDS)


@pytest.mark.parametrize(("ending", "media"), [("csv", "text/csv"), ("geojson", "application/geo+json"),
                                               ("gpkg", "application/geopackage+sqlite3")])
def test_the_areas_have_the_counts_of_the_map(server, tmp_path, ending, media):
    status, headers, body = ask(f"{server.url}/areas.{ending}?type=amphora")
    assert status == 200 and headers["Content-Type"].startswith(media)
    (tmp_path / f"areas.{ending}").write_bytes(body)
    found = gpd.read_file(tmp_path / f"areas.{ending}") if ending != "csv" else pd.read_csv(io.BytesIO(body))
    found = found.set_index("id")["count"].astype(int)
    counts = FINDS[FINDS.type == "amphora"].groupby("parcel").size().reindex(PARCELS.parcel, fill_value=0)
    assert found.to_dict() == counts.to_dict()


def test_the_answer_is_the_pages_own(server, engine):
    status, headers, body = ask(f"{server.url}/answer.json?type=amphora&_measure=sum(weight_g)")
    assert (status, headers["Content-Type"]) == (200, "application/json")
    expected = as_data(answer(engine, engine.view("type=amphora&_measure=sum(weight_g)")[0]), arrays=False)
    assert json.loads(body) == json.loads(json.dumps(expected))


def test_what_cannot_be_applied_is_refused_a_sentence_each(server):
    status, headers, body = ask(f"{server.url}/records.csv?type=blob&colour=red&_limit=none&_offset=-1&type=bowl")
    assert (status, headers["Access-Control-Allow-Origin"]) == (400, "*")
    assert headers["Content-Type"].startswith("application/json")
    assert json.loads(body) == {"errors": [
        "type: “blob” is no option.", "colour: “red” is no facet.", "_offset: “-1” is no whole number from 0 on.",
        "_limit: “none” is no whole number from 1 on."]}
    assert ask(f"{server.url}/areas.csv?_limit=3")[0] == 400
    # What a proxy puts into an address is none of our business, and is never told again.
    status, headers, _ = ask(f"{server.url}/records.csv?_limit=1&token=secret")
    assert status == 200 and "secret" not in str(headers)


@pytest.mark.parametrize("path", ["records.xlsx", "areas.parquet", "answer.csv", "all.csv"])
def test_there_are_no_other_files(server, path):
    assert ask(f"{server.url}/{path}")[0] == 404


def test_a_program_may_ask_for_the_head_alone(server):
    status, headers, body = ask(f"{server.url}/records.csv?type=amphora", "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", None)
    assert headers["Content-Disposition"]


def test_who_goes_away_leaves_the_server_answering(server):
    host, port = "127.0.0.1", server.port
    for _ in range(5):
        with socket.create_connection((host, port)) as gone:
            gone.sendall(b"GET /bokeh-app/records.geojson HTTP/1.1\r\nHost: " + f"{host}:{port}\r\n\r\n".encode())
            assert gone.recv(200).startswith(b"HTTP/1.1 200")
    assert ask(f"{server.url}/records.csv?_limit=1")[0] == 200
    assert "Traceback" not in "".join(server.log)


def test_folders_and_functions_in_one_server_below_a_prefix(tmp_path):
    """Each address is about the data of its own app, before anybody has opened its page; other apps have none."""
    copy_app(tmp_path, CONFIG)
    write_app(tmp_path / "bokeh-app", CONFIG)
    other = copy_app(tmp_path / "copy", CONFIG).rename(tmp_path / "other")
    write_app(other, CONFIG.replace('title = "Añada: finds & \\"things\\""', 'title = "Other"'))
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen([sys.executable, "program.py"], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
                          env=environment) as process:
        try:
            address = process.stdout.readline().strip()
            for path, title in (("folder", 'Añada: finds & "things"'), ("mine", "Other")):
                first = until(lambda path=path: answered(f"{address}/{path}/records.csv?_limit=100"))
                assert unquote(first[1]["Dataset-Title"]) == title
                assert first[1]["Dataset-Link"] == f"{address}/{path}"
                link = first[1]["Link"]
                second = ask(urljoin(f"{address}/{path}/records.csv", link[1:link.index(">")]))
                assert len(table(second[2])) == 100
            assert ask(f"{address}/none/records.csv")[0] == 404
        finally:
            process.terminate()
            process.stdout.read()


def test_whom_the_page_does_not_let_in_gets_no_data(tmp_path):
    app = copy_app(tmp_path, CONFIG)
    write_app(app)
    (tmp_path / "auth.py").write_text(AUTH, "utf-8")
    with served(app, "--auth-module", str(tmp_path / "auth.py")) as running:
        for path in ("records.csv", "areas.gpkg", "answer.json"):
            assert ask(f"{running.url}/{path}")[2] == b"Who are you?"
        assert len(table(ask(f"{running.url}/records.csv", Cookie="user=me")[2])) == 240


def answered(address):
    """Return an answer, once it is one; until then it says when to ask again."""
    status, headers, body = ask(address)
    if status == 503:
        assert headers["Retry-After"]
        return None
    assert status == 200, body
    return status, headers, body


def test_while_the_data_are_being_read_it_says_when_to_ask_again(tmp_path):
    app = copy_app(tmp_path, CONFIG)
    write_app(app)
    with slow((app / "records.csv").read_bytes()) as (url, go_on):
        (app / "config.toml").write_text(CONFIG.replace("records.csv", url), "utf-8")
        with served(app) as running:
            status, headers, body = ask(f"{running.url}/records.csv")
            assert (status, headers["Retry-After"]) == (503, "2")
            assert json.loads(body) == {"errors": ["The data are still being read. Ask again in a moment."]}
            go_on.set()
            assert len(table(until(lambda: answered(f"{running.url}/records.csv"))[2])) == 240


@contextmanager
def slow(text):
    """Serve records that come once an event is set; gives their address and the event."""
    go_on = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self):
            go_on.wait()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{serving.server_port}/records.csv", go_on
        finally:
            go_on.set()
            serving.shutdown()
            thread.join()


def test_data_with_a_mistake_are_none(tmp_path):
    app = copy_app(tmp_path, CONFIG + "[mapp]\n")
    with served(app) as running:
        status, _, body = ask(f"{running.url}/areas.csv")
        assert (status, json.loads(body)["errors"]) == (
            503, ["config.toml: mapp is not a setting; did you mean map?"])
