"""Events as worded: triggers in their sense, who takes part, where and when by syntax, and whether they took place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.extraction.attachment import places_of, times_of
from dateline.extraction.events_again import with_elided, with_speakers, with_types_told, without_echoes, without_tellers
from dateline.extraction.events_draft import VIOLENT, Draft, draft_of
from dateline.extraction.events_merge import merged
from dateline.extraction.findings import ArgumentFound, EventFound, MentionFound, PlaceFound, StatementFound
from dateline.extraction.participants import argument
from dateline.extraction.statements_spans import negated
from dateline.extraction.statements_verbs import REFUSING
from dateline.extraction.status import Standing, standing
from dateline.extraction.times import TimeFound
from dateline.extraction.triggers import classes
from dateline.extraction.triggers_senses import Senses
from dateline.language.document import Document, Token

_ACTS = {
    **{"accuse": "accusation", "blame": "accusation", "deny": "denial", "threaten": "threat", "promise": "promise", "demand": "demand", "urge": "demand"},
    **{"condemn": "condemnation", "praise": "praise", "congratulate": "congratulation", "refuse": "rejection"},
}
"""Acts of statements that are events of their own."""
_SAYS = frozenset(("say add tell state note write tweet comment explain continue ask reply announce statement").split())
_KNOWS = frozenset({"verify", "confirm", "corroborate", "authenticate", "rule"})
_DURATIVE = frozenset(
    (
        "armed_clash siege training negotiation peaceful_protest strike_or_boycott displacement military_aid investigation offensive_launched "
        "violent_demonstration shelling air_strike victory_declared aid_delivered aid_blocked deployment cooperation organised_crime"
    ).split()
)
_AT_TARGET = frozenset({"territory_handed_over", "withdrawal", "victory_declared", "looting", "headquarters_established", "deployment", "offensive_ended"})
"""Types that, like the violent ones, happen where their target is."""
_PERFORMED = frozenset({"praise", "congratulation", "condemnation"})
_SETTLED = frozenset({"ceasefire", "agreement", "negotiation", "withdrawal", "meeting"})


_RELIEVES = frozenset({"break", "lift", "end"})
"""Verbs that end a siege as its object."""


def find_events(
    document: Document,
    mentions: Sequence[MentionFound],
    times: Sequence[TimeFound],
    places: Sequence[PlaceFound],
    statements: Sequence[StatementFound],
) -> tuple[EventFound, ...]:
    """The events of a document in text order, each happening of a sentence once."""
    senses = Senses(document, mentions, places)
    apart = frozenset(i for time in times for i in range(time.first, time.last))
    drafts = [draft for token in document.tokens if (draft := draft_of(token, senses, apart)) is not None]
    named = {s.cue for s in statements if s.act == "say"}
    drafts = merged([d for d in drafts if d.type != "demand" or d.token.i not in named], senses)
    taken = {d.token.i for d in drafts} | {d.light for d in drafts if d.light is not None}
    found = [_event(draft, document, times, places) for draft in drafts]
    found.extend(
        _from_statement(document, statement, times, places)
        for statement in statements
        if statement.act in _ACTS and statement.cue is not None and statement.cue not in taken and _performs(document, statement.cue)
    )
    found = with_elided(document, found, times, places)
    found = with_speakers(document, without_tellers(found, statements), statements, frozenset(_ACTS.values()))
    return tuple(with_types_told(document, without_echoes(document, sorted(found, key=lambda e: (e.start, e.end, e.type)))))


def _performs(document: Document, i: int) -> bool:
    """Whether a cue names an act of its own, not just speech ("vowed", not "said"), the lack of knowledge ("could not verify") or silence ("did not reply")."""
    cue = document.tokens[i]
    silent = cue.lemma.lower() in REFUSING and negated(document, i) or _keeps_silent(document, cue)
    return cue.upos in ("VERB", "NOUN") and cue.lemma.lower() not in _SAYS | _KNOWS and not silent


_WORDS_OF = frozenset({"detail", "comment", "information", "explanation", "answer", "reason", "name", "figure", "interview"})


def _keeps_silent(document: Document, cue: Token) -> bool:
    """Whether somebody only does not speak ("declined to say", "refused to give details"), which rejects nothing."""
    if cue.lemma.lower() not in ("refuse", "decline"):
        return False
    for withheld in document.children(cue.i, "xcomp"):
        lemma = withheld.lemma.lower()
        if lemma in ("give", "provide", "offer", "release", "discuss"):
            return any(t.lemma.lower() in _WORDS_OF for t in document.children(withheld.i, "obj"))
        if lemma in REFUSING:
            return True
    return False


def _event(draft: Draft, document: Document, times: Sequence[TimeFound], places: Sequence[PlaceFound]) -> EventFound:
    kind = draft.type
    status = standing(document, draft.token.i, durative=kind in _DURATIVE, settled=kind in _SETTLED)
    if kind == "offensive_launched" and status.status == "ended":
        kind, status = "offensive_ended", Standing("occurred", status.negated, status.rule)
    if kind == "victory_declared" and (status.status == "ongoing" or (status.status in ("planned", "demanded") and draft.token.upos == "VERB")):
        kind = "armed_clash"  # who is being defeated, or is to be defeated, is still fought
    if kind in _PERFORMED and status.status in ("demanded", "planned") and status.rule.rpartition(":")[2] in ("want", "wish", "like", "hope", "to"):
        status = Standing("occurred", status.negated, status.rule)  # "I want to thank" thanks
    if kind == "siege" and draft.light is not None and document.tokens[draft.light].lemma.lower() in _RELIEVES:
        # Who breaks a siege is not who besieges; while it is only tried, the siege goes on.
        broken = standing(document, draft.light, durative=False, settled=False)
        over = broken.status in ("occurred", "ended") and not broken.negated
        status = Standing("ended" if over else "ongoing", negated=False, rule=broken.rule)
        draft.roles = {token: role for token, role in draft.roles.items() if role != "agent"}
    if kind == "concession" and status.negated and any(document.tokens[t].lemma.lower() in classes()["AIDWORD"] for t in draft.roles):
        kind, status = "aid_blocked", Standing(status.status, negated=False, rule=status.rule)  # "neither side allowed aid into the town"
    arguments = tuple(argument(document, role, token) for token, role in sorted(draft.roles.items()))
    start, end = _trigger(document, draft)
    parties = {token for token, role in draft.roles.items() if role == "agent" or kind not in VIOLENT | _AT_TARGET}
    where = [p for p in _through(draft, lambda token: places_of(document, token, places)) if places[p].head not in parties]
    return EventFound(
        type=kind,
        head=draft.token.i,
        start=start,
        end=end,
        arguments=arguments,
        places=tuple(where),
        times=tuple(i for i in _through(draft, lambda token: times_of(document, token, times)) if _dates(document, times[i])),
        status=status.status,
        negated=status.negated,
        rule=draft.row.name,
        confidence=_confidence(draft),
        status_rule=status.rule,
    )


def _through(draft: Draft, links: Callable[[int], tuple[int, ...]]) -> list[int]:
    """What is linked to the trigger, then to what it was merged with."""
    return list(dict.fromkeys(i for token in (draft.token.i, *draft.others) for i in links(token)))


def _dates(document: Document, time: TimeFound) -> bool:
    """Whether an expression can say when something happened; "the first since 2001" counts from a year and dates nothing."""
    if time.role in ("set", "age"):
        return False
    return time.role != "since" or document.tokens[document.tokens[time.head].head].upos in ("VERB", "AUX")


def _trigger(document: Document, draft: Draft) -> tuple[int, int]:
    """The trigger's characters: the word, with an adjacent particle or modifier that names the event with it."""
    first = last = draft.token.i
    for child in document.children(draft.token.i):
        if child.deprel == "compound:prt" and child.i == last + 1:
            last = child.i
    return document.tokens[first].start, document.tokens[last].end


def _confidence(draft: Draft) -> float:
    score = 0.9
    score -= 0.1 if draft.row.context else 0.0
    score -= 0.05 if draft.row.pos == "noun" else 0.0
    score -= 0.0 if draft.roles else 0.15
    return round(score, 2)


def _from_statement(document: Document, statement: StatementFound, times: Sequence[TimeFound], places: Sequence[PlaceFound]) -> EventFound:
    cue = statement.cue or 0
    arguments: list[ArgumentFound] = []
    if statement.speaker is not None:
        arguments.append(argument(document, "agent", statement.speaker))
    if statement.addressee is not None:
        arguments.append(argument(document, "target", statement.addressee))
    status = standing(document, cue, durative=False, settled=False)
    return EventFound(
        type=_ACTS[statement.act],
        head=cue,
        start=document.tokens[cue].start,
        end=document.tokens[cue].end,
        arguments=tuple(arguments),
        places=(),
        times=statement.times or times_of(document, cue, times),
        status=status.status,
        negated=status.negated,
        rule=f"statement_{statement.act}",
        confidence=round(0.9 * statement.confidence, 2),
        status_rule=status.rule,
    )
