"""Every script and encoding: what is decoded as it was written, and whether offsets stay exact where a text holds signs that are easily miscounted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.readings import faults

from dateline.intake import report_of
from dateline.intake.decoding import Decoded, decode
from dateline.pipeline import World, read_report

Body = dict[str, Any]

ENCODINGS = {
    "utf-8": "*", "utf-8-sig": "*", "utf-16": "*", "utf-16-le": "*", "utf-16-be": "*", "utf-32": "*", "utf-32-le": "*", "utf-32-be": "*",
    "gb18030": "zh", "gbk": "zh",
    "big5": "zh-Hant", "shift_jis": "ja", "cp932": "ja", "euc_jp": "ja", "iso2022_jp": "ja", "euc_kr": "ko", "cp949": "ko", "cp874": "th", "tis-620": "th",
    "cp1250": "pl cs", "iso8859-2": "pl cs", "cp1251": "ru uk bg sr", "koi8-r": "ru", "koi8-u": "uk", "iso8859-5": "ru", "cp866": "ru", "mac-cyrillic": "ru",
    "cp1252": "fr de es", "iso8859-1": "fr de es", "iso8859-15": "fr de", "mac-roman": "fr de", "cp850": "fr de", "cp437": "de", "cp1253": "el",
    "iso8859-7": "el",
    "cp1254": "tr", "iso8859-9": "tr", "cp1255": "he", "iso8859-8": "he", "cp1256": "ar fa", "iso8859-6": "ar", "cp1257": "lt", "iso8859-13": "lt",
    "cp1258": "vi",
    "iso8859-16": "ro", "iso8859-10": "lt", "cp852": "pl",
}  # fmt: skip
"""Encodings with the languages whose news is met in them; ``*`` for all of the table."""
_MORE = {
    "zh-Hant": "政府軍在三天的戰鬥後於星期三進入該市,軍方發言人說。至少二十人死亡,四十人受傷。居民說,砲擊在清晨停止。",
    "lt": "Vyriausybės pajėgos po trijų dienų mūšių trečiadienį įžengė į miestą, pranešė kariuomenės atstovas. Žuvo mažiausiai dvidešimt žmonių.",
    "cs": "Vládní vojska ve středu po třech dnech bojů vstoupila do města, řekl mluvčí armády. Nejméně dvacet lidí zahynulo a čtyřicet bylo zraněno.",
}


def texts() -> dict[str, list[str]]:
    """Short news by language."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        language, _, text = line.partition("\t")
        found.setdefault(language, []).append(text)
    return found | {language: [text] for language, text in _MORE.items()}


def cases() -> Iterator[tuple[str, str, str]]:
    """Encoding, language and text, for each text that the encoding can write."""
    known = texts()
    for encoding, wanted in ENCODINGS.items():
        for language in known if wanted == "*" else wanted.split():
            for text in known.get(language, []):
                try:
                    text.encode(encoding)
                except UnicodeEncodeError:
                    continue
                yield encoding, language, text


def decoded() -> Body:
    """How many texts come out as they went in, where the encoding is named and where it must be told from the bytes."""
    named, guessed, wrong = [0, 0], [0, 0], []
    for encoding, language, text in cases():
        data = text.encode(encoding)
        told = decode(data, charset=encoding)
        named = [named[0] + (isinstance(told, Decoded) and told.text == text), named[1] + 1]
        bare = decode(data)
        right = isinstance(bare, Decoded) and bare.text == text
        guessed = [guessed[0] + right, guessed[1] + 1]
        if not right:
            wrong.append(f"{language} in {encoding} read as {bare.encoding if isinstance(bare, Decoded) else 'no text'}")
    return {
        "encodings": len({encoding for encoding, _, _ in cases()}), "named_right": named[0], "named": named[1], "told_from_bytes_right": guessed[0],
        "told_from_bytes": guessed[1], "told_from_bytes_wrong": wrong,
    }  # fmt: skip


