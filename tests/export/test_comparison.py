"""A record beside a person's file: its own export matches it whole; what is changed, missing or broken is named."""

import csv
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.export.coded_files import read_coded
from dateline.export.comparison import _alike, _same_country, compare
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
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\xff\xfe\x00a", "neither ACLED's nor UCDP's"),
        (b"SQLite format 3\x00", "this is a record"),
        (b'[{"event_date": "2025-05-16"}]', "is JSON"),
        (b"PK\x03\x04\x00\x00", "a workbook or archive"),
        (b"date,place,dead\n2025-05-16,Homs,3\n", "at least ACLED's event_date, event_type, sub_event_type, country; or UCDP's date_start"),
        (b"event_date,event_type,sub_event_type,country,country\n", "2 columns named 'country'"),
        (b"event_date,event_type,sub_event_type,country\n", "no rows"),
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


HEAD = "event_date,event_type,sub_event_type,country,location,fatalities\n"


def rows_of(*lines: str, tmp_path: Path, encoding: str = "utf-8", head: str = HEAD, dates: str | None = None):
    mine = tmp_path / "mine.csv"
    mine.write_bytes((head + "".join(x + "\n" for x in lines)).encode(encoding))
    return read_coded(mine, dates=dates)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2025-05-16", "2025-05-16"),
        ("16 May 2025", "2025-05-16"),
        ("16-May-25", "2025-05-16"),
        ("16-May-2025", "2025-05-16"),
        ("2025-05-16 00:00:00.000", "2025-05-16"),
        ("2025-05-16T13:00:00Z", "2025-05-16"),
        ("16/05/2025", "2025-05-16"),
        ("5/16/2025 0:00", "2025-05-16"),
        ("05/05/2025", "2025-05-05"),
        ("May 16 2025", "2025-05-16"),
        ("16th May 2025", "2025-05-16"),
        ("20250516", "2025-05-16"),
    ],
)
def test_days_as_people_and_spreadsheets_write_them(given: str, day: str, tmp_path: Path) -> None:
    (row,) = rows_of(f"{given},Battles,Armed clash,Syria,Homs,3", tmp_path=tmp_path).rows
    assert row.first.isoformat() == day


def test_the_order_of_day_and_month_is_that_of_the_file_or_of_the_user(tmp_path: Path) -> None:
    one, other = "05/03/2019,Battles,Armed clash,Syria,Homs,3", "03/25/2019,Battles,Armed clash,Syria,Homs,3"
    assert [r.first.isoformat() for r in rows_of(one, other, tmp_path=tmp_path).rows] == ["2019-05-03", "2019-03-25"]
    (unread,) = rows_of(one, tmp_path=tmp_path).unread
    assert "may be two days" in unread.why
    assert "--dates day-first" in unread.why
    assert [r.first.isoformat() for r in rows_of(one, tmp_path=tmp_path, dates="day-first").rows] == ["2019-03-05"]
    both = rows_of(other, "25/03/2019,Battles,Armed clash,Syria,Homs,3", one, tmp_path=tmp_path)
    assert [(len(both.rows), u.line) for u in both.unread] == [(2, 4)]


