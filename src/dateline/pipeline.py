"""The whole way of the data on one page: report → document → findings → reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from dateline.errors import InputError
from dateline.extraction import extract
from dateline.gate import passed_over
from dateline.language import Given, analyse_many
from dateline.language.document import Document
from dateline.language.model import RUNTIME_FAULTS, Model
from dateline.model import Evidence, Reading, Refused, Report
from dateline.resolution import resolve
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.who import WhosWho
from dateline.settings import Limits, Settings

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a mistake of ours in one report may raise; such a report is set aside so that the rest goes on."""
_SHORT = (MemoryError, *RUNTIME_FAULTS)
"""What is raised where the memory does not suffice; so many reports are then read one by one, and one that is too much alone is set aside."""


@dataclass(frozen=True)
class World:
    """The opened model and tables that a reading needs; opened once, never changed."""

    model: Model
    gazetteer: Gazetteer
    whos_who: WhosWho
    gate: bool = False
    """Whether reports without a sign of conflict, control or harm are passed over unread."""
    longest: int = Limits().report_characters
    """The most characters of a report that is read."""

    @classmethod
    def open(cls, settings: Settings | None = None) -> World:
        """Open the language model, the gazetteer and the who's who, with what the settings put in their place."""
        chosen = settings or Settings()
        gazetteer = Gazetteer.open()
        return cls(
            model=Model.open(chosen.model, threads=chosen.threads),
            gazetteer=gazetteer.with_user_places(chosen.places) if chosen.places else gazetteer,
            whos_who=WhosWho.open(chosen.actors),
            gate=chosen.gate,
            longest=chosen.intake.report_characters,
        )


def read_report(report: Report, world: World) -> Reading:
    """All that is read from one report; a report in another language than English comes back with its parts only.

    Raises ``InputError`` for a report that is longer than is read.
    """
    if (unread := _unread(report, world)) is not None:
        return unread
    if (refused := _too_long(report, world)) is not None:
        raise InputError(refused.reason, given=refused.input, mend=refused.mend)
    return _read(report, document_of(report, world.model), world)


def _too_long(report: Report, world: World) -> Refused | None:
    """Why a report is not read that would take more memory and time than one report may; better none of it than its beginning as if it were the whole."""
    if len(report.text) <= world.longest:
        return None
    reason = f"the report has {len(report.text):,} characters; at most {world.longest:,} are read of one"
    mend = "split it into reports (chapters, days, countries), or raise report_characters under [intake] in dateline.toml: 1,000,000 take some 500 MB"
    return Refused(input=report.url or report.id, reason=reason, mend=mend)


def _unread(report: Report, world: World) -> Reading | None:
    """The reading of a report that is not read: one in another language, or one that the gate passes over; None for all others."""
    if report.language not in (None, "en"):
        return Reading(report=report)
    lacks = passed_over(report.text) if world.gate else None
    if lacks is None:
        return None
    reason = f"passed over unread: signs of conflict, control or harm weigh {lacks.score:g} of the {lacks.needed:g} that are needed"
    return Reading(report=report, passed_over=lacks, evidence={"report": (Evidence("passed_over", "gate", reason, lacks.score),)})


def document_of(report: Report, model: Model) -> Document:
    """The document of the report's sections, boilerplate left out; its sentences name sections by their place in ``report.sections``."""
    return placed(analyse_many((given_to_model(report),), model)[0], report)


def _kept(report: Report) -> list[int]:
    return [i for i, section in enumerate(report.sections) if section.kind != "boilerplate"]


def given_to_model(report: Report) -> Given:
    """What the language model reads of a report."""
    return Given(report.text, [(report.sections[i].start, report.sections[i].end) for i in _kept(report)])


def placed(document: Document, report: Report) -> Document:
    """The document with sentences that name sections by their place in ``report.sections``."""
    kept = _kept(report)
    return replace(document, sentences=tuple(replace(s, section=kept[s.section]) for s in document.sentences))


def _read(report: Report, document: Document, world: World) -> Reading:
    findings = extract(document, report.sections, whos_who=world.whos_who)
    return resolve(report, document, findings, world.gazetteer, world.whos_who)


def read_batch(reports: Sequence[Report | Refused], world: World) -> list[Reading | Refused]:
    """One reading for each report, in order, the same as each alone; the sentences of all go through the model together.

    What was refused comes through as it is; a report that breaks the reading is refused, the others are read.
    """
    unread = {n: found for n, report in enumerate(reports) if isinstance(report, Report) and (found := _unread(report, world) or _too_long(report, world))}
    through = [n for n, report in enumerate(reports) if isinstance(report, Report) and n not in unread]
    try:
        documents = analyse_many([given_to_model(r) for n in through if isinstance(r := reports[n], Report)], world.model)
    except (*FAULTS, *_SHORT):
        documents = []
    known = {n: placed(document, report) for n, document in zip(through, documents, strict=False) if isinstance(report := reports[n], Report)}
    return [unread.get(n) or (report if isinstance(report, Refused) else _guarded(report, known.get(n), world)) for n, report in enumerate(reports)]


def readings(reports: Iterable[Report | Refused], world: World, *, together: int = 16) -> Iterator[Reading | Refused]:
    """One reading for each report, in order; ``together`` reports go through the language model at once."""
    rest = iter(reports)
    while part := list(islice(rest, together)):
        yield from read_batch(part, world)


def _guarded(report: Report, document: Document | None, world: World) -> Reading | Refused:
    try:
        return read_report(report, world) if document is None else _read(report, document, world)
    except FAULTS as fault:
        reason = f"a fault in Dateline, not in the report: {type(fault).__name__}: {fault}"
        return Refused(input=report.url or report.id, reason=reason, mend="send the report with this line to Dateline's issue tracker")
    except _SHORT as fault:
        mend = "split it into smaller reports, give fewer --jobs, or read it on a machine with more memory"
        return Refused(input=report.url or report.id, reason=f"the memory does not suffice for it ({type(fault).__name__})", mend=mend)
