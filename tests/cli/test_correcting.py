"""Correcting by hand: the commands say what they did and how to take it back, and a wrong one is answered with its mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.errors import UsageError
from dateline.record.link import link
from dateline.record.store import Record, digest_of
from factories import captured, day


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_REVIEWER", raising=False)
    with Record.open(tmp_path / "r.db", create=True) as record:
        for n, source in enumerate(("Northline Agency", "The Harbour Post")):
            reading = captured("SDF", "Raqqa", day("2017-10-17"), source=source, killed=9 + n)
            link(record, [record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")])
    return str(tmp_path / "r.db")


def run(path: str, *words: str) -> str:
    done = CliRunner().invoke(cli, [*words, "--record", path], catch_exceptions=False, standalone_mode=False)
    return done.output


BY = ("--by", "A. Reader")


def test_a_correction_says_what_it_did_and_how_to_take_it_back(path: str) -> None:
    told = run(path, "correct", "1/v1", "status", "denied", "--why", "the army says so", *BY)
    assert "correction 1: 1/v1 status: occurred → denied, by A. Reader" in told
    assert "dateline undo 1" in told
    assert "denied" in run(path, "events", "--status", "denied")
    assert "status: the machine read occurred, now denied" in run(path, "history", "1/v1")
    assert "the machine read: status occurred" in run(path, "show", "1/v1")
    rows = {row["report"]: row for row in json.loads(run(path, "events", "--format", "json"))}
    assert (rows[1]["machine"], "machine" in rows[2]) == ({"status": "occurred"}, False)
    run(path, "undo", "1", *BY)
    assert "occurred" in run(path, "events", "--status", "occurred")
    assert "undone by 2" in run(path, "corrections")


def test_a_correction_may_rest_on_words_that_the_report_says(path: str) -> None:
    assert "denied" in run(path, "correct", "1/v1", "status", "denied", "--words", "took  raqqa", *BY)


def test_questions_of_a_release_and_of_the_machine(path: str) -> None:
    assert "release spring: 2 reports" in run(path, "release", "spring", *BY)
    run(path, "correct", "1/f1", "number", "at least 20", *BY)
    assert "at least 20" in run(path, "figures")
    assert "at least 20" not in run(path, "figures", "--release", "spring") + run(path, "figures", "--machine")
    assert "changed\t1/f1\tlow\t9\t20\tcorrection 1 (change) by A. Reader" in run(path, "diff", "spring")
    assert "as frozen" in run(path, "releases", "--verify")
    rows = json.loads(run(path, "diff", "spring", "now", "--format", "json"))
    assert {(r["kind"], r["field"]) for r in rows} == {("changed", "low"), ("changed", "best"), ("changed", "high")}


def test_the_other_verbs(path: str) -> None:
    assert "accept" in run(path, "accept", "1/v1", *BY)
    assert "reject" in run(path, "reject", "2/f1", *BY)
    assert "add" in run(path, "add", "1", "figure", "--type", "injured", "--set", "number=3", "--words", "took Raqqa", *BY)
    assert "Local Guard (militia)" in run(path, "add", "1", "entity", "Local Guard", "--type", "militia", *BY)
    assert "different" in run(path, "different", "1/v1", "2/v1", *BY)
    assert "note: look again" in run(path, "note", "1", "look again", *BY)
    assert run(path, "review").count("\n") >= 2
    assert "A. Reader: 2" in run(path, "review", "--progress")
    run(path, "correct", "1/v1", "status", "planned", "--by", "B. Reader")
    assert "A. Reader: occurred; B. Reader: planned" in run(path, "corrections", "--conflicts")
    assert "judged by both: 1" in run(path, "review", "--agreement", "A. Reader", "B. Reader")


def test_the_name_comes_from_the_settings_and_never_from_the_machine(path: str) -> None:
    with pytest.raises(UsageError, match="signed") as fault:
        run(path, "accept", "1/v1")
    assert "--by" in fault.value.mend
    Path("dateline.toml").write_text('reviewer = "C. Reader"\n', encoding="utf-8")
    assert "by C. Reader" in run(path, "accept", "1/v1")


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (("correct", "v1", "status", "denied", *BY), "12/v3"),
        (("correct", "1/v1", "status", "denied", "--words", "the bridge was never crossed", *BY), "copy them from the report"),
        (("correct", "1/v1", "status", "doubtful", *BY), "hypothetical"),
        (("correct", "1/v1", "status", "occured", *BY), "did you mean occurred?"),
        (("correct", "9/v1", "status", "denied", *BY), "dateline reports"),
        (("correct", "1/c1", "holder", "Raqqa", *BY), "give another name"),
        (("same", "1/v1", "9", *BY), "dateline reports"),
        (("same", "1/v1", "nine", *BY), "7/v2"),
        (("undo", "7", *BY), "dateline corrections"),
        (("add", "1", "figure", "--set", "number", *BY), "FIELD=VALUE"),
        (("add", "1", "place", "Tel Nowhere", "--at", "north", *BY), "LAT,LON"),
        (("events", "--release", "x"), "dateline release NAME"),
        (("events", "--release", "x", "--machine"), "one of the two"),
        (("history", "1/v7"), "dateline events"),
    ],
)  # fmt: skip
def test_a_wrong_command_is_answered_with_its_mend(path: str, words: tuple[str, ...], mend: str) -> None:
    with pytest.raises(UsageError) as fault:
        run(path, *words)
    assert mend in fault.value.mend
