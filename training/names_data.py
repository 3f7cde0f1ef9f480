"""The name corpora, each with its own labels and with what they allow in the merged set.

A corpus that marks no dates must not teach that a date is nothing: where a label of a corpus fits several labels of
the merged set, or the corpus is silent about some, all that fit are allowed, and the loss sums over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.language.words import cut
from training.corpora import CODES, Row, bio, chunks, gaps_of, kept_for_dev, records

FORCE = re.compile(
    r"\b(?:army|armies|forces?|military|brigades?|battalions?|divisions?|regiments?|corps|squadron|militias?|militants?|troops|navy|"
    r"air force|marines?|guards?|front|"
    r"peshmerga|taliban|taleban|isis|isil|daesh|da'esh|islamic state|al-qa|qaeda|qaida|qaidah|nusra|hezbollah|hizbollah|hizbullah|hamas|"
    r"houthis?|ypg|ypj|sdf|fsa|pkk|saa|"
    r"shabaab|boko haram|m23|rsf|farc|eln|ltte|lra|fighters|rebels?|mujahideen|jihad|ansar|ahrar|liwa|jaysh|jaish|harakat|katibat|coalition|"
    r"centcom|nato|wagner|"
    r"command|joint task force|commandos?|garrison|police|gendarmerie|rangers?|legion|paramilitar\w+|pmf|pmu|hashd|isaf|monusco|minusma|"
    r"unifil|ira|eta|idf|irgc|tnla|kia)\b",
    re.IGNORECASE,
)
NATIONS = re.compile(
    r"^(?:the )?(?:[A-Z][a-z]+(?:ian|ians|ish|ese|ans|an|is|i|ch|tch|eek|wiss|orwegian|uslim|uslims|hristian|hristians|unni|unnis|hia|hiite|"
    r"hiites|urdish|urds|urd|ewish|ews|rabs?|rab|alawite|alawites|azidis?|azidi|urkmen|ruze)|"
    r"U\.?S\.?|UK|EU|American|French|German|Dutch|Irish|Welsh|Scottish|Greek|Czech|Thai|Swiss)$"
)
TITLE = re.compile(
    r"^(?:the|former|then|late|his|her|mr|mrs|ms|dr|he|hm|hrh|sir|prof|professor|president|vice|prime|deputy|first|minister|ministers|"
    r"foreign|defen[cs]e|interior|secretary|under|assistant|"
    r"ambassador|envoy|special|general|gen|lt|lieutenant|col|colonel|maj|major|capt|captain|sgt|sergeant|brig|brigadier|adm|admiral|cmdr|"
    r"commander|chief|king|queen|prince|"
    r"emir|sheikh|shaikh|sheik|imam|ayatollah|chancellor|senator|sen|rep|governor|gov|mayor|judge|justice|spokesman|spokeswoman|spokesperson|"
    r"director|head|leader|"
    r"army|air|force|navy|police|un|uk|us|u|s|s\.|international|development|state|of|for|affairs|high|representative|commissioner|chairman|"
    r"and|british|iraqi|syrian|turkish|american|russian|"
    r"combined|joint|task|operation|inherent|resolve|coalition|rear|staff|-|,|\.)$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[A-Z]|^\d")


def _allow(label: str, *names: str) -> int:
    """Bits for a word that its corpus marks as the beginning (B) or the rest (I) of one of ``names``."""
    return sum(CODES[f"{label}-{name}"] for name in names)


_TIMELY = re.compile(
    r"^(?:.*\d.*|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|may|june|july|august|september|october|november|"
    r"december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"days?|weeks?|months?|years?|decades?|century|centuries|hours?|minutes?|morning|afternoon|evening|night|noon|midnight|dawn|dusk|today|"
    r"tomorrow|yesterday|tonight|weekend|summer|winter|spring|"
    r"autumn|early|late|mid-.*|last|next|this|past|ago|several|few|earlier|later|daily|annual|first|half|quarter|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    r"thousands?|millions?|billions?|dozens?|percent|per|cent|%|\$|€|£|"
    r"dollars?|euros?|pounds?|miles?|km|kilomet(?:er|re)s?|met(?:er|re)s?|tons?|tonnes?)\.?$",
    re.IGNORECASE,
)
_ARMS = re.compile(
    r"^(?:.*(?:missiles?|rockets?|bombs?|guns?|rifles?|tanks?|grenades?|mortars?|artillery|explosives?|mines?|drones?|shells?|bullets?|"
    r"pistols?|knives|weapons?|warheads?|jets?|gunships?|howitzers?|cannons?|ships?|aircraft)|IEDs?)$",
    re.IGNORECASE,
)
_LOOKS = {"DATE": _TIMELY, "TIME": _TIMELY, "QUANTITY": _TIMELY, "WEAPON": _ARMS, "NORP": NATIONS}
_WEAK = frozenset(("the", "of", "and", "to", ",", "-", "–", "a", "an", "some"))
"""Words that are part of a time or a quantity only beside one that is."""


def _silent(words: list[str], place: int, names: tuple[str, ...]) -> int:
    """Bits for a word that its corpus leaves unmarked: nothing, or a name that the corpus does not mark and that the word could be part of."""
    word = words[place]
    if word in _WEAK:
        word = next((words[n] for n in (place + 1, place - 1) if 0 <= n < len(words) and _TIMELY.match(words[n])), word)
    return CODES["O"] + sum(_allow(part, name) for part in "BI" for name in names if _LOOKS[name].match(word))


def allowed(words: list[str], tags: list[str], fits: dict[str, tuple[str, ...]], silent: tuple[str, ...]) -> list[int]:
    """Bits for each word: ``fits`` maps the corpus's labels to merged names, ``silent`` are names that it does not mark."""
    out = []
    for place, tag in enumerate(tags):
        part, _, label = tag.partition("-")
        names = fits.get(label, ()) if part != "O" else ()
        out.append(_allow(part, *names) if names else _silent(words, place, silent))
    return out


