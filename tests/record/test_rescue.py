"""What can be read of a damaged record is saved, and what cannot is named; a record moves between a file and a server."""

import json
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


DAMAGED = [
    "UPDATE item SET body = replace(body, '\"id\"', char(1)) WHERE report = 2", "UPDATE item SET body = replace(body, 'start', 'stbrt') WHERE report = 2",
    "UPDATE item SET word = 'evemts' WHERE report = 2", "DELETE FROM item WHERE report = 2 AND word = 'entities'", "UPDATE report SET body = '{' WHERE n = 2",
    "UPDATE report SET body = replace(body, '\"text\"', '\"tezt\"') WHERE n = 2", "UPDATE report SET body = '[1]' WHERE n = 2", "UPDATE item SET body = 'null' WHERE report = 2",
    "UPDATE report SET body = x'ff00ff' WHERE n = 2", "UPDATE report SET body = CAST(x'7b22ff' AS TEXT) WHERE n = 2",
]  # fmt: skip
"""What a flipped byte or a lost page can leave of a value, where the file itself still seems whole."""


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_value_is_named_and_costs_its_report_alone(damage: str, tmp_path: Path) -> None:
    with Record.open(tmp_path / "old.db", create=True) as source:
        fill(source, 4)
        source.run(damage)
    with Record.open(tmp_path / "old.db") as source, Record.open(tmp_path / "new.db", create=True) as target:
        assert any("2" in fault for fault in verify(source))
        losses = list(rescue(source, target))
        assert [loss.split(" is lost")[0] for loss in losses] == ["report 2"]
        assert [r["n"] for r in target.rows("SELECT n FROM report ORDER BY n")] == [1, 3, 4]
        assert list(verify(target)) == []


def test_a_judgement_that_cannot_be_kept_costs_itself_alone(tmp_path: Path) -> None:
    with Record.open(tmp_path / "old.db", create=True) as source:
        fill(source, 4)
        judged(source, (3, "v1"), (4, "v1"), "same", who="ben")
        source.run("PRAGMA ignore_check_constraints = ON")
        source.run("UPDATE judgement SET verdict = 'sbme' WHERE judge = 'person:ben'")
    with Record.open(tmp_path / "old.db") as source, Record.open(tmp_path / "new.db", create=True) as target:
        losses = list(rescue(source, target))
        kept = target.rows("SELECT judge FROM judgement WHERE judge LIKE 'person:%' ORDER BY judge")
        assert kept[0] == {"judge": "person:ana"}
        assert len(kept) + len(losses) == 2


def test_what_fails_on_a_damaged_value_says_that_the_record_is_damaged(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        fill(record, 2)
        record.run("UPDATE report SET body = '{' WHERE n = 2")
    with pytest.raises(RecordError, match="the record is damaged: report 2.*\n.*rescue"), Record.open(tmp_path / "r.db") as record:
        json.loads(record.rows("SELECT body FROM report WHERE n = 2")[0]["body"])
    with Record.open(tmp_path / "whole.db", create=True) as record:
        fill(record, 2)
    with pytest.raises(KeyError), Record.open(tmp_path / "whole.db"):
        raise KeyError("a fault of ours stays one")


def test_file_damaged_at_its_head_is_named(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record.open(path, create=True) as record:
        fill(record, 3)
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000 + path.read_bytes()[4100:])
    with pytest.raises(RecordError, match="damaged"):
        Record.open(path)
