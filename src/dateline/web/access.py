"""Who asks, and what that one may do. Without accounts the server is for who sits at this machine; with them everybody signs in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from dateline.web.accounts import ROLES, Accounts
from dateline.web.problems import NotAllowed, NotSignedIn, NotThere, TooMany, WebError
from dateline.web.rates import Failures

CSRF = "X-Dateline-CSRF"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; ``how`` is local (no accounts), session, token or nobody."""

    name: str
    role: str | None
    how: str
    csrf: str | None = None
    needs_accounts: bool = False

    @property
    def known(self) -> bool:
        """Whether it is known who asks."""
        return self.role is not None

    def may(self, role: str) -> bool:
        """Whether who asks has this role or a higher one."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)

    def shape(self) -> dict[str, Any]:
        """Who asks, as JSON.

        Raises ``NotSignedIn`` where nobody is signed in.
        """
        if self.role is None:
            raise NotSignedIn("nobody is signed in", given="session", mend="sign in at POST /api/session, or send a token")
        return {"name": self.name, "role": self.role, "csrf": self.csrf}


@dataclass
class Gate:
    """What the server knows of those who may ask."""

    accounts: Accounts | None = None
    local: str = "local"
    """Name by which corrections are signed where there are no accounts."""
    secure: bool = False
    """Whether the cookie may only travel encrypted."""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    by_name: Failures = field(default_factory=lambda: Failures(5))
    by_source: Failures = field(default_factory=lambda: Failures(20))

    @property
    def cookie(self) -> str:
        """Name of the session's cookie; the prefix holds browsers to the rules."""
        return "__Host-dateline" if self.secure else "dateline"


def gate_of(request: Request) -> Gate:
    """The gate of the application."""
    gate: Gate = request.app.state.gate
    return gate


def source_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client is not None else "unknown"


def caller(request: Request) -> Caller:
    """Who asks; also where nobody is known."""
    gate = gate_of(request)
    if gate.accounts is None:
        return Caller(gate.local, "owner", "local", gate.csrf)
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and secret:
        known, how = gate.accounts.bearer(secret.strip()), "token"
    else:
        cookie = request.cookies.get(gate.cookie)
        known, how = (gate.accounts.session(cookie) if cookie else None), "session"
    if known is None:
        return Caller("", None, "nobody", needs_accounts=True)
    return Caller(known.name, known.role, how, known.csrf, needs_accounts=True)


Asking = Annotated[Caller, Depends(caller)]


def reader(asking: Asking) -> Caller:
    """Who asks, where that one may look.

    Raises ``NotSignedIn`` otherwise.
    """
    asking.shape()
    return asking


def meant(request: Request, asking: Caller) -> None:
    """Refuse a change that a browser was made to ask for by another page.

    Raises ``NotAllowed`` where what only our own page knows is not sent with it.
    """
    if asking.how == "token":
        return
    given = request.headers.get(CSRF, "")
    if asking.csrf is None or not secrets.compare_digest(given.encode(), asking.csrf.encode()):
        raise NotAllowed(f"the header {CSRF} is missing or wrong", given=request.url.path, mend="send back what /api/session gives as csrf, or use a token")


def reviewer(request: Request, asking: Asking) -> Caller:
    """Who asks, where that one may correct.

    Raises ``NotSignedIn`` or ``NotAllowed`` otherwise.
    """
    asking.shape()
    if not asking.may("reviewer"):
        raise NotAllowed("a reader changes nothing", given=asking.name, mend="ask an owner for the role of reviewer")
    meant(request, asking)
    return asking


def owner_of_tokens(request: Request, asking: Asking) -> Caller:
    """Who asks, where that one may keep tokens: somebody signed in by password, not by another token.

    Raises ``NotSignedIn`` or ``NotAllowed`` otherwise.
    """
    asking.shape()
    if gate_of(request).accounts is None:
        raise NotAllowed("without accounts no tokens are needed", given="tokens", mend="make accounts with: dateline accounts add NAME")
    if asking.how == "token":
        raise NotAllowed("a token cannot make, list or end tokens", given=asking.name, mend="sign in with your password")
    if request.method != "GET":
        meant(request, asking)
    return asking


def sign_in(request: Request, response: Response, name: str, password: str) -> dict[str, Any]:
    """Sign in; sets the session's cookie.

    Raises ``NotSignedIn`` for a wrong name or password (not saying which), ``TooMany`` after many.
    """
    gate = gate_of(request)
    if gate.accounts is None:
        raise WebError("there are no accounts here; nobody has to sign in", given="session", mend="go on without, or make accounts with: dateline accounts add")
    source = source_of(request)
    pair = f"{source} {name}"
    wait = gate.by_name.tried(pair) or gate.by_source.tried(source)
    if wait > 0:
        raise TooMany("too many failed attempts to sign in", given=name, mend=f"wait {int(wait) + 1} seconds", after=int(wait) + 1)
    role = gate.accounts.checked(name, password)
    if role is None:
        gate.accounts.note(name, "sign-in failed", "", source)
        raise NotSignedIn("the name or the password is wrong", given=name, mend="try again, or ask an owner for a new password")
    gate.by_name.succeeded(pair)
    gate.by_source.forgiven(source)
    secret, csrf = gate.accounts.begin(name)
    gate.accounts.note(name, "signed in", "", source)
    response.set_cookie(gate.cookie, secret, httponly=True, samesite="strict", secure=gate.secure, path="/", max_age=7 * 86400)
    response.headers["Cache-Control"] = "no-store"
    return {"name": name, "role": role, "csrf": csrf}


def sign_out(request: Request, response: Response, asking: Caller) -> None:
    """End the session of who asks."""
    gate = gate_of(request)
    asking.shape()
    meant(request, asking)
    cookie = request.cookies.get(gate.cookie)
    if gate.accounts is not None and cookie and asking.how == "session":
        gate.accounts.end(cookie)
        gate.accounts.note(asking.name, "signed out", "", source_of(request))
    response.delete_cookie(gate.cookie, path="/", httponly=True, samesite="strict", secure=gate.secure)


def tokens_of(request: Request, asking: Caller) -> list[dict[str, Any]]:
    """The tokens of who asks."""
    accounts = gate_of(request).accounts
    return accounts.tokens(asking.name) if accounts is not None else []


def make_token(request: Request, asking: Caller, name: str, role: str, days: int) -> dict[str, Any]:
    """Make a token of who asks."""
    accounts = gate_of(request).accounts
    assert accounts is not None
    made = accounts.make_token(asking.name, name, role, days)
    accounts.note(asking.name, "made a token", f"{made['id']} {role}", source_of(request))
    return made


def end_token(request: Request, asking: Caller, token: str) -> None:
    """End a token of who asks.

    Raises ``NotThere`` when there is none such.
    """
    accounts = gate_of(request).accounts
    assert accounts is not None
    if not accounts.end_token(asking.name, token):
        raise NotThere("there is no such token of yours", given=token, mend="list them at GET /api/tokens")
    accounts.note(asking.name, "ended a token", token, source_of(request))


def noted(request: Request, asking: Caller, what: str, about: str) -> None:
    """Write a change into the log of what was done, where there is one."""
    accounts = gate_of(request).accounts
    if accounts is not None:
        accounts.note(asking.name, what, about, source_of(request))