def _core(words: list[str], first: int, last: int) -> tuple[int, int] | None:
    """The capitalised part of a noun phrase: the name inside it."""
    named = [
        n
        for n in range(first, last)
        if words[n][:1].isupper()
        and words[n].lower() not in ("the", "a", "an", "our", "his", "her", "their", "this", "these", "i", "we", "he", "she", "they", "it")
    ]
    return (named[0], named[-1] + 1) if named else None


_ABOUT = frozenset("at least most more less fewer than over up to about some nearly almost approximately around only the an estimated as many".split())
_COUNTRY = re.compile(
    r"^(?:the )?(?:Iraq|Syria|Turkey|Iran|Jordan|Lebanon|Israel|Egypt|Libya|Yemen|Saudi Arabia|Russia|Ukraine|France|Germany|Australia|"
    r"Canada|Afghanistan|Pakistan|India|China|Qatar|Kuwait|Bahrain|"
    r"UAE|United Arab Emirates|United States|United Kingdom|UK|US|U\.S\.|USA|Britain|Great Britain|America|Japan|Denmark|Netherlands|Belgium|"
    r"Somalia|Sudan|Nigeria|Mali|Italy|Spain|Sweden|Norway)$"
)


def re3d(*, dev: bool | None = False) -> Iterator[list[Row]]:
    """re3d without its BBC part: its own ten types, and the names inside its noun phrases; ``dev`` None gives all documents."""
    for record in records("re3d", "dev.jsonl"):
        if "BBC" in record["source"] and not dev:
            continue
        if dev is not None and kept_for_dev(record["id"]) != dev:
            continue
        masked = record.get("masked_ranges") or []
        rows = []
        for start, end in chunks(record["text"]):
            if any(a < end and b > start for a, b in ((m["start"], m["end"]) if isinstance(m, dict) else m for m in masked)):
                continue
            spans = cut(record["text"], start, end)
            if not spans:
                continue
            words = [record["text"][a:b] for a, b in spans]
            tags = bio(spans, [(e["start"], e["end"], e["type"]) for e in record["entities"]])
            rows.append(Row(words, gaps_of(record["text"], spans), allowed=_merge_re3d(words, tags), own={"re3d": tags}, ended=True))
        if rows:
            yield rows


