"""Requests and reports that mean harm: injection into every parameter, scripts in every field, changes asked for by other pages, acts without a trace."""

import hashlib
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dateline.record.store import Record, digest_of
from dateline.web.accounts import Accounts
from dateline.web.app import description as described
from factories import captured, day
from web_served import app_of, fill

PASSWORD = "a long enough word"
MEAN = (
    "'", '"', "' OR '1'='1", "'; DROP TABLE report; --", "1) UNION SELECT text FROM report --", "%27%20OR%201=1", "\\'; SELECT 1", "x' AND 1=0 UNION ALL SELECT 1,2 --",
    '"', '""', "NEAR(a b)", "a AND", "NOT", "text:*", "*", "^a", "{", "a OR OR b", "report_text MATCH 'x'", "-a", "(", "a*b", "$$",
    "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/", "..\\..\\windows", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/",
    "\x00", "a\x00b", "\r\nSet-Cookie: stolen=1", "\x1b[2J", "\u202e", "\u0000\ufffe", "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>",
    "javascript:alert(1)", "A" * 300, "-1", "0", "NaN", "Infinity", "-Infinity", "1e999", "9" * 40, "0x10", "true", "null", "[]", "{}", "2017-02-31", "9999-99-99",
)  # fmt: skip
"""What is put into every parameter: SQL, the language of the full-text search, paths, heads, scripts, numbers that are none."""
ALWAYS = ("' OR '1'='1' --", '"', "a OR", "../../etc/passwd", "\x00", "<script>alert(1)</script>")
"""Given to every parameter; of the others each takes its turn."""
MORE = int(os.environ.get("DATELINE_MADE_UP_REQUESTS", "3"))
"""How many of the others each parameter is given; set it to 100 for all of them, which takes some minutes."""
INSIDE = re.compile(r"Traceback|sqlite3|psycopg|sqlalchemy|fts5|syntax error|no such (?:table|column)|root:x:0|/site-packages/|\.py\b", re.IGNORECASE)


DESCRIPTION = described()


def description() -> dict[str, Any]:
    return DESCRIPTION


def parameters() -> list[tuple[str, str, str]]:
    """Path, place (path or query) and name of every parameter that a GET takes."""
    return [
        (path, given["in"], given["name"])
        for path, methods in description()["paths"].items()
        for given in methods.get("get", {}).get("parameters", ())
        if given["in"] in ("path", "query")
    ]


REQUIRED = {"bbox": "0,0,1,1", "on": "2017-10-18", "words": "raqqa", "starts": "Raq", "a": "Vera", "b": "Olga"}
"""Something sound for parameters that some operations cannot do without."""


def address(path: str, place: str, name: str, given: str) -> str:
    """The address with one parameter as given and all else sound."""
    sound = {part: "1" if part in ("report", "n", "number") else "v1" for part in re.findall(r"\{(\w+)\}", path)}
    if place == "path":
        sound[name] = quote(given, safe="")
    filled = re.sub(r"\{(\w+)\}", lambda found: sound[found[1]], path)
    needed = [p["name"] for p in description()["paths"][path]["get"].get("parameters", ()) if p["in"] == "query" and p.get("required") and p["name"] != name]
    asked = [f"{n}={quote(REQUIRED.get(n, '1'), safe='')}" for n in needed] + ([f"{name}={quote(given, safe='')}"] if place == "query" else [])
    return filled + ("?" + "&".join(asked) if asked else "")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    path = tmp_path_factory.mktemp("mean") / "record.db"
    fill(path)
    with TestClient(app_of(path), base_url="http://127.0.0.1") as client:
        desk = client.app.state.desk
        desk.keeper.wait(desk.record())
        yield client, path


def held(path: Path) -> str:
    """A digest of all that a record holds."""
    with sqlite3.connect(path) as opened:
        return hashlib.sha256("\n".join(opened.iterdump()).encode("utf-8", "replace")).hexdigest()