_PIECES = (
    "{}Rebels seized the town of Busra from the army on Wednesday, a monitoring group said.{}",
    "At least 13 people were killed{}, the Red Crescent{} said on Friday.",
    "“We hold the bridge,”{} said Colonel Omar Haddad{} of the Northern Brigade.",
)
SIGNS = {
    "arabic": " (بصرى الشام) ", "hebrew": " (ירושלים) ", "bidi marks": "\u202e\u2066\u200f\u2069\u202c", "combining": " e\u0301q\u0307\u0323 ",
    "emoji": " 💥👨\u200d👩\u200d👧🇺🇦 ",
    "beyond the plane": " 𝔘𐍈𒀀 ", "lone surrogates": " \ud83d \udc00 ", "a pair of surrogates": " \ud83d\ude00 ",
    "zero width": "\u200b\u200c\u200d\ufeff", "line marks": "\u2028\x85",
    "variation": " ☠\ufe0f1\ufe0f\u20e3 ", "ligature": " ﬁ ﷺ ",
}  # fmt: skip


def spans_of(value: Any) -> Iterator[Body]:
    """Every span of a reading as JSON."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            yield value
        for inner in value.values():
            yield from spans_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_of(inner)


def utf16(text: str, start: int, end: int) -> str:
    """The words between two code points, cut out of UTF-16 units as a browser does."""
    units = text.encode("utf-16-le", "surrogatepass")
    first, last = (len(text[:at].encode("utf-16-le", "surrogatepass")) for at in (start, end))
    return units[first:last].decode("utf-16-le", "surrogatepass")


def exact(world: World) -> Body:
    """Reports with signs that are easily miscounted: every span exact, in code points and in UTF-16, and nothing of the text lost."""
    from dateline.contract import to_json

    spans = inexact = lost = broken = changed = 0
    plain = _told(world, "")
    for sign in SIGNS.values():
        text, reading = _read(world, sign)
        broken += len(faults(reading))
        body = to_json(reading)
        for span in spans_of(body):
            spans += 1
            start, end, words = span["start"], span["end"], span["text"]
            inexact += reading.report.text[start:end] != words or utf16(reading.report.text, start, end) != words
        kept = {c for c in reading.report.text if c.isalnum()}
        lost += len({c for c in text if c.isalnum() and not "\ud800" <= c <= "\udfff"} - kept)
        changed += _told(world, sign) != plain
    return {
        "texts": len(SIGNS), "spans": spans, "spans_inexact": inexact, "letters_lost": lost, "faults_of_contract": broken,
        "texts_whose_events_differ_from_the_plain_text": changed,
    }  # fmt: skip


def _read(world: World, sign: str) -> tuple[str, Any]:
    text = "\n\n".join(piece.replace("{}", sign) for piece in _PIECES)
    return text, read_report(report_of(text, published="2017-10-20", language="en"), world)


def _told(world: World, sign: str) -> tuple[Any, ...]:
    _, reading = _read(world, sign)
    return tuple(sorted(e.type for e in reading.events)), len(reading.statements), len(reading.figures)


def languages() -> Body:
    """What the language of a few sentences is told as; for languages that are not listed it is enough that they are not taken for English."""
    from dateline.intake.languages import language_of

    rows = [(language, text) for language, several in texts().items() for text in several if language != "zh-Hant"]
    told = [(language, language_of(text)) for language, text in rows]
    return {
        "texts": len(rows), "languages": len({language for language, _ in rows if language != "-"}),
        "told_right": sum(found == language for language, found in told if language != "-"), "of": sum(language != "-" for language, _ in told),
        "told_wrong": [f"{language} as {found}" for language, found in told if language not in ("-", found)],
        "not_english_read_as_english": sum(found in (None, "en") for language, found in told if language != "en"),
    }  # fmt: skip


def figures() -> Body:
    """All of these."""
    return {"decoding": decoded(), "offsets": exact(World.open()), "languages": languages()}
