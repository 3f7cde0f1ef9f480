"""What Dateline rests on: the locks fit what is asked for, and every licence is known and open."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.audit import of_npm, of_pip_audit
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


def test_what_could_not_be_asked_about_is_never_taken_for_sound() -> None:
    """pip-audit ends well and says that nothing is known where it could ask about nothing at all."""
    skipped = {"name": "numpy", "skip_reason": "Dependency not found on PyPI and could not be audited: numpy (2.1)"}
    sound, weak = {"name": "lxml", "version": "5.1", "vulns": []}, {"name": "click", "version": "8.0", "vulns": [{"id": "PYSEC-0"}]}
    none = of_pip_audit({"dependencies": [skipped, {**skipped, "name": "lxml"}]})
    assert (none.packages, none.asked, none.weak) == (2, 0, [])
    assert none.words("run") == f"run: 0 of 2 packages could be asked about; so nothing is known of any ({skipped['skip_reason']}, and so on)"
    some = of_pip_audit({"dependencies": [skipped, sound, weak]})
    assert (some.asked, some.weak) == (2, ["click 8.0 (PYSEC-0)"])
    assert "2 of 3 packages could be asked about; known against 1: click 8.0 (PYSEC-0)" in some.words("run")
    assert of_pip_audit({"dependencies": [sound]}).words("run") == "run: 1 of 1 packages could be asked about; nothing is known against these"


def test_a_registry_that_does_not_answer_is_told() -> None:
    refused = of_npm({"message": "405 Method Not Allowed - POST /-/npm/v1/security/advisories/bulk", "error": {"summary": "", "detail": ""}}, 300)
    assert (refused.asked, refused.packages, refused.why_not.startswith("405")) == (0, 300, True)
    assert of_npm({}, 3).asked == 0
    found = of_npm({"vulnerabilities": {"vite": {"severity": "high"}}}, 300)
    assert (found.asked, found.weak) == (300, ["vite (high)"])
