"""What must hold of files of every format: each report sound, each refusal with its reason and mend, nothing raised, nothing hung."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.intake import made_files as made

from dateline import intake
from dateline.errors import DatelineError, InputError
from dateline.export.coded_files import read_coded
from dateline.intake import apart, documents
from dateline.intake.formats import READERS, detect, read_source
from dateline.intake.markup import Passage
from dateline.intake.raw import ByteStream, Options, RawInput, Source
from dateline.lexicon import parse, rules
from dateline.model import Refused, Retraction
from dateline.settings import Limits, Settings
from evaluation.fuzz.of_text import PARTS, sound
from evaluation.fuzz.target import Check, told

LIMITS = Limits(report_bytes=200_000, file_bytes=400_000, unpacked_bytes=2_000_000, members=50, pages=20, seconds=20)
"""Small, so that what is made to blow up is met by its limit and not by the fuzzer's."""


def here(module: str, data: bytes, limits: Limits) -> apart.Extraction:
    """What a process of its own would answer, in this one: a process an input is too slow to look at many."""
    answer = json.loads(json.dumps(apart._answer(module, data, limits.pages)))
    if "missing" in answer:
        raise InputError(answer["missing"], given=answer["given"], mend=answer["mend"])
    if "reason" in answer:
        raise apart.Unreadable(answer["reason"], answer["mend"])
    return [Passage(kind, text) for kind, text in answer["passages"]], answer["facts"]


def looked_at(source: Source) -> int:
    """How many things are found in a source, each looked at."""
    count = 0
    for found in read_source(source):
        count += 1
        assert count < 20_000, "more is found than was given"
        if isinstance(found, RawInput):
            try:
                report = intake.read(found)
            except InputError as fault:
                told(fault)
                continue
            sound(report)
        elif isinstance(found, Refused):
            assert found.reason
            assert found.mend
            assert found.input
        else:
            assert isinstance(found, Retraction)
            assert found.item
    return count


def files(form: str | None) -> Callable[[], Check]:
    """The files of one format, or (None) of whichever their bytes tell."""

    def opened() -> Check:
        documents.extract_apart = here  # type: ignore[attr-defined]

        def check(data: bytes) -> None:
            stream: ByteStream = io.BytesIO(data)
            looked_at(Source("file", stream, read_source, Options(form=form, limits=LIMITS)))
            if form is None:
                assert detect(data[:65536]) in READERS

        return check

    return opened


def on_disk(read: Callable[[Path], object], suffix: str) -> Callable[[], Check]:
    """A user's own file, read by its path: read, or refused by an error that names it."""

    def opened() -> Check:
        folder = Path(tempfile.mkdtemp(prefix="dateline-fuzz-"))
        path = folder / f"given{suffix}"

        def check(data: bytes) -> None:
            path.write_bytes(data)
            try:
                read(path)
            except DatelineError as fault:
                told(fault)

        return check

    return opened


def _lexicon(path: Path) -> object:
    columns = ("name", "pattern", "example", "finds")
    rows = list(parse(path.read_text(encoding="utf-8", errors="surrogateescape"), name=str(path), columns=columns, key=("name",)))
    return rules(rows, name=str(path))


settings_file = on_disk(Settings.load, ".toml")
coded_file = on_disk(read_coded, ".csv")
lexicon_file = on_disk(_lexicon, ".tsv")


def settings_seeds() -> Iterator[bytes]:
    """Settings as a user writes them."""
    yield b'model = "m"\nactors = "a.tsv"\nthreads = 2\n[intake]\nreport_bytes = 5\nseconds = 3\n'


def coded_seeds() -> Iterator[bytes]:
    """Tables in ACLED's and UCDP's layouts."""
    from dateline.export.coded_files import _NEEDED

    for needed in _NEEDED.values():
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(needed)
        table.writerow("2017-10-18" if "date" in c else "13" if c in ("fatalities", "best", "low", "high") else "35.9" for c in needed)
        yield out.getvalue().encode()


def lexicon_seeds() -> Iterator[bytes]:
    """A lexicon of rules."""
    yield b"name\tpattern\texample\tfinds\nshelled\t\\bshelled\\b\tTroops shelled it.\tshelled\n# a comment\n"


_PAGE = made.page("Town falls", "Rebels took Busra on Wednesday, a monitor said.", "At least 13 died.")
_ENTRY = made.ENTRY
_RTF = (r"{\rtf1\ansi\ansicpg1252 {\b Highlights}\par " + made.BODY.replace("a monitoring", r"\'93a monitoring\'94") + r"\par}").encode()
_NINJS = {
    "uri": "urn:newsml:northline.example:8", "version": "3", "versionCreated": "2017-10-18T10:00:00Z", "pubStatus": "usable", "language": "en-GB",
    "headlines": [{"role": "main", "value": "Town falls"}], "bodies": [{"contentType": "text/html", "value": "<p>Rebels took Busra.</p>"}], "by": "By Ana Berg",
}  # fmt: skip


def _tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(made.BODY)
        archive.addfile(info, io.BytesIO(made.BODY.encode()))
    return out.getvalue()


def _parquet() -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": [made.BODY, None], "published": ["2017-10-18", ""]}), out, compression="none")
    yield out.getvalue()


def _jsons() -> Iterator[bytes]:
    one = {"text": made.BODY, "id": "1", "title": "T", "source": "S", "url": "https://a.example/1", "published": "2017-10-18", "language": "en"}
    yield json.dumps(one).encode()
    yield json.dumps([one, {"text": ""}, 3]).encode()
    yield json.dumps(_NINJS).encode()
    yield json.dumps(one).encode("utf-16")


