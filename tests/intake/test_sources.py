"""Files, folders, globs and standard input: one report or refusal each, in order; nothing bad stops the rest."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from dateline.intake import report_of, reports
from dateline.intake.sources import MAX_REPORT_BYTES
from dateline.model import Refused, Report

TEXT = "Government forces took the town on Monday, residents said."
PAGE = """<html lang="en-GB"><head><title>Town falls | Example News</title>
<meta property="og:title" content="Town falls to rebels"><meta property="article:published_time" content="2017-10-20T17:36:00+01:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town falls to rebels","datePublished":"2017-10-20T16:36:00Z",
"author":[{"@type":"Person","name":"Ana Berg"}],"publisher":{"@type":"Organization","name":"Example News"}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Town falls to rebels</h1>
<figure><img src="x.jpg"><figcaption>Fighters raise a flag over the town on Thursday. <span class="credit">Tom Oduya/AFP</span></figcaption></figure>
<p>BEIRUT &mdash; Rebels took the town on Thursday after three days of fighting, a monitoring group said on Friday in a statement.</p>
<p>The army said it had withdrawn &ldquo;to regroup&rdquo;. At least 13 people were killed in the battle, the group said.</p>
<script>document.write("nothing runs")</script>
<p>Aid has not reached the town for weeks, the agency added, and thousands of people are thought to be without food or water.</p>
</article><footer>Copyright 2017 Example News</footer></body></html>"""


def read(data: bytes) -> list[Report | Refused]:
    return list(reports(["-"], stdin=io.BytesIO(data)))


def test_page() -> None:
    (report,) = read(PAGE.encode())
    assert isinstance(report, Report)
    assert (report.title, report.source, report.authors, report.language) == ("Town falls to rebels", "Example News", ("Ana Berg",), "en")
    assert report.published.date == "2017-10-20T16:36:00+00:00"
    assert report.published.basis == "metadata"
    kinds = [(s.kind, report.text[s.start : s.end]) for s in report.sections]
    assert kinds[:4] == [
        ("headline", "Town falls to rebels"),
        ("caption", "Fighters raise a flag over the town on Thursday."),
        ("credit", "Tom Oduya/AFP"),
        ("dateline", "BEIRUT —"),
    ]
    assert [k for k, _ in kinds[4:]] == ["paragraph"] * 3
    assert "nothing runs" not in report.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.4 x", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 8, "binary"),
        (b"<html><body><nav>Home</nav></body></html>", "no article"),
        (b"... --- ...", "no text"),
        (b"A" * (MAX_REPORT_BYTES + 1), "larger than"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    (refused,) = read(data)
    assert isinstance(refused, Refused)
    assert refused.input == "standard input"
    assert reason in refused.reason
    assert refused.mend


def test_json_lines_keep_their_places() -> None:
    lines = [
        json.dumps({"text": TEXT, "id": "a", "published": "2017-10-20", "source": "Example", "unknown": [1]}),
        '{"text": broken',
        "",
        json.dumps({"text": 3}),
        json.dumps(["x"]),
        json.dumps({"text": TEXT, "title": 5}),
        json.dumps({"text": TEXT, "published": "yesterday"}),
        json.dumps({"title": "no text"}),
        json.dumps({"text": "  "}),
        '{"text": "Lone \\ud800 half and NUL \\u0000 here."}',
    ]
    found = read("\n".join(lines).encode())
    assert isinstance(found[0], Report)
    assert (found[0].id, found[0].source, found[0].published.date) == ("a", "Example", "2017-10-20")
    assert [r.input if isinstance(r, Refused) else "ok" for r in found] == ["ok", *(f"standard input:{n}" for n in (2, 4, 5, 6, 7, 8, 9)), "ok"]
    assert isinstance(found[-1], Report)
    assert found[-1].text == "Lone \ufffd half and NUL  here."


def test_json_array_and_object() -> None:
    assert [type(r) for r in read(json.dumps([{"text": TEXT}, {"text": 1}]).encode())] == [Report, Refused]
    assert [type(r) for r in read(json.dumps({"text": TEXT}, indent=2).encode())] == [Report]


def test_too_long_record_is_passed_over() -> None:
    data = b'{"text": "' + b"a" * (MAX_REPORT_BYTES + 9) + b'"}\n' + json.dumps({"text": TEXT}).encode()
    found = read(b'{"text": "One man was here."}\n' + data)
    assert [type(r) for r in found] == [Report, Refused, Report]


def test_folders_globs_and_missing(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.jsonl").write_text(json.dumps({"text": TEXT}) + "\n{\n")
    (tmp_path / "picture.bmp").write_bytes(b"BM")
    found = list(reports([tmp_path, tmp_path / "*.txt", tmp_path / "none.txt", tmp_path / "x*.txt"]))
    assert [type(r).__name__ for r in found] == ["Report", "Report", "Report", "Refused", "Refused", "Report", "Refused", "Refused"]
    refused = [r.input for r in found if isinstance(r, Refused)]
    assert refused[0].endswith("c.jsonl:2")
    assert refused[2].endswith("none.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read any file")
def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    (refused,) = reports([path])
    assert isinstance(refused, Refused)


def test_report_of_is_stable_and_keeps_the_title_out_of_the_text() -> None:
    one, two = report_of(TEXT, title="Town falls", source="Example"), report_of(TEXT, title="Town falls", source="Example")
    assert one == two
    assert one.text == TEXT
    assert one.title == "Town falls"
    assert one.id != report_of(TEXT).id


LONG = {
    "en": "The army said on Monday that it had taken “the town” — a café owner, Zoë, was among the ten people who were killed there.",
    "pl": "Wojsko zajęło miasto w poniedziałek, powiedział rzecznik, a w walkach zginęło dziesięć osób, które nie zdążyły się ukryć przed ostrzałem.",
    "ru": "Российские войска в понедельник заняли город, сообщили официальные лица, и в боях погибли двое военных, а также один житель, который не успел уйти.",
    "uk": "Військові у понеділок зайняли місто, повідомили посадовці, та в боях загинули двоє людей, які не встигли виїхати з міста до початку обстрілу.",
    "ar": "قالت القوات إنها سيطرت على المدينة يوم الاثنين بعد معارك عنيفة، وقتل في المعارك عشرة من المدنيين الذين كانوا في السوق",
    "fr": "L'armée a déclaré qu'elle avait pris la ville lundi après trois jours de combats, et que dix personnes ont été tuées à côté du marché.",
    "es": "El ejército dijo que tomó la ciudad el lunes después de tres días de combates, y que diez personas más murieron según los médicos de la región.",
    "de": "Die Armee hat nach Angaben der Behörden am Montag die Stadt eingenommen; zehn Menschen wurden bei den Kämpfen getötet, über hundert verletzt.",
    "tr": "Ordu pazartesi günü şehri ele geçirdiğini açıkladı ve çatışmalarda on kişi öldü, yüzlerce kişi ise daha güvenli bir yere gitti.",
    "el": "Ο στρατός ανακοίνωσε ότι κατέλαβε την πόλη τη Δευτέρα μετά από μάχες τριών ημερών.",
    "he": "הצבא הודיע כי כבש את העיר ביום שני לאחר קרבות של שלושה ימים.",
    "ja": "軍は月曜日に町を制圧したと発表した。戦闘で少なくとも十人が死亡したと地元の当局が明らかにした。",
    "zh": "军方周一宣布控制了该镇,至少有十人在战斗中死亡。联合国对此表示关切,并呼吁各方停火。",
    "ko": "군은 월요일에 마을을 장악했다고 발표했다. 전투에서 최소 열 명이 숨졌다고 당국이 밝혔다.",
    "th": "กองทัพแถลงว่าได้ยึดเมืองเมื่อวันจันทร์ หลังการสู้รบสามวัน มีผู้เสียชีวิตอย่างน้อยสิบคน",
    "vi": "Quân đội cho biết đã chiếm được thị trấn vào thứ Hai sau ba ngày giao tranh, và mười người đã chết.",
}
ENCODINGS = [
    *(("en", e) for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252")),
    *(("pl", e) for e in ("cp1250", "iso-8859-2", "utf-8", "cp852")),
    *(("ru", e) for e in ("cp1251", "koi8-r", "iso-8859-5", "cp866", "mac-cyrillic", "utf-16")),
    *(("uk", e) for e in ("cp1251", "koi8-u", "utf-8")),
    *(("ar", e) for e in ("cp1256", "iso-8859-6", "utf-16-le")),
    *(("fr", e) for e in ("cp1252", "iso-8859-15", "iso-8859-1", "mac-roman")),
    *(("es", e) for e in ("cp1252", "cp850")),
    *(("de", e) for e in ("cp1252", "iso-8859-1")),
    *(("tr", e) for e in ("cp1254", "iso-8859-9")),
    *(("el", e) for e in ("cp1253", "iso-8859-7")),
    *(("he", e) for e in ("cp1255", "iso-8859-8")),
    *(("ja", e) for e in ("shift_jis", "euc-jp", "iso2022_jp")),
    *(("zh", e) for e in ("gb18030", "gbk")),
    *(("ko", e) for e in ("euc-kr", "cp949")),
    *(("th", e) for e in ("cp874",)),
    *(("vi", e) for e in ("utf-8",)),
]


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS, ids=[f"{a}-{b}" for a, b in ENCODINGS])
def test_encodings(language: str, encoding: str) -> None:
    text = LONG[language].replace("،", ",") if encoding == "iso-8859-6" else LONG[language]
    (report,) = read((text + "\n\n" + text).encode(encoding))
    assert isinstance(report, Report)
    assert report.text == text + "\n\n" + text
    assert report.language == language


def test_declared_charset_counts() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Tom Oduya", "Tom Žižka")
    (report,) = read(page.replace("—", "-").encode("iso-8859-2"))
    assert isinstance(report, Report)
    assert "Žižka" in report.text
