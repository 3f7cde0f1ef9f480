"""Images as captions and credits tell of them: kind, photographer, agency, and which words say when, where and what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dateline.extraction.findings import ImageFound, PlaceFound
from dateline.extraction.times import TimeFound
from dateline.intake.credits import Credit, find_credit
from dateline.intake.names import is_person
from dateline.intake.outlets import outlet_named
from dateline.language.document import Document, Token
from dateline.lexicon import Rule, load, rules
from dateline.model import Section

_NOUN = (
    r"(?:photos?|photographs?|pictures?|images?|frame ?grabs?|video ?grabs?|screen ?grabs?|grabs?|stills?|screenshots?|handouts?|footage|video|view|"
    r"combination)"
)
_SHOWS = re.compile(
    rf"^(?:(?:In|On) )?(?:[Tt]his|[Tt]hese|[Tt]he|[Aa]n?)\b(?:(?![.!?]\s+[A-Z][a-z]+ [a-z]).){{0,160}}?\b{_NOUN}\b"
    r"(?:(?![.!?]\s+[A-Z][a-z]+ [a-z]).){0,220}?\b"
    r"(?:(?:(?:which|that) )?(?:(?:allegedly|reportedly|apparently|purportedly|appears? to|purports? to|claims? to|is said to|"
    r"are said to|is claimed to) )?shows?|showing|"
    r"purporting to show|purportedly showing|allegedly showing|apparently showing|depicts?|depicting|captures?)\s+(?:that\s+)?",
    re.DOTALL,
)
_DATE_WORD = r"(?:(?:19|20)\d\d\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|March|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec|\d)"
_IN_THIS = re.compile(
    rf"^(?:In|On) (?:this|an?)\b.{{0,90}}?\b{_NOUN}\b(?:[^,.]|\.(?!\s+[A-Z][a-z]+ [a-z])|,\s+"
    rf"(?={_DATE_WORD}|taken|made|released|provided|posted|obtained|distributed|supplied))*,\s+"
    rf"(?!{_DATE_WORD})",
    re.DOTALL,
)
_GIVEN_OUT = re.compile(r"\b(?:released|posted|provided|obtained|distributed|published|supplied|issued|aired|broadcast|received|shared|uploaded)\b[^,]*?$")
_TAKEN = re.compile(r"\b(?:taken|shot|photographed|pictured|made|captured|dated|seen|filmed)\b(?:\s+\w+){0,6}?\s*(?:on|in)?\s*$")
_ASIDE = re.compile(r"\b(?:after|before|since|until|who|which|that|where|when|following|marking|ahead of|killed|died|began|declared)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Gen|Col|Maj|Cpt|Sgt|Gov|Sen|Rep|Mrs))"
    r"(?<!\b(?:Sept|Capt))(?<!\b(?:Lt|Dr|Mr|Ms|St))[.!?][\"”’]?(?=\s+[A-Z“\"]|\s*$)"
)


@cache
def kind_rules() -> tuple[Rule, ...]:
    """The patterns that tell the kind of an image."""
    return rules(load("image_kinds.tsv", columns=("name", "kind", "pattern", "example", "finds"), key=("name",)), name="image_kinds.tsv")


def find_images(document: Document, sections: Sequence[Section], times: Sequence[TimeFound], places: Sequence[PlaceFound]) -> tuple[ImageFound, ...]:
    """One image for each caption, and for each credit that no caption claims."""
    text = document.text
    claimed: set[int] = set()
    found: list[ImageFound] = []
    for i, section in enumerate(sections):
        if section.kind == "caption":
            mine = _credits_of(text, sections, i, claimed)
            claimed.update(mine)
            found.append(_captioned(document, sections, i, mine, times, places))
    for i, section in enumerate(sections):
        credit = _read_credit(text, section.start, section.end) if section.kind == "credit" and i not in claimed else None
        if credit is not None and (credit.person or credit.agency):
            kind, rule = _kind(text[section.start : section.end])
            found.append(ImageFound(kind, credit.person, credit.agency, None, None, None, i, f"{rule}+credits:{credit.rule}"))
    return tuple(sorted(found, key=lambda image: image.section))


def _credits_of(text: str, sections: Sequence[Section], i: int, claimed: set[int]) -> list[int]:
    """The credits of a caption: those of its own line, else the one below it, else the one above that is nobody's."""
    near = [j for j in (i - 1, i + 1) if 0 <= j < len(sections) and sections[j].kind == "credit" and j not in claimed]
    same = [j for j in near if "\n" not in text[min(sections[i].end, sections[j].end) : max(sections[i].start, sections[j].start)]]
    if same and any(_read_credit(text, sections[j].start, sections[j].end) for j in same):
        return same
    below = [j for j in near if j > i]
    return [*same, *(below or [j for j in near if j not in same][:1])]


def _read_credit(text: str, start: int, end: int) -> Credit | None:
    for place in ("start", "end", "caption", "alone"):
        credit = find_credit(text, start, end, place)
        if credit is not None and (credit.person or credit.agency):
            return credit
    words = text[start:end].strip(" ()[].|")
    bare = re.sub(r"^(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture|[Cc]redit|[Vv]ideo)s?(?: by\b| credit\b)?[: ]\s*", "", words)
    if is_person(bare):
        return Credit(start, end, bare, None, "name_alone")
    return Credit(start, end, None, bare, "outlet_alone") if outlet_named(bare) else None


