"""Each format that reports come in: what is read of it, what is kept of where it came from, and what is set aside."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import json
import os
import random
import stat
import tarfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.intake import reports
from dateline.intake.formats import READERS, SUFFIXES
from dateline.intake.raw import Options
from dateline.intake.sources import find_inputs
from dateline.model import Refused, Report, Retraction
from dateline.settings import Limits
from intake.made_files import (
    ATOM,
    BODY,
    BOMB,
    ENTRY,
    MORE,
    OUTSIDE,
    attached_mail,
    docx,
    docx_report,
    mail,
    newsml,
    odt,
    page,
    pdf,
    rss,
    run,
    situation_report,
    warc,
    zipped,
)

RTF = r"{\rtf1\ansi\ansicpg1252 {\b Highlights}\par " + BODY.replace("a monitoring", r"\'93a monitoring\'94") + r"\par " + MORE + r"\par}"
NINJS = {
    "uri": "urn:newsml:northline.example:8", "version": "3", "versionCreated": "2017-10-18T10:00:00Z", "pubStatus": "usable", "language": "en-GB",
    "headlines": [{"role": "main", "value": "Town falls"}], "bodies": [{"contentType": "text/html", "value": f"<p>{BODY}</p>"}], "by": "By Ana Berg",
}  # fmt: skip


def read(data: bytes, name: str = "", *, folder: Path | None = None, **options: object) -> list[Report | Refused | Retraction]:
    if folder is None:
        return list(reports(["-"], stdin=io.BytesIO(data), options=Options(**options)))  # type: ignore[arg-type]
    (folder / name).write_bytes(data)
    return list(reports([folder / name], options=Options(**options)))  # type: ignore[arg-type]


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def parquet(rows: list[dict]) -> bytes:
    import pyarrow
    from pyarrow import parquet as writer

    out = io.BytesIO()
    writer.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


WACZ = {
    "datapackage.json": b"{}",
    "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://northline.example/a", "ts": "2017"}\n',
    "archive/data.warc.gz": warc([("https://northline.example/a", "text/html", page().encode()), ("https://ads.example/x", "text/html", page("Ad").encode())]),
}
GOOD: dict[str, tuple[bytes, str]] = {
    "a.html": (page().encode(), "html"),
    "a.csv": (f'id,headline,body\n1,Town falls,"{BODY}\n\n{MORE}"\n'.encode(), "csv"),
    "b.csv": (f"title;text;date\nTown falls;{BODY};2017-10-18\n".encode("cp1252"), "csv"),
    "a.tsv": (f"text\ttitle\n{BODY}\tTown falls\n".encode("utf-16"), "csv"),
    "a.parquet": (parquet([{"text": BODY, "title": "Town falls"}]), "parquet"),
    "a.rss": (rss(ENTRY), "feed"),
    "a.xml": (newsml(), "newsml"),
    "a.json": (json.dumps(NINJS).encode(), "ninjs"),
    "a.warc": (warc([("https://northline.example/a", "text/html", page().encode())]), "html"),
    "a.warc.gz": (warc([("https://northline.example/a", "text/html; charset=utf-8", page().encode())], gzip=True), "html"),
    "a.wacz": (zipped(WACZ), "html"),
    "a.eml": (mail(), "mail"),
    "a.mbox": (b"From x@y Wed Oct 18 12:00:00 2017\n" + mail().replace(b"\r\n", b"\n"), "mail"),
    "a.pdf": (situation_report(), "pdf"),
    "a.docx": (docx_report(), "docx"),
    "a.odt": (odt(), "odt"),
    "a.rtf": (RTF.encode(), "rtf"),
    "a.zip": (zipped({"x/a.txt": BODY.encode(), "__MACOSX/._a.txt": b"\0"}), "text"),
    "a.tgz": (tarred({"a.txt": BODY.encode()}), "text"),
    "a.txt.gz": (gzip.compress(BODY.encode()), "text"),
    "a.jsonl.bz2": (bz2.compress(json.dumps({"text": BODY}).encode()), "jsonl"),
}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("named", [True, False], ids=["by-name", "by-content"])
def test_each_format_is_read_and_traced(name: str, named: object, tmp_path: Path) -> None:
    data, form = GOOD[name]
    (report,) = read(data, name if named else "noname", folder=tmp_path)
    assert isinstance(report, Report), report
    flat = " ".join(report.text.split()).replace("“", "").replace("”", "")
    assert "Rebels took the town of Busra on Wednesday after three days of fighting, a monitoring group said." in flat
    assert report.origin is not None
    assert report.origin.format == form
    assert (report.origin.digest or "").startswith("sha256:")
    assert all(report.text[s.start : s.end].strip() for s in report.sections)


def test_every_format_has_a_case() -> None:
    covered = {"json", "tar", "packed", "zip", "wacz", "warc", "mbox", "text"} | {form for _, form in GOOD.values()}
    assert set(READERS) - covered == set()
    assert set(SUFFIXES.values()) - set(READERS) == {"xml"}


def facts(name: str, data: bytes, tmp_path: Path) -> Report:
    (report,) = read(data, name, folder=tmp_path)
    assert isinstance(report, Report)
    return report


def test_web_archive_keeps_record_address_and_time(tmp_path: Path) -> None:
    report = facts("a.wacz", GOOD["a.wacz"][0], tmp_path)
    assert report.origin is not None
    assert (report.url, report.origin.address, report.origin.fetched) == ("https://northline.example/a",) * 2 + ("2017-10-18T10:15:00Z",)
    assert (report.origin.archive_record or "").startswith("<urn:uuid:")
    assert report.origin.digest == "sha256:" + hashlib.sha256(page().encode()).hexdigest()


def test_page_may_not_pass_for_one_of_another_site(tmp_path: Path) -> None:
    for told, url in (("https://other.com/b", "https://northline.com/a?x=1"), ("https://www.northline.com/a", "https://www.northline.com/a")):
        body = page().replace("<head>", f'<head><link rel="canonical" href="{told}">').encode()
        assert facts("a.warc", warc([("https://northline.com/a?x=1", "text/html", body)]), tmp_path).url == url


def test_feed_entry(tmp_path: Path) -> None:
    report = facts("a.rss", rss(ENTRY), tmp_path)
    assert (report.title, report.source, report.url, report.authors) == ("Town falls", "Northline News", "https://northline.example/a", ("Ana Berg",))
    assert report.published.date == "2017-10-18T12:00:00+03:00"
    assert "Short." not in report.text
    assert MORE in report.text


def test_a_feed_that_breaks_off_gives_its_entries_and_says_so() -> None:
    first, *_, last = read(rss(ENTRY)[: rss(ENTRY).rindex(b"</item>")])
    assert isinstance(first, Report)
    assert isinstance(last, Refused)
    assert "breaks off" in last.reason
    assert not [r for r in read(rss(ENTRY)) if isinstance(r, Refused)]


def test_deleted_entry_and_canceled_items_are_retractions() -> None:
    report, notice = read(ATOM)
    assert isinstance(report, Report)
    assert isinstance(notice, Retraction)
    assert (notice.item, notice.status, notice.note, notice.origin.revised) == ("tag:b", "deleted", "Sourcing error", "2017-10-19T10:00:00+00:00")
    (killed,) = read(newsml("canceled", "2"))
    assert isinstance(killed, Retraction)
    assert (killed.item, killed.status, killed.origin.version, killed.note) == ("urn:newsml:northline.example:7", "canceled", "2", "Withdrawn")
    for key in ("pubStatus", "pubstatus"):
        (gone,) = read(json.dumps({"uri": "urn:x", key: "canceled", "version": 2}).encode())
        assert isinstance(gone, Retraction)
        assert (gone.item, gone.origin.version) == ("urn:x", "2")


@pytest.mark.parametrize(
    "body",
    [
        {"body_text": f"{BODY}\n\n{MORE}", "headline": "Town falls"},
        {"body_html": f"<p>{BODY}</p>", "headlines": []},
        {"bodies": [{"role": "main", "value": BODY}]},
    ],
)
def test_ninjs_of_each_version(body: dict) -> None:
    (report,) = read(json.dumps({"uri": "https://northline.example/a", "type": "text", "versioncreated": "2017-10-18T10:00:00Z", **body}).encode())
    assert isinstance(report, Report)
    assert report.published.date == "2017-10-18T10:00:00+00:00"
    assert BODY in report.text


def test_newsml_item(tmp_path: Path) -> None:
    report = facts("a.xml", newsml(), tmp_path)
    assert (report.title, report.source, report.language, report.published.date) == ("Town falls", "Northline Agency", "en", "2017-10-18T09:00:00+00:00")
    assert [s.kind for s in report.sections] == ["headline", "paragraph"]


def test_situation_report_in_pdf(tmp_path: Path) -> None:
    report = facts("a.pdf", situation_report(), tmp_path)
    assert "Flash Update" not in report.text
    assert "after three days of fighting, a monitoring" in report.text
    assert "statement to the governor and to the heads of the nearby villages, who met on Friday." in report.text
    assert "District | Displaced | Killed\nBusra | 12,000 | 13\nNawa | 3,400 | 2" in report.text
    heads = [report.text[s.start : s.end] for s in report.sections if s.kind == "headline"]
    assert heads == ["Busra: Situation Report", "Highlights", "Needs"]
    assert not any(line.strip() in ("1", "2", "3") for line in report.text.splitlines())


def test_word_document_keeps_insertions_and_tables_and_leaves_deletions(tmp_path: Path) -> None:
    report = facts("a.docx", docx_report(), tmp_path)
    assert "Inserted words." in report.text
    assert "Deleted words" not in report.text
    assert "Busra | 12,000" in report.text
    assert "Old words" not in facts("a.odt", odt(), tmp_path).text


def test_mail_head_charset_and_attachments(tmp_path: Path) -> None:
    report = facts(
        "a.eml", mail("Général Žižka said that rebels took Busra on Wednesday.".encode("iso-8859-2", "replace"), "text/plain; charset=iso-8859-2"), tmp_path
    )
    assert (report.title, report.source, report.published.date) == ("Busra – town falls", "Northline Agency", "2017-10-18T12:00:00+03:00")
    assert "Žižka" in report.text
    found = read(attached_mail("sitrep.pdf", "application/pdf", situation_report()))
    assert [type(r) for r in found] == [Report, Report]
    assert isinstance(found[1], Report)
    assert found[1].origin is not None
    assert (found[1].origin.format, found[1].published.date) == ("pdf", "2017-10-18T12:00:00+03:00")
    html = facts("b.eml", mail(f"<p>{BODY}</p><script>x()</script>".encode(), "text/html; charset=utf-8"), tmp_path)
    assert html.text.strip() == BODY


def test_mailbox_gives_each_message_and_names_the_bad_one() -> None:
    box = b"".join(
        b"From x@y Wed Oct 18 12:00:00 2017\n" + m.replace(b"\r\n", b"\n") + b"\n\n" for m in (mail(), mail(b" "), mail(b">From here on, rebels took Busra."))
    )
    first, second, third = read(box)
    assert isinstance(first, Report)
    assert isinstance(second, Refused)
    assert second.input == "standard input#2"
    assert isinstance(third, Report)
    assert "From here on" in third.text


def test_table_whose_column_the_user_names() -> None:
    data = f'when,notes\n2017-10-18,"{BODY}"\n,\n2017-10-19,\n'.encode()
    (refused,) = read(data, form="csv")
    assert isinstance(refused, Refused)
    assert "'when', 'notes'" in refused.reason
    assert "--column text=NAME" in refused.mend
    report, empty = read(data, form="csv", columns={"text": "notes", "published": "when"})
    assert isinstance(report, Report)
    assert report.published.date == "2017-10-18"
    assert isinstance(empty, Refused)
    assert empty.input == "standard input:3"
    (wrong,) = read(data, form="csv", columns={"text": "note"})
    assert isinstance(wrong, Refused)
    assert "'note'" in wrong.reason


@pytest.mark.parametrize(
    ("given", "dates", "day"),
    [
        ("05/03/2019", "day-first", "2019-03-05"),
        ("05/03/2019", "month-first", "2019-05-03"),
        ("25/03/2019", None, "2019-03-25"),
        ("25/03/2019", "month-first", "2019-03-25"),
        ("05/05/2019", None, "2019-05-05"),
        ("05.03.2019", None, "2019-03-05"),
        ("2019-03-05", "month-first", "2019-03-05"),
        ("n/a", None, None),
        ("-", None, None),
        ("NaT", None, None),
    ],
)
def test_days_of_a_table(given: str, dates: str | None, day: str | None) -> None:
    (report,) = read(f'date,text\n{given},"{BODY}"\n'.encode(), form="csv", dates=dates)
    assert isinstance(report, Report)
    assert report.published.date == day
    (report,) = read(json.dumps({"text": BODY, "published": given}).encode(), form="jsonl", dates=dates)
    assert isinstance(report, Report)
    assert report.published.date == day


@pytest.mark.parametrize(
    ("given", "reason", "mend"),
    [("05/03/2019", "may be 5 March or 3 May", "--dates day-first"), ("soon", "is no date", "leave it out"), ("31/02/2019", "is no date", "ISO date")],
)
def test_a_day_that_may_be_two_or_is_none_is_set_aside_with_its_mend(given: str, reason: str, mend: str) -> None:
    refused, report = read(f'date,text\n{given},"{BODY}"\n2019-03-05,"{BODY}"\n'.encode(), form="csv")
    assert isinstance(refused, Refused)
    assert isinstance(report, Report)
    assert (refused.input, reason in refused.reason, mend in refused.mend) == ("standard input:1", True, True)


@pytest.mark.parametrize(
    ("table", "reason", "mend"),
    [
        (f"text,id\n{BODY},1\n", "the row has 3 cells, the line of names 2", "quotation marks"),
        (f'text,id\n"{BODY},1\nMore words,2\nAnd more,3\n', "never closed; the 2 lines after it are swallowed", "close the quotation mark"),
        ("text,Text,text\none,two,three\n", "2 columns named 'text'", "a name of its own"),
    ],
)
def test_no_words_of_a_table_are_lost_unsaid(table: str, reason: str, mend: str) -> None:
    (refused,) = read(table.encode(), form="csv")
    assert isinstance(refused, Refused)
    assert (reason in refused.reason, mend in refused.mend) == (True, True), refused


def test_a_table_of_one_column_has_whole_texts() -> None:
    (report,) = read(f"text\n{BODY}\n".encode(), form="csv")
    assert isinstance(report, Report)
    assert report.text == BODY


def test_a_table_may_name_its_delimiter_as_spreadsheets_do() -> None:
    (report,) = read(f"\ufeffsep=;\r\nheadline;date;text\r\nTown falls, again;18.10.2017;{BODY}\r\n".encode(), form="csv")
    assert isinstance(report, Report)
    assert (report.title, report.published.date, report.text) == ("Town falls, again", "2017-10-18", BODY)


def linked(form: str) -> bytes:
    """An archive of one text, with a link to it and one that leads out."""
    out = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", BODY)
            for name, target in (("b.txt", "a.txt"), ("c.txt", "/etc/hosts")):
                info = zipfile.ZipInfo(name)
                info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
                archive.writestr(info, target)
        return out.getvalue()
    with tarfile.open(fileobj=out, mode="w") as tar:
        info = tarfile.TarInfo("a.txt")
        info.size = len(BODY)
        tar.addfile(info, io.BytesIO(BODY.encode()))
        for name, target in (("b.txt", "a.txt"), ("c.txt", "/etc/hosts")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    return out.getvalue()


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_links_in_archives_are_named_and_not_read(form: str) -> None:
    report, *links = read(linked(form))
    assert isinstance(report, Report)
    assert [(r.input[-6:], "link" in r.reason) for r in links if isinstance(r, Refused)] == [("!b.txt", True), ("!c.txt", True)]


ARMOURED = "-----BEGIN PGP MESSAGE-----\n\nhQEMA0x2\n-----END PGP MESSAGE-----\n"
SEALED = (
    b"From: m@x.example\r\nSubject: Busra\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nMIIB\r\n"
)


@pytest.mark.parametrize("data", [ARMOURED.encode(), SEALED, SEALED.split(b"Content-Type")[0] + b"\r\n" + ARMOURED.encode()])
def test_what_is_encrypted_is_no_report(data: bytes) -> None:
    (refused,) = read(data)
    assert isinstance(refused, Refused), refused
    assert "encrypted" in refused.reason


def test_an_rtf_document_that_breaks_off_is_no_whole_report() -> None:
    (refused,) = read(RTF.encode()[: len(RTF) // 2])
    assert isinstance(refused, Refused)
    assert "breaks off" in refused.reason
    (report,) = read(RTF.encode() + b"\r\n\0{")
    assert isinstance(report, Report)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_in_a_folder_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    os.mkfifo(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "c.bin")
    report, *refused = reports([tmp_path])
    assert isinstance(report, Report)
    assert [Path(r.input).name for r in refused if isinstance(r, Refused)] == ["b.txt", "c.bin"]


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is no such format") as fault:
        find_inputs(["-"], options=Options(form="exel"))
    assert "parquet" in fault.value.mend


def test_forced_format(tmp_path: Path) -> None:
    (text,) = read(b'{"text": "Rebels took the town of Busra."}', form="text")
    assert isinstance(text, Report)
    assert text.text.startswith("{")
    (packed,) = read(gzip.compress(f"text\n{BODY}\n".encode()), form="csv")
    assert isinstance(packed, Report)


LIMITS = Limits(report_bytes=100_000, file_bytes=300_000, seconds=20, pages=3)
DEEP = {"a.txt": BODY.encode()}
for _ in range(7):
    DEEP = {"deeper.zip": zipped(DEEP)}
BAD: dict[str, tuple[bytes, str]] = {
    "cut.zip": (zipped({"a.txt": BODY.encode() * 50})[:-40], "no zip archive"),
    "deep.zip": (zipped(DEEP), "too deep"),
    "bomb.zip": (zipped({"a.txt": b"A" * 30_000_000}), "times its size"),
    "bomb.gz": (gzip.compress(b"A" * 30_000_000), "times its size|larger than"),
    "bomb2.jsonl.gz": (gzip.compress(b'{"text": "' + b"A" * 90_000_000 + b'"}'), "times its size"),
    "cut.txt.gz": (gzip.compress(BODY.encode() * 3)[:-12], "cannot be unpacked"),
    "empty.zip": (zipped({}), "no files"),
    "sheet.zip": (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "Excel workbook"),
    "entities.xml": (BOMB, "entities"),
    "outside.xml": (OUTSIDE, "entities"),
    "cut.xml": (newsml()[:400], "no NewsML"),
    "nothing.rss": (rss(""), "no entries"),
    "other.xml": (b"<?xml version='1.0'?><plan><a/></plan>", "'plan'"),
    "cut.pdf": (situation_report()[:300], "PDF|no text"),
    "many.pdf": (pdf([[(60, 700, 10, BODY)]] * 4), "more than 3 pages"),
    "picture.pdf": (pdf([[]]), "no text"),
    "entities.docx": (docx(f"<w:p>{run('&x;')}</w:p>", head='<!DOCTYPE w [<!ENTITY x "y">]>'), "declares entities"),
    "cut.docx": (docx_report()[:700], "damaged or cut off|no zip"),
    "nothing.odt": (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a"}), "damaged"),
    "cut.parquet": (GOOD["a.parquet"][0][:300], "no Parquet"),
    "other.parquet": (parquet([{"a": 1}]), "none of its columns"),
    "no.csv": (b"a,b\n1,2\n", "none of its columns"),
    "names.csv": (b"id,text\n", "no rows"),
    "mac.csv": (b"id,text\r1,Rebels took the town of Busra.\r", "no rows|none of its columns"),
    "cut.warc": (warc([("https://northline.example/a", "text/html", page().encode())])[:500], "breaks off|damaged"),
    "empty.eml": (mail(b""), "no text"),
    "deep.json": (b"[" * 100_000, "nested too deeply|not JSON"),
    "long.txt": (b"A" * 100_001, "larger than"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_named_and_the_rest_goes_on(name: str, tmp_path: Path) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(BODY)
    found = list(reports([tmp_path], options=Options(limits=LIMITS)))
    refused = [r for r in found if isinstance(r, Refused)]
    assert len(refused) == 1, found
    assert any(part in refused[0].reason for part in reason.split("|")), refused
    assert refused[0].input.startswith(str(tmp_path / name).removesuffix(".gz"))
    assert len(refused[0].mend) > 5
    assert isinstance(found[-1], Report)
    assert sum(isinstance(r, Report) for r in found) == 1


def test_warc_cut_in_the_middle_gives_what_came_before() -> None:
    whole = warc([(f"https://northline.example/{n}", "text/html", page(f"Town {n} falls").encode()) for n in range(3)])
    found = read(whole[: len(whole) * 5 // 6])
    assert [type(r) for r in found] == [Report, Report, Refused]


def test_open_quotation_mark_in_a_table_is_told_of() -> None:
    data = f'text,id\n"{BODY},1\n'.encode() + f"{MORE.replace(',', '')},2\n".encode() * 2000
    found = read(data, form="csv", limits=LIMITS)
    assert any(isinstance(r, Refused) and "quotation mark" in r.reason for r in found)
    assert any(isinstance(r, Report) for r in found)


def test_paths_in_archives_lead_nowhere(tmp_path: Path) -> None:
    found = read(zipped({"../../etc/a.txt": BODY.encode(), "/abs.txt": BODY.encode(), "b\\..\\c.txt": BODY.encode()}), "a.zip", folder=tmp_path)
    assert [type(r) for r in found] == [Report] * 3
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_own_records_and_originals_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    from dateline.record.store import Record

    with Record.open(tmp_path / "record.db", create=True):
        (tmp_path / "dateline.toml").write_text("threads = 1\n")
        (tmp_path / "a.txt").write_text(BODY)
        kept = tmp_path / "originals"
        kept.mkdir()
        (kept / "dateline-originals.txt").write_text("x")
        (kept / "b.html").write_text(page())
        assert [type(r) for r in reports([tmp_path])] == [Report]
    assert [type(r) for r in reports([tmp_path / "record.db"])] == [Refused]


def test_originals_are_handed_over_with_their_digest() -> None:
    kept: dict[str, bytes] = {}
    (report,) = reports(["-"], stdin=io.BytesIO(page().encode()), options=Options(keep=kept.__setitem__))
    assert isinstance(report, Report)
    assert report.origin is not None
    assert kept == {report.origin.digest: page().encode()}


def test_damaged_files_never_stop_a_run() -> None:
    """Bytes changed, cut out, put in and cut off at random (always the same), in each format that is read in this process."""
    chance = random.Random(7)
    names = [name for name in GOOD if name not in ("a.pdf", "a.docx", "a.odt", "a.rtf")]
    found = 0
    for turn in range(600):
        data = bytearray(GOOD[names[turn % len(names)]][0])
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(len(data) or 1)
            change = chance.randrange(3)
            data[at : at + (0 if change == 2 else chance.randrange(1, 30))] = b"" if change == 0 else chance.randbytes(chance.randrange(1, 6))
        found += len(read(bytes(data[: chance.randrange(len(data) or 1)] if chance.random() < 0.2 else data)))
    assert found >= 600


def test_encrypted_zip_member_is_named() -> None:
    data = bytearray(zipped({"a.txt": BODY.encode()}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign) + at
        data[place] |= 1
    (refused,) = read(bytes(data))
    assert isinstance(refused, Refused)
    assert "encrypted" in refused.reason


def test_encrypted_pdf_is_read_without_a_password_and_named_with_one() -> None:
    lines = [[(60, 700, 10, BODY[:90]), (60, 686, 10, BODY[91:])]]
    (report,) = read(pdf(lines, password=""))
    assert isinstance(report, Report)
    assert "Rebels took the town of Busra" in report.text
    (refused,) = read(pdf(lines, password="secret"))
    assert isinstance(refused, Refused)
    assert "encrypted and needs a password" in refused.reason
    assert "save it without" in refused.mend


def revisited(*, digest: bool, first: bool = True, kind: str = "text/html") -> bytes:
    """A WARC of a page and of a later fetch that found it unchanged."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", f"{kind}; charset=utf-8")], protocol="HTTP/1.1")
    url, then = "https://northline.example/a", {"WARC-Date": "2017-10-18T10:15:00Z"}
    page_record = writer.create_warc_record(url, "response", payload=io.BytesIO(page().encode()), http_headers=head, warc_headers_dict=then)
    if first:
        writer.write_record(page_record)
    else:
        writer.ensure_digest(page_record, block=True, payload=True)
    told = page_record.rec_headers.get_header("WARC-Payload-Digest")
    head = StatusAndHeaders("200 OK" if digest else "304 Not Modified", [("Content-Type", kind)], protocol="HTTP/1.1")
    later = {"WARC-Date": "2017-10-20T08:00:00Z"}
    writer.write_record(
        writer.create_revisit_record(
            url, digest=told if digest else "sha1:OTHER", refers_to_uri=url, refers_to_date="2017-10-18T10:15:00Z", http_headers=head, warc_headers_dict=later
        )
    )
    return out.getvalue()


