"""/api/review and /api/corrections: what waits for a person, and what people have said. Looking never changes anything."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from dateline.web import review
from dateline.web.access import Caller, caller, noted, reviewer
from dateline.web.desk import Desk, desk_of
from dateline.web.filters import Cursor, Limit
from dateline.web.problems import responses
from dateline.web.shapes import WORDS, Page
from dateline.web.shapes_review import Agreement, Conflict, Entry, ItemHistory, NewCorrection, Progress, Queue, Why

ROUTES = APIRouter(prefix="/api", tags=["review"], responses=responses())
AtDesk = Annotated[Desk, Depends(desk_of)]
_Name = Annotated[str, Query(min_length=1, max_length=100)]
_Report = Annotated[int, Path(ge=1, le=2**31)]
_Line = Annotated[int, Path(ge=1, le=2**31, description="Number of the line in the log.")]


@ROUTES.get("/review/queue", response_model=Queue, summary="What to look at first")
def queue(
    desk: AtDesk,
    asking: Annotated[Caller, Depends(caller)],
    word: Annotated[list[str] | None, Query(max_length=8, json_schema_extra={"items": {"type": "string", "enum": list(WORDS)}})] = None,
    *,
    mine: Annotated[bool, Query(description="What who asks has not yet judged, also where others have.")] = False,
    least_confidence: Annotated[float, Query(ge=0, le=1, description="Only values of which the machine is at least so sure.")] = 0.0,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Values by doubt times weight, those that nobody has judged; with ``mine``, those that who asks has not."""
    return review.queue(desk, words=tuple(word or ()), reader=asking.name if mine else None, least=least_confidence, limit=limit, cursor=cursor)


@ROUTES.get("/review/progress", response_model=Progress, summary="How far the review is")
def progress(desk: AtDesk) -> Any:
    """How many values are judged, by word and by person."""
    return review.progress(desk)


@ROUTES.get("/review/agreement", response_model=Agreement, summary="How far two readers agree")
def agreement(desk: AtDesk, a: _Name, b: _Name) -> Any:
    """Of the values that both judged: how many alike, the share, and Cohen's kappa."""
    return review.agreement(desk, a, b)


@ROUTES.get("/review/conflicts", response_model=Page[Conflict], summary="Values on which two persons differ")
def conflicts(desk: AtDesk, limit: Limit = 50, cursor: Cursor = None) -> Any:
    """Values on which the latest words of two persons differ, for a third to decide."""
    return review.conflicts(desk, limit=limit, cursor=cursor)


@ROUTES.get("/corrections", response_model=Page[Entry], summary="The log of corrections")
def corrections(
    desk: AtDesk,
    report: Annotated[int | None, Query(ge=1, le=2**31)] = None,
    who: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """The log of corrections, newest first: the whole, a report's, or a person's."""
    return review.log(desk, report=report, who=who, limit=limit, cursor=cursor)


@ROUTES.get("/corrections/of/{report}/{item}", response_model=ItemHistory, responses=responses(404), summary="What people have said of a value")
def history(desk: AtDesk, report: _Report, item: Annotated[str, Path(pattern=r"^[a-z]{1,3}[0-9]{1,9}$")]) -> Any:
    """All lines of the log on a value, with what the machine read and what the record answers with now."""
    return review.history(desk, report, item)


@ROUTES.post("/corrections", response_model=Entry, status_code=201, responses=responses(404, 409), summary="Accept, change, reject, note ...")
def correct(request: Request, desk: AtDesk, asking: Annotated[Caller, Depends(reviewer)], given: NewCorrection) -> Any:
    """Keep what a person says of a value; signed with the name of who asks, dated, and never overwriting anything."""
    made = review.correct(desk, asking, given)
    noted(request, asking, given.verb, f"{given.report}/{given.item or ''}")
    return made


@ROUTES.post("/corrections/{n}/undo", response_model=Entry, status_code=201, responses=responses(404, 409), summary="Undo a line of the log")
def undo(request: Request, desk: AtDesk, asking: Annotated[Caller, Depends(reviewer)], n: _Line, given: Why) -> Any:
    """Keep that a line of the log is to count no longer; undoing an undo makes it count again."""
    made = review.undo(desk, asking, n, given.why)
    noted(request, asking, "undo", str(n))
    return made
