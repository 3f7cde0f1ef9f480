"""Sentences of our own with name labels, made from patterns and word lists; the same every time.

``python -m training.handmade.make 40`` prints some for the eye.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator

from dateline.language.words import cut
from training.corpora import CODES, Row, bio, gaps_of
from training.handmade.lists import FAMILY, GIVEN, NAMES, QUOTES, SENTENCES, SLOTS, SYLLABLES

COUNT = 24_000
_SLOT = re.compile(r"\{(\w+)\}")


_TIMED = {
    "DAY": ("DATE", "DAYS"),
    "MONTH": ("DATE", "MONTHS"),
    "LATELY": ("DATE", "LATELYS"),
    "CLOCK": ("TIME", "clock"),
    "SPELL": ("TIME", "SPELLS"),
    "MONEY": ("QUANTITY", "money"),
    "PERCENT": ("QUANTITY", "percent"),
    "DISTANCE": ("QUANTITY", "distance"),
    "AREA": ("QUANTITY", "area"),
}
_UNITS = "Brigade|Division|Mechanised Brigade|Armored Brigade|Infantry Division|Battalion|Mountain Division|Marine Brigade|Corps|Assault Brigade".split("|")
_MISC = {"TREATY", "MEDIUM", "LANGUAGE"}
_SAID = {"Arabic", "Kurdish", "Kinyarwanda", "Swahili"}
_MEDIA = {"Twitter", "Telegram", "Facebook", "WhatsApp", "YouTube"}


class _Maker:
    """Fills patterns; text and spans grow together."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.text = ""
        self.spans: list[tuple[int, int, str]] = []

    def make(self, pattern: str) -> tuple[str, list[tuple[int, int, str]]]:
        self.text, self.spans = "", []
        self._fill(pattern)
        return self.text, self.spans

    def _fill(self, pattern: str) -> None:
        at = 0
        for found in _SLOT.finditer(pattern):
            self.text += pattern[at : found.start()]
            self._slot(found.group(1))
            at = found.end()
        self.text += pattern[at:]

    def _slot(self, slot: str) -> None:
        if slot in ("TITLED",) or slot in SLOTS:
            self._fill(self.rng.choice(SLOTS[slot]))
        elif slot in ("ON", "Onn", "AT", "Att"):
            start = len(self.text)
            self._fill(self.rng.choice(SLOTS[slot.lower()]))
            if slot == "Onn":
                self.text = self.text[:start] + self.text[start : start + 1].upper() + self.text[start + 1 :]
        elif slot == "quote":
            self._fill(self.rng.choice(QUOTES))
        elif slot == "Side":
            start = len(self.text)
            self._fill(self.rng.choice(SLOTS["side2"]))
            self.text = self.text[:start] + self.text[start : start + 1].upper() + self.text[start + 1 :]
        else:
            label, made = self._name(slot)
            made = made.strip()
            self.spans.append((len(self.text), len(self.text) + len(made), label))
            self.text += made

    def _plain(self, slot: str) -> str:
        """Text of a slot without labels."""
        while _SLOT.search(slot):
            slot = _SLOT.sub(lambda m: self.rng.choice(SLOTS[m.group(1)]), slot)
        return slot

    def _name(self, slot: str) -> tuple[str, str]:
        rng = self.rng
        if slot == "PERSON":
            return slot, self._person()
        if slot == "PERSONL":
            return "PERSON", rng.choice(NAMES["single"]) if rng.random() < 0.4 else self._family()
        if slot in ("PLACE", "PLACECAPS"):
            place = self._place()
            return "PLACE", place.upper() if slot == "PLACECAPS" else place
        if slot == "FORCE":
            return slot, self._force()
        if slot == "ACRO":
            return "FORCE", "".join(rng.choice("ABCDEFGHIJKLMNOPRSTUVW") for _ in range(rng.choice((2, 3, 3, 3, 4)))) if rng.random() < 0.7 else rng.choice(
                "SDF FSA HTS PKK TPLF FDLR RSF KIA ELN M23 LNA PMF".split()
            )
        if slot == "ORG":
            return slot, self._org()
        if slot == "FACILITY":
            return slot, rng.choice(NAMES["facilities"]) if rng.random() < 0.5 else f"{self._place()} {rng.choice(NAMES['facility_kind'])}"
        if slot == "NORP":
            return slot, rng.choice(NAMES["norps"])
        if slot == "PEOPLES":
            return "NORP", rng.choice(NAMES["peoples"])
        if slot in _TIMED:
            label, source = _TIMED[slot]
            return label, self._plain("{" + source + "}")
        if slot == "ACROORG":
            return "ORG", "".join(rng.choice("ABCDEFGHIJKLMNOPRSTUVW") for _ in range(rng.choice((2, 3, 3, 4))))
        if slot in _MISC:
            return "MISC", rng.choice([m for m in NAMES["misc"] if (m in _SAID) == (slot == "LANGUAGE") and (m in _MEDIA) == (slot == "MEDIUM")])
        if slot == "QN":
            return "QUANTITY", self._plain("{n}") if rng.random() < 0.8 else str(rng.randint(2, 999))
        if slot == "WEAPON1":
            return "WEAPON", rng.choice(
                "car bomb|truck bomb|suicide car bomb|motorcycle bomb|VBIED|roadside bomb|bomb|improvised explosive device|landmine|grenade".split("|")
            )
        return slot, {
            "DATE": lambda: self._plain("{date}"),
            "TIME": lambda: self._plain("{time}"),
            "QUANTITY": lambda: self._plain(rng.choice(("{money}", "{percent}", "{distance}"))),
            "WEAPON": lambda: rng.choice(NAMES["weapons"]),
            "EVENT": self._event,
            "MISC": lambda: rng.choice(NAMES["misc"]),
        }[slot]()

    def _event(self) -> str:
        rng = self.rng
        if rng.random() < 0.7:
            return rng.choice(NAMES["events"])
        first = rng.choice("Iron Desert Northern Eternal Black Blue Red Sea Noble Rising".split())
        second = rng.choice("Storm Shield Sword Dawn Thunder Eagle Fury Wolf Anvil Resolve".split())
        return rng.choice(
            (
                f"Battle of {self._place()}",
                f"Operation {first} {second}",
                f"Second Battle of {self._place()}",
                f"{self._place()} massacre",
            )
        )

    def _family(self) -> str:
        return self.rng.choice(FAMILY[self.rng.choice(list(FAMILY))])

    def _person(self) -> str:
        rng = self.rng
        if rng.random() < 0.08:
            return rng.choice(NAMES["kunya"])
        people = rng.choice(list(GIVEN))
        given, family = rng.choice(GIVEN[people]), rng.choice(FAMILY[people])
        draw = rng.random()
        if people in ("english", "spanish", "african") and draw < 0.15:
            given += f" {rng.choice('ABCDEFGHJKLMPRSTW')}."
        elif people in ("arabic", "somali", "pashto", "persian", "spanish", "burmese") and draw < 0.25:
            given += " " + rng.choice(GIVEN[people])
        elif people == "arabic" and draw < 0.35:
            return rng.choice((f"Abu {given}", f"Abu {given} {family}", f"{given} bin {rng.choice(GIVEN[people])} {family}", f"Abd {family}"))
        return f"{given} {family}"

    def _place(self) -> str:
        draw = self.rng.random()
        if draw < 0.28:
            kind = self.rng.choice(list(SYLLABLES))
            heads, middles, tails = SYLLABLES[kind]
            made = self.rng.choice(middles) + (self.rng.choice(middles) if self.rng.random() < 0.3 else "") + self.rng.choice(tails)
            head = self.rng.choice(heads)
            if head and not head.endswith("-") and not head.endswith(" "):
                head += " "
            return head + made.capitalize()
        return self.rng.choice(NAMES["places" if draw < 0.68 else "countries" if draw < 0.84 else "regions"])

    def _force(self) -> str:
        rng = self.rng
        draw = rng.random()
        if draw < 0.55:
            return rng.choice(NAMES["forces"])
        people = rng.choice(NAMES["norps"])
        place = self._place()
        if draw < 0.72:
            return rng.choice(
                (
                    f"{people} army",
                    f"{people} Army",
                    f"{people} military",
                    f"{people} Air Force",
                    f"{people} air force",
                    f"{people} navy",
                    f"{people} police",
                    f"{people} security forces",
                    f"{people} armed forces",
                    f"{people} National Army",
                    f"{people} National Guard",
                    f"{people} border guards",
                    f"{people} special forces",
                    f"{people} Armed Forces",
                    f"{people} Coast Guard",
                )
            )
        virtue = rng.choice("Islam Haqq Sunna Tawhid Furqan Jihad Fatah Nasr Sham Ansar Mujahideen Salam Rahman Huda Izz Fajr".split())
        made = (
            f"Liwa al-{virtue}",
            f"Jaysh al-{virtue}",
            f"Jaish al-{virtue}",
            f"Harakat {virtue}",
            f"Ansar al-{virtue}",
            f"Katibat al-{virtue}",
            f"Kataib al-{virtue}",
            f"Saraya al-{virtue}",
            f"Jund al-{virtue}",
            f"Ahrar al-{virtue}",
            f"Tahrir al-{virtue}",
            f"{place} Liberation Front",
            f"{place} Liberation Army",
            f"{place} People's Defence Force",
            f"{place} Brigade",
            f"{place} Martyrs Brigade",
            f"{place} Military Council",
            f"{place} Volunteers",
            f"{place} Resistance",
            f"{people} People's Army",
            f"National Front for the Liberation of {place}",
            f"Patriotic Forces of {place}",
            f"Mai-Mai {rng.choice(FAMILY['congo'])}",
            f"{rng.choice('1st 2nd 3rd 5th 7th 10th 11th 24th 25th 47th 92nd 128th'.split())} {rng.choice(_UNITS)}",
            f"Front for {rng.choice('Justice Change Unity Democracy Freedom'.split())} in {place}",
            f"{people} Revolutionary Front",
            f"{people} Salvation Army",
            f"Union of {people} Patriots",
            f"Bloque {rng.choice('Oriental Occidental Norte Sur'.split())}",
            f"{self._family()} Front",
            f"Frente {rng.choice(FAMILY['spanish'])}",
            f"{place} cartel",
        )
        return rng.choice(made)

    def _org(self) -> str:
        rng = self.rng
        draw = rng.random()
        if draw < 0.75:
            return rng.choice(NAMES["orgs"])
        place, people = self._place(), rng.choice(NAMES["norps"])
        return rng.choice(
            (
                f"{people} Ministry of Defence",
                f"{people} Defence Ministry",
                f"{people} Foreign Ministry",
                f"{people} Health Ministry",
                f"{people} Red Crescent",
                f"{people} Red Cross",
                f"{people} Human Rights Commission",
                f"{place} Provincial Council",
                f"{place} University",
                f"{place} Media Center",
                f"{place} Media Centre",
                f"{place} Civil Council",
                f"{people} Parliament",
                f"{people} National Council",
                f"{people} Communist Party",
                f"{people} Workers' Party",
                f"National Party of {place}",
                f"Radio {place}",
                f"{place} Post",
                f"{place} Times",
                f"{place} Today",
                f"Bank of {place}",
                f"{place} United",
                f"{place} FC",
                f"{place} Chamber of Commerce",
                f"Union of {people} Journalists",
                f"{place} Documentation Center",
                f"{people} Observatory for Human Rights",
            )
        )


