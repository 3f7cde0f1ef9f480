"""Each format by the tools that read it: pandas, DuckDB, GDAL, JSON Schema, FollowTheMoney; nothing is lost unsaid."""

import csv
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from dateline.errors import UsageError
from dateline.export.delimited import cell, guarded, rows_of, unguarded, value_of
from dateline.export.formats import FORMATS, export, format_named
from dateline.export.job import Options
from dateline.export.words import tables
from dateline.record.questions import Question, load_items
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_each_format_writes_the_same_twice_and_a_loss_report(name: str, write) -> None:
    first = write(name)
    before = _bytes(first.path)
    again = write(name)
    assert first.rows == again.rows > 0
    assert before == _bytes(again.path)
    assert first.losses.read_text(encoding="utf-8").startswith("incident\twhat\treason\tdetail")
    assert not list(first.path.parent.glob("*.part"))


def _bytes(path: Path) -> object:
    if path.is_dir():
        return {p.name: p.read_bytes() for p in sorted(path.iterdir())}
    return path.read_bytes()


def test_every_incident_has_a_row_or_a_reason(write, example_record) -> None:
    incidents = {h.id for h in Selected(example_record, Selection())}
    for name in ("acled", "ucdp", "kml", "plover", "gdelt-events"):
        done = write(name)
        with done.losses.open(encoding="utf-8", newline="") as file:
            lost = {r["incident"] for r in csv.DictReader(file, delimiter="\t") if r["what"] in ("left out", "folded")}
        assert lost < incidents
        if name in ("kml", "plover", "gdelt-events"):
            assert done.rows == len(incidents) - len(lost), name


def test_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError) as fault:
        format_named("geojsn")
    assert "geojson" in fault.value.mend
    with pytest.raises(UsageError) as fault:
        format_named("zzz")
    assert all(name in fault.value.mend for name in FORMATS)


def test_hashtags_are_refused_where_there_are_none(write) -> None:
    with pytest.raises(UsageError, match="hashtags"):
        write("kml", options=Options(hxl=True))


def test_a_broken_writer_leaves_what_was_there(tmp_path: Path, example_record, monkeypatch) -> None:
    target = tmp_path / "a.geojson"
    target.write_text("before")

    def fails(self: Selected):
        raise OSError("the disk is full")

    monkeypatch.setattr(Selected, "__iter__", fails)
    with pytest.raises(OSError, match="full"):
        export(example_record, "geojson", target, Selected(example_record, Selection()), Options())
    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.geojson"]


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-3", "@x", "'quoted'", "\tx", "plain", "a=b", "", '=HYPERLINK("x")', "''", "＝x"])
def test_cells_are_safe_and_come_back_exactly(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t"))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("value", "kind"), [(None, "text"), (3, "integer"), (-4.25, "number"), (0.1, "number"), (True, "boolean"), (False, "boolean"), ("-x", "text")]
)
def test_values_come_back_exactly(value: object, kind: str) -> None:
    assert value_of(cell(value, kind), kind) == value  # type: ignore[arg-type]


def test_csv_and_parquet_hold_the_same_rows_and_the_record(write, example_record) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: Parquet is not tested")
    texts, columnar = write("csv"), write("parquet")
    for name, columns in tables().items():
        from_csv = list(rows_of(texts.path / f"{name}.csv", columns))
        from_parquet = [{k: v or None if v == "" else v for k, v in r.items()} for r in pq.read_table(columnar.path / f"{name}.parquet").to_pylist()]
        assert from_csv == from_parquet, name
    reports = {r["report"]: r["text"] for r in rows_of(texts.path / "reports.csv", tables()["reports"])}
    kept = example_record.rows("SELECT n, body FROM report WHERE current = 1")
    assert reports == {r["n"]: json.loads(r["body"])["text"] for r in kept}
    for word in ("events", "figures", "control", "statements"):
        for row in rows_of(texts.path / f"{word}.csv", tables()[word]):
            if word != "statements" and row["start"] is not None:
                assert reports[row["report"]][row["start"] : row["end"]] == row["words"]


