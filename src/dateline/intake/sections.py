"""Find the parts of a report: headline, dateline, byline, paragraphs, captions, credits, contributors, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.intake.blocks import Block, blocks
from dateline.intake.byline import is_byline
from dateline.intake.credits import filled, find_credit
from dateline.intake.heads import find_dateline, is_date_line
from dateline.lexicon import Rule, load, rules
from dateline.model import Section

BOILERPLATE = ("name", "longest", "pattern", "example", "finds")
CONTRIBUTORS = ("name", "pattern", "example", "finds")
_FINAL_STOP = re.compile(r"[.!…][\"'”’)\]]*(?:\[\d+\])*$")
_TITLE_END = re.compile(r"[.:;,!…][\"'”’)\]]*(?:\[\d+\])*$")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*(?:\[\d+\])*$")
_SHOWN = re.compile(
    r"^(?:(?:In|On) (?:this|an?) (?:[\w.,'’-]+ ){0,9}?(?:photo|photograph|image|picture|frame ?grab|still|screenshot|screengrab|video|handout)s?\b"
    r"|(?:This|An?|These) (?:[\w.,'’-]+ ){0,7}?(?:photo|photograph|image|picture|frame ?grab|still|screenshot|screengrab|handout)s?"
    r"(?: (?:image|photo|picture|still))?(?:,? (?:\w+ ){0,12}?)?(?:shows?|showing|depicts?|captures?|taken|made|provided|"
    r"released|posted|obtained|purport\w*)\b)",
    re.IGNORECASE,
)


_NOT_HEADLINE = re.compile(r"(?i)\b(?:the|an?|said|was|were|is|are|had|has|have|he|she|they|it|we)\b|[:\"“].|[.!?]\s")
_MARKED_HEAD = re.compile(r"={2,4}[^=]+={2,4}")


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    block: Block
    marked: bool = False
    """Whether the page's markup told the kind."""


@cache
def boilerplate_rules() -> tuple[Rule, ...]:
    """Patterns of text that belongs to the page rather than to the report."""
    return rules(load("boilerplate.tsv", columns=BOILERPLATE, key=("name",)), name="boilerplate.tsv", flags=re.DOTALL)


@cache
def contributors_rules() -> tuple[Rule, ...]:
    """Patterns of lines that name who worked on a report."""
    rows = [{**row, "pattern": filled(row["pattern"])} for row in load("contributors.tsv", columns=CONTRIBUTORS, key=("name",))]
    return rules(rows, name="contributors.tsv", flags=re.DOTALL)


def find_sections(
    text: str, *, title: str | None = None, captions: Collection[str] = (), credit_lines: Collection[str] = (), headings: Collection[str] = ()
) -> tuple[Section, ...]:
    """The parts of a text, in order and without overlap; together they cover all characters that are not white space.

    ``title`` is the headline known from elsewhere; ``captions``, ``credit_lines`` and ``headings`` hold blocks that the markup told to be such.
    """
    marked = {*captions, *credit_lines}
    told = {**dict.fromkeys(headings, "headline"), **dict.fromkeys(captions, "caption"), **dict.fromkeys(credit_lines, "credit")}
    found = [_Part(_kind_alone(text, b, told), b, " ".join(text[b.start : b.end].split()) in marked) for b in blocks(text)]
    found = _with_headlines(text, found, title)
    found = _with_captions(text, found)
    return tuple(section for i, part in enumerate(found) for section in _split(text, part, first=_first_body(found, i)))


def _kind_alone(text: str, block: Block, told: Mapping[str, str]) -> str:
    words = text[block.start : block.end]
    flat = " ".join(words.split())
    if flat in told:
        return told[flat]
    for rule in boilerplate_rules():
        if rule.row["finds"] and len(flat) <= int(rule.row["longest"]) and rule.pattern.search(flat):
            return "boilerplate"
    if len(flat) <= 600 and any(rule.row["finds"] and rule.pattern.search(flat) for rule in contributors_rules()):
        return "contributors"
    if len(flat) <= 240 and is_date_line(flat):
        return "dateline"
    head = find_dateline(text, block.start, block.end, first=True) if len(flat) <= 100 else None
    if head is not None and head.end >= block.end:
        return "dateline"
    if len(flat) <= 240 and is_byline(flat):
        return "byline"
    if len(flat) <= 160 and find_credit(text, block.start, block.end, "alone"):
        return "credit"
    if _is_caption(text, block):
        return "caption"
    return "paragraph"


def _is_caption(text: str, block: Block) -> bool:
    if block.end - block.start > 900:
        return False
    short = block.end - block.start <= 350
    before = find_credit(text, block.start, block.end, "start")
    if before is not None and (before.person or before.agency or short) or find_credit(text, block.start, block.end, "end"):
        return True
    return bool(_SHOWN.search(text[block.start : block.end]))


