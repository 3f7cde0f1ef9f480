"""A written chronology: dated lines, oldest first, each with who says so, in which words, who denies it, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from zipfile import ZipFile

from dateline.export.days import spoken
from dateline.export.deaths import killed
from dateline.export.job import Job
from dateline.export.labels import label_of
from dateline.export.packages import timeless
from dateline.export.text import bounds_words, quoted
from dateline.export.word_tables import missing
from dateline.record.accounts import Account
from dateline.record.happenings import Happening

_SHOWN = 6
"""So many accounts of an incident are quoted; of the others it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """An incident as a line of the chronology."""

    heading: str
    """The month, or the year alone, under which it stands."""
    day: str
    what: str
    standing: str
    accounts: tuple[tuple[str, str, str, str], ...]
    """Chain, stance, quote and address of each."""
    more: int
    id: str


def lines_of(job: Job) -> Iterator[Line]:
    """The lines, by day; those without a day come last under a heading of their own."""
    for happening in job.happenings():
        picture = happening.picture
        first = happening.first_day
        heading = _heading(happening) if first < "9999" else "Without a day"
        accounts = _once(picture.finding.accounts)
        if len(accounts) > _SHOWN:
            job.losses.coarsened(happening, "accounts", f"{len(accounts) - _SHOWN} of {len(accounts)} accounts are not quoted")
        job.rows += 1
        yield Line(heading, spoken(picture.when), _what(happening), _standing(happening), tuple(_account(a, happening) for a in accounts[:_SHOWN]),
                   max(0, len(accounts) - _SHOWN), happening.id)  # fmt: skip


def _heading(happening: Happening) -> str:
    """The month in which it may have begun; the year alone where no more is known."""
    first, when = happening.first_day, happening.picture.when
    year_only = when is not None and when["precision"] in ("year", "decade") and (when["from"] or when["to"] or "")[:4] == first[:4]
    return first[:4] if year_only else f"{date.fromisoformat(first):%B %Y}"


def _once(accounts: Iterable[Account]) -> list[Account]:
    """The accounts, each once: two events in one sentence of a report are one account of the incident."""
    return list({(str(a.chain), a.published, a.stance, a.words): a for a in reversed(list(accounts))}.values())[::-1]


_OF = ("killing", "wounding", "execution", "arrest", "abduction", "destruction", "displacement")
"""Types that are said of those whom they are done to: a killing of somebody, not against him."""


def _what(happening: Happening) -> str:
    picture, spot = happening.picture, happening.spot
    doers, others = (", ".join(dict.fromkeys(s.name for s in sides)) for sides in (happening.doers, happening.suffering))
    done_to = bool(others) and picture.type in _OF
    words = label_of(picture.type).capitalize() + (f" of {others}" if done_to else "")
    place = spot.name if spot else picture.where
    relation = "" if spot is None or spot.relation in ("at", "in") else spot.relation.replace("_", " ")
    words += f" {relation} {place}" if relation and place else f", {place}" if place else ""
    words += f": {doers}" if doers else ""
    words += f"{' against ' if doers else ', against '}{others}" if others and others != place and not done_to else ""
    tally = killed(happening)
    if tally is not None:
        low, high, last = (bounds_words(t.body) for t in (tally.lowest, tally.highest, tally.latest))
        words += f"; killed: {last}" + (f" (from {low} to {high}, {'updated' if tally.kind == 'update' else 'sources differ'})" if low != high else "")
    return words


def _standing(happening: Happening) -> str:
    finding = happening.picture.finding
    sources = f"{finding.independent} independent source{'' if finding.independent == 1 else 's'}"
    return f"{finding.status}, {sources}: {finding.reason}"


def _account(account: Account, happening: Happening) -> tuple[str, str, str, str]:
    url = next((p.url for p in happening.papers if p.number == account.report and p.url), "") or ""
    stake = f", {account.interested}" if account.interested else ""
    day = f" ({account.published[:10]})" if account.published else ""
    return f"{account.chain}{day}", account.stance + stake, quoted(account.words, width=400), url


def _title(job: Job) -> str:
    return f"Chronology{f' ({job.options.release})' if job.options.release else ''}"


_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def _plain(text: str) -> str:
    """Words of a report in Markdown: nothing in them is markup."""
    return re.sub(r"^(\s*)(\d+)([.)])", r"\1\2\\\3", _MARKS.sub(r"\\\1", " ".join(text.split())))


