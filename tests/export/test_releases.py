"""Exports of what persons reviewed, and of what a release froze."""

from pathlib import Path

import pytest
from tests.factories import captured, day

from dateline.export.formats import export
from dateline.export.job import Options
from dateline.record import corrections, releases
from dateline.record.link import link
from dateline.record.proposed import Correction
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record, digest_of
from dateline.record.views import at


@pytest.fixture
def record(tmp_path: Path):
    with Record.open(tmp_path / "r.db", create=True) as made:
        for n, (place, when) in enumerate((("Palmyra", "2015-05-20"), ("Raqqa", "2017-10-17"))):
            reading = captured("Islamic State", place, day(when), killed=7 + n)
            number = made.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="test")
            link(made, [number])
        yield made


def ids(record: Record, **selection: object) -> list[str]:
    return [h.id for h in Selected(record, Selection(**selection))]  # type: ignore[arg-type]


def test_only_what_persons_reviewed(record: Record) -> None:
    assert ids(record, reviewed=True) == []
    n = corrections.add(record, Correction("accept", report=1, item="v1", who="A. Writer"))
    assert ids(record, reviewed=True) == ["incident:1/v1"]
    assert ids(record, reviewed=False) == ["incident:2/v1"]
    corrections.undo(record, n, who="A. Writer")
    assert ids(record, reviewed=True) == []


def test_a_release_is_exported_as_it_was_and_bears_its_name(record: Record, tmp_path: Path) -> None:
    releases.release(record, "2026-03", who="A. Writer")
    corrections.add(record, Correction("change", report=1, item="v1", field="type", value="armed_clash", who="A. Writer"))
    with at(record, "2026-03") as then:
        done = export(then, "acled", tmp_path / "then.csv", Selected(then, Selection(places=("Palmyra",))), Options(release="2026-03"))
    now = export(record, "acled", tmp_path / "now.csv", Selected(record, Selection(places=("Palmyra",))), Options())
    assert "Non-state actor overtakes territory" in done.path.read_text(encoding="utf-8")
    assert "release=2026-03" in done.path.read_text(encoding="utf-8")
    assert "2026-03" in done.losses.read_text(encoding="utf-8")
    assert "Armed clash" in now.path.read_text(encoding="utf-8")
    assert "release=" not in now.path.read_text(encoding="utf-8")
