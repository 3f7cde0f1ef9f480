"""Which act a statement is, where what is said tells more than the cue: "We announce ...", a claim of responsibility, a denial."""

from __future__ import annotations

import re
from functools import cache

from dateline.extraction.statements_draft import Draft
from dateline.language.document import Document
from dateline.lexicon import Rule, load, rules

COLUMNS = ("name", "pattern", "act", "over", "example", "finds")
OPENING = 120
"""Characters of what is said in which a performative ("we hereby declare") must stand."""


@cache
def _performatives() -> tuple[Rule, ...]:
    return rules(load("performatives.tsv", columns=COLUMNS, key=("name",)), name="performatives.tsv")


def act_of(document: Document, draft: Draft) -> str:
    """The act of the cue, or that of the first performative at the beginning of what is said, where the cue is a plain one."""
    if not draft.content:
        return draft.act
    start, end = draft.content[0]
    opening = re.sub(r"\s+", " ", document.text[start : min(end, start + OPENING)])
    for rule in _performatives():
        plain = draft.act in rule.row["over"].split() and (rule.row["act"] in ("claim_responsibility", "deny") or draft.mode != "indirect")
        if plain and rule.pattern.search(opening):
            return rule.row["act"]
    return draft.act
