"""Who says so, counted: the source chain of each account, its side, how many sources are independent, and what their word amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.record.copies import copies_of
from dateline.record.denials import denials_beside
from dateline.record.parties import Sides, sides_of
from dateline.record.questions import Body, Chain, Item, chain_of
from dateline.record.rows import fold
from dateline.record.store import Record
from dateline.record.voices import Voice, claim_in, claims_for, denier_of, in_headline, is_state, last_statement, together, voice_of
from dateline.record.winnow import alike


@dataclass(frozen=True, slots=True)
class Account:
    """What one source chain says of a happening."""

    report: int
    id: str
    chain: Chain
    stance: str
    """asserts, denies, or leaves open (a possible, planned or demanded thing)."""
    voice: str
    """By what the source is counted: the party or person that speaks, else the agency or outlet."""
    voice_name: str
    party: str | None
    """Key of the party that speaks, where somebody is quoted."""
    published: str | None
    words: str
    echo: bool = False
    """Whether the report's own voice, or nobody's, only repeats what a speaker of the same report says."""
    office: bool = False
    """Whether the speaker is an organ of a state that is not named ("the army", "the PM")."""
    headline: bool = False
    witness: bool = False
    """Whether the report's own voice is that of an organisation that tells what it found itself."""
    band: bool = False
    """Whether an armed group speaks, or somebody for one."""
    others: tuple[Voice, ...] = ()
    """Who speaks together with the first speaker."""
    interested: str | None = None
    """Why the speaker is no disinterested source; None where nothing is known against it."""

    @property
    def handle(self) -> str:
        """By what ``show`` and ``explain`` find it."""
        return f"{self.report}/{self.id}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the accounts of a happening amount to."""

    status: str
    """uncontested, claimed, contested, denied, confirmed by the other side, confirmed independently, or open."""
    reason: str
    independent: int
    """Sources that speak for it and do not rest on each other."""
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides of a happening: who does or holds it, and whom it is done to or taken from."""

    doers: tuple[str, ...]
    others: tuple[str, ...] = ()
    year: int | None = None


def account_of(record: Record, item: Item) -> Account:
    """The account that an event, figure or control of a report gives."""
    chain = chain_of(item)
    body = item.body
    told = last_statement(item)
    claimed = claim_in(item) if told is None else None
    speaker = denier_of(item) or (told["speaker"] if told is not None else claimed)
    negative = body.get("status") == "denied" or bool(body.get("negated"))
    open_ = body.get("status") in ("possible", "planned", "demanded", "hypothetical")
    stance = "denies" if negative else "leaves open" if open_ else "asserts"
    voice = voice_of(record, item, speaker, told=told is not None)
    others = tuple(voice_of(record, item, e, told=True) for e in together(item, told)) if told is not None and stance == "asserts" else ()
    words = (body.get("sentence") or body.get("span") or {"text": ""})["text"]
    return Account(
        item.report, item.id, chain, stance, voice.key, voice.name, voice.party, item.published, words,
        office=voice.office, headline=in_headline(item), witness=speaker is None and voice.witness, band=voice.band, others=others,
    )  # fmt: skip


def answers(record: Record, items: Sequence[Item], *, pointed: bool = True, beside: bool = True) -> list[Account]:
    """Denials in the same reports that answer the statements these items rest on ("the ministry denied this"), or stand beside them; or only these or those."""
    found: list[Account] = []
    for item in items:
        told = set(item.body.get("according_to", []))
        denials: list[Body] = []
        if item.body.get("status") == "denied":
            continue
        order = list(item.statements.values())
        for before, after in zip(order, order[1:], strict=False) if pointed else ():
            if before["id"] in told and after["act"] == "deny" and _points_back(after) and after["speaker"] != before["speaker"]:
                denials.append(after)
        speakers = {item.statements[s]["speaker"] for s in told if s in item.statements}
        denials += [s for s in denials_beside(item) if beside and s["speaker"] not in speakers]
        for after in denials:
            found.append(_from_statement(record, item, after, "denies"))
    unique = {a.handle: a for a in found}
    return list(unique.values())


def claimed(record: Record, items: Sequence[Item]) -> list[Account]:
    """Those whose claim it is that somebody denies ("the army denied the rebels' claim that ..."): they say so."""
    found: list[Account] = []
    for item in items:
        if item.body.get("status") != "denied":
            continue
        told = [item.statements[s] for s in item.body.get("according_to", []) if s in item.statements]
        deniers = {s["speaker"] for s in told if s["act"] in ("deny", "refuse")}
        rest = [s for s in told if s["act"] in _CLAIMS and s["speaker"] is not None and s["speaker"] not in deniers]
        found += [_from_statement(record, item, s, "asserts") for s in rest[-1:] if deniers]
    return list({a.handle: a for a in found}.values())


_CLAIMS = frozenset({"say", "declare", "report", "accuse", "blame", "confirm", "estimate", "claim_responsibility", "admit"})
"""Acts by which somebody says that a thing is so."""


def _from_statement(record: Record, item: Item, statement: Body, stance: str) -> Account:
    voice = voice_of(record, item, statement["speaker"], told=True)
    chain = Chain(item.source, (item.name(statement["speaker"]) or "somebody",), (voice.party,), item.agency)
    words = _words_of(item, statement)
    return Account(item.report, statement["id"], chain, stance, voice.key, voice.name, voice.party, item.published, words, office=voice.office, band=voice.band)


def claims(record: Record, items: Sequence[Item]) -> list[Account]:
    """Those who claim responsibility for an attack of these items in a report that tells of it: their word, too, that it came about."""
    found: list[Account] = []
    for item in items:
        for claim in claims_for(item):
            agent = next((p["entity"] for p in claim["participants"] if p["role"] == "agent" and p["entity"] in item.entities), None)
            if agent is None or claim["status"] != "occurred" or claim["negated"]:
                continue
            voice = voice_of(record, item, agent, told=True)
            chain = Chain(item.source, (voice.name,), (voice.party,), item.agency)
            words = claim["sentence"]["text"]
            found.append(
                Account(
                    item.report, claim["id"], chain, "asserts", voice.key, voice.name, voice.party, item.published, words, office=voice.office, band=voice.band
                )
            )
    return list({a.handle: a for a in found}.values())


_POINTERS = frozenset("it this that these those claim claims accusation accusations charge charges allegation allegations report reports the".split())


def _points_back(statement: dict[str, object]) -> bool:
    """Whether a statement's content is no more than a pointer to what was said before."""
    content = statement["content"]
    words = [w for span in content for w in fold(span["text"]).split()] if isinstance(content, list) else []
    return set(words) <= _POINTERS


