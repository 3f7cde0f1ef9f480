"""Statements whose cue is a verb: said, told, has warned, was quoted as saying, declined to comment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dateline.extraction.statements_content import Complement, asked, complement, last_word, speaks
from dateline.extraction.statements_draft import Draft
from dateline.extraction.statements_inverted import apposed, inverted
from dateline.extraction.statements_lexicon import CueRow, media, rows_of_verb
from dateline.extraction.statements_spans import MODAL, Piece, auxiliaries, base, negated, pieces, subtree, verb_group
from dateline.extraction.statements_speakers import NOBODY, TRANSPARENT, WITHHELD, Speaker, agent, at_noun, quoting, speaker_of, subject
from dateline.language.document import Document, Token

REFUSING = frozenset("say comment confirm specify elaborate disclose reveal identify respond answer give provide name explain detail clarify discuss".split())
WEAK = frozenset("speak talk comment begin continue go_on ask write read find show".split())
"""Verbs whose participle before a cue tells the circumstances only ("Speaking in Geneva, she said")."""
TELLING = frozenset("say confirm report reveal announce tell assure promise state".split())
"""Verbs that with "can" make the statement they speak of ("I can confirm")."""
HIDDEN = frozenset("say report believe allege think rumor rumour understand know claim estimate announce reveal suggest expect".split())
"""Verbs whose passive tells that somebody unnamed says it ("is said to", "it was reported that")."""
PRONOUNS = frozenset({"it", "they", "we", "which", "that", "he", "she"})
CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest", "once"})

Quoted = Callable[[int], bool]
"""Whether a quotation stands in or beside the clause of a token."""


def verb_statements(document: Document, quoted: Quoted, *, family: str) -> Iterator[Draft]:
    """The statements that verbs of the lexicon introduce, in the order of their verbs."""
    for token in document.tokens:
        if token.upos != "VERB" or base(token) in ("amod", "compound", "case", "fixed", "flat"):
            continue
        row = row_of(document, token, rows_of_verb(token))
        if row is not None and row.family == family:
            draft = _statement(document, token, row, quoted)
            if draft is not None:
                yield draft


def row_of(document: Document, token: Token, rows: tuple[CueRow, ...]) -> CueRow | None:
    """The row whose further words ("point out") stand beside the verb, the longest first."""
    for row in rows:
        words = row.cue.split()[1:]
        near = [t.lemma.lower() for t in document.tokens[token.i + 1 : token.i + 1 + len(words)]]
        beneath = {c.lemma.lower() for c in document.children(token.i, "compound", "advmod", "xcomp") if c.i > token.i}
        if all(word in near or word in beneath for word in words):
            return row
    return None


def _statement(document: Document, token: Token, row: CueRow, quoted: Quoted) -> Draft | None:
    speech = quoted(token.i)
    behind = inverted(document, token, row) if not speech else None
    if behind is None and subject(document, token.i) is None:
        behind = apposed(document, token, row)
    if behind is not None:
        return _draft(document, token, row, behind[0], behind[1], act=row.act)
    if _passive(document, token):
        return _in_passive(document, token, row, speech=speech)
    start = _chain(document, token)
    if start is None or not _real(document, token, start, speech=speech):
        return None
    if unsaid(document, token.i) or _says_nothing(document, token, row):
        return None
    through = quoting(document, token.i)
    speaker = at_noun(document, through[1].i, token.i, 0.95) if through else speaker_of(document, token.i)
    if speaker is None or (speaker.token is not None and not _can_speak(document, speaker, row)):
        return None
    found = complement(document, token.i, row, speech=speech)
    if _is_purpose(document, token, start, found):
        return None
    act = _act(document, token, start, row, found)
    plain = token.xpos not in ("VBG", "VBN") or base(token) not in ("advcl", "acl") or row.cue not in WEAK
    if found is None and speech and row.takes("that", "quote", "obj-comp", "obj-as") and act != "refuse" and plain:
        return replace(_draft(document, token, row, speaker, None, act=act, start=start), frame="bare")
    if found is None and row.takes("none"):
        return _draft(document, token, row, speaker, None, act=act, start=start)
    if found is None and act == "refuse":
        found = asked(document, token.i)
    if found is None and not (act == "refuse" and row.cue in REFUSING):
        return None
    if found is not None and found.frame == "obj-comp" and _reflexive(document, token):
        return None
    if row.cue == "deny" and found is not None and found.frame == "obj" and _withholds(document, token):
        return None
    if found is not None and _only_documents(row, found) and (particle(document, token, row) or not _document_speaks(document, speaker)):
        return None
    return _draft(document, token, row, speaker, found, act=act, start=start)


def _says_nothing(document: Document, token: Token, row: CueRow) -> bool:
    """Whether the verb stands in a set phrase or takes an act for its object.

    "It goes without saying", "let's say", "began taking calls", "committed identity theft".
    """
    before = [t.text.lower() for t in document.tokens[max(0, token.i - 2) : token.i]]
    if before[-1:] == ["without"] and document.tokens[token.head].lemma.lower() == "go":
        return True
    if before in (["let", "'s"], ["let", "’s"], ["let", "us"]) or before[-1:] == ["let's"]:
        return True
    if row.cue == "begin":
        return bool(document.children(token.i, "xcomp"))
    return row.cue == "commit" and bool(document.children(token.i, "obj")) and not _reflexive(document, token)


def _reflexive(document: Document, token: Token) -> bool:
    """Whether somebody only names himself ("a group calling itself ...")."""
    return any(c.lemma.lower() in ("itself", "himself", "herself", "themselves", "ourselves", "myself") for c in document.children(token.i, "obj", "iobj"))


def _withholds(document: Document, token: Token) -> bool:
    """Whether "deny" means to keep something from somebody ("denied them entry", "deny the enemy a haven")."""
    objects = document.children(token.i, "obj", "iobj")
    if not objects:
        return False
    return len(objects) > 1 or objects[0].upos == "PROPN" or (objects[0].upos == "PRON" and objects[0].lemma.lower() not in ("it", "this", "that", "they"))


def unsaid(document: Document, verb: int) -> bool:
    """Whether nobody is the one who says it ("no group has claimed")."""
    own = subject(document, verb)
    if own is None:
        return False
    return own.lemma.lower() in ("nobody", "none", "neither") or any(c.lemma.lower() == "no" for c in document.children(own.i, "det"))


def _draft(document: Document, token: Token, row: CueRow, speaker: Speaker, found: Complement | None, *, act: str, start: int | None = None) -> Draft:
    prepositions = row.prepositions("p") if found is not None and found.frame.startswith("p:") else frozenset()
    first, last = verb_group(document, token.i, prepositions, start if start != token.i else None)
    if (tail := last_word(document, token, row)) is not None and last < tail <= last + 3:
        last = tail
        if last + 1 < len(document.tokens) and document.tokens[last + 1].lemma.lower() in prepositions:
            last += 1
    cue = (document.tokens[first].start, document.tokens[last].end)
    said = found.tokens if found is not None else frozenset()
    own = set(range(first, last + 1))
    if found is not None and found.frame == "that":
        said = frozenset(said - _leading_time(document, token, said))
    if speaker.span is not None and found is not None and found.frame not in ("around", "passive"):
        said = frozenset(i for i in said if not speaker.span[0] <= document.tokens[i].start < speaker.span[1] or i > token.i)
    content: list[Piece] = pieces(document, _filled(document, set(said), own, speaker, found) - own)
    score = row_score(row) * speaker.score * (found.score if found is not None else 0.9)
    addressee = found.addressee if found is not None else None
    frame = found.frame if found else "none"
    if frame in ("that", "around") and not row.takes("that", "that-doc", "toll"):
        frame = "quoted"
    return Draft(token.i, cue, speaker, content, act, row.rule, score, row.family, frame, addressee, speaker.text)


TIME_LEADS = frozenset("on late early last this".split())
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday week month year night morning evening afternoon".split())


def _leading_time(document: Document, token: Token, said: frozenset[int] | set[int]) -> set[int]:
    """The day right after the cue that the tree counts to what is said ("said on Tuesday they had ...")."""
    i = min(said, default=-1)
    if i < 0 or document.tokens[i].text.lower() == "that" or i - token.i > 3:
        return set()
    lead: set[int] = set()
    while i in said and (document.tokens[i].text.lower() in TIME_LEADS or document.tokens[i].lemma.lower() in DAYS):
        lead.add(i)
        i += 1
    following = document.tokens[i] if i < len(document.tokens) else None
    ends = following is not None and following.text != "," and any(document.tokens[k].lemma.lower() in DAYS for k in lead)
    return lead if ends else set()


def _filled(document: Document, said: set[int], own: set[int], speaker: Speaker, found: Complement | None) -> set[int]:
    """What is said together with words between its parts, unless the cue, its speaker or a circumstance of the cue stands there."""
    if found is None or not said or found.frame in ("around", "passive"):
        return said
    filled = set(said)
    ordered = sorted(said)
    for left, right in zip(ordered, ordered[1:], strict=False):
        gap = range(left + 1, right)
        if 0 < len(gap) <= 6 and not own.intersection(gap) and speaker.token not in gap and not any(document.tokens[i].upos in ("VERB", "AUX") for i in gap):
            filled.update(gap)
    return filled


def row_score(row: CueRow) -> float:
    """How often a cue of this row is a statement at all, before its grammar is looked at."""
    return 0.97 if row.takes("that") and row.act in ("say", "report", "declare") else 0.9


def _passive(document: Document, token: Token) -> bool:
    if any(c.deprel in ("aux:pass", "nsubj:pass", "csubj:pass") for c in document.children(token.i)):
        return True
    if token.deprel == "conj" and token.xpos == "VBN" and not document.children(token.i, "nsubj", "aux"):
        return any(c.deprel == "aux:pass" for c in document.children(token.head))
    bare = base(token) in ("acl", "advcl", "amod") and not document.children(token.i, "aux")
    asked = token.lemma.lower() == "ask" and base(token) == "advcl" and not document.children(token.i, "nsubj", "obj", "mark")  # "Asked about it, she said"
    return bare and (token.xpos == "VBN" or (asked and token.xpos == "VBD"))


def _in_passive(document: Document, token: Token, row: CueRow, *, speech: bool) -> Draft | None:
    by = agent(document, token.i)
    if not _real(document, token, token.i, speech=speech) or negated(document, token.i):
        return None
    over = subject(document, token.i)
    clauses = document.children(token.i, "ccomp", "csubj", "csubj:pass")
    said = [c for c in document.children(token.i, "xcomp") if c.i > token.i]
    lemma = token.lemma.lower()
    if row.takes("obj-say") and any(quoting(document, c.i) for c in document.children(token.i)):
        return None
    heads: list[int] = []
    if clauses and (by is not None or lemma in HIDDEN or row.takes("that")):
        heads = [c.i for c in clauses]
        if over is not None and over.lemma != "it":
            return _told(document, token, row, by, over, heads)
    elif said and lemma in HIDDEN and over is not None:
        heads = [over.i, said[0].i]
    elif over is not None and (by is not None or row.prepositions("obj-p")) and _takes_object(row):
        rest = _kept(document, token, row)
        if by is None and (not rest or row.act not in ("accuse", "blame")):
            return None
        heads = [over.i, *rest]
    if not heads or (over is not None and over.lemma.lower() in ("who", "which", "that")):
        return None
    tokens = frozenset(i for h in heads for i in subtree(document, h, without=(token.i,)))
    hidden = by is None
    act = "report" if hidden and lemma in HIDDEN and row.act == "say" else row.act
    found = Complement(tokens, "passive", None, 0.85)
    return _draft(document, token, row, by or NOBODY, found, act=act)


def _takes_object(row: CueRow) -> bool:
    return row.takes("obj", "obj-comp", "obj-as") or bool(row.prepositions("obj-p"))


def _told(document: Document, token: Token, row: CueRow, by: Speaker | None, over: Token, heads: list[int]) -> Draft | None:
    if not row.takes("that"):
        return None
    tokens = frozenset(i for h in heads for i in subtree(document, h))
    return _draft(document, token, row, by or NOBODY, Complement(tokens, "passive", over.i, 0.8), act=row.act)


def _kept(document: Document, token: Token, row: CueRow) -> list[int]:
    wanted = row.prepositions("obj-p") | ({"as"} if row.takes("obj-as") else set())
    rows = []
    for child in document.children(token.i, "obl", "advcl", "xcomp"):
        marks = {c.lemma.lower() for c in document.children(child.i, "case", "mark")}
        if child.i > token.i and (marks & wanted or (row.takes("obj-comp") and child.deprel == "xcomp")):
            rows.append(child.i)
    return rows[:1]


def _chain(document: Document, token: Token) -> int | None:
    """The verb at which the cue's verb group begins ("continued to call"); None where the cue is only wished for or withheld ("declined to say")."""
    if base(token) != "xcomp" or not any(c.lemma == "to" for c in document.children(token.i, "mark")) and token.xpos != "VBG":
        return token.i
    governor = document.tokens[token.head]
    lemma = governor.lemma.lower()
    if lemma in WITHHELD:
        return None
    if lemma in TRANSPARENT and not document.children(governor.i, "obj"):
        return governor.i
    if governor.upos == "ADJ" and governor.lemma.lower() in ("unable", "quick", "keen", "first", "last", "careful", "likely", "right"):
        return token.i
    return token.i if quoting(document, token.i) else None


