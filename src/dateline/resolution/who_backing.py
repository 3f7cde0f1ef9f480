"""Whom "U.S.-backed fighters" or "the pro-Iranian militia" means: the one named actor of the report that the who's who says was so backed."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.aliases import fold
from dateline.language.document import Document
from dateline.resolution.coreference_phrases import GROUP, Phrase
from dateline.resolution.who_names import Context
from dateline.whoswho import WhosWho

_BACKED = frozenset("backed supported sponsored armed funded financed trained".split())
_ARMED = frozenset({"armed_group", "militia", "coalition", "military"})


def resolve_backed(document: Document, phrases: Sequence[Phrase], context: Context, whos_who: WhosWho) -> None:
    """Give the backed their key where just one actor named in the report fits by patron, country and year."""
    named = {q.key for q in phrases if q.form == "name" and q.key is not None}
    for p in phrases:
        if p.form != "noun" or p.key is not None or p.noun is None or p.kind != GROUP or "armed" not in p.noun.features:
            continue
        patron = _patron(document, p, context, whos_who)
        if patron is None:
            continue
        fitting = [k for k in named if _fits(k, patron, p, context, whos_who)]
        fitting = [k for k in fitting if not any(o != k and whos_who.tied(o, k, year=context.year) and o in _parents(k, whos_who) for o in fitting)]
        if len(fitting) == 1:
            p.key, p.why = fitting[0], ("who:backed_by", f"{p.text} is {whos_who[fitting[0]].name}, whom {whos_who[patron].name} backed")


def _fits(key: str, patron: str, p: Phrase, context: Context, whos_who: WhosWho) -> bool:
    actor = whos_who[key]
    return (
        actor.type in _ARMED
        and patron not in actor.countries
        and whos_who.backed_by(key, patron, year=context.year)
        and (p.country is None or p.country in actor.countries)
    )


def _parents(key: str, whos_who: WhosWho) -> frozenset[str]:
    return frozenset(t.key for t in whos_who[key].parents)


def _patron(document: Document, p: Phrase, context: Context, whos_who: WhosWho) -> str | None:
    """Code of the state that is said to back them."""
    tokens = document.tokens[p.first : p.head]
    for n, token in enumerate(tokens):
        word = ""
        if token.text.lower() in _BACKED and n > 0:
            word = next((t.text for t in reversed(tokens[:n]) if t.upos != "PUNCT"), "")
        elif token.text.lower() == "pro" and n + 2 < len(tokens):
            word = tokens[n + 2].text
        elif token.text.lower().startswith("pro-"):
            word = token.text[4:]
        codes = whos_who.country_names.get(fold(word)) or whos_who.adjectives.get(fold(word)) if word else None
        if codes:
            return context.code([c for c in codes if whos_who.states[c].alive(context.year)])
    return None