def _words_of(item: Item, statement: Body) -> str:
    text = item.text
    spans = [s for s in (statement["speaker_span"], statement["cue"], *_list(statement["content"])) if isinstance(s, dict)]
    return " ".join(text[min(s["start"] for s in spans) : max(s["end"] for s in spans)].split()) if spans else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def weigh(record: Record, accounts: Iterable[Account], parties: Parties) -> Finding:
    """Count the independent sources of a happening and say what their word amounts to, with the reason in words."""
    sides = sides_of(record)
    listed = _echoes(tuple(_latest_word(list(accounts))))
    # Who speaks with another is a source too, though the account is one.
    every = [
        each
        for a in listed
        for each in (a, *(replace(a, voice=v.key, voice_name=v.name, party=v.party, office=v.office, band=v.band, others=()) for v in a.others))
    ]
    marked = _named_alike(a if (why := _interest(a, parties, sides)) is None else replace(a, interested=why) for a in every)
    voices = _independent(record, marked)
    yes = [a for a in marked if a.stance == "asserts"]
    no = [a for a in marked if a.stance == "denies"]
    independent = len({root for a, root in zip(marked, voices, strict=True) if a.stance == "asserts"})
    status, reason = _status(yes, no, marked, parties, sides)
    if len(yes) > 1 and independent == 1:
        reason += "; all accounts rest on one source"
    firsts: dict[str, Account] = {}
    for account in marked:
        firsts.setdefault(account.handle, account)
    return Finding(status, reason, independent, tuple(firsts.values()))


def _spoken_by(account: Account, voice: Voice) -> Account:
    """The account as that of one who speaks together with its first speaker."""
    return replace(account, voice=voice.key, voice_name=voice.name, party=voice.party, office=voice.office, band=voice.band, others=())


