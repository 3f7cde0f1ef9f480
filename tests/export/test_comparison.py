"""A record beside a person's file: its own export matches it whole; what is changed, missing or broken is named."""

import csv
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.export.coded_files import read_coded
from dateline.export.comparison import compare
from dateline.record.selection import Selected, Selection


def rewritten(source: Path, target: Path, change) -> Path:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [r for i, r in enumerate(rows) if change(i, r) is not False]
    with target.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, rows[0].keys())
        lines.writeheader()
        lines.writerows(kept)
    return target


@pytest.mark.parametrize("layout", ["acled", "ucdp"])
def test_an_export_matches_its_own_record(layout: str, write, example_record) -> None:
    file = read_coded(write(layout).path)
    assert file.layout == layout
    findings = compare(Selected(example_record, Selection()), file)
    matched = [f for f in findings if f.verdict == "matched"]
    assert len(matched) == len(file.rows)
    assert not [f for f in findings if f.verdict == "only there"]
    assert all("same" in f.reason for f in matched)


def test_a_row_taken_out_is_only_here_and_a_strange_one_only_there(write, example_record, tmp_path: Path) -> None:
    def change(i: int, row: dict) -> bool | None:
        if row["location"] == "Kunduz" and row["event_date"] == "2015-10-03":
            return False
        if i == 0:
            row["location"], row["latitude"], row["longitude"], row["fatalities"] = "Zamboanga", "6.9", "122.07", "9"
        return None

    file = read_coded(rewritten(write("acled").path, tmp_path / "mine.csv", change))
    findings = compare(Selected(example_record, Selection()), file)
    assert any(f.verdict == "only here" and f.ours and f.ours.place == "Kunduz" for f in findings)
    assert any(f.verdict == "only there" and f.theirs and f.theirs.place == "Zamboanga" for f in findings)


def test_changed_fields_are_named(write, example_record, tmp_path: Path) -> None:
    def change(i: int, row: dict) -> None:
        if row["location"] == "Kunduz" and row["event_date"] == "2015-10-03":
            row["fatalities"], row["sub_event_type"], row["event_date"] = "30", "Shelling/artillery/missile attack", "04 October 2015"

    file = read_coded(rewritten(write("acled").path, tmp_path / "mine.csv", change))
    (pair,) = [f for f in compare(Selected(example_record, Selection()), file) if f.theirs and f.theirs.place == "Kunduz" and f.theirs.best == 30]
    assert {d.field: (d.ours, d.theirs) for d in pair.differences} == {
        "days": ("2015-10-03", "2015-10-04"),
        "sub-event type": ("Air/drone strike", "Shelling/artillery/missile attack"),
        "fatalities": ("22", "30"),
    }


def test_what_no_report_could_tell_is_said(example_record, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "event_date,event_type,sub_event_type,country,location\n1999-05-05,Battles,Armed clash,Syria,Homs\n2017-10-16,Battles,Armed clash,Syria,Homs\n"
    )
    reasons = [f.reason for f in compare(Selected(example_record, Selection()), read_coded(mine)) if f.verdict == "only there"]
    assert "no report published" in reasons[0]
    assert "tell of nothing near it" in reasons[1]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"a,b\n1,2\n", "neither ACLED's nor UCDP's"),
        (b"", "neither ACLED's nor UCDP's"),
        (b"\xff\xfe\x00a", "not UTF-8"),
        (b"event_date\x00", "null characters"),
    ],
)
def test_files_that_are_no_table_are_named(content: bytes, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(InputError, match=wrong):
        read_coded(tmp_path / "x.csv")


def test_broken_rows_are_set_aside_with_their_line(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "\ufeffEvent_Date;event_type;sub_event_type;country;latitude;longitude;fatalities\n#date;;;;;;\nnever;Battles;Armed clash;Syria;1;2;3\n"
        "16 May 2025;Battles;Armed clash;Syria;1;2;x\n16 May 2025;Battles;Armed clash;Syria;95;2;3\n2025-05-16;Battles;Armed clash;Syria;1;2;3\nshort;row\n",
        encoding="utf-8",
    )
    file = read_coded(mine)
    assert [r.line for r in file.rows] == [6]
    assert [(u.line, u.why.split(" ")[0]) for u in file.unread] == [(3, "'never'"), (4, "fatalities:"), (5, "95,"), (7, "it")]