def test_duckdb_and_pandas_read_the_tables(write) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: its reading is not tested")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: its reading is not tested")
    folder, acled = write("csv"), write("acled")
    for name in tables():
        count = duckdb.sql(f"SELECT count(*) FROM read_csv('{folder.path}/{name}.csv', header = true, all_varchar = true, quote = '\"')").fetchall()[0][0]
        assert count == sum(1 for _ in rows_of(folder.path / f"{name}.csv", tables()[name])), name
    frame = pandas.read_csv(acled.path, parse_dates=["event_date"])
    assert len(frame) == acled.rows
    assert frame["fatalities"].dtype.kind == "i"
    assert frame["latitude"].between(-90, 90).all()


def test_gdal_reads_the_maps(write, tmp_path: Path) -> None:
    if shutil.which("ogr2ogr") is None:
        pytest.skip("GDAL's ogr2ogr is not installed (Debian: gdal-bin): GeoJSON and KML are not read by it")
    for name in ("geojson", "kml"):
        done = write(name)
        source = tmp_path / f"map.{name}"
        source.write_bytes(done.path.read_bytes())
        ran = subprocess.run(["ogr2ogr", "-f", "CSV", str(tmp_path / f"{name}.csv"), str(source)], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert "ERROR" not in ran.stderr
        with (tmp_path / f"{name}.csv").open(encoding="utf-8") as file:
            assert sum(1 for _ in csv.DictReader(file)) == done.rows


def test_geojson_holds_its_schema(write) -> None:
    """The schema is ours, written from RFC 7946: closed where the standard is, with the properties that docs/formats.md names."""
    schema = json.loads((Path(__file__).parent / "geojson.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    body = json.loads(write("geojson").path.read_text(encoding="utf-8"))
    assert [e.message for e in judge.iter_errors(body)] == []
    feature = next(f for f in body["features"] if f["geometry"])
    for wrong in (
        {"geometry": {"type": "Point", "coordinates": [200, 10]}},
        {"geometry": {"type": "Point", "coordinates": [10, 95]}},
        {"geometry": {"type": "Point", "coordinates": ["10", "20"]}},
        {"geometry": {"type": "Point"}},
        {"geometry": {}},
        {"properties": None},
        {"properties": {**feature["properties"], "is_centroid": "yes"}},
        {"crs": {"type": "name"}},
        {"type": "feature"},
    ):
        assert list(judge.iter_errors({**body, "features": [{**feature, **wrong}]})), wrong


def test_geojson_is_geojson(write) -> None:
    body = json.loads(write("geojson").path.read_text(encoding="utf-8"))
    assert body["type"] == "FeatureCollection"
    assert len({f["id"] for f in body["features"]}) == len(body["features"])
    for feature in body["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert round(lon, 7) == lon
    raqqa = [f for f in body["features"] if f["properties"]["place"] == "Raqqa" and f["geometry"]]
    assert raqqa
    assert all(38 < f["geometry"]["coordinates"][0] < 40 for f in raqqa)


def test_annotations_resolve_to_the_words(write, example_record) -> None:
    page = json.loads(write("annotations").path.read_text(encoding="utf-8"))
    texts = {}
    for row in example_record.rows("SELECT digest, body FROM report"):
        texts[f"urn:dateline:report:{row['digest']}"] = json.loads(row["body"])["text"]
    by_url = {r["url"]: json.loads(r["body"])["text"] for r in example_record.rows("SELECT url, body FROM report WHERE url IS NOT NULL")}
    assert len({a["id"] for a in page["items"]}) == len(page["items"]) > 1000
    for annotation in page["items"]:
        text = texts.get(annotation["target"]["source"]) or by_url[annotation["target"]["source"]]
        position, quote = annotation["target"]["selector"]
        words = text[position["start"] : position["end"]]
        assert words == quote["exact"] != ""
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])


def test_every_span_of_the_record_is_annotated(write, example_record) -> None:
    page = json.loads(write("annotations").path.read_text(encoding="utf-8"))
    events = example_record.rows("SELECT i.report, i.id FROM item i JOIN report r ON r.n = i.report AND r.current = 1 WHERE i.word = 'events'")
    items = load_items(example_record, [(r["report"], r["id"]) for r in events], Question())
    triggers = {(i.body["trigger"]["start"], i.body["trigger"]["end"]) for i in items}
    given = {(a["target"]["selector"][0]["start"], a["target"]["selector"][0]["end"]) for a in page["items"] if a["body"]["field"] == "trigger"}
    assert triggers == given


def test_followthemoney_accepts_the_entities(write) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney is not installed: its entities are not validated")
    known, links = set(), set()
    for line in write("ftm").path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        schema = ftm.model.get(raw["schema"])
        assert schema is not None, raw["schema"]
        schema.validate(raw)
        for name, values in raw["properties"].items():
            prop = schema.get(name)
            assert prop is not None, f"{raw['schema']}:{name}"
            for value in values:
                assert prop.type.clean(value) is not None, (name, value)
            if prop.type.name == "entity":
                links.update(values)
        known.add(raw["id"])
    assert links <= known


def test_timemap_events_hold_its_rules(write) -> None:
    folder = write("timemap").path
    events, sources, associations = (json.loads((folder / f"{n}.json").read_text(encoding="utf-8")) for n in ("events", "sources", "associations"))
    for event in events:
        assert event["date"] or event["latitude"]
        assert bool(event["latitude"]) == bool(event["longitude"])
        assert all(isinstance(v, str) for k, v in event.items() if k not in ("associations", "sources"))
        assert set(event["sources"]) <= set(sources)
        assert set(event["associations"]) <= {a["id"] for a in associations}


def test_kml_is_well_formed(write) -> None:
    tree = ElementTree.parse(write("kml").path)
    marks = tree.findall(".//{http://www.opengis.net/kml/2.2}Placemark")
    assert len({m.get("id") for m in marks}) == len(marks) > 10


def test_workbook_keeps_texts_texts(write) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: the workbook is not tested")
    book = openpyxl.load_workbook(write("xlsx").path, read_only=True)
    assert book.sheetnames == ["about", *tables()]
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(c.data_type != "f" for c in row)


def test_chronology_quotes_the_words_and_marks_nothing_up(write) -> None:
    page = write("chronology").path.read_text(encoding="utf-8")
    assert "## October 2017" in page
    assert "Syrian Democratic Forces" in page
    html = write("chronology-html").path.read_text(encoding="utf-8")
    assert "<script" not in html
    docx = pytest.importorskip("docx", reason="python-docx is not installed: the Word document is not tested")
    document = docx.Document(str(write("chronology-docx").path))
    assert any("October 2017" in p.text for p in document.paragraphs)


HOSTILE = (
    {
        "text": "=HYPERLINK(\"http://evil\") <script>alert(1)</script> Rebels seized the town of \u202eحلب\u202c Raqqa on 17 October 2017 \ud800, killing 12"
        " people, @SUM(1+1) said. [click](javascript:alert(1)) ]]> \u200b\x0b end.",
        "title": "=1+1 <img src=x onerror=alert(1)> \ud800", "source": "@Evil\tOutlet\n|x", "url": "javascript:alert(1)", "published": "2017-10-19",
    },
    {
        "text": "قتل. Israeli aircraft bombed Gaza City on 3 January 2009, killing 30 people, حماس spokesman محمد علي said. A second air strike killed 5 civilians in"
        " <b>Rafah</b> on 4 January 2009.",
        "title": "-غزة [x](http://a) | `c`", "source": "=قناة", "url": "https://a.example/?q=<b>&x='\"", "published": "2009-01-05",
    },
)  # fmt: skip
"""Reports whose words would be formulas, markup or links to a program that does not take care."""


class Elements(HTMLParser):
    """The elements of a page and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        assert not [name for name, _ in attrs if name.startswith("on")]


def test_nothing_in_a_report_comes_out_as_formula_markup_or_link(write, tmp_path: Path) -> None:
    import docx
    import openpyxl

    import dateline

    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(h) for h in HOSTILE))
    with Record.open(tmp_path / "r.db", create=True) as record:
        dateline.read_into(record, [str(tmp_path / "a.jsonl")])
        done = {name: write(name, record=record).path for name in FORMATS}
        assert len(list(Selected(record, Selection()))) >= 3
    for file in (*done["csv"].glob("*.csv"), done["acled"], done["ucdp"], done["idmc"]):
        with file.open(encoding="utf-8", newline="") as opened:
            cells = [c for row in csv.reader(opened) for c in row]
        # A number may begin with a minus; nothing else may begin as a formula does.
        assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"-?\d+(\.\d+)?", c)], file.name
    for name in ("gdelt-events", "gdelt-mentions", "polecat"):
        lines = done[name].read_text(encoding="utf-8").splitlines()
        assert len({line.count("\t") for line in lines}) == 1, name
        cells = [c for line in lines for c in line.split("\t")]
        assert not [c for c in cells if c.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?\d+(\.\d+)?", c)], name
    page = Elements()
    page.feed(done["chronology-html"].read_text(encoding="utf-8"))
    assert page.seen <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "ul", "li", "b", "span", "q", "a"}
    assert all(link.startswith("https://") for link in page.links)
    markdown = done["chronology"].read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?!https://)|(?<!\\)\]\(", markdown)
    tree = ElementTree.parse(done["kml"])
    assert {e.tag.rpartition("}")[2] for e in tree.iter()} <= set(
        "kml Document name Placemark description TimeSpan begin end ExtendedData Data value Point coordinates".split()
    )
    assert any("حماس" in p.text for p in docx.Document(str(done["chronology-docx"])).paragraphs)
    book = openpyxl.load_workbook(done["xlsx"])
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert any(c.value == "=قناة" for row in book["reports"].iter_rows() for c in row)
    for name in ("timemap", "ftm", "geojson", "kml", "gdelt-events", "gdelt-mentions"):
        files = sorted(done[name].iterdir()) if done[name].is_dir() else [done[name]]
        assert all("javascript:alert" not in f.read_text(encoding="utf-8").replace("](javascript:alert", "") for f in files), name


@pytest.mark.parametrize(
    ("selection", "holds"),
    [
        ({"places": ("Raqqa",)}, lambda h: h.spot is not None and h.spot.country == "SY"),
        ({"since": "2017-01-01", "until": "2017-12-31"}, lambda h: (h.picture.when["from"] or h.picture.when["to"])[:4] <= "2017"),
        ({"types": ("air_strike",)}, lambda h: h.picture.type == "air_strike"),
        ({"standings": ("contested",)}, lambda h: h.picture.finding.status == "contested"),
        ({"least_independent": 2}, lambda h: h.picture.finding.independent >= 2),
        ({"actors": ("Taliban",)}, lambda h: any(s.party == "actor:taliban" for s in h.sides)),
    ],
)
def test_selections_take_what_they_say(selection: dict, holds, example_record) -> None:
    taken = list(Selected(example_record, Selection(**selection)))
    everything = list(Selected(example_record, Selection()))
    assert 0 < len(taken) < len(everything)
    assert all(holds(h) for h in taken)
    days = [h.first_day for h in everything]
    assert days == sorted(days)


def test_a_folder_is_put_in_its_place_in_one_step_and_keeps_what_else_lies_in_it(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda a, b: (steps.append(Path(b).name), replace(a, b))[1])
    made = write("csv").path
    assert steps[0] == made.name
    (made / "mine.txt").write_text("mine")
    assert write("csv").path == made
    assert (made / "mine.txt").read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir() if ".part" in p.name] == []