def runs(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """First word, end and label of each run of BIO tags."""
    start, label = 0, ""
    for n, tag in enumerate([*tags, "O"]):
        if label and (tag[0] != "I" or tag[2:] != label):
            yield start, n, label
            label = ""
        if tag[0] == "B" or (tag[0] == "I" and not label):
            start, label = n, tag[2:]


def _merge_re3d(words: list[str], tags: list[str]) -> list[int]:
    bits = [CODES["O"]] * len(words)
    for first, last, label in runs(tags):
        names: tuple[str, ...] = ()
        if label == "Temporal":
            names = ("DATE", "TIME")
        elif label in ("Quantity", "Money"):
            names = ("QUANTITY",)
        elif label in ("Weapon", "MilitaryPlatform"):
            names = ("WEAPON",)
        elif label == "Nationality":
            names = ("PLACE",) if _COUNTRY.match(" ".join(words[first:last])) else ("NORP",)
        else:
            core = _core(words, first, last)
            if core is None:
                continue
            first, last = core
            if label == "Location":
                lower = [
                    n
                    for n in range(first, last)
                    if words[n].isalpha() and words[n].islower() and words[n] not in ("al", "el", "ez", "de", "of", "the", "and", "bin", "s", "on")
                ]
                tail = _core(words, lower[-1] + 1, last) if lower and "held" not in words[first:last] else None
                first, last = tail or (first, last)
            text = " ".join(words[first:last]).replace(" - ", "-").replace(" ’s", "").replace(" 's", "")
            if label == "Organisation":
                names = (
                    ("PLACE",)
                    if _COUNTRY.match(text)
                    else ("FORCE",)
                    if FORCE.search(text)
                    else ("NORP",)
                    if NATIONS.match(text) and text not in ("EU", "the EU")
                    else ("ORG",)
                )
            elif label == "Person":
                while first < last and TITLE.match(words[first]):
                    first += 1
                if first == last:
                    continue
                names = ("NORP",) if NATIONS.match(text) and last - first == 1 and text.endswith("s") else ("PERSON",)
            elif label == "Location":
                held = next((n for n in range(first, last - 1) if words[n].lower() in ("held", "controlled", "backed", "occupied") and n > first), None)
                if held is not None:
                    bits[first] = _allow("B", "FORCE", "ORG", "NORP", "PLACE") + CODES["O"]
                    bits[first + 1 : held - 1] = [_allow("I", "FORCE", "ORG", "NORP", "PLACE") + CODES["O"]] * max(held - 2 - first, 0)
                    rest = _core(words, held + 1, last)
                    if rest is None:
                        continue
                    first, last = rest
                names = ("PLACE", "FACILITY")
            else:
                names = ("MISC",)
                bits[first:last] = [CODES["O"] + _allow("B", "MISC") + _allow("I", "MISC")] * (last - first)
                continue
        if label in ("Weapon", "MilitaryPlatform"):
            while first < last - 1 and (words[first][:1].isupper() or words[first].lower() in ("the", "other", "a", "an", "its", "their", "some", "several")):
                first += 1
        if label == "Quantity":
            while first < last - 1 and words[first].lower() in _ABOUT:
                first += 1
        parts = [first - 1, *(n for n in range(first, last) if words[n] == "," and label == "Location"), last]
        for before, after in zip(parts, parts[1:], strict=False):
            if after > before + 1:
                bits[before + 1] = _allow("B", *names)
                bits[before + 2 : after] = [_allow("I", *names)] * (after - before - 2)
    return bits


POLITICS = {
    "politician": ("PERSON",),
    "person": ("PERSON",),
    "organisation": ("ORG", "FORCE"),
    "politicalparty": ("ORG",),
    "event": ("EVENT",),
    "election": ("EVENT",),
    "country": ("PLACE",),
    "location": ("PLACE", "FACILITY"),
    "misc": ("MISC", "NORP", "ORG", "EVENT"),
}
WIKIGOLD = {"PER": ("PERSON",), "ORG": ("ORG", "FORCE"), "LOC": ("PLACE", "FACILITY"), "MISC": ("MISC", "NORP", "EVENT")}


def _by_text(fits: dict[str, tuple[str, ...]], words: list[str], tags: list[str], silent: tuple[str, ...]) -> list[int]:
    """As ``allowed``, with what the words themselves settle."""
    bits = allowed(words, tags, fits, silent)
    for first, last, label in runs(tags):
        names = fits.get(label, ())
        text = " ".join(words[first:last]).replace(" - ", "-")
        if "FORCE" in names:
            names = ("FORCE",) if FORCE.search(text) and not re.search(r"salvation|league|party", text, re.IGNORECASE) else ("ORG",)
        elif "NORP" in names and NATIONS.match(text):
            names = ("NORP",)
        else:
            continue
        bits[first] = _allow("B", *names)
        bits[first + 1 : last] = [_allow("I", *names)] * (last - first - 1)
    return bits


def _sentences(record: dict) -> tuple[list[str], list[int], list[str]]:
    spans = cut(record["text"])
    words = [record["text"][a:b] for a, b in spans]
    return words, gaps_of(record["text"], spans), bio(spans, [(e["start"], e["end"], e["type"]) for e in record["entities"]])


def politics(part: str) -> Iterator[list[Row]]:
    """CrossNER politics, sentence by sentence."""
    for record in records("ner_crossner_politics", f"{part}.jsonl"):
        words, gaps, tags = _sentences(record)
        if words:
            yield [
                Row(words, gaps, allowed=_by_text(POLITICS, words, tags, ("DATE", "TIME", "QUANTITY", "WEAPON", "NORP")), own={"politics": tags}, whole=True)
            ]


def wikigold() -> Iterator[list[Row]]:
    """wikigold by document."""
    document, rows = "", []
    for record in records("ner_wikigold", "dev.jsonl"):
        words, gaps, tags = _sentences(record)
        if record["doc_id"] != document and rows:
            yield rows
            rows = []
        document = record["doc_id"]
        if words:
            rows.append(Row(words, gaps, allowed=_by_text(WIKIGOLD, words, tags, ("DATE", "TIME", "QUANTITY", "WEAPON")), own={"wikigold": tags}, whole=True))
    if rows:
        yield rows