def _real(document: Document, token: Token, start: int, *, speech: bool) -> bool:
    """Whether the words tell that the statement was made, not that it may or should be."""
    modals = {c.lemma.lower() for c in auxiliaries(document, start)} & MODAL
    if modals and not negated(document, start) and (_asks(document, token) or not _said_all_the_same(token, modals, speech=speech)):
        return False
    marks = {c.lemma.lower() for c in document.children(start, "mark")}
    if marks & CONDITIONS:
        return False
    infinitive = "to" in marks and start == token.i
    if infinitive and base(token) not in ("advcl", "xcomp", "conj"):
        return False
    return not (token.xpos == "VB" and base(token) == "root" and not auxiliaries(document, start) and start == token.i)


def _asks(document: Document, token: Token) -> bool:
    """Whether the verb stands in a question put to somebody ("Can you confirm that ...?")."""
    sentence = document.sentence_of(token.i)
    return document.text[sentence.start : sentence.end].rstrip("\"'”’ \n").endswith("?") and any(
        c.lemma.lower() == "you" for c in document.children(token.i, "nsubj")
    )


def _said_all_the_same(token: Token, modals: set[str], *, speech: bool) -> bool:
    """Whether a modal verb does not keep the statement from having been made ("I can confirm", "as he would say, '...'")."""
    lemma = token.lemma.lower()
    return (modals == {"can"} and lemma in TELLING) or (speech and modals <= {"would", "must"}) or (modals == {"must"} and lemma in ("say", "admit", "confess"))


