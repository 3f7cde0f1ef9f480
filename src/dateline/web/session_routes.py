"""/api/meta, vocabulary, session, tokens: what is served, who asks, and by what right."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from dateline.web import access
from dateline.web.access import Caller, caller, owner_of_tokens, reader
from dateline.web.desk import Desk, desk_of
from dateline.web.meta import meta_of, vocabulary_of
from dateline.web.problems import responses
from dateline.web.shapes_record import Meta, User, Vocabulary
from dateline.web.shapes_review import MadeToken, NewToken, SignIn, Token

ROUTES = APIRouter(prefix="/api", responses=responses())
AtDesk = Annotated[Desk, Depends(desk_of)]
Asking = Annotated[Caller, Depends(caller)]


@ROUTES.get("/meta", response_model=Meta, tags=["meta"], summary="The record, the versions, and who asks")
def meta(desk: AtDesk, asking: Asking) -> Any:
    """The record, what it holds, its versions, and what who asks may do."""
    return meta_of(desk, asking)


@ROUTES.get("/vocabulary", response_model=Vocabulary, tags=["meta"], summary="The closed lists of the record's words")
def vocabulary(desk: AtDesk, asking: Annotated[Caller, Depends(reader)]) -> Any:
    """The closed lists of the record's words; event types with label and definition, also those that only this record holds."""
    return vocabulary_of(desk)


@ROUTES.post("/session", response_model=User, tags=["access"], summary="Sign in")
def sign_in(request: Request, response: Response, given: SignIn) -> Any:
    """Sign in with a name and a password; sets a cookie that scripts cannot read, and gives what is to be sent back with changes."""
    return access.sign_in(request, response, given.name, given.password)


@ROUTES.get("/session", response_model=User, tags=["access"], summary="Who asks")
def session(asking: Asking) -> Any:
    """Who asks, by which role, and what is to be sent back with changes."""
    return asking.shape()


@ROUTES.delete("/session", status_code=204, tags=["access"], summary="Sign out")
def sign_out(request: Request, response: Response, asking: Asking) -> None:
    """End the session; its cookie is worth nothing any more."""
    access.sign_out(request, response, asking)


@ROUTES.get("/tokens", response_model=list[Token], tags=["access"], summary="Tokens of who asks")
def tokens(request: Request, asking: Annotated[Caller, Depends(owner_of_tokens)]) -> Any:
    """The tokens of who asks, without their secrets."""
    return access.tokens_of(request, asking)


@ROUTES.post("/tokens", response_model=MadeToken, status_code=201, tags=["access"], summary="Make a token for a program")
def make_token(request: Request, asking: Annotated[Caller, Depends(owner_of_tokens)], given: NewToken) -> Any:
    """Make a token by which a program asks as this person, with a role no higher than theirs. The secret is shown this once."""
    return access.make_token(request, asking, given.name, given.role, given.days)


@ROUTES.delete("/tokens/{token}", status_code=204, responses=responses(404), tags=["access"], summary="End a token")
def end_token(request: Request, asking: Annotated[Caller, Depends(owner_of_tokens)], token: Annotated[str, Path(pattern=r"^[0-9a-f]{8,32}$")]) -> None:
    """End a token of who asks."""
    access.end_token(request, asking, token)
