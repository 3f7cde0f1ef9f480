"""``dateline read -o FILE``: whole or not there, gone on with after a stop, the same bytes with any number of processes, as JSON Lines or Parquet."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from click.exceptions import Abort
from pyarrow import parquet

from dateline import batch
from dateline.cli import cli
from dateline.errors import InputError, UsageError
from dateline.pipeline import World

PLACES = ("Busra", "Homs", "Raqqa", "Aleppo", "Palmyra", "Idlib")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    rows = [json.dumps({"text": f"Rebels seized {place} on Wednesday, a monitor said. Two soldiers were killed.", "id": place}) for place in PLACES]
    rows.insert(2, '{"text": broken')
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _opened(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model that is open already."""
    monkeypatch.setattr(World, "open", lambda settings=None: world)


def read(*words: str) -> int:
    return int(cli.main(["read", *words, "--quiet"], standalone_mode=False))


def stop_after(count: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    whole = batch.make_many

    def some(*given: object, **options: object) -> Iterator[object]:
        yield from islice(whole(*given, **options), count)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "make_many", some)
    return lambda: monkeypatch.setattr(batch, "make_many", whole)


def test_a_stopped_run_is_gone_on_with(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, out = tmp_path / "whole.json", tmp_path / "out.json"
    assert read(str(given), "--format", "json", "-o", str(whole)) == 1
    go_on = stop_after(4, monkeypatch)
    with pytest.raises(Abort):
        read(str(given), "--format", "json", "-o", str(out))
    go_on()
    assert not out.exists()
    part = tmp_path / "out.json.part"
    with part.open("ab") as half:
        half.write(b'{"report": {"id"')
    seen: list[str] = []
    inner = batch.process_batch
    monkeypatch.setattr(batch, "process_batch", lambda some, world: seen.extend(s.name for s in some if isinstance(s, batch.Given)) or inner(some, world))
    assert read(str(given), "--format", "json", "-o", str(out)) == 1
    assert out.read_bytes() == whole.read_bytes()
    assert len(seen) == len(PLACES) - 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.json", "reports.jsonl", "whole.json"]


def test_lines_of_other_inputs_are_not_gone_on_with(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = stop_after(2, monkeypatch)
    with pytest.raises(Abort):
        read(str(given), "--format", "json", "-o", str(tmp_path / "out.json"))
    go_on()
    rows = given.read_text(encoding="utf-8").splitlines()
    given.write_text("\n".join([rows[0], *rows[3:]]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="of another input"):
        read(str(given), "--format", "json", "-o", str(tmp_path / "out.json"))


def test_another_command_begins_anew(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.json"
    go_on = stop_after(5, monkeypatch)
    with pytest.raises(Abort):
        read(str(given), "--format", "json", "-o", str(out))
    go_on()
    read(str(given), "--format", "json", "-o", str(out), "--from", "text")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_parquet_holds_what_json_holds(given: Path, tmp_path: Path) -> None:
    read(str(given), "--format", "json", "-o", str(tmp_path / "out.json"))
    read(str(given), "--format", "parquet", "-o", str(tmp_path / "out.parquet"))
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["json"] for row in rows] == (tmp_path / "out.json").read_text(encoding="utf-8").splitlines()
    assert [row["kind"] for row in rows] == ["reading", "reading", "refused", *["reading"] * 4]
    assert [row["id"] for row in rows if row["kind"] == "reading"] == list(PLACES)
    assert all(row["statements"] == len(json.loads(row["json"])["statements"]) for row in rows if row["kind"] == "reading")
    assert "broken" in rows[2]["input"] or ":3" in rows[2]["input"]


def test_parquet_is_not_printed(given: Path) -> None:
    with pytest.raises(UsageError, match="-o FILE.parquet"):
        read(str(given), "--format", "parquet")


def test_processes_write_the_same_bytes(given: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        read(str(given), "--format", "json", "-o", str(tmp_path / f"{jobs}.json"), "--jobs", jobs)
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
