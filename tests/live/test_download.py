"""A copy of what is at an address: its marks, its place, and what is said when it cannot be had."""

import json

import pytest
from small import answering

from dashboard.catalog.source import Source
from dashboard.live.download import download
from dashboard.problems import DataError
from dashboard.settings import LiveSettings, RecordSettings

LIVE = LiveSettings(timeout=5.0, largest_mb=0.01)


def source_at(address, folder):
    return Source(RecordSettings(file=address), folder)


def test_what_is_there_is_copied_and_what_is_the_same_is_not_written_again(tmp_path):
    with answering(lambda: "area\na\n") as address:
        source = source_at(address, tmp_path)
        download(source, LIVE)
        assert source.path.read_text() == "area\na\n"
        before = source.path.stat()
        download(source, LIVE)
        assert source.path.stat().st_ino == before.st_ino
    assert sorted(path.name for path in source.path.parent.iterdir()) == ["records.csv", "records.csv.marks"]
    assert json.loads(source.path.with_name("records.csv.marks").read_text()) == {}


def test_too_much_leaves_the_copy_as_it_was(tmp_path):
    answers = ["area\na\n", "x" * 20_000]
    with answering(lambda: answers.pop(0)) as address:
        source = source_at(address, tmp_path)
        download(source, LIVE)
        with pytest.raises(DataError, match="sends more than 0.01 MB"):
            download(source, LIVE)
        assert source.path.read_text() == "area\na\n"


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:9/a.csv?secret=1", "http://anna:secret@127.0.0.1:9/a.csv", "http:///a.csv?secret",
    "http://127.0.0.1:port/a.csv?secret"])
def test_an_address_that_does_not_answer_is_said_without_its_secrets(tmp_path, address):
    source = source_at(address, tmp_path)
    with pytest.raises(DataError) as caught:
        download(source, LIVE)
    assert str(caught.value).startswith(f"{source.settings.file_shown}: does not answer (")
    assert "secret" not in str(caught.value)


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / ".cache").write_text("a file where the folder should be")
    with answering(lambda: "area\na\n") as address, pytest.raises(DataError, match="cannot be written"):
        download(source_at(address, tmp_path), LIVE)
