"""The layouts hold what FORMATS.md says of them: column names, order and code values; and the tables that are written hold the layouts."""

import csv
import re
from pathlib import Path

import pytest

from dateline.export.acled import geo_precision, interaction, sub_events
from dateline.export.delimited import layout
from dateline.export.gdelt import quad_class
from dateline.export.plover import _scale
from dateline.export.ucdp import priogrid
from dateline.lexicon import load
from dateline.record.happenings import Spot

FORMATS = Path(__file__).parent.parent.parent.parent / "shared" / "FORMATS.md"
NAMES = {k: [c.name for c in layout(k)] for k in ("acled", "ucdp", "gdelt-events", "gdelt-mentions", "polecat", "plover", "idmc")}


def formats() -> str:
    if not FORMATS.exists():
        pytest.skip("FORMATS.md is not beside this checkout: the layouts are held against our own copy only")
    return FORMATS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "count", "first", "last"),
    [
        ("acled", 31, "event_id_cnty", "timestamp"),
        ("ucdp", 49, "id", "gwnob"),
        ("gdelt-events", 61, "GLOBALEVENTID", "SOURCEURL"),
        ("gdelt-mentions", 16, "GLOBALEVENTID", "Extras"),
        ("polecat", 40, "Event ID", "Version"),
        ("plover", 23, "id", "comment"),
        ("idmc", 25, "id", "combined_type"),
    ],
)
def test_number_and_ends_of_the_columns(name: str, count: int, first: str, last: str) -> None:
    assert (len(NAMES[name]), NAMES[name][0], NAMES[name][-1]) == (count, first, last)
    assert len(set(NAMES[name])) == count


def test_acled_columns_are_those_of_the_table() -> None:
    rows = re.findall(r"^\| (\d+(?:–\d+)?) \| ((?:`\w+` ?)+)\|", formats().split("### 1.1")[1].split("### 1.2")[0], re.M)
    named = [c for _, cells in rows for c in re.findall(r"`(\w+)`", cells)]
    assert named == NAMES["acled"]


def test_ucdp_and_polecat_columns_are_those_of_the_lists() -> None:
    lists = {start: re.search(rf"`({start}[^`]*)`", formats()) for start in ("id, relid", "Event ID, Event Date")}
    assert [m.group(1).split(", ") if m else [] for m in lists.values()] == [NAMES["ucdp"], NAMES["polecat"]]


def test_gdelt_columns_are_those_of_the_lists() -> None:
    part = formats().split("**Events — 61 columns**")[1].split("**GKG")[0]
    events, mentions = part.split("**Mentions — 16 columns**")
    numbered = {int(n): name for n, name in re.findall(r"(?:^|· )(\d+) `(\w+)`", events, re.M)}
    assert {n: NAMES["gdelt-events"][n - 1] for n in numbered} == numbered
    assert len(numbered) > 30
    named = [m for m in re.findall(r"`(\w+)`", mentions) if m in NAMES["gdelt-mentions"]]
    assert list(dict.fromkeys(named)) == NAMES["gdelt-mentions"]


def test_plover_and_idmc_keys_are_those_of_the_lists() -> None:
    text = formats()
    plover = text.split("**PLOVER JSON record**")[1].split("entity:")[0]
    assert re.findall(r"`(\w+)`", plover) == NAMES["plover"]
    fields = set(re.findall(r"`(\w+)`", text.split("JSON fields: `id`")[1].split("IDU figures")[0])) | {"id"}
    assert set(NAMES["idmc"]) <= fields


def test_acled_types_are_those_of_the_table_in_its_hierarchy() -> None:
    part = formats().split("| event_type | sub_event_type")[1].split("Control-relevant")[0]
    named = [s for row in part.splitlines() if "·" in row for s in re.split(r" · ", row.split("|")[2].strip())]
    named = [re.sub(r" \(.*", "", s) for s in named]
    assert named == list(sub_events())


def test_acled_regions_and_actor_types_are_those_of_the_lists() -> None:
    text = formats()
    listed = text.split("Regions: ")[1].split(" (acledR")[0]
    regions = {m.strip() for m in re.findall(r"\d+ ([A-Z][A-Za-z ]+?)(?= \d|$)", listed)}
    columns = ("country", "iso3", "numeric", "fips", "cameo", "gw", "cow", "acled_region", "ucdp_region")
    rows = load("country_codes.tsv", columns=columns, key=("country",))
    assert {r["acled_region"] for r in rows if r["acled_region"]} == regions
    assert {r["ucdp_region"] for r in rows if r["ucdp_region"]} == {"Africa", "Americas", "Asia", "Europe", "Middle East"}
    types = text.split("Actor types (`inter`): ")[1].split("Interaction:")[0]
    for row in load("acled_inter.tsv", columns=("inter", "label"), key=("inter",)):
        assert f"{row['inter']} {row['label'].split('/')[0]}" in types, row