def test_nothing_put_into_a_parameter_breaks_out_of_it(asked: tuple[TestClient, Path]) -> None:
    client, path = asked
    before, tried, wrong = held(path), 0, []
    for number, (where, place, name) in enumerate(parameters()):
        for given in (*ALWAYS, *(MEAN[(number * MORE + n) % len(MEAN)] for n in range(min(MORE, len(MEAN))))):
            answer = client.get(address(where, place, name, given))
            tried += 1
            sound = answer.status_code < 500 and answer.headers["content-type"].split(";")[0] in ("application/json", "application/problem+json", "text/html")
            told = answer.text.replace(given, "") if answer.status_code >= 400 else ""
            if not sound or INSIDE.search(told) or "stolen" in answer.headers.get("set-cookie", ""):
                wrong.append((where, name, given[:40], answer.status_code, told[:200]))
    assert wrong == []
    assert tried > 1500
    assert held(path) == before


@pytest.mark.parametrize("given", ["' OR '1'='1", '" OR 1=1 --', "nothing' UNION SELECT id FROM report --", "zzz* OR raqqa", "zzz NOT xxx"])
def test_what_asks_for_everything_finds_nothing(asked: tuple[TestClient, Path], given: str) -> None:
    client, _ = asked
    for path, name in (("/api/incidents", "words"), ("/api/incidents", "source"), ("/api/reports", "source"), ("/api/search", "words")):
        answer = client.get(path, params={name: given})
        assert answer.status_code in (200, 400, 404), (path, answer.text)
        if answer.status_code == 200:
            assert answer.json()["count"] == 0, (path, given)


