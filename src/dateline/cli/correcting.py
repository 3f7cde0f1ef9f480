"""The commands by which persons say what is right, wrong, missing or one: each is a signed line of the record's log and can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from dateline.cli.opening import recorded, signature, signed
from dateline.cli.tables import print_json, print_paragraphs, print_rows
from dateline.errors import UsageError
from dateline.record import corrections, review
from dateline.record.corrections import Correction, Entry
from dateline.record.differences import shown
from dateline.record.names import display_name
from dateline.record.store import Record
from dateline.record.whom import World
from dateline.rereading import read_again
from dateline.settings import Settings

WORDS = click.option("--words", help="Words of the report on which it rests, as they stand there.")
AS_READ = click.option("--as-read", is_flag=True, help="Of the value as the machine read it, whatever others have said since: for a second reader.")


def handle_of(handle: str) -> tuple[int, str | None]:
    """Report and value of an id such as ``12/v3``, or ``12``.

    Raises ``UsageError`` for what is no id.
    """
    number, _, item = handle.removeprefix("incident:").partition("/")
    if not number.isdigit():
        raise UsageError("this is no id", given=handle, mend="give a report's number (12) or a value's id (12/v3), as the lists print them")
    return int(number), item or None


def _say(path: str, who: str | None, make: Callable[[str], Correction]) -> int:
    """Write one line, and tell what it does and how to take it back."""
    correction = make(signature(who))
    with Record.open(path) as record:
        n = corrections.add(record, correction, world=World(Settings.load()))
        entry = next(e for e in corrections.entries(record, report=correction.report) if e.line.n == n)
    print(f"correction {n}: {_told(entry)}, by {entry.line.who}\n  take it back with: dateline undo {n}")
    return 0


def _told(entry: Entry) -> str:
    line = entry.line
    where = f"{line.report}/{line.item}" if line.item else entry.now or str(line.report)
    names = line.anchors.get("names", {})
    if line.verb == "change" or (line.verb == "reject" and line.field):
        return f"{where} {line.field}: {shown(line.was, names)} → {shown(line.value, names)}"
    if line.verb in ("add", "reject"):
        return f"{where} {line.verb} {shown(line.value or line.was, names)}"
    if line.verb in ("same", "different", "unsure", "merge"):
        return f"{where} {line.verb} {line.value}"
    if line.verb == "note":
        return f"{where} note: {line.value}"
    if line.verb == "undo":
        return f"undo {line.target}"
    return f"{where} {line.verb}{f' {line.field}' if line.field else ''}"


@click.command("correct")
@click.argument("handle", metavar="ID")
@click.argument("field")
@click.argument("value")
@WORDS
@AS_READ
@signed
@recorded
def CORRECT(handle: str, field: str, value: str, *, words: str | None, as_read: bool, who: str | None, why: str, path: str) -> int:
    """Say that FIELD of a value (ID 12/v3), or of a report (ID 12), is VALUE: status denied, when 2017-10-17, where Tabqa, holder SDF, number 5-7.

    An entity is given by its id in the report (e4) or by name; days as 2017-10, 2017-10-17 or 2017-10-01..2017-10-17; what is not known as unknown.
    """
    number, item = handle_of(handle)
    return _say(path, who, lambda name: Correction("change", number, item, field, value, words=words, who=name, why=why, as_read=as_read))


@click.command("accept")
@click.argument("handle", metavar="ID")
@click.argument("field", required=False)
@AS_READ
@signed
@recorded
def ACCEPT(handle: str, field: str | None, *, as_read: bool, who: str | None, why: str, path: str) -> int:
    """Say that a value (ID 12/v3), or one FIELD of it, is right as it stands; it then stays, whatever a later reading says."""
    number, item = handle_of(handle)
    return _say(path, who, lambda name: Correction("accept", number, item, field, who=name, why=why, as_read=as_read))


@click.command("reject")
@click.argument("handle", metavar="ID")
@click.argument("field", required=False)
@AS_READ
@signed
@recorded
def REJECT(handle: str, field: str | None, *, as_read: bool, who: str | None, why: str, path: str) -> int:
    """Say that the report tells no such thing (ID 12/v3); or that one FIELD of it is wrong and the right value is not known."""
    number, item = handle_of(handle)
    return _say(path, who, lambda name: Correction("reject", number, item, field, who=name, why=why, as_read=as_read))


_TYPE = {"figure": "measure", "control": "change", "statement": "act", "image": "kind"}
"""The field that ``--type`` stands for, where it is not called so."""


def _pairs(given: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign:
            raise UsageError("this is no field with its value", given=pair, mend="write it as FIELD=VALUE, e.g. --set where=Tabqa")
        found[name.strip()] = value.strip()
    return found


@click.command("add")
@click.argument("number", metavar="REPORT", type=click.IntRange(1))
@click.argument("kind", metavar="KIND")
@click.argument("name", required=False)
@click.option("--type", "type_", help="Its type (of a figure its measure, of control the change, of a statement the act).")
@click.option("--set", "pairs", metavar="FIELD=VALUE", multiple=True, help="A field of it; may be given several times.")
@click.option("--at", metavar="LAT,LON", help="The point of a place that the gazetteer has not.")
@WORDS
@signed
@recorded
def ADD(
    number: int, kind: str, name: str | None, *, type_: str | None, pairs: tuple[str, ...], at: str | None, words: str | None, who: str | None, why: str,
    path: str,
) -> int:  # fmt: skip
    """Add what REPORT says and the machine missed. KIND is event, figure, control, statement, relation, entity, place or person.

    An entity or place has a NAME; all others rest on --words of the report.
    """
    values = _pairs(pairs) | ({_TYPE.get(kind, "type"): type_} if type_ else {}) | ({"name": name} if name else {})
    if at is not None:
        try:
            values |= dict(zip(("lat", "lon"), (float(part) for part in at.split(",")), strict=True))
        except ValueError as fault:
            raise UsageError("this is no point", given=at, mend="write it as LAT,LON in degrees, e.g. 35.95,39.01") from fault
    return _say(path, who, lambda by: Correction("add", number, None, kind, values, words=words, who=by, why=why))


@click.command("merge")
@click.argument("handle", metavar="ID")
@click.argument("other", metavar="OTHER")
@signed
@recorded
def MERGE(handle: str, other: str, *, who: str | None, why: str, path: str) -> int:
    """Say that two values of one report (12/e3 and 12/e7) are one; ID keeps its fields. Events of two reports: dateline same."""
    number, item = handle_of(handle)
    return _say(path, who, lambda name: Correction("merge", number, item, other=other, who=name, why=why))


@click.command("split")
@click.argument("handle", metavar="ID")
@click.option("--set", "pairs", metavar="FIELD=VALUE", multiple=True, help="A field of the second; may be given several times.")
@WORDS
@signed
@recorded
def SPLIT(handle: str, *, pairs: tuple[str, ...], words: str | None, who: str | None, why: str, path: str) -> int:
    """Say that a value is two: of an entity the mentions in --words are another; of an event or figure there is a second, with --set fields of its own."""
    number, item = handle_of(handle)
    return _say(path, who, lambda name: Correction("split", number, item, value=_pairs(pairs), words=words, who=name, why=why))


@click.command("note")
@click.argument("handle", metavar="ID")
@click.argument("text")
@signed
@recorded
def NOTE(handle: str, text: str, *, who: str | None, why: str, path: str) -> int:
    """Leave a note on a value (ID 12/v3) or a report (ID 12); it changes nothing."""
    number, item = handle_of(handle)
    return _say(path, who, lambda name: Correction("note", number, item, value=text, who=name, why=why))


def _judge(verb: str, told: str) -> click.Command:
    @click.command(verb, help=told)
    @click.argument("a", metavar="A")
    @click.argument("b", metavar="B")
    @signed
    @recorded
    def command(a: str, b: str, *, who: str | None, why: str, path: str) -> int:
        number, item = handle_of(a)
        return _say(path, who, lambda name: Correction(verb, number, item, other=b.removeprefix("incident:"), who=name, why=why))

    return command


SAME = _judge("same", "Say that two events (3/v1 7/v2) of any reports are one happening; goes before what rules say.")
DIFFERENT = _judge("different", "Say that two events (3/v1 7/v2) are two happenings; goes before what rules say.")
UNSURE = _judge("unsure", "Say that it is open whether two events (3/v1 7/v2) are one happening.")


@click.command("undo")
@click.argument("n", metavar="N", type=click.IntRange(1))
@signed
@recorded
def UNDO(n: int, *, who: str | None, why: str, path: str) -> int:
    """Let line N of the log of corrections count no longer; undoing an undo lets it count again. Nothing is erased."""
    with Record.open(path) as record:
        made = corrections.undo(record, n, who=signature(who), why=why)
    print(f"correction {made}: undo {n}\n  take it back with: dateline undo {made}")
    return 0


@click.command("corrections")
@click.option("--report", type=click.IntRange(1), help="Only those on this report, in any of its versions.")
@click.option("--of", "whose", help="Only those of this person.")
@click.option("--unfit", is_flag=True, help="Only those that no longer fit the current reading, with the reason.")
@click.option("--conflicts", is_flag=True, help="The values on which persons differ.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")
@recorded
def CORRECTIONS(*, report: int | None, whose: str | None, unfit: bool, conflicts: bool, shape: str, path: str) -> int:
    """List the log of corrections: who said what of which value, what was undone, and what no longer fits."""
    with Record.open(path) as record:
        if conflicts:
            return _print_conflicts(review.conflicts(record), shape)
        found = [e for e in corrections.entries(record, report=report, who=whose) if not unfit or e.fits is False]
    if shape == "json":
        print_json([e.body() for e in found])
    else:
        print_rows(("no.", "when", "who", "what", "state", "why"), [_row(e) for e in found])
    return 0 if found else 1


def _row(entry: Entry) -> tuple[str, ...]:
    line = entry.line
    return str(line.n), line.at[:16].replace("T", " "), line.who, _told(entry), _state(entry), line.why


def _state(entry: Entry) -> str:
    if entry.undone_by is not None:
        return f"undone by {entry.undone_by}"
    if entry.fits is False:
        return f"no longer fits: {entry.reason}"
    moved = entry.now is not None and entry.line.item is not None and entry.now != f"{entry.line.report}/{entry.line.item}"
    return f"counts, now {entry.now}" if moved else "counts" if entry.fits else ""


def _print_conflicts(found: list[review.Conflict], shape: str) -> int:
    if shape == "json":
        print_json([{"id": c.handle, "field": c.field, "said": [{"who": w, "value": v, "n": n} for w, v, n in c.said]} for c in found])
    else:
        print_rows(("id", "field", "who says what; the last counts"), [(c.handle, c.field, "; ".join(f"{w}: {shown(v)}" for w, v, _ in c.said)) for c in found])
    return 0 if found else 1


@click.command("history")
@click.argument("handle", metavar="ID")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")
@recorded
def HISTORY(handle: str, *, shape: str, path: str) -> int:
    """Show all that was said of a value (ID 12/v3) or a report (ID 12), beside what the machine read."""
    number, item = handle_of(handle)
    with Record.open(path) as record:
        found = corrections.of_item(record, number, item)
        names = {e["id"]: display_name(e) for e in corrections.parts_of(record, number)["entities"]} | {
            e["id"]: display_name(e) for e in corrections.read_by_machine(record, number)[1]["entities"]
        }
        read = corrections.machine(record, number, item) if item else None
        now = record.rows("SELECT body FROM item WHERE report = :n AND id = :id", {"n": number, "id": item or ""})
    if item is not None and read is None and not now and not found:
        raise UsageError("the record has no such value", given=handle, mend="list ids with: dateline events, statements, figures or control")
    body = json.loads(now[0]["body"]) if now else None
    if shape == "json":
        print_json({"id": handle, "machine": read, "now": body, "entries": [e.body() for e in found]})
        return 0
    lines = [(1, line) for line in _beside(read, body, names)] if item else []
    lines += [(1, f"{e.line.n}  {e.line.at[:10]} {e.line.who}: {_told(e)}; {_state(e)}" + (f"; {e.line.why}" if e.line.why else "")) for e in found]
    print_paragraphs(handle, lines or [(1, "nobody has said anything of it")])
    return 0


def _beside(read: dict[str, Any] | None, now: dict[str, Any] | None, names: dict[str, str]) -> list[str]:
    if read is None:
        return ["the machine read nothing here: a person added it"]
    if now is None:
        return ["the machine read it; it is out"]
    return [f"{k}: the machine read {shown(v, names)}, now {shown(now[k], names)}" for k, v in read.items() if now[k] != v] or ["as the machine read it"]


@click.command("review")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--after", metavar="ID", help="Go on behind this value.")
@click.option("--word", "words", type=click.Choice(["events", "figures", "control"]), multiple=True, help="Only these.")
@click.option("--reader", help="What this person has not yet judged, as a second reader.")
@click.option("--progress", is_flag=True, help="How far it has come.")
@click.option("--agreement", nargs=2, metavar="A B", help="How far two persons agree.")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True, help="For people or for programs.")
@recorded
def REVIEW(
    *, limit: int, after: str | None, words: tuple[str, ...], reader: str | None, progress: bool, agreement: tuple[str, str] | None, shape: str, path: str
) -> int:
    """List the values that most need a look: what is in doubt and matters much first."""
    with Record.open(path) as record:
        if progress:
            return _print_progress(review.progress(record), shape)
        if agreement:
            return _print_agreement(review.agreement(record, *agreement), shape)
        found = review.queue(record, limit=limit, after=after, words=words, reader=reader)
    if shape == "json":
        print_json([{"id": w.handle, "word": w.word, "kind": w.kind, "confidence": w.confidence, "weight": w.weight, "priority": w.priority,
                     "why": w.reason} for w in found])  # fmt: skip
    else:
        print_rows(("id", "priority", "why"), [(w.handle, f"{w.priority:.2f}", w.reason) for w in found])
    return 0 if found else 1


def _print_progress(found: review.Progress, shape: str) -> int:
    if shape == "json":
        print_json({"values": found.values, "judged": found.judged, "by_person": found.by_person})
    else:
        print_rows(("what", "values", "judged"), [(word, str(n), str(found.judged.get(word, 0))) for word, n in found.values.items()])
        for who, n in found.by_person.items():
            print(f"{who}: {n}")
    return 0


def _print_agreement(found: review.Agreement, shape: str) -> int:
    if shape == "json":
        print_json({"both": found.both, "alike": found.alike, "share": found.share, "kappa": found.kappa, "fields": found.fields})
        return 0
    print_rows(("field", "both judged", "alike"), [(f, str(both), str(alike)) for f, (both, alike) in found.fields.items()])
    kappa = f"{found.kappa:.2f}" if found.kappa is not None else "cannot be said"
    share = f"{found.share:.2f}" if found.share is not None else "cannot be said"
    print(f"judged by both: {found.both}; the same value: {found.alike} (share {share}); Cohen's kappa of the verdicts: {kappa}")
    return 0 if found.both else 1


@click.command("reread")
@click.argument("numbers", metavar="[REPORT]...", nargs=-1, type=click.IntRange(1))
@click.option("--all", "everything", is_flag=True, help="All reports, not only those that another version of Dateline read.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@click.option("--settings", "settings_path", type=click.Path(dir_okay=False), help="Settings file, in place of ./dateline.toml.")
@recorded
def REREAD(numbers: tuple[int, ...], *, everything: bool, jobs: int, settings_path: str | None, path: str) -> int:
    """Read reports of the record again with this Dateline: these, or all that another version read. What persons said is kept where it fits.

    What comes out otherwise is a new version beside the old one. Stopped, it is completed by the same command.
    """
    with Record.open(path) as record:
        before = {e.line.n for e in corrections.entries(record) if e.fits is False}
        done = read_again(record, Settings.load(settings_path), numbers=numbers, everything=everything, jobs=jobs)
        unfit = [e for e in corrections.entries(record) if e.fits is False and e.line.n not in before]
    print(f"{path}: {len(done.changed)} reports read otherwise than before, {done.same} the same, {done.refused} refused")
    for entry in unfit:
        print(f"correction {entry.line.n} no longer fits: {_told(entry)}: {entry.reason}")
    return 1 if done.refused else 0
