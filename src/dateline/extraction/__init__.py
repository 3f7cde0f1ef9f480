"""Extraction: what stands in the words of a document, spans only, before the world enters."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.extraction.control import find_control
from dateline.extraction.events import find_events
from dateline.extraction.figures import find_figures
from dateline.extraction.findings import Findings
from dateline.extraction.images import find_images
from dateline.extraction.mentions import find_mentions
from dateline.extraction.places import find_places
from dateline.extraction.relations import find_relations
from dateline.extraction.statements import find_statements
from dateline.extraction.stories import story_tokens
from dateline.extraction.times import find_times
from dateline.language.document import Document
from dateline.model import Section
from dateline.whoswho import WhosWho


def extract(document: Document, sections: Sequence[Section], *, whos_who: WhosWho | None = None) -> Findings:
    """The mentions, times, places, statements, events, figures, control, relations and images of a document, as worded."""
    times = find_times(document)
    mentions = find_mentions(document, whos_who=whos_who)
    places = find_places(document, mentions)
    statements = find_statements(document, sections, mentions, times)
    told = story_tokens(document)
    events = tuple(e for e in find_events(document, mentions, times, places, statements) if e.head not in told)
    return Findings(
        mentions=mentions,
        times=times,
        places=places,
        statements=statements,
        events=events,
        figures=tuple(f for f in find_figures(document, times, places, events) if f.head not in told),
        control=tuple(c for c in find_control(document, mentions, times, places, events) if told.isdisjoint(t.i for t in document.tokens_in(c.start, c.end))),
        relations=find_relations(document, mentions, times),
        images=find_images(document, sections, times, places),
    )
