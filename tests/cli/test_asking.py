"""The questions of the command line answer in words that people read, and name what is wrong with a question."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.errors import UsageError
from dateline.record.link import link
from dateline.record.store import Record, digest_of
from factories import Store, captured, day


@pytest.fixture
def path(store: Store) -> str:
    with Record.open(store("r"), create=True) as record:
        for n, reading in enumerate(
            (
                captured("ISIS", "Raqqa", day("2014-01-13"), published="2014-01-14"),
                captured("SDF", "Raqqa", day("2017-10-17"), says="SDF", killed=9),
                captured("SDF", "Raqqa", day("2017-10-17"), source="The Harbour Post", published="2017-10-19", killed=12),
            )
        ):
            link(record, [record.add(reading, key=str(n), digest=digest_of(reading.report), source_name="t", reader="test")])
    return store("r")


def ask(path: str, *words: str) -> str:
    done = CliRunner().invoke(cli, [*words, "--record", path], catch_exceptions=False, standalone_mode=False)
    return done.output


def test_who_held_a_place_in_words(path: str) -> None:
    told = ask(path, "control", "Raqqa", "--on", "2017-10-18")
    assert "Raqqa on 2017-10-18: SDF — confirmed" in told
    assert "since 2017-10-17" in told
    assert "independent sources: 2" in told


def test_history_and_all_places(path: str) -> None:
    assert "captured by ISIS" in ask(path, "control", "Raqqa")
    assert "Raqqa\tISIS\treported" in ask(path, "control", "--on", "2015-01-01")


def test_a_day_of_which_nothing_is_known(path: str) -> None:
    assert "does not say who held Raqqa on 2010-01-01" in ask(path, "control", "Raqqa", "--on", "2010-01-01")


def test_one_incident_with_its_accounts_and_figures(path: str) -> None:
    told = ask(path, "incidents", "2/v1")
    assert "2 reports, 2 independent sources" in told
    assert "a party to it" in told
    assert "killed: 12 (from 9 to 12, updated)" in told


def test_json_of_control_and_incidents(path: str) -> None:
    (held,) = json.loads(ask(path, "control", "Raqqa", "--on", "2017-10-18", "--format", "json"))
    assert (held["standing"], held["independent"], held["since"]["from"]) == ("confirmed", 2, "2017-10-17")
    rows = json.loads(ask(path, "incidents", "--least-reports", "2", "--format", "json"))
    assert [(r["reports"], r["figures"][0]["latest"]) for r in rows] == [(2, 12)]


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (("statements", "--act", "denied"), "deny"),
        (("figures", "--measure", "kiled"), "killed"),
        (("events", "--type", "zzzz"), "dateline schema"),
        (("events", "--type", "air_strik"), "did you mean air_strike"),
        (("statements", "--act", "grin"), "congratulate"),
        (("figures", "--measure", "laughs"), "food_insecure"),
        (("control", "Raqqa", "--on", "tomorrow"), "a day such as 2016-03-27"),
        (("events", "--since", "2017-06-31"), "a day such as 2016-03-27"),
        (("control", "Raqa"), "raqqa"),
        (("incidents", "99/v1"), "dateline incidents"),
        (("control",), "--on"),
    ],
)
def test_a_wrong_question_is_named_with_its_mend(path: str, words: tuple[str, ...], mend: str) -> None:
    with pytest.raises(UsageError) as fault:
        ask(path, *words)
    assert mend in fault.value.mend
