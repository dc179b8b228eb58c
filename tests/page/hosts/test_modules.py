"""The page's own scripts: all of them, below an address that names their version, from every process."""

import gzip
import os
import re
import signal
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from processes import served_by_two, workers

from dashboard.page.hosts.modules import modules_of, modules_url, packed_module, prepare_scripts
from rehearsal import until
from servers import copy_app, sample


def test_all_scripts_of_a_folder_are_modules_but_the_one_that_stands_in_for_them():
    static = sample() / "static"
    version, names = modules_of(sample())
    assert set(names) == {path.relative_to(static).as_posix() for path in static.rglob("*.js")} - {"embed.js"}
    for name in names:
        assert gzip.decompress(packed_module(version, name)) == (static / name).read_bytes()
    assert packed_module(version, "embed.js") is packed_module("0" * 16, names[0]) is None


def test_another_text_has_another_address_and_both_are_served(tmp_path):
    one, other = (copy_app(tmp_path / name, "") for name in ("one", "other"))
    with (other / "static" / "words.js").open("a") as script:
        script.write("// another\n")
    assert modules_url(one, "./") == modules_url(sample(), "./") != modules_url(other, "./")
    prepare_scripts(other)
    texts = {gzip.decompress(packed_module(modules_of(app)[0], "words.js")) for app in (one, other)}
    assert len(texts) == 2


def test_the_page_names_every_module_and_each_is_there(server):
    with urlopen(server.url) as page:
        html = page.read().decode()
    addresses = re.findall(r'<link rel="modulepreload" href="([^"]+)">', html)
    assert len(addresses) == len(modules_of(sample())[1])
    for address in addresses:
        with urlopen(urljoin(server.url, address)) as script:
            assert script.status == 200 and script.headers["Content-Type"].startswith("text/javascript")
    # What a module imports lies where it says.
    for path in (sample() / "static").rglob("*.js"):
        for imported in re.findall(r'^import .* from "(\..+)"$', path.read_text("utf-8"), re.M):
            assert (path.parent / imported).is_file(), f"{path.name} imports {imported}"


@pytest.mark.skipif(os.name == "nt", reason="one process cannot become several on Windows")
def test_a_process_that_has_opened_no_page_has_them_too():
    """A browser gets the page from one process and its scripts from another."""
    with served_by_two() as server:
        both = until(lambda: workers(server) if len(workers(server)) == 2 else None)
        for asleep in both:
            # The other one has to answer; neither has opened a page.
            os.kill(int(asleep), signal.SIGSTOP)
            try:
                with urlopen(f"{server.url}/{modules_url(sample(), '')}client.js", timeout=30) as script:
                    assert script.read() == (sample() / "static" / "client.js").read_bytes()
            finally:
                os.kill(int(asleep), signal.SIGCONT)