@pytest.mark.parametrize("digest", [True, False], ids=["same-digest", "not-modified"])
def test_revisit_is_the_page_met_again_at_its_own_time(digest: object) -> None:
    first, again = read(revisited(digest=bool(digest)))
    assert isinstance(first, Report)
    assert isinstance(again, Report)
    assert (first.text, first.url, first.title) == (again.text, again.url, again.title)
    assert [r.origin.fetched for r in (first, again) if r.origin] == ["2017-10-18T10:15:00Z", "2017-10-20T08:00:00Z"]
    assert len({r.origin.archive_record for r in (first, again) if r.origin}) == 2


def test_revisit_of_what_the_archive_does_not_hold_is_named() -> None:
    (refused,) = read(revisited(digest=True, first=False))
    assert isinstance(refused, Refused)
    assert "unchanged" in refused.reason
    assert read(revisited(digest=True, first=False, kind="image/png")) == []


WHOLE_NINJS: dict[str, object] = {
    "uri": "urn:newsml:northline.example:9", "type": "text", "representationType": "full", "profile": "text-only", "version": "2",
    "firstCreated": "2017-10-18T09:00:00Z", "versionCreated": "2017-10-18T10:00:00Z", "contentCreated": "2017-10-18T08:30:00Z",
    "embargoedUntil": "2017-10-18T11:00:00Z", "pubStatus": "usable", "urgency": 2, "copyrightHolder": "Northline Agency", "copyrightNotice": "(c) Northline",
    "usageTerms": "none", "edNote": "Updates toll", "language": "en-GB", "descriptions": [{"role": "summary", "contentType": "text/plain", "value": "Short."}],
    "bodies": [{"role": "main", "contentType": "text/plain", "charCount": 9, "wordCount": 2, "value": f"{BODY}\n\n{MORE}"}],
    "headlines": [{"role": "short", "value": "Falls"}, {"role": "main", "contentType": "text/plain", "value": "Town falls"}],
    "people": [{"name": "Ana Berg", "rel": "author", "uri": "urn:p:1", "literal": "berg"}], "organisations": [{"name": "Army", "rel": "about"}],
    "places": [{"name": "Busra", "rel": "describes", "geoJSON": {"type": "Point", "coordinates": [36.48, 32.52]}}],
    "subjects": [{"name": "war", "creator": "x", "relevance": 90, "confidence": 80}], "events": [{"id": "e", "name": "Siege"}], "eventDetails": {},
    "plannedCoverage": {}, "objects": [{"name": "Bridge"}], "infoSources": [{"name": "Northline Wire", "role": "source"}], "title": "falls-town", "by": "By Ana Berg",
    "slugline": "busra-falls", "located": "Busra", "renditions": [{"name": "p"}], "associations": [{"name": "pic", "uri": "urn:x", "type": "picture"}],
    "altIds": [{"role": "internal", "value": "77"}], "trustIndicators": [{"role": "policy"}], "standard": {"name": "ninjs", "version": "3.1"},
    "genres": [{"name": "Current"}], "expires": "2018-10-18T10:00:00Z", "rightsInfo": {"langid": "http://www.w3.org/ns/odrl/2/"}, "digitalSourceType": "x",
}  # fmt: skip
"""An item with every key of ninjs 3.1's schema."""


