"""The questions of the command line answer in words that people read, and name what is wrong with a question."""

from __future__ import annotations

import json
from dataclasses import replace

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


def test_a_taking_that_names_nobody_is_pointed_to(store: Store) -> None:
    with Record.open(store("n"), create=True) as record:
        nameless = replace(captured("SDF", "Raqqa", day("2017-10-17")), control=())
        link(record, [record.add(nameless, key="1", digest=digest_of(nameless.report), source_name="t", reader="test")])
    told = ask(store("n"), "control", "Raqqa", "--on", "2017-10-18")
    assert "dateline incidents --place 'Raqqa' (1 account of its taking or loss)" in told


def test_a_day_of_which_nothing_is_known(path: str) -> None:
    told = ask(path, "control", "Raqqa", "--on", "2010-01-01")
    assert "no account found of who held Raqqa on 2010-01-01" in told
    assert "the record holds: 3 accounts of Raqqa, of days from 2014-01-13 to 2017-10-17" in told
    assert "dateline control 'Raqqa'" in told


@pytest.mark.parametrize(
    ("words", "holds", "tries"),
    [
        (("control", "Raqqa", "--on", "2017-10-18", "--according-to", "Nobody"), "3 accounts of Raqqa", "dateline control 'Raqqa'"),
        (("control", "--on", "1999-01-01"), "3 accounts of control", "one place"),
        (("incidents", "--place", "Raqqa", "--since", "2020-01-01"), "events, of days from 2014-01-13", "leave out --since: 2 found"),
        (("incidents", "--least-reports", "9"), "in its 3 reports", "leave out --least-reports: 2 found"),
        (("figures", "--measure", "killed", "--until", "2011-01-01"), "2 figures", "leave out --until: 2 found"),
        (("figures", "--measure", "money", "--until", "2011-01-01"), "2 figures", "fewer of these options"),
        (("events", "--type", "looting"), "3 events", "leave out --type: 3 found"),
        (("search", "captured", "zebra"), "“zebra” in no reports", "fewer words: dateline search captured"),
        (("entities", "--kind", "weapon"), "1 place", ""),
    ],
)
def test_a_question_that_finds_nothing_says_what_the_record_holds_and_what_to_try(path: str, words: tuple[str, ...], holds: str, tries: str) -> None:
    told = ask(path, *words)
    assert told.startswith("dateline: no ")
    assert all(word in told.partition("\n")[0] for word in words[1:] if not word.startswith("--"))
    assert holds in told
    assert tries in told


def test_a_record_without_reports_says_how_to_fill_it(store: Store) -> None:
    Record.open(store("none"), create=True).close()
    for command in (("reports",), ("events",), ("incidents",), ("search", "Raqqa"), ("control", "--on", "2017-10-18"), ("entities",)):
        assert "dateline read PATHS --into " in ask(store("none"), *command), command


def test_json_of_nothing_stays_json(path: str) -> None:
    done = CliRunner().invoke(cli, ["figures", "--measure", "money", "--format", "json", "--record", path], catch_exceptions=False, standalone_mode=False)
    assert (json.loads(done.stdout), done.return_value) == ([], 1)
    assert "leave out --measure" in done.stderr


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
        (("figures", "--place", "Xyzzy"), "such as Raqqa"),
        (("events", "--place", "SDF"), "such as Raqqa"),
        (("incidents", "99/v1"), "dateline incidents"),
        (("control",), "--on"),
    ],
)
def test_a_wrong_question_is_named_with_its_mend(path: str, words: tuple[str, ...], mend: str) -> None:
    with pytest.raises(UsageError) as fault:
        ask(path, *words)
    assert mend in fault.value.mend
