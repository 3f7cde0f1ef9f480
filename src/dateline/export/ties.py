"""Who stands with whom, and who fights whom, among those who take part in an incident: by the who's who, in the year of the incident."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dateline.whoswho import WhosWho

if TYPE_CHECKING:
    from dateline.export.actors import Actor

_ORGANS = ("mil", "pol", "gov")
"""By which endings the who's who has the organs of a state."""


@cache
def _who() -> WhosWho:
    return WhosWho.open()


def _keys(actor: Actor) -> tuple[str, ...]:
    """By what the who's who knows an actor; an organ of a state goes by the state and by each of its forces."""
    if actor.of_state and actor.country:
        return (actor.country, *(f"{actor.country}.{ending}" for ending in _ORGANS))
    return (actor.key.removeprefix("actor:"),)


def friends_of(a: Actor, b: Actor, year: int | None) -> bool:
    """Whether the who's who has one as the patron, the ally or a part of the other, in that year."""
    return any(_who().tied(x, y, year=year) for x in _keys(a) for y in _keys(b)) or _named_by(a, b, year, ("patrons", "allies"))


def foes(a: Actor, b: Actor, year: int | None) -> bool:
    """Whether the who's who has one as the enemy of the other, or they are a state's own forces and a rebel group that nothing ties to it."""
    if _named_by(a, b, year, ("enemies",)):
        return True
    return {a.inter, b.inter} == {1, 2} and a.identified and b.identified and not friends_of(a, b, year)


def _named_by(a: Actor, b: Actor, year: int | None, ties: tuple[str, ...]) -> bool:
    """Whether the who's who names one of them among these ties of the other."""
    for one, other in ((a, b), (b, a)):
        wanted = _keys(other)
        listed = [actor for key in _keys(one) if (actor := _who().get(key)) is not None]
        if any(t.key in wanted and t.holds(year) for actor in listed for name in ties for t in getattr(actor, name)):
            return True
    return False
