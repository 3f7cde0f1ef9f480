"""What Dateline rests on: the locks fit what is asked for, and every licence is known and open."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.supply import LOCKS, ROOT, Licensed, licences, misfits, unsound


@pytest.mark.parametrize(("name", "extras"), LOCKS.items())
def test_locks_hold_what_is_asked_for(name: str, extras: tuple[str, ...]) -> None:
    assert misfits(ROOT / "locks" / name, extras) == []


def test_a_lock_that_lacks_something_is_told(tmp_path: Path) -> None:
    lock = tmp_path / "run.txt"
    lock.write_text("numpy==1.0.0 \\\n    --hash=sha256:00\nclick==8.1.0\n", encoding="utf-8")
    faults = misfits(lock, ())
    assert any(fault.startswith("numpy: 1.0.0 in run.txt") for fault in faults)
    assert "click: no digest" in faults
    assert "lxml: not in run.txt" in faults


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("MIT", "open"),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", "open"),
        ("Apache Software License", "open"),
        ("MPL-2.0 AND MIT", "weak"),
        ("LGPL-3.0-only", "weak"),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", "weak"),
        ("GPL-3.0-or-later", "strong"),
        ("GNU Affero General Public License v3", "strong"),
        ("CC-BY-NC-4.0", "strong"),
        ("(MIT OR GPL-2.0)", "open"),
        ("not stated", "unknown"),
    ],
)
def test_kinds_of_licence(words: str, kind: str) -> None:
    assert Licensed("default", "x", "1", words).kind == kind


def test_every_licence_is_known_and_open() -> None:
    rows = licences()
    assert {"numpy", "lxml", "sqlalchemy"} <= {row.name for row in rows if row.part == "default"}
    assert unsound(rows) == []
