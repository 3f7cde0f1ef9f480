"""What a task of Spark's does, without Spark: pieces are cut and read as ``dateline read`` reads, part by part, and poison is set aside."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from dateline import batch
from dateline.contract import dumps
from dateline.errors import InputError, UsageError
from dateline.intake.raw import Options
from dateline.intake.sources import find_inputs
from dateline.pipeline import World
from dateline.scale import pieces, reading
from dateline.scale.child import Way
from dateline.scale.reader import Reader
from dateline.scale.rows import row_of
from dateline.settings import Settings
from scale.poison import HANGS, KILLS

SETTINGS = Settings(threads=1)
LINES = [{"text": f"Rebels shelled the town of Busra on {n + 1} March 2015, killing {n} people, a monitor said.", "published": "2015-04-01"} for n in range(9)]


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def as_read(paths: list[str], world: World) -> list[str]:
    """The lines that ``dateline read --format json`` prints."""
    return [dumps(item) for _, item in batch.read_many(batch.given(find_inputs(paths)), SETTINGS, world=world)]


def names_in(cut: list[pieces.Piece], options: Options = Options()) -> list[tuple[str, str]]:  # noqa: B008 - it is frozen
    found = [f for p in cut for s in p.slices for f in pieces.found_in(s, options)]  # type: ignore[arg-type]
    return [(getattr(f, "name", None) or f.input, getattr(f, "content", "")) for f in found]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_LEAST", 500)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("kind", ["lines", "crlf", "no last line end", "blank lines", "parquet", "gzip"])
def test_a_file_in_pieces_holds_what_it_holds_whole(kind: str, tmp_path: Path) -> None:
    rows = [{"text": f"Report {n} of the day. " * (n % 7 + 1), "title": f"T{n}"} for n in range(60)]
    lines = [json.dumps(row) for row in rows]
    path = tmp_path / {"parquet": "a.parquet", "gzip": "a.jsonl.gz"}.get(kind, "a.jsonl")
    if kind == "parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=7)
    elif kind == "gzip":
        path.write_bytes(gzip.compress("\n".join(lines).encode()))
    else:
        ends = {"crlf": "\r\n", "blank lines": "\n\n"}.get(kind, "\n")
        path.write_bytes((ends.join(lines) + ("" if kind == "no last line end" else ends)).encode())
    cut = pieces.cut([str(path)], Options())
    assert (len(cut) > 3) == (kind != "gzip")
    assert names_in(cut) == [(f.name, f.content) for f in find_inputs([str(path)])]  # type: ignore[union-attr]
    assert pieces.digest_of(cut) == pieces.digest_of(pieces.cut([str(path)], Options()))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["a.jsonl", "a.warc.gz", "a.txt"])
def test_an_address_is_read_as_the_file_is(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "a.warc.gz":
        path.write_bytes(warc(pages=3))
    else:
        path.write_text("".join(json.dumps({"text": f"Report {n} of the day. "}) + "\n" for n in range(60)), encoding="utf-8")
    found = names_in(pieces.cut([path.as_uri()], Options()))
    plain = [(f.name.replace(str(path), path.as_uri(), 1), f.content) for f in find_inputs([str(path)])]  # type: ignore[union-attr]
    assert found == plain
    assert len(found) == {"a.jsonl": 60, "a.warc.gz": 3, "a.txt": 1}[name]
    [(missing, _)] = names_in(pieces.cut([f"{path.as_uri()}.none"], Options()))
    assert missing == f"{path.as_uri()}.none"
    with pytest.raises(UsageError, match="address cannot be opened"):
        pieces.cut(["nothing://a/b.warc"], Options())


def warc(*, pages: int) -> bytes:
    """An archive of made pages."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for n in range(pages):
        body = f"<html><body><article><h1>Fighting {n}</h1><p>{'Rebels shelled the town of Busra on Friday, a monitor said. ' * 5}</p></article></body></html>"
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(f"https://example.org/{n}", "response", payload=io.BytesIO(body.encode()), http_headers=head))
    return out.getvalue()


def test_paths_that_lead_nowhere_are_refused_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Troops left the town of Sake.", encoding="utf-8")
    (tmp_path / "b.xyz").write_text("no", encoding="utf-8")
    cut = pieces.cut([str(tmp_path), str(tmp_path / "none")], Options())
    kinds = [type(s).__name__ for p in cut for s in p.slices]
    assert kinds == ["Slice", "Refused", "Refused"]


def test_a_poisoned_report_is_refused_and_the_others_are_read(tmp_path: Path, world: World) -> None:
    """Reports around one that kills the process, and one that never ends, come out as one machine reads them."""
    rows = [LINES[0], LINES[1], {**LINES[2], "text": KILLS}, LINES[3], {**LINES[4], "text": HANGS}, LINES[5], {"title": "no text"}, LINES[6]]
    path = written(tmp_path / "a.jsonl", rows)
    [piece] = pieces.cut([str(path)], Options())
    reader = Reader(Way(SETTINGS, Options(), str(tmp_path), seconds=20.0, process="scale.poison:process"))
    try:
        found = dict(reader.rows(piece))
    finally:
        reader.close()
    plain = as_read([str(path)], world)
    assert sorted(found) == list(range(8))
    assert [found[n]["json"] for n in (0, 1, 3, 5, 6, 7)] == [plain[n] for n in (0, 1, 3, 5, 6, 7)]
    assert (found[2]["kind"], found[2]["input"], found[2]["reason"]) == ("refused", f"{path}:3", "reading it kills the process (signal 9)")
    assert (found[4]["kind"], found[4]["input"], found[4]["reason"]) == ("refused", f"{path}:5", "reading it takes longer than 20 seconds")


def test_parts_that_are_there_are_not_made_again(tmp_path: Path, world: World) -> None:
    path = written(tmp_path / "a.jsonl", [*LINES[:5], {"text": ""}])
    [piece] = pieces.cut([str(path)], Options())
    (tmp_path / "out").mkdir()
    target = reading.Target(str(tmp_path / "out"), rows=2)
    way = Way(SETTINGS, Options(), str(tmp_path))
    reading.read_piece(piece, way, target)
    parts = sorted((tmp_path / "out").iterdir())
    assert [p.name for p in parts] == [f"part-0000000-0000{n}{end}.parquet" for n, end in enumerate(("", "", "", "-end"))]
    lines = [line for p in parts for line in parquet.read_table(p).column("json").to_pylist()]
    assert lines == as_read([str(path)], world)
    before = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in parts}
    parts[2].unlink()
    parts[3].unlink()
    reading.read_piece(piece, way, target)
    after = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in sorted((tmp_path / "out").iterdir())}
    assert {name: data for name, (_, data) in after.items()} == {name: data for name, (_, data) in before.items()}
    assert [after[p.name][0] == before[p.name][0] for p in parts] == [True, True, False, False]
    reading._READERS.popitem()[1].close()


def test_a_file_that_a_machine_does_not_see_stops_the_run(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", LINES[:1])
    [piece] = pieces.cut([str(path)], Options())
    path.unlink()
    reader = Reader(Way(SETTINGS, Options(), str(tmp_path)))
    with pytest.raises(InputError, match="does not see this file"):
        list(reader.rows(piece))
    reader.close()


def test_a_lone_surrogate_can_be_written() -> None:
    from dateline.model import Refused
    from dateline.scale.rows import table_of

    row = row_of("x", Refused("name \ud800", "reason", "mend"))
    assert table_of([row]).column("input").to_pylist() == ["name ?"]
    assert json.loads(table_of([row]).column("json").to_pylist()[0])["refused"]["input"] == "name \ud800"
