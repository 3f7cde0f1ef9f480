"""Files are written whole or not at all, and what a killed process left beside them is cleared away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.whole import whole


def test_what_was_there_stays_until_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "page [1].html"
    path.write_text("old")
    with whole(path) as file:
        file.write("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def broken_off(path: Path, fault: BaseException, *, binary: bool = False) -> None:
    with whole(path, binary=binary) as file:
        file.write(b"new" if binary else "new")
        raise fault


def test_a_fault_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(OSError, match="No space") as told:
        broken_off(path, OSError(28, "No space left on device"))
    assert told.value.filename == str(path)
    with pytest.raises(KeyboardInterrupt):
        broken_off(path, KeyboardInterrupt(), binary=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_cleared_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    left, others, own = (tmp_path / f"page.html.part{n}" for n in (killed.pid, os.getpid(), "ial"))
    for file in (left, others, own):
        file.write_text("half")
    with whole(tmp_path / "page.html", binary=True) as file:
        assert not left.exists()
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert own.read_text() == "half"