@pytest.mark.parametrize(("country", "codes"), [("SY", ("SYR", "760", "SY", "652")), ("IQ", ("IRQ", "368", "IZ", "645")), ("US", ("USA", "840", "US", "2"))])
def test_codes_of_countries(country: str, codes: tuple[str, ...]) -> None:
    columns = ("country", "iso3", "numeric", "fips", "cameo", "gw", "cow", "acled_region", "ucdp_region")
    (row,) = [r for r in load("country_codes.tsv", columns=columns, key=("country",)) if r["country"] == country]
    assert (row["iso3"], row["numeric"], row["fips"], row["gw"]) == codes


def test_written_code_values_are_known(write) -> None:
    with write("acled").path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sub = sub_events()[row["sub_event_type"]]
            assert (row["event_type"], row["disorder_type"]) == (sub.event_type, sub.disorder)
            assert row["time_precision"] in ("1", "2", "3")
            assert row["geo_precision"] in ("1", "2", "3")
            assert row["civilian_targeting"] in ("", "Civilians targeted")
            assert row["actor1"]
            assert int(row["fatalities"]) >= 0
            assert row["event_type"] != "Battles" or row["actor2"]
    with write("ucdp").path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts = [int(row[c]) for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
            assert sum(parts) == int(row["best"])
            assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
            assert row["type_of_violence"] in ("1", "2", "3")


def test_ontology_names_only_types_that_acled_has() -> None:
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    for row in load("ontology.tsv", columns=columns, key=("id",)):
        if row["acled_sub"]:
            assert sub_events()[row["acled_sub"]].event_type == row["acled"], row["id"]
        if row["plover"]:
            assert row["plover"] in _scale(), row["id"]


@pytest.mark.parametrize(
    ("first", "second", "numeric", "words"),
    [
        (1, 2, 12, "State forces-Rebel group"),
        (2, 1, 12, "State forces-Rebel group"),
        (1, 0, 10, "State forces only"),
        (7, 8, 78, "Civilians-External/Other forces"),
        (3, 7, 37, "Political militia-Civilians"),
        (8, 8, 88, "External/Other forces-External/Other forces"),
    ],
)
def test_interaction(first: int, second: int, numeric: int, words: str) -> None:
    assert interaction(first, second, numeric=True) == numeric
    assert interaction(first, second, numeric=False) == words


@pytest.mark.parametrize(("code", "quad"), [("040", 1), ("057", 1), ("0874", 2), ("112", 3), ("130", 3), ("141", 4), ("195", 4)])
def test_quad_class(code: str, quad: int) -> None:
    assert quad_class(code) == quad


def test_priogrid_is_that_of_a_real_row() -> None:
    assert priogrid(22.488976, 90.062732) == 161821


@pytest.mark.parametrize(
    ("kind", "relation", "radius", "precision"),
    [("city", "at", 5, 1), ("town", "near", 20, 2), ("neighbourhood", "in", 2, 1), ("admin", "in", 30, 2), ("region", "in", 100, 3), ("border", "at", None, 3)],
)
def test_geo_precision(kind: str, relation: str, radius: float | None, precision: int) -> None:
    assert geo_precision(Spot("k", "n", kind, relation, "SY", 1.0, 1.0, radius, None)) == precision


@pytest.mark.parametrize("name", ["acled", "ucdp", "idmc"])
def test_written_tables_hold_the_layout(name: str, write) -> None:
    done = write(name)
    with done.path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == NAMES[name]
    assert len(lines) == done.rows + 1 > 1
    kinds = {c.name: c.type for c in layout(name)}
    for line in lines[1:]:
        for column, value in zip(lines[0], line, strict=True):
            if value and kinds[column] == "integer":
                assert re.fullmatch(r"-?\d+", value), (column, value)
            if value and kinds[column] == "number":
                assert float(value) == pytest.approx(float(value))


@pytest.mark.parametrize(("name", "width"), [("gdelt-events", 61), ("gdelt-mentions", 16), ("polecat", 40)])
def test_tab_separated_files_have_their_width(name: str, width: int, write) -> None:
    done = write(name)
    lines = done.path.read_text(encoding="utf-8").split("\n")[:-1]
    assert {line.count("\t") + 1 for line in lines} == {width}
    assert len(lines) == done.rows + (1 if name == "polecat" else 0)


def test_hxl_row_stands_under_the_header(write) -> None:
    from dateline.export.job import Options

    done = write("acled", options=Options(hxl=True))
    head, tags, *_ = done.path.read_text(encoding="utf-8").splitlines()
    assert dict(zip(head.split(","), tags.split(","), strict=True))["fatalities"] == "#affected+killed"


_TYPES = {"int": "integer", "float": "number", "str": "text", "date": "moment", "datetime": "moment"}


def test_types_of_acled_and_ucdp_columns_are_those_of_the_tables() -> None:
    acled, ucdp = formats().split("### 1.1")[1].split("### 1.3")[0].split("### 1.2")
    kinds = {c.name: c.type for name in ("acled", "ucdp") for c in layout(name)}
    checked = 0
    for part, cells in ((acled, 2), (ucdp, 1)):
        for row in re.findall(r"^\| [^|]*`.*\|$", part, re.M):
            columns = row.strip("| ").split(" | ")
            names, kind = re.findall(r"`(\w+)`", columns[cells - 1]), columns[cells].strip()
            wanted = "integer" if re.fullmatch(r"\d([/–]\d)+", kind) else _TYPES.get(kind)
            for name in names:
                if wanted is not None and name in kinds:
                    assert kinds[name] == wanted, (name, kind)
                    checked += 1
    assert checked > 30


def test_plover_types_and_modes_are_those_of_the_lists() -> None:
    text = formats()
    modes = text.split("Modes: ")[1].split(". Intensity")[0]
    known = {head: set(rest.split(", ")) for part in modes.split(" · ") for head, _, rest in [part.partition(" ")]}
    request = known.pop("REQUEST/REJECT")
    known |= {"REQUEST": request, "REJECT": request}
    types = set(re.findall(r"\b[A-Z]{3,}\b", text.split("16 types, quad: ")[1].split("- Modes")[0].split("Modes:")[0]))
    columns = ("id", "label", "definition", "example", "plover", "plover_mode", "cameo", "acled", "acled_sub", "ucdp")
    for row in load("ontology.tsv", columns=columns, key=("id",)):
        assert not row["plover"] or row["plover"] in types, row["id"]
        assert not row["plover_mode"] or row["plover_mode"] in known.get(row["plover"], ()), row["id"]


def test_written_codes_of_the_other_layouts_are_known(write) -> None:
    with write("ucdp").path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["where_prec"] in "1234567"
            assert row["date_prec"] in "12345"
            assert row["event_clarity"] in "12"
            assert row["region"] in ("Africa", "Americas", "Asia", "Europe", "Middle East")
    for line in write("gdelt-events").path.read_text(encoding="utf-8").splitlines():
        row = dict(zip(NAMES["gdelt-events"], line.split("\t"), strict=True))
        assert row["EventCode"].startswith(row["EventBaseCode"])
        assert row["EventBaseCode"].startswith(row["EventRootCode"])
        assert row["QuadClass"] == str(quad_class(row["EventCode"]))
        assert row["ActionGeo_Type"] in ("", "1", "2", "3", "4", "5")
        assert re.fullmatch(r"\d{8}", row["SQLDATE"])
        assert re.fullmatch(r"\d{14}", row["DATEADDED"])
        assert -10 <= float(row["GoldsteinScale"]) <= 10
    for line in write("gdelt-mentions").path.read_text(encoding="utf-8").splitlines():
        row = dict(zip(NAMES["gdelt-mentions"], line.split("\t"), strict=True))
        assert row["MentionType"] in "123456"
        assert row["InRawText"] in "01"
        assert 10 <= int(row["Confidence"]) <= 100


def test_types_of_gdelt_columns_are_those_of_the_lists() -> None:
    part = formats().split("**Events — 61 columns**")[1].split("**GKG")[0].split("**Mentions — 16 columns**")[0]
    kinds = {c.name: c.type for c in layout("gdelt-events")}
    stated = {name: _TYPES[kind] for name, kind in re.findall(r"`(\w+)` (?:\*\*)?(int|float|str)\b", part)}
    assert len(stated) >= 8
    assert {name: kinds[name] for name in stated} == stated
    # What the list says by its values: numbers and flags are whole, tones and points are not, codes are text.
    assert {n for n, k in kinds.items() if k == "number"} == {n for n in kinds if re.search(r"FractionDate|Scale|Tone|Geo_(Lat|Long)$", n)}
    assert {n for n, k in kinds.items() if k == "integer"} == {
        n for n in kinds if re.search(r"^GLOBALEVENTID|^SQLDATE|^MonthYear|^Year|^IsRoot|^Quad|^Num|Geo_Type$|^DATEADDED", n)
    }
    mentions = {c.name: c.type for c in layout("gdelt-mentions")}
    assert {n for n, k in mentions.items() if k == "text"} == {
        "MentionSourceName", "MentionIdentifier", "MentionDocTranslationInfo", "Extras",
    }  # fmt: skip
    assert {n for n, k in mentions.items() if k == "number"} == {"MentionDocTone"}


def test_types_of_idmc_columns_are_those_of_the_list() -> None:
    part = formats().split("JSON fields: ")[1].split("HDX CSV order")[0]
    kinds = {c.name: c.type for c in layout("idmc")}
    stated: dict[str, str] = {}
    for group in re.split(r" · ", part):
        kind = re.search(r"` (int|float|str)\b|\((ISO datetimes)\)", group)
        if kind:
            stated |= dict.fromkeys(re.findall(r"`([a-z_0-9]+)`", group), _TYPES[kind[1]] if kind[1] else "moment")
    stated |= dict.fromkeys(re.findall(r"`(\w+_date)`", part), "moment")
    assert {n: kinds[n] for n in stated if n in kinds} == {n: k for n, k in stated.items() if n in kinds}
    assert len(stated) >= 10


@pytest.mark.parametrize("name", ["gdelt-events", "gdelt-mentions", "polecat", "idmc"])
def test_written_cells_are_of_their_columns_types(name: str, write) -> None:
    lines = list(
        csv.reader(
            write(name).path.open(encoding="utf-8", newline=""),
            delimiter="," if name == "idmc" else "\t",
            quoting=csv.QUOTE_MINIMAL if name == "idmc" else csv.QUOTE_NONE,
        )
    )
    forms = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?", "date": r"\d{4}-\d\d-\d\d", "moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?", "text": r"(?s).*"}
    checked = 0
    for line in lines[1 if name in ("polecat", "idmc") else 0 :]:
        for column, value in zip(layout(name), line, strict=True):
            if value not in ("", "None") or name != "polecat" and value:
                assert re.fullmatch(forms[column.type], value), (column.name, value)
                checked += 1
    assert checked > 100


def test_written_codes_of_polecat_and_idmc_are_those_of_the_lists(write) -> None:
    text = formats()
    sectors = set(re.findall(r"\b[A-Z]{3}\b", text.split("Sectors: ")[1].split(". Contexts")[0]))
    quads = {
        q: set(re.findall(r"[A-Z]{3,}", names))
        for q, names in re.findall(r"\b([1-4]) ((?:[A-Z]{3,} ?)+)", text.split("16 types, quad: ")[1].split("Modes:")[0])
    }
    for row in csv.DictReader(write("polecat").path.open(encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE):
        assert "" not in row.values()
        assert row["Event Type"] in quads[row["Quad Code"]] | ({"SANCTION"} if row["Quad Code"] == "3" else set()), row["Event Type"]
        for column in ("Actor Sectors", "Recipient Sectors", "Primary Actor Sector", "Primary Recipient Sector"):
            assert row[column] == "None" or set(row[column].split("; ")) <= sectors, row[column]
        assert all(c == "None" or re.fullmatch(r"([A-Z]{3}(; )?)+", c) for c in (row["Actor Country"], row["Recipient Country"], row["Country"]))
    for row in csv.DictReader(write("idmc").path.open(encoding="utf-8", newline="")):
        assert row["displacement_type"] in ("Conflict", "Disaster", "Other")
        assert row["qualifier"] in ("total", "approximately", "at least", "more than", "up to", "between")
        assert re.fullmatch(r"[A-Z]{3}", row["iso3"])
        assert row["centroid"] == (f"[{row['latitude']}, {row['longitude']}]" if row["latitude"] else "")
        assert int(row["figure"]) > 0
        assert row["displacement_start_date"] <= row["displacement_end_date"]
        assert "families" not in row["description"] or row["qualifier"] == "more than"
