"""How alike two events are: features that each give a score and say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from dateline.record.occasion import AREA, LATE, NAMED, REACH, WIDE, Days, offset


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event of the record as the comparison sees it."""

    report: int
    event: str
    digest: str
    """Digest of its report, by which order does not depend on when the report came in."""
    type: str
    place: str | None
    block: str | None
    lat: float | None
    lon: float | None
    days: Days
    doers: frozenset[str]
    """Parties by name, or by who's who, that do it."""
    targets: frozenset[str]
    killed: float | None
    country: str | None = None

    @property
    def loose(self) -> bool:
        """Whether its place is a whole country or region."""
        return self.block is not None and self.block.startswith(AREA)

    @property
    def key(self) -> tuple[int, str]:
        """Report number and event id."""
        return self.report, self.event

    @property
    def set_by_report(self) -> bool:
        """Whether the event names no place of its own and is looked for where its report plays."""
        return self.lat is None and self.block is not None and self.block.startswith("square:")

    @property
    def square(self) -> tuple[int, int] | None:
        """Row and column of its square of the map; None where it has none."""
        if self.block is None or not self.block.startswith("square:"):
            return None
        row, column = self.block.split(":")[1:]
        return int(row), int(column)

    @property
    def rank(self) -> tuple[str, int, str]:
        """A key of order that is the same in whatever order reports came in."""
        return self.digest, len(self.event), self.event


@dataclass(frozen=True, slots=True)
class Score:
    """A feature's value, -1 (speaks against) to 1 (speaks for), with the reason in words."""

    value: float
    detail: str


@dataclass(frozen=True, slots=True)
class Feature:
    """A question put to two events and how much its answer weighs."""

    ask: Callable[[Candidate, Candidate], Score]
    weight: float

    def __post_init__(self) -> None:
        if not self.ask.__doc__:
            raise ValueError(f"{self.ask.__name__} must say in its docstring what it means for two events")


FAMILIES: dict[str, frozenset[str]] = {
    "territory": frozenset({"territory_captured", "territory_recaptured", "territory_handed_over", "victory_declared", "withdrawal", "surrender"}),
    "end": frozenset({"victory_declared", "offensive_ended", "ceasefire"}),
    "fighting": frozenset({"armed_clash", "offensive_launched", "siege", "killing", "wounding"}),
    "strike": frozenset({"air_strike", "drone_strike", "shelling", "missile_attack", "destruction", "killing", "wounding", "bombing"}),
    "blast": frozenset({"suicide_bombing", "bombing", "grenade", "killing", "wounding", "destruction"}),
    "harm": frozenset({"attack_on_civilians", "massacre", "execution", "killing", "wounding", "assassination", "torture"}),
    "taken": frozenset({"abduction", "arrest"}),
    "freed": frozenset({"hostage_release", "prisoner_exchange"}),
    "talks": frozenset({"agreement", "ceasefire", "negotiation", "meeting"}),
}
"""Types that reports use for one and the same happening; a type may be in several."""

_ATTACKS = FAMILIES["strike"] | FAMILIES["blast"] | FAMILIES["harm"]

_LOOSE = {
    "armed_clash": _ATTACKS,
    "attack_on_civilians": _ATTACKS,
    "offensive_launched": FAMILIES["territory"],
    "missile_attack": frozenset({"bombing"}),
}
"""Words that say little ("attack", "entered") with what they may mean: alone they speak neither for nor against."""

LASTING = FAMILIES["territory"] | FAMILIES["end"] | {"siege", "offensive_launched", "headquarters_established", "agreement"}
"""Happenings that are rare enough at one place for "in 2014" to mean the one of that year."""


def kin(kind: str) -> frozenset[str]:
    """The types that reports may use for what this type means, itself among them."""
    return frozenset({kind}).union(*(kinds for kinds in FAMILIES.values() if kind in kinds))


def may_mean(kind: str) -> frozenset[str]:
    """The types that an event of this type is compared with: its kin, and what a loose word may mean."""
    loose = {k for k, meant in _LOOSE.items() if kind in meant}
    return kin(kind) | _LOOSE.get(kind, frozenset()) | loose