@pytest.mark.parametrize(("encoding", "remark"), [("utf-8-sig", ""), ("windows-1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_tables_of_spreadsheets_are_read(encoding: str, remark: str, tmp_path: Path) -> None:
    file = rows_of("16 May 2025;Battles;Armed clash;Colombia;Mitú;1", tmp_path=tmp_path, encoding=encoding, head=HEAD.replace(",", ";"))
    assert file.rows[0].place == "Mitú"
    assert remark in file.remark
    assert bool(file.remark) == bool(remark)


def test_a_row_that_stands_twice_is_set_aside_and_one_that_differs_is_not(tmp_path: Path) -> None:
    line = "16 May 2025,Battles,Armed clash,Syria,Homs,3"
    file = rows_of(line, line.replace(",3", ",4"), line, tmp_path=tmp_path)
    assert [r.line for r in file.rows] == [2, 3]
    assert [(u.line, u.why) for u in file.unread] == [(4, "it is the same as line 2")]


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("Myanmar", "Myanmar (Burma)", True),
        ("Democratic Republic of the Congo", "DR Congo (Zaire)", True),
        ("Russia", "Russia (Soviet Union)", True),
        ("United States", "United States of America", True),
        ("Sudan", "South Sudan", False),
        ("Republic of the Congo", "Democratic Republic of Congo", False),
        ("Guinea", "Guinea-Bissau", False),
        ("Syria", "SYR", True),
        ("Iraq", "SYR", False),
    ],
)
def test_countries_by_their_names_in_both_data_sets(here: str, there: str, *, same: bool) -> None:
    assert _same_country(here, there) is same


def test_a_column_that_the_file_does_not_have_is_no_difference(write, example_record, tmp_path: Path) -> None:
    with write("acled").path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = ("event_date", "event_type", "sub_event_type", "country", "location", "actor1", "actor2")
    (tmp_path / "mine.csv").write_text("\n".join([",".join(kept), *(",".join(r[k] for k in kept) for r in rows)]), encoding="utf-8")
    findings = compare(Selected(example_record, Selection()), read_coded(tmp_path / "mine.csv"))
    fields = {d.field for f in findings if f.verdict == "matched" for d in f.differences}
    assert "fatalities" not in fields
    assert [f for f in findings if f.verdict == "matched"]


def test_decimals_behind_a_comma_are_read(tmp_path: Path) -> None:
    file = rows_of(
        "2025-05-16;Battles;Armed clash;Syria;Palmyra;3;34,5624;38,284", tmp_path=tmp_path, head=HEAD.strip().replace(",", ";") + ";latitude;longitude\n"
    )
    assert [(r.lat, r.lon) for r in file.rows] == [(34.5624, 38.284)]


def test_a_fight_one_side_of_which_nobody_names_is_compared_with_ucdp(example_record, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "id,type_of_violence,side_a,side_b,country,where_coordinates,where_prec,latitude,longitude,date_start,date_end,best\n"
        "7,1,Government of Afghanistan,Taliban,Afghanistan,Kunduz town,1,36.7289,68.857,2015-09-28,2015-09-28,20\n"
    )
    (pair,) = [f for f in compare(Selected(example_record, Selection()), read_coded(mine)) if f.theirs]
    assert pair.verdict == "matched"
    assert "a side has no name" in pair.reason
    assert {d.field for d in pair.differences} == {"best"}


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("Taliban (Afghanistan)", "Taleban", True),
        ("Islamic State (Syria)", "ISIL", True),
        ("Hezbollah", "Hizbullah", True),
        ("Military Forces of Syria", "Military Forces of Syria (2000-)", True),
        ("Taliban", "Islamic State (Syria)", False),
        ("Allied Democratic Forces (Democratic Republic of the Congo)", "ADF", True),
        ("Hamas", "Hezbollah", False),
    ],
)
def test_actors_by_their_names_in_the_whos_who(here: str, there: str, *, same: bool) -> None:
    assert (_alike(here, there) > 60) is same


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("45793,Battles,Armed clash,Syria,Homs,3", "format the column as dates"),
        ("2025-05-16,Battle,Armed clash,Syria,Homs,3", "'Battle' is none of ACLED's: Battles"),
        ("2025-05-16,Battles,Armed clash,,Homs,3", "no country"),
        ("2025-05-16,Battles,Armed clash,Syria,Homs,-3", "is no count"),
        ("2025-05-16,Battles,Armed clash,Syria,Homs,1.5", "is no count"),
        ("2025-05-16,Battles,Armed clash,Syria,Homs,3,more", "it has 7 cells, the header 6"),
    ],
)
def test_rows_that_are_out_of_the_layout_are_named(line: str, why: str, tmp_path: Path) -> None:
    file = rows_of(line, "2025-05-16,battles,armed Clash,Syria,Homs,3,,", tmp_path=tmp_path)
    assert [(r.line, r.type, r.sub_type) for r in file.rows] == [(3, "Battles", "Armed clash")]
    assert [(u.line, why in u.why) for u in file.unread] == [(2, True)], file.unread


@pytest.mark.parametrize(("given", "count"), [('"1,234"', 1234), ("1.234", 1234), ("3.0", 3), ('"3,0"', 3), ("12'345", 12345), ("NA", None), ("NaN", None)])
def test_counts_as_spreadsheets_and_programs_write_them(given: str, count: int | None, tmp_path: Path) -> None:
    (row,) = rows_of(f"2025-05-16,Battles,Armed clash,Syria,Homs,{given}", tmp_path=tmp_path).rows
    assert row.best == count


def test_of_several_versions_of_an_id_the_last_counts(tmp_path: Path) -> None:
    head = HEAD.strip() + ",event_id_cnty,timestamp\n"
    rest = "Battles,Armed clash,Syria,Homs"
    lines = (f"2025-05-16,{rest},3,SYR1,200", f"2025-05-16,{rest},4,SYR1,100", f"2025-05-17,{rest},5,SYR2,", f"2025-05-17,{rest},6,SYR2,")
    file = rows_of(*lines, tmp_path=tmp_path, head=head)
    assert [(r.line, r.id, r.best) for r in file.rows] == [(2, "SYR1", 3), (5, "SYR2", 6)]
    assert [(u.line, "line 2" in u.why, "line 5" in u.why) for u in file.unread] == [(3, True, False), (4, False, True)]


def test_lines_are_counted_as_they_stand_and_an_open_quotation_mark_is_told_of(tmp_path: Path) -> None:
    good = "2025-05-16,Battles,Armed clash,Syria,Homs,3"
    file = rows_of(
        good.replace("Homs", '"Homs\nand around"'), good, good.replace("Homs", '"Homs').replace(",3", ",4"), good, tmp_path=tmp_path, head="sep=,\n" + HEAD
    )
    assert [r.line for r in file.rows] == [3, 5]
    assert [(u.line, "quotation mark" in u.why) for u in file.unread] == [(6, True)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"type_of_violence": "5"}, "none of 1 (state-based)"),
        ({"type_of_violence": "state-based"}, "none of 1 (state-based)"),
        ({"where_prec": "9"}, "none of the codes 1 to 7"),
        ({"low": "30"}, "do not rise"),
    ],
)
def test_codes_that_ucdp_does_not_have_are_named(change: dict[str, str], why: str, tmp_path: Path) -> None:
    row = {
        "id": "1",
        "type_of_violence": "1",
        "country": "Syria",
        "where_prec": "1",
        "date_start": "2025-05-16",
        "date_end": "2025-05-16",
        "low": "2",
        "best": "20",
    }
    row |= change
    (tmp_path / "mine.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    (unread,) = read_coded(tmp_path / "mine.csv").unread
    assert why in unread.why