def _latest_word(accounts: list[Account]) -> list[Account]:
    """The accounts without denials that the same source has taken back since, by saying so itself."""
    said: dict[str, str] = {}
    for a in accounts:
        if a.stance == "asserts" and a.published is not None and not a.headline:
            said[a.voice] = max(said.get(a.voice, ""), a.published[:10])
    return [a for a in accounts if a.stance != "denies" or a.published is None or said.get(a.voice, "") <= a.published[:10]]


def _echoes(accounts: tuple[Account, ...]) -> list[Account]:
    """The accounts, those marked that only repeat a speaker of the same report: a headline or lead is no second witness."""
    spoken = {(a.report, a.stance) for a in accounts if a.party is not None and not a.headline}
    above = {(a.report, a.stance) for a in accounts if a.party is not None}
    made = []
    for a in accounts:
        own = a.party is None and not a.witness and (a.report, a.stance) in above
        made.append(replace(a, echo=True) if own or (a.headline and (a.report, a.stance) in spoken) else a)
    return made


def _named_alike(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """The accounts with one name for each voice, the fullest that is used of it."""
    listed = list(accounts)
    names: dict[str, str] = {}
    for account in listed:
        names[account.voice] = max(names.get(account.voice, ""), account.voice_name, key=lambda n: (len(n), n))
    return tuple(a if a.voice_name == names[a.voice] else replace(a, voice_name=names[a.voice]) for a in listed)


def _status(yes: list[Account], no: list[Account], every: tuple[Account, ...], parties: Parties, sides: Sides) -> tuple[str, str]:
    if not yes:
        if no:
            return "denied", f"{_names(no)} {_verb(no, 'denies', 'deny')} it, and no account asserts it"
        return "open", "told only as possible, planned or demanded" if every else "nobody says so"
    if no and _both_sides(yes, no, parties, sides):
        no = []
    if no:
        return "contested", f"{_names(yes)} {_verb(yes, 'says', 'say')} so, {_names(no)} {_verb(no, 'denies', 'deny')} it"
    own, other = _by_side(yes, parties, sides)
    free = [a for a in yes if a.interested is None and not a.echo]
    told = [a for a in yes if not a.echo]
    if own and other:
        return "confirmed by the other side", f"{_names(own)} {_verb(own, 'says', 'say')} so, and so {_verb(other, 'does', 'do')} {_names(other)}"
    if other and not own and not free:
        return "claimed", f"only {_names(other)}, whom it is done to or who is against those who did it, {_verb(other, 'says', 'say')} so"
    if free and (own or other):
        return "confirmed independently", f"{_names(free)} {_verb(free, 'says', 'say')} so beside {_names([*own, *other])}"
    if not free:
        return "claimed", f"only {_names(told)} {_verb(told, 'says', 'say')} so: {told[0].interested}"
    return "uncontested", f"{_names(free)} {_verb(free, 'says', 'say')} so, and no account denies it"


def _both_sides(yes: list[Account], no: list[Account], parties: Parties, sides: Sides) -> bool:
    """Whether both sides have come to say so, the later of them after all denials."""
    own, other = _by_side(yes, parties, sides)
    return bool(own and other) and max(a.published or "" for a in (*own, *other)) > max(a.published or "" for a in no)


def _by_side(yes: list[Account], parties: Parties, sides: Sides) -> tuple[list[Account], list[Account]]:
    """The accounts of those who did it or stand by them, and those of the other side itself: only its own word confirms, an ally of it has a stake besides."""
    spoken = [(a, a.party) for a in yes if a.party is not None]
    same = {p: any(sides.same(p, w, year=parties.year) for w in parties.doers) for _, p in spoken}
    against = {p: not same[p] and any(sides.same(p, w, year=parties.year) for w in parties.others) for _, p in spoken}
    beside = {p: any(sides.allied(p, w, year=parties.year) for w in parties.doers) for _, p in spoken}
    both = {p: any(sides.allied(p, w, year=parties.year) for w in parties.others) for _, p in spoken}
    own = [a for a, p in spoken if same[p] or (beside[p] and not both[p])]
    # Where those who did it say so, who is at war with them is the other side, too, whomever it was done to.
    foes = [a for a, p in spoken if own and not same[p] and not beside[p] and any(_hostile(a, w, parties, sides) for w in parties.doers)]
    return own, [a for a, p in spoken if against[p] or a in foes]


def _hostile(account: Account, party: str, parties: Parties, sides: Sides) -> bool:
    """Whether the speaker, or the state whose organ speaks, is an enemy of a party."""
    speakers = {account.party, account.voice if account.office and is_state(account.voice) else account.party} - {None}
    return any(sides.hostile(s, party, year=parties.year) for s in speakers if s is not None)


def _names(accounts: Sequence[Account]) -> str:
    names = list(dict.fromkeys(a.voice_name for a in accounts))
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _verb(accounts: Sequence[Account], one: str, many: str) -> str:
    return one if len({a.voice_name for a in accounts}) == 1 else many


def _interest(account: Account, parties: Parties, sides: Sides) -> str | None:
    """Why the speaker has a stake in the happening, in words."""
    if account.party is None:
        return None
    for wanted, words in ((parties.doers, "a party to it"), (parties.others, "the other side")):
        for party in wanted:
            nameless = (
                account.office
                and words == "a party to it"
                and is_state(sides.root(party))
                and (not is_state(account.voice) or account.voice == sides.root(party))
            )
            if nameless or sides.same(account.party, party, year=parties.year):
                return words
    for party in (*parties.doers, *parties.others):
        if sides.allied(account.party, party, year=parties.year):
            return "an ally of a side"
        if _hostile(account, party, parties, sides):
            return "an enemy of a side"
    return None


def _independent(record: Record, accounts: Sequence[Account]) -> list[str]:
    """The source behind each account: one for all that share a voice, or whose words are copied from one another."""
    by_report: dict[int, list[Account]] = {}
    for account in accounts:
        by_report.setdefault(account.report, []).append(account)
    source = {a.voice: a.voice for a in accounts}
    states = sorted({a.voice for a in accounts if is_state(a.voice)})
    nameless = sorted({a.voice for a in accounts if a.office and not is_state(a.voice)})
    for voice in nameless:
        source[voice] = states[0] if states else nameless[0]
    source |= _bands(accounts)
    for voice in (v for v in source if source[v] == v):
        source[voice] = _fuller(voice, [v for v in source if v != voice and source[v] == v])

    def root(voice: str) -> str:
        while source[voice] != voice:
            voice = source[voice]
        return voice

    for copy in copies_of(record, by_report) if len(by_report) > 1 else []:
        for a in by_report.get(copy.a, []):
            for b in by_report.get(copy.b, []):
                if _one_quoted(a, b) and (copy.whole or alike(a.words, b.words)):
                    kept, gone = sorted((root(a.voice), root(b.voice)))
                    source[gone] = kept
    spoken: dict[tuple[int, str], str] = {}
    for account in sorted(accounts, key=lambda a: a.headline):
        if account.party is not None:
            spoken.setdefault((account.report, account.stance), account.voice)
    return [root(spoken[a.report, a.stance] if a.echo else a.voice) for a in accounts]


def _one_quoted(a: Account, b: Account) -> bool:
    """Whether two reports of which one copies the other may quote one source: their own voice, or somebody of the same words."""
    return a.party is None and b.party is None if None in (a.party, b.party) else fold(a.voice_name) == fold(b.voice_name)


def _bands(accounts: Sequence[Account]) -> dict[str, str]:
    """For armed groups that are not named ("rebels say") the one group that says the same by its name, in the report or in the others."""
    found: dict[str, str] = {}
    for a in accounts:
        if a.band and a.voice != a.party:
            named = [b for b in accounts if b.band and b.voice == b.party and b.stance == a.stance]
            groups = {b.voice for b in named if b.report == a.report} or {b.voice for b in named}
            if len(groups) == 1:
                found[a.voice] = groups.pop()
    return found


def _fuller(voice: str, others: list[str]) -> str:
    """The voice that this one is a shorter name of ("Levant Watch" of "Levant Watch monitor"), else itself."""
    words = set(voice.split(":")[-1].split())
    kind = voice.rpartition(":")[0]
    return next((o for o in sorted(others) if o.rpartition(":")[0] == kind != "house" and words < set(o.split(":")[-1].split())), voice)
