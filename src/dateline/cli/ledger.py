"""``dateline control``: who held a place, since when, and according to whom."""

from __future__ import annotations

from typing import Any

import click

from dateline.cli.asking import shared
from dateline.cli.days import DAY, day_text
from dateline.cli.nothing import tell, to_fill, what_is_held
from dateline.cli.opening import opened
from dateline.cli.tables import print_json, print_paragraphs, print_rows
from dateline.contract import to_json
from dateline.errors import UsageError
from dateline.export.text import quoted, when_words
from dateline.record.accounts import Account
from dateline.record.holds import Change, Holding
from dateline.record.ledger import history, holders_everywhere, holders_on, takings_of
from dateline.record.store import Record

_NAMED = 3
"""So many sources are named where a question finds nothing."""


@click.command("control")
@click.argument("place", required=False)
@click.option("--on", "day", type=DAY, help="Who held it on this day; without it, its whole history.")
@click.option("--according-to", "speaker", help="Only by the word of this speaker or outlet.")
@click.option("--as-known-on", "known", type=DAY, help="Only from reports published by this day.")
@shared
def CONTROL(place: str | None, *, day: Any, speaker: str | None, known: Any, path: str, shape: str) -> int:
    """Say who held PLACE on a day, since when, and according to whom.

    Without --on, prints the history of the place: every account of a change of hands, oldest first.
    Without PLACE, prints who held each place of the record on the day.

    \b
    reported    an outlet or another source without a stake in it says so, and nobody denies it
    confirmed   the other side says so too, or a source without a stake does beside a side's own word
    claimed     only the holder, an ally of its, or the other side says so
    contested   it is denied, or others say that somebody else held the place
    possible    it may have begun after the day, or ended before
    denied      somebody denies it, and nobody says so
    """
    if place is None and (day is None or speaker is not None):
        raise UsageError("no place was given", given="control", mend="give a place, or a day alone for all places: dateline control --on 2017-10-18")
    on, known_on = day_text(day), day_text(known)
    with opened(path) as record:
        if place is None:
            held = holders_everywhere(record, on or "", as_known_on=known_on)
            if not held:
                tell("holder of any place", what_is_held(record, "control"), to_fill(record) or ["another day, or one place: dateline control PLACE"])
            return _print_everywhere(held, shape)
        changes = history(record, place, according_to=speaker, as_known_on=known_on) if on is None else []
        holdings = holders_on(record, place, on, according_to=speaker, as_known_on=known_on) if on is not None else []
        if not changes and not holdings:
            _print_nothing(record, place, on, speaker, known_on)
    return _print_history(changes, shape) if on is None else _print_holdings(holdings, on, shape)


def _print_nothing(record: Record, place: str, day: str | None, speaker: str | None, known: str | None) -> None:
    """Say that the ledger does not answer, what it tells of the place, and what else to ask."""
    told = history(record, place)
    words = f"of a change of hands at {place}" if day is None else f"of who held {place} on {day}"
    asked = " ".join((words, *((f"according to {speaker}",) if speaker else ()), *((f"as known on {known}",) if known else ())))
    ends = sorted(d[:10] for c in told for d in (c.earliest, c.latest) if d)
    span = f", of days from {ends[0]} to {ends[-1]}" if ends else ""
    by = ", ".join(dict.fromkeys(str(c.chain) for c in told[:_NAMED]))
    held = f"{len(told)} account{'' if len(told) == 1 else 's'} of {place}{span} (by {by}{', and others' if len(told) > _NAMED else ''})" if told else ""
    tries = [f"all that it tells of the place: dateline control {place!r}"] if told else ["another place; all of a day: dateline control --on DAY"]
    if takings := takings_of(record, place):
        tries.insert(0, f"what happened there: dateline incidents --place {place!r} ({takings} account{'' if takings == 1 else 's'} of its taking or loss)")
    tell("account", held or f"nothing of who held {place}; {what_is_held(record, 'control')}", tries, of=asked)