PATHS = (
    "/../../etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../app.py", "/assets/..%5c..%5capp.py", "/.%00./etc/passwd",
    "/index.html%00.js", "//etc/passwd", "/assets//x.js", "/%252e%252e/etc/passwd", "/.env", "/.git/config", "/assets/.hidden", "/web/../app.py", "/C:/windows/win.ini",
    "/api/../app.py", "/api/reports/..%2f1", "/api/reports/1%2f..%2f2", "/static/%c0%ae%c0%ae/etc/passwd", "/app.py", "/__init__.py", "/record.db", "/record.db.accounts",
    "/" + "a" * 300, "/assets/" + "a" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_page(tmp_path: Path, path: str) -> None:
    fill(tmp_path / "record.db")
    page = tmp_path / "static"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<p>page</p>")
    (page / "assets" / ".hidden").write_text("hidden")
    (tmp_path / "app.py").write_text("outside")
    (page / "assets" / "out.js").symlink_to(tmp_path / "app.py")
    app = app_of(tmp_path / "record.db", static=page)
    for raw in (path, "/assets/out.js"):
        status, heads, body = exactly(app, raw)
        assert status in (400, 404, 422), (raw, status)
        assert heads[b"content-type"] == b"application/problem+json"
        assert b"outside" not in body
        assert b"root:" not in body


def exactly(app: FastAPI, raw: str) -> tuple[int, dict[bytes, bytes], bytes]:
    """What is answered to a path as it stands, which clients would tidy up before they ask."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor
    from urllib.parse import unquote

    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(raw), "raw_path": raw.encode(),
        "query_string": b"", "root_path": "", "headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    # In a thread of its own: where the browser's tests have run before, this one has a loop at work.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], dict(sent[0]["headers"]), body


SCRIPT = "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>\"'></q>javascript:window.harmed=1"


def test_scripts_that_are_stored_or_sent_come_back_as_data(tmp_path: Path) -> None:
    """In every field that a report, a correction, a name or a question can bring; answers are JSON that no browser takes for a page."""
    from dataclasses import replace

    reading = captured(SCRIPT, "Raqqa", day("2014-01-12"), says=SCRIPT)
    reading = replace(
        reading, report=replace(reading.report, title=SCRIPT, source=SCRIPT, url=f"javascript:{SCRIPT}", authors=(SCRIPT,), text=f"{reading.report.text} {SCRIPT}")
    )  # fmt: skip
    with Record.open(tmp_path / "record.db", create=True) as record:
        record.add(reading, key="h", digest=digest_of(reading.report), source_name=f"{SCRIPT}.txt", reader="0.1.0")
    with TestClient(app_of(tmp_path / "record.db", who=SCRIPT), base_url="http://127.0.0.1") as client:
        client.headers["X-Dateline-CSRF"] = client.get("/api/session").json()["csrf"]
        made = client.post("/api/corrections", json={"verb": "note", "report": 1, "item": "v1", "why": SCRIPT})
        assert (made.status_code, made.json()["why"]) == (201, SCRIPT)
        paths = [
            p
            for p, methods in description()["paths"].items()
            if "get" in methods and "{" not in p and p not in ("/api/export/page", "/api/towns", "/api/tiles")
        ]
        told = 0
        for path in (
            *paths,
            "/api/reports/1",
            "/api/incidents/1/v1",
            "/api/corrections/of/1/v1",
            f"/api/search?words={quote(SCRIPT)}",
            f"/api/{quote(SCRIPT)}",
        ):
            answer = client.get(path, params=None if "?" in path else {"on": "2014-01-12", "starts": "<", "words": "raqqa", "a": SCRIPT, "b": "x"})
            kind = answer.headers["content-type"].split(";")[0]
            assert kind in ("application/json", "application/problem+json"), path
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
            told += "<script>" in answer.text or "\\u003cscript" in answer.text
    assert told > 8, "the scripts were hardly in any answer: the test looks in the wrong places"


def writing() -> list[tuple[str, str]]:
    """Method and path of every operation that changes something."""
    return [(method.upper(), path) for path, methods in description()["paths"].items() for method in methods if method not in ("get", "head", "options")]


BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/api/session"): {"name": "Vera", "password": PASSWORD},
    ("POST", "/api/tokens"): {"name": "script", "role": "reader"},
    ("POST", "/api/corrections"): {"verb": "note", "report": 1, "item": "v1", "why": "seen"},
    ("POST", "/api/corrections/{n}/undo"): {"why": "a slip"},
}
"""What each of them is asked with."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[tuple[TestClient, Accounts]]:
    fill(tmp_path / "record.db")
    accounts = Accounts.open(tmp_path / "record.db.accounts", create=True)
    accounts.add("Vera", "reviewer", PASSWORD)
    with TestClient(app_of(tmp_path / "record.db", accounts=accounts), base_url="http://127.0.0.1") as client:
        yield client, accounts
    accounts.close()


def test_every_operation_that_changes_something_is_known_here() -> None:
    assert set(writing()) == {*BODIES, ("DELETE", "/api/session"), ("DELETE", "/api/tokens/{token}")}


@pytest.mark.parametrize(("method", "path"), writing())
def test_no_change_is_made_for_another_page(team: tuple[TestClient, Accounts], method: str, path: str) -> None:
    """Somebody is signed in; a page elsewhere has the browser send the cookie, but cannot know or set what is to be sent with it."""
    client, accounts = team
    client.post("/api/session", json={"name": "Vera", "password": PASSWORD})
    csrf = client.get("/api/session").json()["csrf"]
    made = accounts.make_token("Vera", "kept", "reader", 1)
    before = accounts.tokens("Vera")
    at = path.replace("{n}", "1").replace("{token}", made["id"])
    elsewhere = ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"})
    body = BODIES.get((method, path))
    for heads in elsewhere:
        for known in ({}, {"X-Dateline-CSRF": csrf}):
            assert client.request(method, at, json=body, headers={**heads, **known}).status_code == 403, (heads, known)
    if path != "/api/session" or method == "DELETE":  # to sign in nothing need be known but the password
        assert client.request(method, at, json=body).status_code == 403
        assert client.request(method, at, json=body, headers={"X-Dateline-CSRF": "made up"}).status_code == 403
    form = client.request(method, at, content="name=Vera&password=x", headers={"Content-Type": "application/x-www-form-urlencoded", "X-Dateline-CSRF": csrf})
    assert form.status_code in (204, 400, 403, 415, 422), form.text
    assert accounts.tokens("Vera") == before or (method, path) == ("DELETE", "/api/tokens/{token}")
    assert client.get("/api/corrections").status_code in (200, 401)


def test_every_act_leaves_a_line_in_the_log(team: tuple[TestClient, Accounts]) -> None:
    client, accounts = team
    assert client.post("/api/session", json={"name": "Vera", "password": "a wrong word"}).status_code == 401
    csrf = {"X-Dateline-CSRF": client.post("/api/session", json=BODIES["POST", "/api/session"]).json()["csrf"]}
    token = client.post("/api/tokens", json=BODIES["POST", "/api/tokens"], headers=csrf).json()["id"]
    assert client.delete(f"/api/tokens/{token}", headers=csrf).status_code == 204
    made = client.post("/api/corrections", json=BODIES["POST", "/api/corrections"], headers=csrf).json()
    assert client.post(f"/api/corrections/{made['n']}/undo", json={"why": "a slip"}, headers=csrf).status_code == 201
    assert client.delete("/api/session", headers=csrf).status_code == 204
    lines = list(reversed(accounts.log()))
    assert [line["what"] for line in lines] == ["sign-in failed", "signed in", "made a token", "ended a token", "note", "undo", "signed out"]
    assert {line["who"] for line in lines} == {"Vera"}
    assert all(line["source"] == "testclient" and line["at"] for line in lines)
    assert "1/v1" in lines[4]["about"]


def test_nothing_by_which_one_could_sign_in_is_kept(team: tuple[TestClient, Accounts], tmp_path: Path) -> None:
    client, accounts = team
    client.post("/api/session", json={"name": "Vera", "password": PASSWORD})
    session, token = client.cookies["dateline"], accounts.make_token("Vera", "script", "reader", 1)["secret"]
    accounts.close()
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert PASSWORD.encode() not in kept
    assert session.encode() not in kept
    assert token.encode() not in kept
    assert b"$argon2id$" in kept


def test_many_guesses_at_once_are_no_more_than_many_in_turn(team: tuple[TestClient, Accounts]) -> None:
    client, _ = team
    found: list[int] = []

    def guess(n: int) -> None:
        found.append(client.post("/api/session", json={"name": "Vera", "password": f"a wrong guess {n}"}).status_code)

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 24
    assert found.count(401) <= 6
    assert {429} <= set(found) <= {401, 429, 503}


ANSWERS = (("GET", "/", 200), ("GET", "/api/meta", 200), ("GET", "/api/nothing", 404), ("GET", "/api/incidents?limit=0", 422), ("PUT", "/api/meta", 405),
           ("POST", "/api/session", 400), ("DELETE", "/api/session", 403), ("GET", "/api/incidents?cursor=xx", 400), ("GET", "/missing.js", 404))  # fmt: skip


def strict(heads: Any) -> bool:
    """Whether an answer tells browsers all that they are to be told."""
    policy = heads["content-security-policy"]
    return (
        all(part in policy for part in ("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"))
        and "unsafe" not in policy
        and (heads["x-content-type-options"], heads["x-frame-options"], heads["referrer-policy"]) == ("nosniff", "DENY", "no-referrer")
        and (heads["cross-origin-opener-policy"], heads["cross-origin-resource-policy"]) == ("same-origin", "same-origin")
        and "server" not in heads
    )


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_and_error_has_the_strict_heads(asked: tuple[TestClient, Path], method: str, path: str, status: int) -> None:
    client, _ = asked
    body = {"name": "x", "password": "y"} if (method, path) == ("POST", "/api/session") else None
    answer = client.request(method, path, json=body)
    assert answer.status_code == status
    assert strict(answer.headers)


def test_refusals_before_anything_is_read_have_them_too(tmp_path: Path) -> None:
    fill(tmp_path / "record.db")
    with TestClient(app_of(tmp_path / "record.db", rate=1e-6, burst=3), base_url="http://127.0.0.1") as client:
        answers = [
            client.get("/", headers={"Host": "evil.example"}),
            client.post("/api/session", json={}, headers={"Origin": "https://evil.example"}),
            client.post("/api/session", content=b"x" * 300_000),
            *(client.get("/api/meta") for _ in range(4)),
        ]
    assert [a.status_code for a in answers][:3] == [403, 403, 413]
    assert answers[-1].status_code == 429
    assert all(strict(a.headers) for a in answers)


def test_a_mistake_of_ours_shows_nothing_of_the_inside_and_has_the_heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "record.db")
    app = app_of(tmp_path / "record.db")

    def broken() -> None:
        raise ZeroDivisionError("secret of the inside")

    app.router.routes.insert(0, __import__("starlette.routing", fromlist=["Route"]).Route("/api/broken", lambda _: broken()))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/api/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text
    assert strict(answer.headers)
