"""Writers killed in the middle (``kill -9``), at the points that matter: under the final name stands the older file or the whole new one; a rerun completes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.errors import DatelineError
from dateline.export.formats import FORMATS, export
from dateline.export.job import Options
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record
from dateline.web.share import one_file
from web_served import fill


@pytest.fixture(scope="module")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "record.db"
    fill(path)
    return path


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed(work: Callable[[], object]) -> bool:
    """Whether the work, done in a process of its own, was killed in the middle of it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(7)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def written(record_file: Path, name: str, path: Path, *, step: Callable[[], None] = lambda: None) -> None:
    with Record.open(record_file) as record:
        export(record, name, path, Selected(record, Selection()), Options(), step=step)


def looks(path: Path) -> dict[str, bytes] | None:
    """The bytes of every file at or below a path; None where there is nothing."""
    if not path.exists():
        return None
    return {str(p.relative_to(path.parent)): p.read_bytes() for p in ([path] if path.is_file() else sorted(path.rglob("*"))) if p.is_file()}


def at_step(number: int) -> Callable[[], None]:
    steps = iter(range(1_000_000))
    return lambda: die() if next(steps) == number else None


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("point", ["first incident", "third incident", "before it is put in place", "before the loss report is"])
def test_an_export_that_is_killed(name: str, point: str, record_file: Path, tmp_path: Path) -> None:
    plain, path = tmp_path / "plain", tmp_path / "out"
    written(record_file, name, plain)
    whole = {n.replace("plain", "out", 1): content for n, content in (looks(plain) or {}).items()}
    old = None
    if FORMATS[name].suffix:
        path.write_bytes(b"old")
        old = looks(path)

    def work() -> None:
        real, last = os.replace, tmp_path / ("out.losses.tsv" if point == "before the loss report is" else "out")
        if point.startswith("before"):
            os.replace = lambda a, b: die() if Path(b) == last else real(a, b)  # type: ignore[assignment]
        written(record_file, name, path, step=at_step(0 if "first" in point else 2) if "incident" in point else lambda: None)

    assert killed(work)
    assert looks(path) == (whole if point == "before the loss report is" else old)
    written(record_file, name, path)
    assert looks(path) == whole
    assert [p.name for p in tmp_path.iterdir() if ".part" in p.name] == []


@pytest.mark.parametrize("older", [True, False])
def test_a_shared_page_that_is_killed(older: bool, record_file: Path, tmp_path: Path) -> None:  # noqa: FBT001
    try:
        one_file()
    except DatelineError:
        pytest.skip("the page is not built")
    path = tmp_path / "share.html"
    if older:
        path.write_bytes(b"old")
    words = ["share", str(record_file), "-o", str(path)]

    def work() -> None:
        os.fsync = die  # type: ignore[assignment]
        CliRunner().invoke(cli, words, standalone_mode=False, catch_exceptions=False)

    assert killed(work)
    assert looks(path) == ({"share.html": b"old"} if older else None)
    assert CliRunner().invoke(cli, words, standalone_mode=False, catch_exceptions=False).return_value == 0
    assert path.read_bytes().startswith(b"<!doctype html>") or path.read_bytes().startswith(b"<!DOCTYPE html>")
    assert [p.name for p in tmp_path.iterdir()] == ["share.html"]


DRIVER = """
import os, signal, sys
from pathlib import Path
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "in the middle of a line":
    from dateline.cli import output
    real, lines = output.Unfinished.write, iter(range(1000))
    def write(self, line):
        if next(lines) == 2:
            self.out.write(line.encode()[:30])
            self.out.flush()
            die()
        real(self, line)
    output.Unfinished.write = write
else:
    Path.replace = die
from dateline.cli import main
sys.argv[1:] = sys.argv[2:]
main()
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    lines = [json.dumps({"text": f"Rebels seized the town of Busra on Wednesday, a monitor said. {n} soldiers were killed."}) for n in range(2, 6)]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n")
    for shape, name in (("json", "plain.jsonl"), ("html", "plain.html")):
        done = subprocess.run([sys.executable, "-m", "dateline", "read", "in.jsonl", "--format", shape, "-o", name, "--quiet"], cwd=folder, check=False)
        assert done.returncode == 0
    return folder


@pytest.mark.parametrize(
    ("shape", "point"),
    [
        ("json", "in the middle of a line"),
        ("json", "before it is put in place"),
        ("parquet", "before it is put in place"),
        ("html", "before it is put in place"),
    ],
)
def test_readings_that_are_killed(shape: str, point: str, reports: Path, tmp_path: Path) -> None:
    if shape == "parquet":
        pytest.importorskip("pyarrow")
    shutil.copy(reports / "in.jsonl", tmp_path)
    path = tmp_path / "out"
    path.write_bytes(b"old")
    words = ["read", "in.jsonl", "--format", shape, "-o", "out", "--quiet"]
    done = subprocess.run([sys.executable, "-c", DRIVER, point, *words], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert path.read_bytes() == b"old"
    again = subprocess.run([sys.executable, "-m", "dateline", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    if shape == "parquet":
        from pyarrow import parquet

        assert parquet.read_table(path).num_rows == 4
    else:
        assert path.read_bytes() == (reports / ("plain.jsonl" if shape == "json" else "plain.html")).read_bytes()
    left = [p.name for p in tmp_path.iterdir() if ".part" in p.name]
    assert left == []
