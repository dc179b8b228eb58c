"""Large records are kept after they were read, and read anew when anything has changed."""

import pandas as pd
import pytest

from dashboard.catalog import cache
from dashboard.catalog.cache import read_cached_records
from dashboard.catalog.records import read_records
from dashboard.catalog.source import Source
from dashboard.settings import RecordSettings

SETTINGS = RecordSettings(file="records.csv", area="area")
ROW = "007,amphora,12.5,2014-05-01,\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with records just large enough to be kept."""
    head = "area,type,weight,found,note\n"
    (tmp_path / "records.csv").write_text(head + ROW * (cache.WORTH_KEEPING // len(ROW) + 1))
    return tmp_path


def kept(folder):
    return sorted((folder / ".cache").glob("*"))


def test_what_was_kept_is_what_was_read(folder):
    plain = read_records(Source(SETTINGS, folder))
    first, second = (read_cached_records(Source(SETTINGS, folder)) for _ in range(2))
    assert len(kept(folder)) == 1
    for read in (first, second):
        pd.testing.assert_frame_equal(read.table, plain.table)
        assert read.problems == plain.problems


def test_a_changed_file_or_config_is_read_anew_and_the_old_one_goes(folder):
    read_cached_records(Source(SETTINGS, folder))
    before = kept(folder)
    with (folder / "records.csv").open("a") as file:
        file.write(ROW.replace("amphora", "bowl"))
    assert read_cached_records(Source(SETTINGS, folder)).table.type.iloc[-1] == "bowl"
    changed = kept(folder)
    assert len(changed) == 1 and changed != before
    gaps = read_cached_records(Source(RecordSettings(file="records.csv", area="area", gaps=["bowl"]), folder))
    assert gaps.table.type.isna().sum() == 1


def test_what_was_kept_and_then_damaged_is_read_anew(folder):
    read_cached_records(Source(SETTINGS, folder))
    path, = kept(folder)
    path.write_bytes(path.read_bytes()[:1000])
    assert len(read_cached_records(Source(SETTINGS, folder)).table) == len(read_records(Source(SETTINGS, folder)).table)


def test_a_place_that_cannot_be_written_to_only_means_that_nothing_is_kept(folder):
    (folder / ".cache").write_text("a file where the folder should be")
    assert len(read_cached_records(Source(SETTINGS, folder)).table) > 100_000


def test_small_records_are_not_kept(tmp_path):
    (tmp_path / "records.csv").write_text("area,type\n1,amphora\n")
    read_cached_records(Source(SETTINGS, tmp_path))
    assert not (tmp_path / ".cache").exists()