def _act(document: Document, token: Token, start: int, row: CueRow, found: Complement | None) -> str:
    denied = negated(document, start) or (start != token.i and negated(document, token.i)) or document.tokens[token.head].lemma.lower() == "unable"
    if row.takes("to-speech") and found is not None and found.frame == "to-speech":
        return "refuse" if not denied else row.act
    if row.cue == "suggest" and found is not None and found.frame in ("that", "around"):
        return "say"
    if denied and (row.cue in REFUSING or row.act in ("confirm", "admit", "report", "declare", "claim_responsibility")):
        return "refuse"
    if denied and row.act == "deny":
        return "refuse" if any(c.lemma.lower() in ("nor", "neither") for c in document.children(token.i)) else "admit"
    return "refuse" if denied and speaks(token) and row.act == "say" else row.act


def _can_speak(document: Document, speaker: Speaker, row: CueRow) -> bool:
    """No bare thing speaks: a subject that is a number, a clause, or an "it" without a name before it is left to other rules."""
    token = document.tokens[speaker.token if speaker.token is not None else 0]
    if token.upos in ("NUM", "VERB", "AUX", "ADV", "PUNCT", "SYM"):
        part = any(c.lemma.lower() in ("in", "of", "out") for t in document.children(token.i, "nmod", "obl") for c in document.children(t.i, "case"))
        return token.upos == "NUM" and (part or token.lemma.lower() in ("one", "two", "three", "another", "both"))
    return token.lemma.lower() not in ("there", "what", "this", "everything", "nothing", "something") or row.act == "report"


