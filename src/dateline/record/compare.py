"""How alike two events of different reports are: features that each give a score and say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event of the record as the comparison sees it."""

    report: int
    event: str
    type: str
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    earliest: str | None
    latest: str | None
    actors: frozenset[str]
    killed: float | None


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


FAMILIES = {
    "territory": {"territory_captured", "territory_recaptured", "territory_handed_over", "victory_declared", "withdrawal", "surrender", "offensive_ended"},
    "fighting": {"armed_clash", "offensive_launched", "siege"},
    "strike": {"air_strike", "drone_strike", "shelling", "missile_attack", "destruction"},
    "blast": {"suicide_bombing", "bombing", "grenade"},
    "harm": {"attack_on_civilians", "massacre", "execution"},
    "taken": {"abduction", "arrest", "hostage_release", "prisoner_exchange"},
    "talks": {"agreement", "ceasefire", "negotiation", "meeting"},
}
"""Types that reports use for one and the same happening."""


def family(kind: str) -> str:
    """The family of an event type; a type of its own is its own family."""
    return next((name for name, kinds in FAMILIES.items() if kind in kinds), kind)


def same_type(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening name it by the same type, or by one that reports use for it too."""
    if a.type == b.type:
        return Score(1.0, f"both are {a.type}")
    if family(a.type) == family(b.type):
        return Score(0.5, f"{a.type} and {b.type} are often used of one happening")
    return Score(-1.0, f"{a.type} is not {b.type}")


def near(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening put it at the same place or close by."""
    if a.place is not None and a.place == b.place:
        return Score(1.0, "the same place")
    distance = _distance(a, b)
    if distance is None:
        return Score(0.0, "one of them has no place")
    if distance <= 10:
        return Score(0.6, f"{distance:.0f} km apart")
    return Score(-1.0 if distance > 50 else -0.4, f"{distance:.0f} km apart")


def _distance(a: Candidate, b: Candidate) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    inner = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 12742.0 * asin(sqrt(inner))


def same_days(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening give days that overlap, or lie a day apart."""
    if a.earliest is None or b.earliest is None:
        return Score(0.0, "one of them has no day")
    gap = _gap(a, b)
    if gap <= 0:
        width = max(_width(a), _width(b))
        return Score(1.0 if width <= 7 else 0.4, "the same days" if width <= 7 else "days that overlap, one of them known only roughly")
    return Score(0.3 if gap == 1 else -1.0, f"{gap} day{'s' if gap > 1 else ''} apart")


def _gap(a: Candidate, b: Candidate) -> int:
    first, second = sorted((_bounds(a), _bounds(b)))
    return (second[0] - first[1]).days


def _width(a: Candidate) -> int:
    start, end = _bounds(a)
    return (end - start).days


def _bounds(a: Candidate) -> tuple[date, date]:
    start = date.fromisoformat((a.earliest or a.latest or "")[:10])
    end = date.fromisoformat(a.latest[:10]) if a.latest else start
    return start, max(start, end)


def same_actors(a: Candidate, b: Candidate) -> Score:
    """Two accounts of one happening share those who took part."""
    if not a.actors or not b.actors:
        return Score(0.0, "one of them names nobody")
    shared = len(a.actors & b.actors)
    if not shared:
        return Score(-0.6, "nobody takes part in both")
    return Score(shared / min(len(a.actors), len(b.actors)), f"{shared} of those who take part are the same")


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

SAME, DIFFERENT = 0.6, 0.25
"""At or over ``SAME`` two events are judged the same, under ``DIFFERENT`` different, between them unsure."""


def judge(a: Candidate, b: Candidate) -> tuple[str, float, str]:
    """Verdict (same, different, unsure), score from -1 to 1, and the reasons in words."""
    scores = [(f, f.ask(a, b)) for f in FEATURES]
    total = sum(f.weight * s.value for f, s in scores)
    against = any(s.value <= -1.0 for _, s in scores)
    verdict = "different" if against or total < DIFFERENT else "same" if total >= SAME else "unsure"
    return verdict, round(total, 3), "; ".join(s.detail for _, s in scores)