def _with_headlines(text: str, parts: list[_Part], title: str | None) -> list[_Part]:
    """The parts with title-like blocks before the body, and short ones between paragraphs, as headlines."""
    body = [i for i, part in enumerate(parts) if part.kind == "paragraph"]
    made = list(parts)
    wanted = _letters(title) if title else None
    first = body[0] if body else 0
    for at, i in enumerate(body):
        words = text[parts[i].block.start : parts[i].block.end]
        following = body[at + 1 : at + 2]
        leading = all(made[j].kind != "paragraph" for j in range(first, i))
        known = bool(wanted) and leading and i <= 4 and _letters(words) == wanted
        head = leading and bool(following) and i <= 6 and (_is_title(text, parts[i].block) or _is_echoed(text, parts[i].block, parts[following[0]].block))
        inner = not leading and bool(following) and _is_subhead(text, parts, i)
        if known or head or inner or _MARKED_HEAD.fullmatch(words):
            made[i] = _Part("headline", parts[i].block)
    return made


def _letters(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _is_title(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    count = len(words.split())
    if block.bullet or len(words) > 250 or count > 32 or find_dateline(text, block.start, block.end, first=True):
        return False
    if not _TITLE_END.search(words):
        return count >= 2 or words.isupper()
    return bool(_FINAL_STOP.search(words)) and count <= 22 and not words.isupper() and _is_title_case(words)


def _is_echoed(text: str, block: Block, following: Block) -> bool:
    """Whether a short first sentence without articles says in brief what the next block says at length, as headlines do."""
    words = re.findall(r"[^\W\d_]{3,}", text[block.start : block.end].casefold())
    if block.lines > 1 or following.gap == 0 or not 4 <= len(words) <= 14 or _NOT_HEADLINE.search(text[block.start : block.end]):
        return False
    said = {w[:5] for w in re.findall(r"[^\W\d_]{3,}", text[following.start : following.start + 400].casefold())}
    return sum(w[:5] in said for w in words) >= 0.7 * len(words) and following.end - following.start > 1.3 * (block.end - block.start)


def _is_title_case(words: str) -> bool:
    """Whether nearly all longer words are capitalised, as headlines are, or all letters are capitals."""
    longer = [w for w in re.findall(r"[^\W\d_][\w'’-]*", words) if len(w) >= 4]
    if words.split()[-1][:1].islower():
        return False
    return len(longer) >= 3 and sum(w[0].isupper() for w in longer) >= 0.85 * len(longer)


def _is_subhead(text: str, parts: list[_Part], i: int) -> bool:
    block = parts[i].block
    words = text[block.start : block.end]
    if block.bullet or len(words.split()) > 9 or len(words) > 70 or not words[0].isupper() or _ENDS_SENTENCE.search(words) or words[-1] in ',;"”':
        return False
    if i + 1 >= len(parts) or parts[i - 1].kind != "paragraph" or parts[i + 1].kind != "paragraph" or block.gap < 0:
        return False
    before, after = parts[i - 1].block, parts[i + 1].block
    return bool(_ENDS_SENTENCE.search(text[before.start : before.end])) and after.end - after.start > 80 and not after.bullet


def _with_captions(text: str, parts: list[_Part]) -> list[_Part]:
    """The parts with a line right above a credit of its own as that credit's caption."""
    made = list(parts)
    for i in range(1, len(parts)):
        above = parts[i - 1].block
        near = parts[i].block.gap == 0 and above.end - above.start <= 300 and above.lines == 1
        if parts[i].kind == "credit" and made[i - 1].kind == "paragraph" and near:
            made[i - 1] = _Part("caption", above)
    return made


def _first_body(parts: list[_Part], i: int) -> bool:
    return parts[i].kind == "paragraph" and all(part.kind != "paragraph" for part in parts[:i])


def _split(text: str, part: _Part, *, first: bool) -> Iterator[Section]:
    start, end = part.block.start, part.block.end
    if part.kind == "caption":
        yield from _split_caption(text, start, end, marked=part.marked)
        return
    if part.kind == "paragraph":
        head = find_dateline(text, start, end, first=first)
        if head is not None:
            if head.start > start:
                before = text[start : head.start].strip()
                kind = "byline" if is_byline(before) else "headline" if len(before.split()) <= 25 and before[-1] not in "([,;" else "paragraph"
                yield Section(kind, start, _back(text, start, head.start))
            yield Section("dateline", head.start, _back(text, head.start, head.end))
            start = _forward(text, head.end, end)
    if start < end:
        yield Section(part.kind, start, end)


def _split_caption(text: str, start: int, end: int, *, marked: bool) -> Iterator[Section]:
    before = find_credit(text, start, end, "start")
    if before is not None and before.end < end:
        yield Section("credit", start, _back(text, start, before.end))
        start = _forward(text, before.end, end)
    after = find_credit(text, start, end, "end") or (find_credit(text, start, end, "caption") if marked else None)
    if after is not None and after.start > start:
        yield Section("caption", start, _back(text, start, after.start))
        yield Section("credit", after.start, end)
    elif start < end:
        yield Section("caption", start, end)


def _back(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _forward(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())