def _only_documents(row: CueRow, found: Complement) -> bool:
    """Whether the verb speaks only where a document, a court, a study or a named body is its subject ("the inquiry found that")."""
    if found.frame in ("that", "around"):
        return row.takes("that-doc") and not row.takes("that")
    return found.frame == "obj" and row.takes("obj-doc") and not row.takes("obj")


def particle(document: Document, token: Token, row: CueRow) -> bool:
    """Whether a particle that is no part of the cue makes another verb of it ("had shown up", "to find out if")."""
    return " " not in row.cue and bool(document.children(token.i, "compound:prt"))


_AIMS = frozenset({"discuss", "guarantee", "encourage", "consider", "explain", "outline", "detail", "promise", "offer", "propose", "persuade", "press"})
"""Verbs of saying whose infinitive after "to" names what somebody does something for, more often than what was said."""
_VOICED = frozenset("use take call write phone telephone tweet post issue appear speak go return interrupt stand seize hold".split())
"""Verbs whose infinitive tells what was said all the same ("took to the air to promise", "used the speech to outline")."""


def _is_purpose(document: Document, token: Token, start: int, found: Complement | None) -> bool:
    """Whether the infinitive only tells what for something was done: "met to discuss the border", "troops were sent to guarantee calm"."""
    infinitive = start == token.i and any(c.lemma == "to" for c in document.children(token.i, "mark"))
    if not infinitive or (found is not None and found.frame == "that") or token.lemma.lower() not in _AIMS:
        return False
    root = document.tokens[token.head]
    return base(token) in ("advcl", "acl") and root.upos in ("VERB", "NOUN") and root.lemma.lower() not in _VOICED


def _document_speaks(document: Document, speaker: Speaker) -> bool:
    tokens = [speaker.token, speaker.text]
    for i in tokens:
        if i is None:
            continue
        token = document.tokens[i]
        if (
            not media().keys().isdisjoint((token.lemma.lower(), token.text.lower()))
            or token.upos == "PROPN"
            or (token.upos == "PRON" and token.lemma.lower() in PRONOUNS)
        ):
            return True
    return False