def write_markdown(job: Job) -> None:
    """Write the chronology as Markdown."""
    with job.open() as file:
        file.write(f"# {_plain(_title(job))}\n")
        heading = ""
        for line in lines_of(job):
            if line.heading != heading:
                file.write(f"\n## {line.heading}\n\n")
                heading = line.heading
            file.write(f"- **{line.day}** {_plain(line.what)}. *{_plain(line.standing)}.* ({_plain(line.id)})\n")
            for chain, stance, words, url in line.accounts:
                link = f" <{url}>" if _is_address(url) else ""
                file.write(f"  - {_plain(chain)} — {_plain(stance)}: {_plain(words)}{link}\n")
            if line.more:
                file.write(f"  - and {line.more} more\n")


def _is_address(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>\"'`\\]+", url) is not None


_STYLE = (
    "body{font:16px/1.5 serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    ".s{color:#555;font-style:italic}q{quotes:none}li{margin:.4rem 0}ul ul{font-size:90%}"
)


def write_html(job: Job) -> None:
    """Write the chronology as one self-contained page; nothing of a report comes out as markup."""
    with job.open() as file:
        file.write(
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
            f" style-src 'unsafe-inline'\"><title>{escape(_title(job))}</title><style>{_STYLE}</style></head><body><h1>{escape(_title(job))}</h1>\n"
        )
        heading = ""
        for line in lines_of(job):
            if line.heading != heading:
                file.write(f"{'</ul>' if heading else ''}<h2>{escape(line.heading)}</h2><ul>\n")
                heading = line.heading
            told = "".join(f"<li>{escape(c)} — {escape(s)}: <q>{escape(w)}</q>{_link(u)}</li>" for c, s, w, u in line.accounts)
            told += f"<li>and {line.more} more</li>" if line.more else ""
            file.write(
                f'<li id="{escape(line.id)}"><b>{escape(line.day)}</b> {escape(line.what)}. <span class="s">{escape(line.standing)}.</span>'
                f"<ul>{told}</ul></li>\n"
            )
        file.write(f"{'</ul>' if heading else ''}</body></html>\n")


def _link(url: str) -> str:
    return f' <a href="{escape(url)}" rel="noreferrer nofollow">{escape(url)}</a>' if _is_address(url) else ""


def write_docx(job: Job) -> None:
    """Write the chronology as a Word document: the package and its styles are those of python-docx, the paragraphs are written one by one."""
    try:
        from docx import Document
    except ImportError as fault:
        raise missing("chronology-docx", "python-docx") from fault
    blank = BytesIO()
    Document().save(blank)
    with ZipFile(blank) as template, ZipFile(job.path, "w") as package:
        for entry in template.infolist():
            with package.open(timeless(entry.filename), "w") as part:
                if entry.filename != "word/document.xml":
                    part.write(template.read(entry))
                    continue
                head, _, page = template.read(entry).decode("utf-8").partition("<w:body>")
                part.write(f"{head}<w:body>".encode())
                for paragraph in _paragraphs(job):
                    part.write(paragraph.encode("utf-8"))
                part.write(page[page.index("<w:sectPr") :].encode("utf-8"))


def _paragraphs(job: Job) -> Iterator[str]:
    """The paragraphs of the document, as WordprocessingML."""
    yield _paragraph("Title", (_title(job), ""))
    heading = ""
    for line in lines_of(job):
        if line.heading != heading:
            yield _paragraph("Heading1", (line.heading, ""))
            heading = line.heading
        yield _paragraph("ListBullet", (line.day, "b"), (f" {line.what}. ", ""), (f"{line.standing}.", "i"))
        for chain, stance, words, url in line.accounts:
            yield _paragraph("ListBullet2", (f"{chain} — {stance}: {words}{f' {url}' if url else ''}", ""))
        if line.more:
            yield _paragraph("ListBullet2", (f"and {line.more} more", ""))


def _paragraph(style: str, *runs: tuple[str, str]) -> str:
    """A paragraph of a style: texts, each plain, bold (``b``) or italic (``i``)."""
    made = "".join(
        f'<w:r>{f"<w:rPr><w:{mark}/></w:rPr>" if mark else ""}<w:t xml:space="preserve">{escape(_legal(text), quote=False)}</w:t></w:r>' for text, mark in runs
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{made}</w:p>'


def _legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", " ", text)
