"""A folder of Parquet files in partitions: all rows are in one of them, whatever the files' row groups."""

import pandas as pd
import pytest
from small import small_app

from dashboard.catalog.areas import read_areas
from dashboard.catalog.source import Source
from dashboard.config import read_config
from dashboard.live import parquet_folder
from dashboard.live.parquet_folder import read_partition, row_groups_of
from dashboard.problems import DataError


@pytest.fixture
def folder(tmp_path):
    """A small app folder whose records are two Parquet files, of ten rows in five groups and of no rows."""
    records = pd.DataFrame({"area": list("ab") * 5, "number": range(10)})
    (tmp_path / "records").mkdir()
    records.to_parquet(tmp_path / "records" / "one.parquet", row_group_size=2)
    records[:0].to_parquet(tmp_path / "records" / "two.parquet")
    return small_app(tmp_path, "records")


def test_small_row_groups_make_one_partition_and_empty_files_none(folder):
    config = read_config(folder / "config.toml")
    part, = row_groups_of(Source(config.records, folder))
    assert part.row_groups == (0, 1, 2, 3, 4) and part.address.endswith("/records/one.parquet")


def test_each_row_is_in_one_partition(folder, monkeypatch):
    monkeypatch.setattr(parquet_folder, "PARTITION_ROWS", 3)
    config = read_config(folder / "config.toml")
    areas, _ = read_areas(config.areas, folder)
    parts = row_groups_of(Source(config.records, folder))
    assert [part.row_groups for part in parts] == [(0, 1), (2, 3), (4,)]
    catalogs = [read_partition(config, areas, part, frozenset()) for part in parts]
    assert sorted(pd.concat([catalog.records.number for catalog in catalogs])) == list(range(10))
    as_text = read_partition(config, areas, parts[2], frozenset({"number"}))
    assert sorted(as_text.records.number) == ["8", "9"]


def test_a_folder_without_parquet_files_is_refused(folder):
    for path in (folder / "records").iterdir():
        path.rename(path.with_suffix(".txt"))
    with pytest.raises(DataError, match="^records: holds no Parquet file"):
        row_groups_of(Source(read_config(folder / "config.toml").records, folder))
