"""All records, in however many partitions: each is asked, and what they answer is in their order."""

from answers import QUERIES, same
from dashboard.live.reading import read_survey
from dashboard.query.counting.partitions import InProcess
from servers import sample


def test_records_in_several_partitions_are_answered_like_those_in_one(engine, monkeypatch):
    monkeypatch.setattr("dashboard.catalog.catalog.PARTITION_RECORDS", 3_000)
    parted = read_survey(sample())
    assert len(parted.partitions.partitions) == 7
    for query in QUERIES:
        view, refused = engine.view(query)
        assert refused == []
        same(parted, engine, view)


def test_each_partition_is_asked_and_the_answers_are_in_the_order_of_the_partitions():
    for count in (1, 2, 9):
        partitions = InProcess([f"partition {number}" for number in range(count)])
        assert partitions.ask(str.replace, "partition", "part") == [f"part {number}" for number in range(count)]
        assert partitions.ask_each(str.count, [str(number) for number in range(count)]) == [1] * count
        assert partitions.workload() is None