def _print_everywhere(holdings: list[Holding], shape: str) -> int:
    if shape == "json":
        print_json([_holding_body(h) for h in holdings])
    else:
        print_rows(
            ("place", "holder", "standing", "since", "until", "sources", "why"),
            [
                (h.place_name, h.holder_name, h.standing, _since(h), when_words(to_json(h.until)) if h.until else "", str(h.independent), h.reason)
                for h in holdings
            ],
        )
    return 0 if holdings else 1


def _print_history(changes: list[Change], shape: str) -> int:
    if shape == "json":
        print_json([_change_body(c) for c in changes])
    elif changes:
        print_rows(("id", "place", "when", "what", "who says so", "words"), [_change_row(c) for c in changes])
    return 0 if changes else 1


def _change_row(c: Change) -> tuple[str, ...]:
    return f"{c.report}/{c.id}", c.place_name, _change_when(c), change_words(c), str(c.chain), quoted(c.sentence, width=160)


def change_words(c: Change) -> str:
    """What is said to have happened, in words: "captured by ISIS from the army (denied)"."""
    holder, previous = c.holder_name or "somebody", c.previous_name
    if c.change == "lost" and c.holder_name is None and previous is not None:
        holder = previous
    kept = f"{c.change.replace('_', ' ')} by {holder}" if c.change != "handed_over" else f"handed over to {holder}"
    unnamed = {"contested": "fought over", "besieged": "besieged"}
    words = unnamed.get(c.change, kept) if c.holder_name is None else f"fought over; {holder} named" if c.change == "contested" else kept
    if previous is not None and previous != holder:
        words += f" from {previous}"
    return words if c.status == "occurred" else f"{words} ({c.status})"


def _change_when(c: Change) -> str:
    return when_words({"from": c.earliest, "to": c.latest, "precision": c.precision, "approximate": False})


def _print_holdings(holdings: list[Holding], day: str, shape: str) -> int:
    if shape == "json":
        print_json([_holding_body(h) for h in holdings])
    for h in holdings if shape != "json" else []:
        until = f", until {when_words(to_json(h.until)).removeprefix('until ')}" if h.until is not None else ""
        lines = [(1, f"{_since(h)}{until}"), (1, f"why {h.standing}: {h.reason}"), (1, f"independent sources: {h.independent}")]
        for c in h.accounts:
            lines.append((1, f"{c.report}/{c.id}  {c.chain}{_published(c.account)}: {change_words(c)}, {_change_when(c)}"))
            lines.append((3, quoted(c.sentence, width=240)))
        for a in h.against:
            lines.append((1, f"{a.handle}  against: {a.chain}{_published(a)} {'denies it' if a.stance == 'denies' else 'says otherwise'}"))
            lines.append((3, quoted(a.words, width=200)))
        print_paragraphs(f"{h.place_name} on {day}: {h.holder_name} — {h.standing}", lines)
    return 0 if holdings else 1


def _since(h: Holding) -> str:
    if h.since.earliest is None and h.since.latest is None:
        return "since when is not said"
    first, last = h.since.earliest, h.since.latest
    if first is not None and last is not None and first[:10] != last[:10] and h.since.precision in ("day", "minute", "hour", "unknown"):
        return f"since a day between {first[:10]} and {last[:10]}"
    words = when_words(to_json(h.since))
    return words if words.startswith("since") else f"since {words.removeprefix('until ')}" + (" or before" if h.since.earliest is None else "")


def _published(account: Account) -> str:
    return f" ({account.published[:10]})" if account.published else ""


def _account_body(a: Account) -> dict[str, Any]:
    body: dict[str, Any] = to_json(a)
    return {**body, "chain": str(a.chain), "id": a.handle}


def _change_body(c: Change) -> dict[str, Any]:
    body: dict[str, Any] = to_json(c)
    return {**body, "chain": str(c.chain), "account": _account_body(c.account), "denials": [_account_body(d) for d in c.denials]}


def _holding_body(h: Holding) -> dict[str, Any]:
    body: dict[str, Any] = to_json(h)
    return {**body, "accounts": [_change_body(c) for c in h.accounts], "against": [_account_body(a) for a in h.against]}
