"""Rows of reports that leave something out: what is not said is not put into a table as if it were, and the loss report says what stands for it."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline.export.delimited import layout
from dateline.export.formats import FORMATS, export
from dateline.export.job import Options
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record

REPORTS = (
    {
        "id": "no outlet",
        "published": "2021-05-06",
        "text": "On 4 May 2021 the Islamic State killed more than two dozen pro-government fighters near Palmyra, according to the Syrian Observatory for Human Rights.",
    },
    {
        "id": "marines",
        "published": "2005-11-07",
        "source": "Northline Agency",
        "text": "Marines attacked insurgents in Husaybah, Iraq, on 5 November 2005. Two U.S. Marines died of heat in the same week.",
    },
    {"id": "undated", "source": "Northline Agency", "text": "The Taliban attacked a police post in Kunduz on Tuesday. Two officers were killed."},
    {
        "id": "hamlet",
        "published": "2020-03-05",
        "source": "Northline Agency",
        "text": "Gunmen killed two villagers in Kwarimbo, Nigeria, on 3 March 2020. The police searched the hamlet.",
    },
    {
        "id": "fled",
        "published": "2025-01-26",
        "source": "Northline Agency",
        "text": "About 3,000 people have fled toward Goma in the past week, the United Nations said.",
    },
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "reports.jsonl").write_text("".join(json.dumps(r) + "\n" for r in REPORTS), encoding="utf-8")
    with Record.open(folder / "r.db", create=True) as made:
        dateline.read_into(made, [str(folder / "reports.jsonl")])
        yield made


@pytest.fixture
def written(record: Record, tmp_path: Path):
    """The file that a format is written to, and its loss report."""

    def call(name: str) -> tuple[Path, str]:
        done = export(record, name, tmp_path / f"out{FORMATS[name].suffix}", Selected(record, Selection()), Options())
        return done.path, done.losses.read_text(encoding="utf-8")

    return call


def rows(path: Path, delimiter: str = ",", names: list[str] | None = None) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, names, delimiter=delimiter))


def test_who_is_cited_stands_for_an_outlet_that_no_report_names(written) -> None:
    path, losses = written("acled")
    (row,) = [r for r in rows(path) if r["location"] == "Palmyra"]
    assert row["source"] == "Syrian Observatory for Human Rights"
    assert "no report names its outlet" in losses
    polecat, _ = written("polecat")
    (row,) = [r for r in rows(polecat, "\t") if r["Placename"] == "Palmyra"]
    assert row["Source"] == "None"


@pytest.mark.parametrize("name", ["acled", "ucdp", "gdelt-events"])
def test_the_words_for_a_side_without_a_name_are_in_the_loss_report(name: str, written) -> None:
    _, losses = written(name)
    (line,) = [x for x in losses.splitlines() if "side without a name" in x and "pro-government fighters" in x]
    assert "Unidentified Armed Group" in line


def test_polecat_has_the_words_of_the_report_as_raw_names(written) -> None:
    path, _ = written("polecat")
    (row,) = [r for r in rows(path, "\t") if r["Placename"] == "Husaybah"]
    assert (row["Actor Name"], row["Actor Name Raw"], row["Recipient Name Raw"]) == ("Military Forces of United States", "Marines", "insurgents")


def test_ucdp_counts_the_dead_of_the_side_that_the_figure_counts(written) -> None:
    path, _ = written("ucdp")
    (row,) = [r for r in rows(path) if r["where_coordinates"] == "Palmyra"]
    assert (row["side_a"], row["deaths_a"], row["deaths_b"], row["deaths_unknown"]) == ("Islamic State", "0", "24", "0")


def test_marines_are_of_the_state_whose_marines_the_report_names(written) -> None:
    path, _ = written("acled")
    (row,) = [r for r in rows(path) if r["location"] == "Husaybah"]
    assert (row["actor1"], row["inter1"]) == ("Military Forces of United States", "External/Other forces")


def test_a_day_that_needs_one_of_publication_is_said(written) -> None:
    _, losses = written("acled")
    (line,) = [x for x in losses.splitlines() if x.startswith("incident:3/v1")]
    assert "“Tuesday” is no day, and no report of it has a day of publication" in line


def test_a_place_known_only_to_be_in_its_country_is_called_after_it(written) -> None:
    events, _ = written("gdelt-events")
    names = [c.name for c in layout("gdelt-events")]
    (row,) = [r for r in rows(events, "\t", names) if r["GLOBALEVENTID"] == "4001"]
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == ("1", "Nigeria")
    plover, _ = written("plover")
    (place,) = next(json.loads(x)["event_loc"] for x in plover.read_text(encoding="utf-8").splitlines() if json.loads(x)["id"] == "4001")
    assert (place["extracted_place"], place["resolved_place"], place["resolution"]) == ("Kwarimbo", "Nigeria", 1)
    kml, _ = written("kml")
    assert "Kwarimbo (somewhere in Nigeria)" in kml.read_text(encoding="utf-8")
    timemap, _ = written("timemap")
    assert "Kwarimbo (somewhere in Nigeria)" in (timemap / "events.json").read_text(encoding="utf-8")


def test_every_side_without_a_name_is_told_of_beside_followthemoney(written) -> None:
    _, losses = written("ftm")
    assert {w for w in ("Gunmen", "two villagers") if f"“{w}” has no name" in losses} == {"Gunmen", "two villagers"}


def test_the_chronology_says_of_whom_and_the_notes_have_the_fullest_words(written) -> None:
    chronology, _ = written("chronology")
    assert "Killing of " in chronology.read_text(encoding="utf-8")
    path, _ = written("acled")
    (row,) = [r for r in rows(path) if r["location"] == "Husaybah"]
    assert "“Marines attacked insurgents in Husaybah, Iraq, on 5 November 2005.”" in row["notes"]


def test_a_place_that_people_fled_to_is_said_to_be_that(written) -> None:
    path, losses = written("idmc")
    (row,) = rows(path)
    assert (row["figure"], row["qualifier"], row["country"]) == ("3000", "approximately", "Democratic Republic of the Congo")
    assert "“toward Goma” is where they went" in losses