def same_type(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening name it by the same type, or by one that reports use for it too."""
    if a.type == b.type:
        return Score(1.0, f"both are {a.type}")
    if "withdrawal" in (a.type, b.type) and b.type in kin(a.type):
        return Score(0.2, f"{a.type} and {b.type} are told apart, though one brings the other")
    if b.type in kin(a.type):
        return Score(0.5, f"{a.type} and {b.type} are often used of one happening")
    if b.type in may_mean(a.type):
        return Score(0.0, f"{a.type} may be said of {b.type}")
    return Score(-1.0, f"{a.type} is not {b.type}")


def near(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening put it at the same place or close by, or one only says in which region it is."""
    if a.place is not None and a.place == b.place:
        return Score(0.3, "the same country or region, not nearer") if a.loose else Score(1.0, "the same place")
    if a.block is not None and a.block == b.block and a.block.startswith(NAMED):
        return Score(0.9, "places of the same name")
    if a.loose or b.loose:
        return _within(a, b)
    if (a.set_by_report or b.set_by_report) and (a.place is None or b.place is None or (a.lat is None) != (b.lat is None)):
        together = a.square is not None and a.square == b.square
        return Score(0.4, "one names no place on the map, and its report plays there") if together else Score(0.0, "one names no place on the map")
    distance = _distance(a, b)
    if distance is None:
        return Score(0.0, "one of them has no place")
    if distance <= 10:
        return Score(0.3 if distance > 1 else 0.6, f"{distance:.0f} km apart")
    return Score(-1.0 if distance > 30 else -0.4, f"{distance:.0f} km apart")


def _within(a: Candidate, b: Candidate) -> Score:
    """Of two events of which one is put at a region or country: whether the other may lie there."""
    if a.loose and b.loose:
        one_country = a.block == b.block
        nations = [c for c in (a, b) if c.place is not None and c.place.startswith("country:")]
        return Score(0.2, "one of them names the country only") if one_country and nations else Score(0.0 if one_country else -1.0, "different regions")
    area, spot = (a, b) if a.loose else (b, a)
    if area.lat is None or area.lon is None or spot.square is None or max(abs(x) for x in offset(spot.square, area.lat, area.lon)) > REACH:
        return Score(-1.0, "too far from the middle of the region")
    return Score(0.25, "one names the region only, and the other is near its middle")


def _distance(a: Candidate, b: Candidate) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    inner = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 12742.0 * asin(sqrt(inner))


def same_days(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening give days that overlap, or lie a day apart."""
    kinds = {a.days.kind, b.days.kind}
    if "open" in kinds:
        together = kinds == {"open"} and a.days.first == b.days.first
        return Score(1.0, "since the same day") if together else Score(-1.0, "one of them goes on since a day")
    if a.days.first is None or a.days.last is None or b.days.first is None or b.days.last is None:
        return Score(0.0, "one of them has no day")
    gap = _gap(a.days, b.days)
    if 1 < gap <= LATE and _later_told(a, b):
        return Score(0.0, f"told as news {gap} days after the day that the other gives")
    if gap > 1 or (gap == 1 and "wide" in kinds):
        return Score(-1.0, f"{gap} days apart")
    if gap == 1:
        return Score(0.4 if {a.type, b.type} <= FAMILIES["fighting"] and "presumed" in kinds else 0.3, "1 day apart")
    if "presumed" in kinds:
        return Score(0.4, "told as news of the same days")
    return Score(1.0, "the same days") if max(_width(a.days), _width(b.days)) <= 7 else Score(0.4, "days that overlap, one of them known only roughly")


def _later_told(a: Candidate, b: Candidate) -> bool:
    """Whether the later of two gives no day of its own, so that its report may only come late."""
    earlier, later = sorted((a, b), key=lambda c: (c.days.first or "", c.days.last or ""))
    return later.days.kind == "presumed" and earlier.days.kind in ("dated", "presumed")


def _gap(a: Days, b: Days) -> int:
    first, second = sorted(((a.first or "", a.last or ""), (b.first or "", b.last or "")))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days


def _width(days: Days) -> int:
    return (date.fromisoformat(days.last or "") - date.fromisoformat(days.first or "")).days


def same_actors(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening share those who took part; of one type, they do not name different ones as doing it."""
    everyone, others = a.doers | a.targets, b.doers | b.targets
    if not everyone or not others:
        return Score(0.0, "one of them names nobody")
    shared = len(everyone & others)
    if shared:
        return Score(shared / min(len(everyone), len(others)), f"{shared} of those who take part are the same")
    if a.type == b.type and ((a.doers and b.doers) or (a.targets and b.targets)):
        return Score(-0.6, "others take part in each")
    return Score(0.0, "they name different sides")


def deaths_agree(a: Candidate, b: Candidate) -> Score:
    """Accounts of one happening may differ in the dead, but seldom by more than a factor of three."""
    if a.killed is None or b.killed is None:
        return Score(0.0, "one of them counts no dead")
    low, high = sorted((a.killed, b.killed))
    if low == high:
        return Score(1.0, f"both count {low:.0f} dead")
    return Score(0.0 if high <= 3 * max(low, 1) else -0.7, f"{low:.0f} and {high:.0f} dead")


FEATURES = (
    Feature(same_type, weight=0.25),
    Feature(near, weight=0.25),
    Feature(same_days, weight=0.25),
    Feature(same_actors, weight=0.15),
    Feature(deaths_agree, weight=0.10),
)

NEARLY, ALIKE, WORDS = 0.4, 0.25, 0.5
"""From ``NEARLY`` on the words of the sentences are compared; a share of ``ALIKE`` or more counts, times ``WORDS``."""

TELLING = 0.4
"""A share of words from which on they make up for a place or a day that is known only roughly."""

SAME, DIFFERENT = 0.6, 0.25
"""At or over ``SAME`` two events are judged the same, under ``DIFFERENT`` different, between them unsure."""


def judge(a: Candidate, b: Candidate, wording: Callable[[Candidate, Candidate], float] = lambda a, b: 0.0) -> tuple[str, float, str]:
    """Verdict (same, different, unsure), score from -1 to 1, and the reasons in words; the same whichever of the two comes first.

    Where the features leave it open, ``wording`` says from 0 to 1 how much the sentences that tell of the two share.
    """
    if a.rank > b.rank:
        a, b = b, a
    scores = [(f, f.ask(a, b)) for f in FEATURES]
    total = round(sum(f.weight * s.value for f, s in scores), 3)
    why = "; ".join(s.detail for _, s in scores)
    if any(s.value <= -1.0 for _, s in scores) or total < DIFFERENT:
        return "different", total, why
    shared = wording(a, b) if _left_open(a, b, total) or (total >= SAME and _too_loose(a, b, 0.0) is not None) else 0.0
    if shared >= ALIKE and total < SAME:
        total = round(min(1.0, total + WORDS * shared), 3)
    if shared >= ALIKE:
        why += f"; {shared:.0%} of their words are the same"
    if total < SAME:
        return "unsure", total, why
    unfit = _too_loose(a, b, shared)
    return ("same", total, why) if unfit is None else ("unsure", total, unfit)


def _left_open(a: Candidate, b: Candidate, total: float) -> bool:
    """Whether the words of the sentences may decide: the place speaks for it, and the types are one, say too little, or are used of one happening."""
    kinds = same_type(a, b).value
    return NEARLY <= total < SAME and near(a, b).value > 0 and (kinds in (0.0, 1.0) or (kinds > 0 and not {a.type, b.type} <= LASTING))


def _too_loose(a: Candidate, b: Candidate, shared: float) -> str | None:
    """Why two events that look the same may well be two: a place or a time that many such happenings share, and too few words in common."""
    if "wide" in (a.days.kind, b.days.kind) and not {a.type, b.type} <= LASTING:
        return f"one is known only to within {WIDE} days or more, and such things happen often"
    if a.days.kind == b.days.kind == "none":
        return "neither has a day"
    if _each_of_its_day(a, b):
        return "each is told of its own day, and such things happen day after day"
    if a.type != b.type and "withdrawal" in (a.type, b.type):
        return "one leaves, and the other comes: the one brings the other, and may come long before it"
    if a.report == b.report and a.type != b.type:
        return "one report tells of both, by different types"
    if shared >= TELLING:
        return None
    sides = bool((a.doers | a.targets) & (b.doers | b.targets)) or _same_toll(a, b)
    if (a.loose or b.loose) and (not sides or "presumed" in (a.days.kind, b.days.kind)):
        return "they share no more than the country or region"
    if a.days.kind != "none" and b.days.kind != "none" and same_days(a, b).value == 0.0:
        return "one is told late and without a day, and their words differ"
    return None


def _same_toll(a: Candidate, b: Candidate) -> bool:
    """Whether both count the same dead, so many and so exactly that two happenings of the same days would hardly have them in common."""
    return a.killed is not None and a.killed == b.killed and a.killed > _FEW and a.killed % 10 != 0


_FEW = 10


def _each_of_its_day(a: Candidate, b: Candidate) -> bool:
    """Whether two attacks are each put on one day of its own, without the same count of dead that would make them one."""
    one_day = all(c.days.kind == "dated" and c.days.first == c.days.last for c in (a, b))
    alike = a.killed is not None and a.killed == b.killed
    return one_day and a.days.first != b.days.first and not {a.type, b.type} <= LASTING and not alike