def test_ninjs_item_with_every_key_of_the_schema() -> None:
    (report,) = read(json.dumps(WHOLE_NINJS).encode())
    assert isinstance(report, Report)
    assert report.origin is not None
    assert (report.id, report.title, report.source, report.authors, report.language) == (
        WHOLE_NINJS["uri"],
        "Town falls",
        "Northline Wire",
        ("Ana Berg",),
        "en",
    )
    assert (report.published.date, report.origin.version, report.origin.revised) == ("2017-10-18T09:00:00+00:00", "2", "2017-10-18T10:00:00+00:00")
    assert "Short." not in report.text
    assert report.text.endswith(MORE)


def test_ninjs_keys_of_wrong_types_never_stop_a_run() -> None:
    odd = (None, 7, True, "", "x", [], {}, [7], [None], [{"value": 7}], [{"role": 7, "contentType": 7, "value": "x"}], {"name": ["x"]}, [[]])
    items = [{**WHOLE_NINJS, key: value} for key in WHOLE_NINJS for value in odd]
    found = read(b"\n".join(json.dumps(item).encode() for item in items), form="jsonl")
    assert len(found) == len(items)
    assert sum(isinstance(one, Report) for one in found) > len(items) * 0.9


def test_slow_document_is_stopped_and_named() -> None:
    (refused,) = read(situation_report(), limits=replace(Limits(), seconds=0))
    assert isinstance(refused, Refused)
    assert "longer than 0 seconds" in refused.reason


def test_greedy_document_is_stopped_and_named() -> None:
    packer = zlib.compressobj()
    stream = b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(400)), packer.flush()])
    head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
    plain = pdf([[(60, 700, 10, BODY)]])
    start, end = plain.index(b"<< /Length"), plain.index(b"\nendstream")
    (refused,) = read(plain[:start] + head + stream + plain[end:], limits=replace(Limits(), memory_bytes=300_000_000))
    assert isinstance(refused, Refused)
    assert "memory" in refused.reason