def _captioned(
    document: Document, sections: Sequence[Section], i: int, credit_sections: Sequence[int], times: Sequence[TimeFound], places: Sequence[PlaceFound]
) -> ImageFound:
    text, section = document.text, sections[i]
    credits_read = [c for j in credit_sections if (c := _read_credit(text, sections[j].start, sections[j].end)) is not None]
    person = next((c.person for c in credits_read if c.person), None)
    agency = next((c.agency for c in credits_read if c.agency), None)
    lead, end, rule = _proposition(document, section)
    first, last = min([section.start, *(sections[j].start for j in credit_sections)]), max([section.end, *(sections[j].end for j in credit_sections)])
    kind, kind_rule = _kind(text[section.start : lead] or text[first:last], text[first:last])
    taken = _taken(text, section, lead, end, times)
    shows = _trimmed(text, lead, end, None if taken is None else times[taken])
    named = [p for p, found in enumerate(places) if lead <= found.name_start < end and not found.adjectival and not found.nominal]
    place = next(iter([p for p in named if shows and places[p].name_start < shows[1]] or named), None)
    names = "+".join([kind_rule, rule, *(f"credits:{c.rule}" for c in credits_read)])
    return ImageFound(kind, person, agency, taken, shows, place, i, names)


def _kind(*words: str) -> tuple[str, str]:
    """The kind that the lead-in of a caption tells, else the caption with its credit; a photograph where neither does."""
    for text in words:
        for rule in kind_rules():
            if rule.row["finds"] and rule.pattern.search(text):
                return rule.row["kind"], f"image_kinds:{rule.name}"
    return "photograph", "image_kinds:none"


def _proposition(document: Document, section: Section) -> tuple[int, int, str]:
    """Where what the image is said to show begins and ends, without "This photo taken on Friday shows"."""
    words = document.text[section.start : section.end]
    for pattern, rule in ((_SHOWS, "images:shows"), (_IN_THIS, "images:in_this")):
        match = pattern.match(words)
        if match is not None and match.end() < len(words):
            start = section.start + match.end()
            stop = _sentence_end(document.text, start, section.end)
            return start, (_object_end(document, start, stop) if rule == "images:shows" else stop), rule
    return section.start, _sentence_end(document.text, section.start, section.end), "images:whole"


def _sentence_end(text: str, start: int, end: int) -> int:
    match = _SENTENCE_END.search(text, start, end)
    return match.start() if match else end


def _object_end(document: Document, start: int, stop: int) -> int:
    """Where a clause of time begins that tells of something else than the scene ("... in Raqqa, two days after the SDF said ..."), else ``stop``."""
    clauses = [t for t in document.tokens_in(start, stop) if t.upos in ("VERB", "AUX") and _timed(document, t)]
    cuts = [cut for t in clauses if (cut := _clause_start(document, t)) > start]
    return start + len(document.text[start : min(cuts, default=stop)].rstrip(" ,;"))


def _timed(document: Document, clause: Token) -> bool:
    return any(t.lemma in ("after", "before", "since", "until") for t in document.children(clause.i, "mark", "case"))


def _clause_start(document: Document, clause: Token) -> int:
    start = document.reach(clause.i)[0]
    ahead = document.text[max(0, start - 24) : start]
    # "two days after": the measure may hang elsewhere, but belongs to the clause.
    measure = re.search(r"(?:\b(?:an?|one|two|three|four|five|six|seven|several|\d+)\s+(?:hours?|days?|weeks?|months?|years?)\s+)$", ahead)
    return start - (len(measure.group()) if measure else 0)


def _taken(text: str, section: Section, lead: int, end: int, times: Sequence[TimeFound]) -> int | None:
    """The time expression that says when the image was taken: in the lead-in, after "taken on", at the end, or of the scene itself."""
    inside = [i for i, t in enumerate(times) if section.start <= t.start and t.end <= section.end and _is_day(t, text)]
    for i in inside:
        ahead = text[section.start : times[i].start]
        if times[i].start < lead and (not _GIVEN_OUT.search(ahead) or _TAKEN.search(ahead)):
            return i
    if any(times[i].start < lead for i in inside):
        return None
    for i in inside:
        ahead = text[section.start : times[i].start]
        closes = not text[times[i].end : section.end].strip(" .)") or times[i].end >= end
        if _TAKEN.search(ahead) or (closes and re.search(r"[,.]\s*(?:on\s+)?$", ahead)) or not _ASIDE.search(text[lead : times[i].start]):
            return i
    return None


def _is_day(time: TimeFound, text: str) -> bool:
    words = text[time.start : time.end]
    named = re.search(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b", words)
    return bool(named) and time.kind not in ("offset", "duration", "age", "set", "ref", "ago") and time.role == "at"


def _trimmed(text: str, start: int, end: int, taken: TimeFound | None) -> tuple[int, int] | None:
    """The proposition without the date at its end and without marks around it."""
    if taken is not None and start < taken.start < end <= taken.end + 2:
        end = start + len(re.sub(r"[\s,]*(?:\b(?:on|in|taken on|pictured on))?[\s,]*$", "", text[start : taken.start]))
    words = text[start:end]
    end = start + len(words.rstrip(" .,;:|–—-"))
    return (start, end) if any(c.isalpha() for c in text[start:end]) else None
