"""Where the records are, what tells that a file has changed, and files that are complete or not there at all."""

import os
from pathlib import Path

import pytest

from dashboard.catalog.source import (
    CACHE_FOLDER,
    Source,
    digest_of,
    fingerprint_of,
    newest,
    size,
    stamp_of,
    whole,
)
from dashboard.settings import RecordSettings

WEB = "https://anna:secret@example.org/exports/finds%20all.csv?token=1234"


def source(file, folder=Path("app")):
    return Source(RecordSettings(file=file), folder)


def test_a_file_lies_below_the_folder_and_a_copy_in_the_cache():
    assert source("data/finds.csv").path == Path("app/data/finds.csv")
    copy = source(WEB).path
    assert copy.name == "finds all.csv" and copy.parent.parent == Path("app") / CACHE_FOLDER
    assert source("https://example.org/").path.name == "records.csv"


def test_two_addresses_have_two_copies():
    assert source(f"{WEB}&page=1").path != source(f"{WEB}&page=2").path


def test_no_part_of_the_path_of_a_copy_tells_a_secret():
    assert not any(secret in str(source(WEB).path) for secret in ("anna", "secret", "1234"))


@pytest.mark.parametrize(("file", "is_address", "is_web_address", "shown"), [
    ("data/finds.csv", False, False, "data/finds.csv"), (WEB, True, True, "https://example.org/exports/finds%20all.csv"),
    ("s3://bucket/finds/", True, False, "s3://bucket/finds/")])
def test_an_address_is_known_and_shown_without_its_secrets(file, is_address, is_web_address, shown):
    settings = RecordSettings(file=file)
    assert (settings.is_address, settings.is_web_address, settings.file_shown) == (is_address, is_web_address, shown)


def test_what_fsspec_opens_is_an_address_or_an_absolute_path(tmp_path):
    assert source("s3://bucket/finds/").location == "s3://bucket/finds/"
    assert source("finds", tmp_path).location == str(tmp_path.resolve() / "finds")


def test_a_stamp_differs_once_a_file_has_changed(tmp_path):
    file = tmp_path / "records.csv"
    assert stamp_of([file]) == source("records.csv", tmp_path).stamp() == frozenset()
    file.write_text("a\n1\n")
    os.utime(file, (1000, 1000))
    before = stamp_of([file])
    assert (size(before), newest(before)) == (4, 1000)
    file.write_text("a\n2\n")
    assert stamp_of([file]) != before


def test_the_stamp_and_the_digest_of_a_shapefile_are_those_of_all_its_parts(tmp_path):
    for name in ("areas.shp", "areas.dbf", "others.dbf"):
        (tmp_path / name).write_text(name)
    stamp, digest = stamp_of([tmp_path / "areas.shp"]), digest_of(tmp_path / "areas.shp")
    assert len(stamp) == 2
    (tmp_path / "others.dbf").write_text("changed")
    assert (stamp_of([tmp_path / "areas.shp"]), digest_of(tmp_path / "areas.shp")) == (stamp, digest)
    (tmp_path / "areas.dbf").write_text("changed")
    assert digest_of(tmp_path / "areas.shp") != digest


def test_what_is_elsewhere_has_no_stamp(tmp_path):
    assert source("s3://bucket/finds/", tmp_path).stamp() == frozenset()


def test_a_digest_is_of_the_content_and_a_fingerprint_also_of_the_time(tmp_path):
    file = tmp_path / "records.csv"
    file.write_text("a\n1\n")
    digest, fingerprint = digest_of(file), fingerprint_of(file)
    os.utime(file, (1000, 1000))
    assert digest_of(file) == digest and fingerprint_of(file) != fingerprint


def test_a_file_is_complete_or_as_it_was(tmp_path):
    path = tmp_path / "new folder" / "kept.json"
    with whole(path) as draft:
        draft.write_text("first")
        assert not path.exists()
    assert path.read_text() == "first"
    with pytest.raises(OSError, match="no space"), whole(path) as draft:
        draft.write_text("sec")
        raise OSError("no space left")
    assert path.read_text() == "first" and list(path.parent.iterdir()) == [path]