class Namer:
    """Gives names alone."""

    def __init__(self, rng: random.Random) -> None:
        self._maker = _Maker(0)
        self._maker.rng = rng

    def person(self) -> str:
        """The name of a person."""
        return self._maker._person()

    def place(self) -> str:
        """The name of a place."""
        return self._maker._place()


def texts(count: int = COUNT, seed: int = 11) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Made sentences with the offsets of their names; patterns with slots come as often as their slots allow."""
    maker = _Maker(seed)
    seen: set[str] = set()
    while len(seen) < count:
        pattern = maker.rng.choice(SENTENCES)
        text, spans = maker.make(pattern)
        if text in seen and "{" in pattern:
            continue
        if "{" not in pattern and maker.rng.random() < 0.7:
            continue
        if text[:1].islower():
            text = text[:1].upper() + text[1:]
        if maker.rng.random() < 0.25:
            text = text.replace("'", "’").replace(' "', " “").replace('," ', ",” ").replace('."', ".”")
        seen.add(text)
        yield text, spans


def parted(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """The sentences of a made text, which `` // `` marks off, each with the names in it."""
    out, start = [], 0
    for part in text.split(" // "):
        end = start + len(part)
        out.append((part, [(a - start, b - start, label) for a, b, label in spans if start <= a and b <= end]))
        start = end + len(" // ")
    return out


def sentences() -> list[list[Row]]:
    """The made sentences as rows; those that come together stand in one list."""
    made = []
    for text, spans in texts():
        rows = []
        for part, names in parted(text, spans):
            places = cut(part)
            # In "U.S.-backed forces" or "the US army" the country name is one either way.
            tags = bio(places, names)
            rows.append(Row([part[a:b] for a, b in places], gaps_of(part, places), allowed=[CODES[t] for t in tags], whole=True))
        made.append(rows)
    return made


if __name__ == "__main__":
    for shown, (line, found) in enumerate(texts(int(sys.argv[1]) if len(sys.argv) > 1 else 40)):
        print(shown, line, "|", "; ".join(f"{line[a:b]}={label}" for a, b, label in found))
