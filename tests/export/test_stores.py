"""Exports are the same bytes from a record in a file and from one on a PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation.postgresql import Server

from dateline.contract import from_json
from dateline.export.formats import FORMATS, export
from dateline.export.job import Options
from dateline.record.link import link
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record

SELECTION = Selection(places=("Raqqa", "Kunduz"))


@pytest.fixture(scope="module")
def pair(example_record: Record, server: Server) -> Iterator[tuple[Record, Record]]:
    """The example reports that name two towns, in a file's record and on the server, read at the same moment."""
    import json

    server.sql("DROP SCHEMA IF EXISTS exported CASCADE")
    server.sql("CREATE SCHEMA exported")
    rows = example_record.rows("SELECT * FROM report WHERE body LIKE :a OR body LIKE :b ORDER BY n", {"a": "%Raqqa%", "b": "%Kunduz%"})
    folder = Path(example_record.path).parent
    with Record.open(folder / "some.db", create=True) as file, Record.open(server.address(schema="exported"), create=True) as served:
        for row in rows:
            parts: dict[str, list] = {w: [] for w in ("entities", "statements", "events", "figures", "control", "relations", "times", "images")}
            for item in example_record.rows("SELECT word, body FROM item WHERE report = :n ORDER BY word, length(id), id", {"n": row["n"]}):
                parts[item["word"]].append(json.loads(item["body"]))
            reading = from_json({"report": json.loads(row["body"]), **parts})
            for record in (file, served):
                number = record.add(reading, key=row["key"], digest=row["digest"], source_name=row["input"], reader=row["reader"])
                link(record, [number])
                record.run("UPDATE report SET read_at = '2026-01-01T00:00:00Z'")
                record.run("UPDATE judgement SET at = '2026-01-01T00:00:00Z'")
        yield file, served


@pytest.mark.parametrize("selection", [Selection(), SELECTION], ids=["all", "places"])
def test_each_format_is_the_same_from_both_stores(selection: Selection, pair: tuple[Record, Record], tmp_path: Path) -> None:
    names = FORMATS if selection == SELECTION else ("acled", "ucdp", "gdelt-events", "geojson", "annotations", "csv", "chronology")
    for name in names:
        written = []
        for record, word in zip(pair, ("file", "served"), strict=True):
            done = export(record, name, tmp_path / f"{word}.{name}", Selected(record, selection), Options())
            written.append((_bytes(done.path), done.losses.read_bytes(), done.rows))
        assert written[0] == written[1], name
        assert written[0][2] > 0 or name in ("ucdp", "idmc"), name


def _bytes(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {f.name.removeprefix("file.").removeprefix("served."): f.read_bytes() for f in files}
