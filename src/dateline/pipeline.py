"""The whole way of the data on one page: report → document → findings → reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.extraction import extract
from dateline.language import analyse
from dateline.language.document import Document
from dateline.language.model import Model
from dateline.model import Reading, Refused, Report
from dateline.resolution import resolve
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.who import WhosWho
from dateline.settings import Settings

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a mistake of ours in one report may raise; such a report is set aside so that the rest goes on."""


@dataclass(frozen=True)
class World:
    """The opened model and tables that a reading needs; opened once, never changed."""

    model: Model
    gazetteer: Gazetteer
    whos_who: WhosWho

    @classmethod
    def open(cls, settings: Settings | None = None) -> World:
        """Open the language model, the gazetteer and the who's who, with what the settings put in their place."""
        chosen = settings or Settings()
        gazetteer = Gazetteer.open()
        return cls(
            model=Model.open(chosen.model, threads=chosen.threads),
            gazetteer=gazetteer.with_user_places(chosen.places) if chosen.places else gazetteer,
            whos_who=WhosWho.open(chosen.actors),
        )


def read_report(report: Report, world: World) -> Reading:
    """All that is read from one report; a report in another language than English comes back with its parts only."""
    if report.language not in (None, "en"):
        return Reading(report=report)
    document = _analyse(report, world.model)
    findings = extract(document, report.sections, whos_who=world.whos_who)
    return resolve(report, document, findings, world.gazetteer, world.whos_who)


def _analyse(report: Report, model: Model) -> Document:
    """The document of the report's sections, boilerplate left out; its sentences name sections by their place in ``report.sections``."""
    kept = [i for i, section in enumerate(report.sections) if section.kind != "boilerplate"]
    document = analyse(report.text, [(report.sections[i].start, report.sections[i].end) for i in kept], model)
    return replace(document, sentences=tuple(replace(s, section=kept[s.section]) for s in document.sentences))


def readings(reports: Iterable[Report | Refused], world: World) -> Iterator[Reading | Refused]:
    """One reading for each report, in order; what was refused comes through as it is, and a report that breaks the reading is refused."""
    for report in reports:
        yield report if isinstance(report, Refused) else _guarded(report, world)


def _guarded(report: Report, world: World) -> Reading | Refused:
    try:
        return read_report(report, world)
    except _FAULTS as fault:
        reason = f"a fault in Dateline, not in the report: {type(fault).__name__}: {fault}"
        return Refused(input=report.url or report.id, reason=reason, mend="send the report with this line to Dateline's issue tracker")
