"""A small app folder, and a server of its records, that tests change as they like."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

AREAS = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "a"}, "geometry": {"type": "Polygon", "coordinates":
[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}},
{"type": "Feature", "properties": {"id": "b"}, "geometry": {"type": "Polygon", "coordinates":
[[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]}}]}"""
RECORDS = "area,kind\na,coin\nb,lamp\na,lamp\n"
CONFIG = """title = "{title}"
[areas]
file = "areas.geojson"
[records]
file = "{file}"
area = "area"
[live]
every = 0.1
"""


def config_text(file="records.csv", title="Small"):
    """Return the text of a config whose records are in a file, or at an address."""
    return CONFIG.format(file=file, title=title)


def small_app(folder, file="records.csv"):
    """Write two areas, three records and a config into a folder, and return it."""
    (folder / "areas.geojson").write_text(AREAS, "utf-8")
    (folder / "records.csv").write_text(RECORDS, "utf-8")
    (folder / "config.toml").write_text(config_text(file), "utf-8")
    return folder


@contextmanager
def answering(answer):
    """Run a server that calls `answer` for each request and sends the text that it returns; gives its address."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = answer().encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/records.csv"
        finally:
            server.shutdown()
            thread.join()