def _wacz() -> bytes:
    pages = b'{"format": "json-pages-1.0"}\n{"url": "https://a.example/1", "ts": "2017-10-18T10:00:00Z"}\n'
    archive = made.warc([("https://a.example/1", "text/html", _PAGE.encode())], gzip=True)
    package = json.dumps({"profile": "data-package", "resources": [{"path": "archive/a.warc.gz"}]}).encode()
    return made.zipped({"datapackage.json": package, "archive/a.warc.gz": archive, "pages/pages.jsonl": pages})


_GOOD: dict[str, Callable[[], list[bytes]]] = {
    "text": lambda: [f"BUSRA, Oct. 18 (Northline) -- {made.BODY}\n\nBy Ana Berg\n\nPhoto: A street in Busra. Reuters/Ana Berg\n\n{made.MORE}".encode()],
    "html": lambda: [_PAGE.encode(), b"<meta charset=windows-1251><title>t</title><p>" + made.BODY.encode()],
    "json": lambda: list(_jsons()),
    "jsonl": lambda: [b"\n".join(d for d in list(_jsons())[:3]), b'{"text": "a b c"}\n\nx\n{"text": 3}\n'],
    "csv": lambda: [f'text,title,date\n"{made.BODY}",T,2017-10-18\nx,,\n'.encode(), b"title\ttext\nA\tRebels took Busra.\n"],
    "parquet": lambda: list(_parquet()),
    "feed": lambda: [made.rss(_ENTRY), made.ATOM, made.BOMB, made.OUTSIDE],
    "newsml": lambda: [made.newsml(), made.newsml(status="canceled"),
        b"<nitf><head><title>T</title></head><body><body.content><p>Rebels took Busra.</p></body.content></body></nitf>"],
    "warc": lambda: [made.warc([("https://a.example/1", "text/html", _PAGE.encode())]), made.warc([("https://a.example/1", "text/html",
        _PAGE.encode())], gzip=True)],
    "wacz": lambda: [_wacz()],
    "mail": lambda: [made.mail(), made.attached_mail("a.txt", "text/plain", made.BODY.encode()), made.mail(b"=E2=80=9CWe won",
        extra="Content-Transfer-Encoding: quoted-printable\r\n")],
    "mbox": lambda: [b"From a@b Wed Oct 18 10:00:00 2017\n" + made.mail() + b"\n\nFrom c@d Wed Oct 18 11:00:00 2017\n" + made.mail()],
    "pdf": lambda: [made.pdf([[(60, 720, 12, "Rebels took Busra on Wednesday.")]]), made.situation_report()],
    "docx": lambda: [made.docx_report()],
    "odt": lambda: [made.odt()],
    "rtf": lambda: [_RTF],
    "zip": lambda: [made.zipped({"a.txt": made.BODY.encode(), "b/c.html": _PAGE.encode()})],
    "tar": lambda: [_tarred()],
    "packed": lambda: [gzip.compress(made.BODY.encode()), bz2.compress(made.BODY.encode()), lzma.compress(made.BODY.encode()), gzip.compress(_tarred())],
}  # fmt: skip
"""Good files of each format."""

_SIGNS = {
    "text": PARTS,
    "html": ("<p>", "<article>", "<meta charset=", "<script type=application/ld+json>", "<!--", "&nbsp;", "<figure><figcaption>", "datePublished",
        "og:title", "<table><tr><td>"),
    "json": ('{"text":', '"published":', "\\ud800", "1e999", "[[[[", "null", "true", "\\u0000", '"bodies"', '"associations"'),
    "csv": ('"', ",", "\t", ";", "\n", "text", "notes", "date"),
    "feed": ("<item>", "<entry>", "<![CDATA[", "]]>", "<content:encoded>", "<!ENTITY", "&#x0;", "<link href=", "<at:deleted-entry ref="),
    "newsml": ("<newsItem", "<inlineXML>", "stat:canceled", "stat:withheld", "<nitf>", "<edNote>", "xml:lang=", "<packageItem>"),
    "warc": ("WARC/1.0\r\n", "Content-Length: ", "WARC-Type: ", "HTTP/1.1 200 OK\r\n", "Transfer-Encoding: chunked", "Content-Encoding: gzip", "\r\n\r\n"),
    "mail": ("Content-Type: ", "multipart/mixed; boundary=", "--=", "message/rfc822", "=?utf-8?b?", "charset=", "base64",
        "Content-Disposition: attachment; filename="),
    "pdf": (" obj\n", "endobj", "stream\n", "endstream", "/Length ", "/Filter /FlateDecode", "/Pages", "/Kids [", " 0 R", "trailer", "xref", "BT ",
        " Tj", " Tf", "/Encrypt"),
    "rtf": (r"\par ", r"\'93", r"\u8220?", r"{\*\pict ", r"\trowd", r"\cell", r"\bin99 ", "{", "}", r"\ansicpg1251"),
}  # fmt: skip
"""What the formats' own signs are."""
KIN = {"jsonl": "json", "wacz": "warc", "mbox": "mail"}
CHECKS = {
    **{form: files(form) for form in _GOOD}, "any-format": files(None), "settings": settings_file, "lexicon": lexicon_file, "coded": coded_file,
}  # fmt: skip
SEEDS: dict[str, Callable[[], Iterable[bytes]]] = {
    **_GOOD, "any-format": lambda: [seed for make in _GOOD.values() for seed in make()], "settings": settings_seeds, "lexicon": lexicon_seeds,
    "coded": coded_seeds,
}  # fmt: skip
WORDS = {name: lambda name=name: _SIGNS.get(KIN.get(name, name), ()) for name in CHECKS}
