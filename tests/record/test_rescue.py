"""What can be read of a damaged record is saved, and what cannot is named; a record moves between a file and a server."""

from pathlib import Path

import pytest
from evaluation.crashes import shape
from evaluation.made import news

from dateline.errors import RecordError, UsageError
from dateline.record.link import link
from dateline.record.questions import search
from dateline.record.rescue import rescue
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import Store, judged


def fill(record: Record, count: int = 40) -> None:
    for n, reading in enumerate(news(count)):
        number = record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=f"{n}.txt", reader="test")
        link(record, [number])
    judged(record, (1, "v1"), (2, "v1"), "same", who="ana")


def correct(record: Record, number: int) -> None:
    """A line of a person's in the log of corrections."""
    record.run(
        "INSERT INTO correction (n, verb, key, report, was, value, anchors, who, at, why) VALUES (:line, 'note', :key, :n, 'null', 'null', 'null', 'ana', '', '')",
        {"n": number, "line": number + 1, "key": str(number - 1)},
    )


def test_whole_record_goes_over_with_its_judgements(store: Store, tmp_path: Path) -> None:
    with Record.open(tmp_path / "old.db", create=True) as source, Record.open(store("new"), create=True) as target:
        fill(source)
        assert list(rescue(source, target)) == []
        assert shape(target) == shape(source)
        assert list(verify(target)) == []
        assert len(search(target, "market bridge")) == len(search(source, "market bridge"))
        assert target.rows("SELECT judge FROM judgement WHERE judge LIKE 'person:%'") == [{"judge": "person:ana"}]
        more = list(news(41))[40]
        assert target.add(more, key="40", digest=digest_of(more.report), source_name="40.txt", reader="test") == 41
        with pytest.raises(UsageError, match="holds reports already"):
            list(rescue(source, target))


def test_damaged_file_is_named_and_the_rest_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Record.open(path, create=True) as source:
        fill(source)
        for number in range(1, 41):
            correct(source, number)
        source.run("PRAGMA wal_checkpoint(TRUNCATE)")
        size = source.rows("PRAGMA page_size")[0]["page_size"]
    content = bytearray(path.read_bytes())
    # A page that holds the words of reports, in the middle of the file.
    at = content.find(b"Report 20.") // size * size
    content[at : at + size] = b"\xff" * size
    path.write_bytes(content)
    with Record.open(path) as source, Record.open(tmp_path / "new.db", create=True) as target:
        assert any("damaged" in fault for fault in verify(source))
        losses = list(rescue(source, target))
        saved = target.rows("SELECT count(*) AS n FROM report")[0]["n"]
        assert 0 < saved < 40
        assert any(loss.startswith("report ") for loss in losses)
        assert list(verify(target)) == []
        assert target.rows("SELECT count(*) AS n FROM correction")[0]["n"] == 41


def test_file_damaged_at_its_head_is_named(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record.open(path, create=True) as record:
        fill(record, 3)
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000 + path.read_bytes()[4100:])
    with pytest.raises(RecordError, match="damaged"):
        Record.open(path)
