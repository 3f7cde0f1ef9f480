"""Mends the trees where the names or the order of words tell better: a name has one head, and "the group that runs it said" has a speaker."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.document import Labelled, Token
from dateline.language.outcomes import hang_outcomes

_NEAR = 60
"""So many words back are looked at, that the time grows with the words and no faster."""
_NAMED = frozenset({"PERSON", "ORG", "FORCE", "PLACE", "FACILITY"})


def agreed(tokens: Sequence[Token], names: Sequence[Labelled]) -> tuple[Token, ...]:
    """The tokens, where words of one name hung on different words outside it now hanging on the last of them (a person's on the first)."""
    made = list(tokens)
    for run in names:
        if run.label not in _NAMED or run.last - run.first < 2:
            continue
        for t in made[run.first : run.last]:
            if t.upos == "PROPN" and t.deprel in ("case", "cc", "mark"):
                made[t.i] = t._replace(deprel="flat")  # the "Sham" of "Hayat Tahrir al-Sham"
        loose = [t for t in made[run.first : run.last] if not run.first <= t.head < run.last or t.head == t.i]
        loose = [t for t in loose if t.upos in ("PROPN", "NOUN", "ADJ")]
        if len(loose) < 2 or len({t.sentence for t in loose}) > 1:
            continue
        person = run.label == "PERSON"
        head = loose[0] if person else loose[-1]
        above = _above(made, head)
        for token in loose:
            if token.i != head.i and token.i not in above:
                made[token.i] = token._replace(head=head.i, deprel="flat" if person else "amod" if token.upos == "ADJ" else "compound")
    _compounded(made)
    _told(made)
    _listed(made, {run.last - 1 for run in names if run.label == "PERSON"})
    _paired(made)
    _counted(made)
    _numbered(made)
    _acting(made)
    _said(made)
    _went_on(made)
    _neither(made)
    _done_by(made)
    _timed(made)
    _fired(made)
    hang_outcomes(made)
    return tuple(made)


_SCORES = frozenset({"scores", "dozens", "hundreds", "thousands", "tens", "millions", "handful", "dozen"})
_ACTIVE = frozenset({"fired", "advanced", "marched"})


def _counted(tokens: list[Token]) -> None:
    """In "scores of troops" the troops hang on the scores, not on the verb before them."""
    for n in range(1, len(tokens) - 1):
        count, of = tokens[n - 1], tokens[n]
        if of.text.lower() != "of" or of.deprel != "case" or count.text.lower() not in _SCORES or count.upos not in ("NOUN", "NUM"):
            continue
        noun = tokens[of.head]
        if noun.i > n and noun.head != count.i and noun.head < count.i and noun.i not in _above(tokens, count):
            tokens[noun.i] = noun._replace(head=count.i, deprel="nmod")


def _fired(tokens: list[Token]) -> None:
    """In "when the rebels fired at them" the rebels fire: no auxiliary makes it a passive."""
    for n in range(1, len(tokens) - 1):
        verb, who, then = tokens[n], tokens[n - 1], tokens[n + 1]
        if verb.text.lower() not in _ACTIVE or verb.xpos != "VBN" or who.head != n or who.deprel != "nsubj:pass" or then.upos != "ADP" or then.text == "by":
            continue
        if not any(t.head == n and t.deprel.startswith("aux") for t in tokens[max(0, n - 8) : n]):
            tokens[n] = verb._replace(xpos="VBD")
            tokens[n - 1] = who._replace(deprel="nsubj")


def _compounded(tokens: list[Token]) -> None:
    """In "Rebel fighters seized the town" two nouns side by side are one subject, not two."""
    for n in range(1, len(tokens)):
        first, second = tokens[n - 1], tokens[n]
        nouns = first.upos in ("NOUN", "PROPN", "ADJ") and second.upos == "NOUN"
        if (
            nouns
            and first.head == second.head != n
            and first.deprel == second.deprel
            and first.deprel in ("nsubj", "nsubj:pass", "obj")
            and first.head != n - 1
        ):
            tokens[n - 1] = first._replace(head=n, deprel="amod" if first.upos == "ADJ" else "compound")


def _listed(tokens: list[Token], persons: set[int]) -> None:
    """In "schools, the army and civilians" the army is one of three, not another name of the schools: such a name would be closed by a comma."""
    for token in tokens:
        first = tokens[token.head]
        if token.deprel != "appos" or first.i in persons or first.upos == "PRON":
            continue
        link = next((t for t in tokens[token.i + 1 : token.i + 12] if t.upos in ("CCONJ", "PUNCT") or t.sentence != token.sentence), None)
        if link is None or link.upos != "CCONJ" or link.text.lower() != "and" or tokens[link.head].deprel != "conj" or tokens[link.head].head != first.i:
            continue
        own = [t for t in tokens[first.i + 1 : token.i + 1] if t.head == token.i]
        begin = min((t.i for t in own if t.deprel != "punct"), default=token.i)
        if tokens[begin - 1].text == "," and begin > first.i + 1 and not any(t.text.lower() in ("a", "an") for t in own):
            tokens[token.i] = token._replace(deprel="conj")


def _paired(tokens: list[Token]) -> None:
    """In "killed and wounded scores of men" both are verbs of the same scores; the second is no adjective of theirs."""
    for n in range(2, len(tokens) - 1):
        first, link, second = tokens[n - 2], tokens[n - 1], tokens[n]
        noun = tokens[second.head]
        if first.upos != "VERB" or first.xpos not in ("VBD", "VBN") or link.text.lower() not in ("and", "or") or second.upos != "VERB":
            continue
        if second.xpos not in ("VBD", "VBN") or second.deprel != "amod" or noun.i <= second.i or any(t.upos in ("DET", "NUM") for t in tokens[n + 1 : noun.i]):
            continue
        tokens[n] = second._replace(head=first.i, deprel="conj")
        tokens[n - 1] = link._replace(head=second.i, deprel="cc")
        if noun.deprel == "conj" and noun.head == first.i:
            tokens[noun.i] = noun._replace(deprel="obj")
        for i in range(n + 1, noun.i):
            if tokens[i].head == second.i and tokens[i].upos == "NOUN":
                tokens[i] = tokens[i]._replace(head=noun.i)


_BOUNDS = frozenset("at least most up to more than over about some nearly almost around another a further an as many fewer less".split())


def _numbered(tokens: list[Token]) -> None:
    """In "killed nine and wounded scores" each verb has the number behind it; "wounded" is no adjective, nor joined to the nine."""
    for n in range(3, len(tokens) - 1):
        second, link = tokens[n], tokens[n - 1]
        if (
            second.upos != "VERB"
            or second.xpos not in ("VBD", "VBN")
            or link.text.lower() not in ("and", ",", "but")
            or second.deprel not in ("amod", "conj", "orphan")
        ):
            continue
        count = next((t for t in tokens[n + 1 : n + 6] if t.text.lower() not in _BOUNDS), second)
        before = tokens[second.head]
        loose = second.deprel in ("amod", "orphan") and before.i > n or (second.deprel == "conj" and before.i < n and _quantity(before))
        if not loose or not _quantity(count) or count.sentence != second.sentence:
            continue
        first = next((t for t in reversed(tokens[max(0, n - 12) : n - 1]) if t.upos == "VERB" and t.sentence == second.sentence), None)
        if (
            first is None
            or first.xpos not in ("VBD", "VBN", "VBZ", "VBP")
            or any(t.head == first.i and t.deprel == "aux:pass" for t in tokens[max(0, first.i - 6) : n])
        ):
            continue
        _joined(tokens, first, second, count)


def _joined(tokens: list[Token], first: Token, second: Token, count: Token) -> None:
    """Hang the second verb on the first, and on each verb the number behind it."""
    counted = tokens[count.head] if count.deprel == "nummod" and count.head > count.i else count
    taken = next((t for t in tokens[first.i + 1 : second.i] if _quantity(t) and t.head in (counted.i, second.i, first.i)), None)
    tokens[second.i] = second._replace(head=first.i, deprel="conj")
    if counted.head < second.i or counted.deprel == "conj":
        tokens[counted.i] = counted._replace(head=second.i, deprel="obj")
    if taken is not None and taken.head != first.i:
        tokens[taken.i] = taken._replace(head=first.i, deprel="obj")
    link = tokens[second.i - 1]
    tokens[link.i] = link._replace(head=second.i)


def _link(tokens: Sequence[Token], after: int, joined: int) -> Token | None:
    """The conjunction that hangs on a joined word, behind the word that it is joined to."""
    return next((t for t in tokens[max(after + 1, joined - _NEAR) : joined] if t.head == joined and t.deprel == "cc"), None)


def _acting(tokens: list[Token]) -> None:
    """In "burned offices in Dakar and police arrested 40" the noun right before the second verb is who does it, nothing joined to Dakar."""
    for n in range(2, len(tokens) - 1):
        noun, verb = tokens[n], tokens[n + 1]
        if noun.deprel != "conj" or noun.upos not in ("NOUN", "PROPN") or verb.upos != "VERB" or verb.xpos not in ("VBD", "VBZ", "VBP"):
            continue
        if verb.deprel != "conj" or not verb.head < noun.head < n or verb.sentence != noun.sentence or tokens[verb.head].upos != "VERB":
            continue
        top = tokens[noun.head]
        if top.deprel == "nmod" and any(t.head == top.i and t.deprel == "case" and t.text.lower() == "of" for t in tokens[max(0, top.i - 6) : top.i]):
            continue  # "a contingent of the army and the rebels deployed"
        while top.deprel in ("nmod", "conj") and verb.head < top.head < top.i:
            top = tokens[top.head]
        if top.head != verb.head or top.deprel.split(":")[0] not in ("obj", "obl", "nmod"):
            continue  # no complement of the first verb
        link = _link(tokens, noun.head, n)
        if link is None or any(t.head == verb.i and t.deprel.startswith(("nsubj", "aux:pass", "expl")) for t in tokens[link.i : verb.i]):
            continue
        tokens[n] = noun._replace(head=verb.i, deprel="nsubj")
        tokens[link.i] = link._replace(head=verb.i)


_SPEECH = frozenset("say tell add report announce confirm claim note warn believe think know write tweet".split())


def _said(tokens: list[Token]) -> None:
    """In "forces advanced, residents and activists said" who advanced is no subject of "said", and the residents say it too."""
    for said in tuple(tokens):
        if said.upos != "VERB" or said.lemma.lower() not in _SPEECH:
            continue
        near = tokens[max(0, said.i - _NEAR) : said.i]
        inner = next((t for t in near if t.head == said.i and t.deprel == "ccomp" and t.upos == "VERB" and t.sentence == said.sentence), None)
        speaker = next((t for t in reversed(near) if t.head == said.i and t.deprel == "nsubj"), None)
        if inner is None:
            continue
        if speaker is None:
            _unattached(tokens, inner, said)
            continue
        if speaker.i < inner.i:
            continue
        first = [t for t in near if t.head == said.i and t.deprel == "nsubj" and t.i < inner.i]
        own = [t for t in near if t.head == inner.i and t.deprel.startswith("nsubj")]
        if len(first) == 1 and not any(t.i < inner.i for t in own):
            passive = any(t.head == inner.i and t.deprel == "aux:pass" for t in near)
            tokens[first[0].i] = first[0]._replace(head=inner.i, deprel="nsubj:pass" if passive else "nsubj")
        link = next((t for t in near if t.head == speaker.i and t.deprel == "cc"), None)
        late = [t for t in own if link is not None and inner.i < t.i < link.i and all(c.head == t.i for c in tokens[t.i + 1 : link.i])]
        if link is not None and len(late) == 1 and tokens[_begin(tokens, late[0]) - 1].text == ",":
            tokens[late[0].i] = late[0]._replace(head=said.i, deprel="nsubj")
            tokens[speaker.i] = speaker._replace(head=late[0].i, deprel="conj")


_DEEDS = frozenset(
    (
        "killing murder assassination bombing shelling bombardment seizure capture recapture abduction kidnapping execution massacre occupation invasion "
        "destruction arrest detention torture shooting beheading slaughter conscription recruitment expulsion murdering rape takeover"
    ).split()
)


def _done_by(tokens: list[Token]) -> None:
    """In "the killing of two peacekeepers by the militia" the militia did the killing, and is no part of the phrase for the peacekeepers."""
    for by in tuple(tokens):
        if by.text.lower() != "by" or by.deprel != "case" or by.i < 3:
            continue
        doer = tokens[by.head]
        over = tokens[doer.head]
        if doer.deprel != "nmod" or doer.i < by.i or over.i > by.i:
            continue
        deed, steps = over, 0
        while deed.deprel in ("nmod", "conj") and deed.head < deed.i and steps < 4 and deed.lemma.lower() not in _DEEDS:
            deed, steps = tokens[deed.head], steps + 1
        if deed.i != over.i and deed.lemma.lower() in _DEEDS:
            tokens[doer.i] = doer._replace(head=deed.i)


def _neither(tokens: list[Token]) -> None:
    """In "the mayor, Omar Ali, neither confirmed nor denied it" the mayor is the subject."""
    for n in range(1, len(tokens) - 1):
        neither = tokens[n]
        if neither.text.lower() != "neither" or not neither.deprel.startswith("nsubj") or neither.head <= n or tokens[n + 1].text.lower() == "of":
            continue
        verb = tokens[neither.head]
        if verb.upos == "VERB" and any(t.head == verb.i and t.deprel.startswith("nsubj") for t in tokens[max(0, n - 40) : n]):
            tokens[n] = neither._replace(deprel="cc:preconj")


def _went_on(tokens: list[Token]) -> None:
    """In "denied that it had been hit, and said that" who denied goes on to say; "said" is not joined to what is denied."""
    for n, said in enumerate(tokens):
        if said.upos != "VERB" or said.deprel != "conj" or said.lemma.lower() not in _SPEECH or said.head >= n or said.xpos not in ("VBD", "VBZ", "VBP"):
            continue
        inner = tokens[said.head]
        outer = tokens[inner.head]
        if inner.deprel != "ccomp" or not outer.i < inner.i or outer.upos != "VERB" or outer.xpos != said.xpos or inner.upos != "VERB":
            continue
        link = _link(tokens, inner.i, n)
        if link is None or any(t.head == n and t.deprel.startswith("nsubj") for t in tokens[link.i : n]):
            continue
        if tokens[link.i - 1].text == "," or any(t.head == inner.i and t.deprel.startswith("aux") for t in tokens[max(0, inner.i - 8) : inner.i]):
            tokens[n] = said._replace(head=outer.i)


_PHRASE = frozenset({"NOUN", "PROPN", "DET", "ADJ", "NUM", "CCONJ", "PART"})


def _unattached(tokens: list[Token], inner: Token, said: Token) -> None:
    """Those between the last comma and a "said" without a subject say it: of "killed a mayor, the police and the army said" the army was not killed."""
    comma = next((t.i for t in reversed(tokens[inner.i + 1 : said.i]) if t.text == ","), None)
    run = tokens[comma + 1 : said.i] if comma is not None else []
    if not run or any(t.upos not in _PHRASE for t in run):
        return
    loose = [t for t in run if not run[0].i <= t.head < said.i and t.upos in ("NOUN", "PROPN")]
    done = any(t.head == inner.i and t.deprel.startswith("nsubj") for t in tokens[max(0, inner.i - 40) : inner.i])
    if not loose or any(t.deprel not in ("appos", "conj") and not (done and t.deprel == "nsubj" and t.head == inner.i) for t in loose):
        return
    tokens[loose[0].i] = loose[0]._replace(head=said.i, deprel="nsubj")
    for other in loose[1:]:
        tokens[other.i] = other._replace(head=loose[0].i, deprel="conj")


def _begin(tokens: Sequence[Token], noun: Token) -> int:
    """Where the words begin that stand before a noun and hang on it."""
    first = noun.i
    while first > 0 and tokens[first - 1].head in (noun.i, first) and tokens[first - 1].deprel in ("det", "amod", "compound", "nummod"):
        first -= 1
    return first


def _timed(tokens: list[Token]) -> None:
    """In "X was killed in 2009; his son was killed last week" the time behind the second verb is the second's."""
    for n in range(2, len(tokens)):
        time = tokens[n]
        if time.deprel != "obl:unmarked" or time.upos != "NOUN" or time.head > n:
            continue
        first = tokens[time.head]
        near = next((t for t in reversed(tokens[max(first.i + 1, n - _NEAR) : n]) if t.upos == "VERB" and t.sentence == time.sentence), None)
        if near is None or near.deprel != "parataxis" or near.head != first.i:
            continue
        if not any(t.head == near.i and t.deprel.startswith("nsubj") for t in tokens[max(first.i + 1, near.i - _NEAR) : near.i]):
            continue
        tokens[n] = time._replace(head=near.i)


def _quantity(token: Token) -> bool:
    return token.upos == "NUM" or token.text.lower() in _SCORES | {"several", "many"}


def _told(tokens: list[Token]) -> None:
    """In "the group that runs it said", "it" is what is run and the group is who said it, whatever the parser made of them."""
    for n in range(1, len(tokens) - 1):
        pronoun, runs, said = tokens[n], tokens[n - 1], tokens[n + 1]
        if pronoun.upos != "PRON" or pronoun.deprel != "nsubj" or pronoun.head != said.i or runs.upos != "VERB" or said.upos != "VERB":
            continue
        noun = tokens[runs.head]
        if noun.deprel == "nsubj" and noun.head == said.i and runs.deprel == "acl:relcl" and noun.i < runs.i:
            tokens[n] = pronoun._replace(head=runs.i, deprel="obj")  # "the group" is the subject already
            continue
        beside = said.deprel == noun.deprel == "parataxis" and said.head == noun.head
        both = runs.deprel.startswith("acl") and (beside or (said.deprel.startswith("acl") and said.head == noun.i)) and noun.i < runs.i
        if not both or any(t.head == runs.i and t.deprel == "obj" for t in tokens[noun.i : n]):
            continue
        tokens[n] = pronoun._replace(head=runs.i, deprel="obj")
        tokens[said.i] = said._replace(head=said.i if noun.head == noun.i else noun.head, deprel=noun.deprel)
        tokens[noun.i] = noun._replace(head=said.i, deprel="nsubj")


def _above(tokens: Sequence[Token], token: Token) -> set[int]:
    """The words that a word hangs on, up to the root."""
    found: set[int] = set()
    at = token
    while at.head != at.i and at.head not in found:
        found.add(at.head)
        at = tokens[at.head]
    return found
