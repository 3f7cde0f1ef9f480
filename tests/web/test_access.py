"""Who may ask: roles, sessions, tokens, changes meant by the page, guesses of passwords, names of the server, and what is refused before it is read."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.errors import UsageError
from dateline.web.accounts import Accounts
from dateline.web.guard import LARGEST, host_named
from dateline.web.rates import Buckets, Failures
from web_served import app_of

PASSWORD = "a long enough word"
PEOPLE = {"Rita": "reader", "Vera": "reviewer", "Olga": "owner"}


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    made = Accounts.open(tmp_path_factory.mktemp("team") / "record.db.accounts", create=True)
    for name, role in PEOPLE.items():
        made.add(name, role, PASSWORD)
    yield made
    made.close()


@pytest.fixture(scope="module")
def server(record_file: Path, accounts: Accounts) -> Iterator[TestClient]:
    with TestClient(app_of(record_file, accounts=accounts, hosts=("record.example",)), base_url="https://record.example") as made:
        yield made


@pytest.fixture
def team(server: TestClient) -> TestClient:
    server.cookies.clear()
    return server


def signed_in(team: TestClient, name: str) -> dict[str, str]:
    answer = team.post("/api/session", json={"name": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return {"X-Dateline-CSRF": answer.json()["csrf"]}


READS = (
    "/api/incidents",
    "/api/incidents/points",
    "/api/reports/1",
    "/api/ledger/changes",
    "/api/vocabulary",
    "/api/export/dossier",
    "/api/towns?bbox=0,0,1,1",
)


@pytest.mark.parametrize("path", [*READS, "/api/session", "/api/tokens"])
def test_nobody_reads_without_signing_in(team: TestClient, path: str) -> None:
    answer = team.get(path)
    assert answer.status_code == 401, answer.text
    assert "northern" not in answer.text.lower()


def test_meta_tells_strangers_nothing_of_the_record(team: TestClient) -> None:
    meta = team.get("/api/meta").json()
    assert (meta["user"], meta["accounts"], meta["record"], meta["counts"]["reports"], meta["writable"]) == (None, True, "", 0, False)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_role_reads(team: TestClient, name: str) -> None:
    signed_in(team, name)
    assert {p: team.get(p).status_code for p in READS} == dict.fromkeys(READS, 200)
    assert team.get("/api/meta").json()["user"]["role"] == PEOPLE[name]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(team: TestClient) -> None:
    answer = team.post("/api/session", json={"name": "Rita", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_the_cookie_is_sent_encrypted_only_where_the_server_is(record_file: Path, accounts: Accounts) -> None:
    with TestClient(app_of(record_file, accounts=accounts, secure=True), base_url="https://127.0.0.1") as client:
        answer = client.post("/api/session", json={"name": "Rita", "password": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-dateline=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_signing_out_ends_the_session(team: TestClient) -> None:
    header = signed_in(team, "Rita")
    cookie = team.cookies["dateline"]
    assert team.delete("/api/session").status_code == 403
    assert team.delete("/api/session", headers=header).status_code == 204
    assert team.get("/api/incidents", headers={"Cookie": f"dateline={cookie}"}).status_code == 401


@pytest.mark.parametrize("given", ["", "x", "dateline", "a" * 5000, "../../etc/passwd", "' OR 1=1 --"])
def test_made_up_sessions_and_tokens_are_worth_nothing(team: TestClient, given: str) -> None:
    assert team.get("/api/incidents", headers={"Cookie": f"dateline={given}"}).status_code == 401
    assert team.get("/api/incidents", headers={"Authorization": f"Bearer {given}"}).status_code == 401
    assert team.get("/api/incidents", headers={"Authorization": f"Basic {given}"}).status_code == 401


def test_tokens_do_no_more_than_their_role_and_end(team: TestClient, accounts: Accounts) -> None:
    header = signed_in(team, "Vera")
    assert team.post("/api/tokens", json={"name": "too much", "role": "owner"}, headers=header).status_code == 400
    assert team.post("/api/tokens", json={"name": "no header", "role": "reader"}).status_code == 403
    made = team.post("/api/tokens", json={"name": "script", "role": "reader"}, headers=header)
    assert made.status_code == 201
    secret, name = made.json()["secret"], made.json()["id"]
    assert "secret" not in team.get("/api/tokens").json()[0]
    assert secret not in accounts.path.read_bytes().decode("latin-1")
    team.cookies.clear()
    bearer = {"Authorization": f"Bearer {secret}"}
    assert team.get("/api/incidents", headers=bearer).status_code == 200
    assert team.get("/api/session", headers=bearer).json()["role"] == "reader"
    assert team.post("/api/tokens", json={"name": "more", "role": "reader"}, headers=bearer).status_code == 403
    assert accounts.bearer(secret, moment=datetime.now(UTC) + timedelta(days=91)) is None
    header = signed_in(team, "Vera")
    assert team.delete("/api/tokens/0123456789abcdef", headers=header).status_code == 404
    assert team.delete(f"/api/tokens/{name}", headers=header).status_code == 204
    team.cookies.clear()
    assert team.get("/api/incidents", headers=bearer).status_code == 401


def test_a_token_of_another_is_not_theirs_to_end(team: TestClient, accounts: Accounts) -> None:
    made = accounts.make_token("Olga", "mine", "owner", 1)
    header = signed_in(team, "Vera")
    assert team.delete(f"/api/tokens/{made['id']}", headers=header).status_code == 404
    assert accounts.bearer(made["secret"]) is not None


def test_guessing_passwords_is_slowed_down(record_file: Path, accounts: Accounts) -> None:
    with TestClient(app_of(record_file, accounts=accounts), base_url="http://127.0.0.1") as client:
        statuses = [client.post("/api/session", json={"name": "Olga", "password": f"guess {n}"}).status_code for n in range(8)]
        assert statuses == [401] * 5 + [429] * 3
        refused = client.post("/api/session", json={"name": "Olga", "password": PASSWORD})
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        # Another name is free, until the address has failed too often.
        assert client.post("/api/session", json={"name": "Rita", "password": PASSWORD}).status_code == 200
    assert sum(line["what"] == "sign-in failed" for line in accounts.log()) >= 5


def test_wrong_name_and_wrong_password_look_alike(team: TestClient) -> None:
    a = team.post("/api/session", json={"name": "Nobody", "password": PASSWORD}).json()
    b = team.post("/api/session", json={"name": "Rita", "password": "not hers at all"}).json()
    assert (a["wrong"], a["mend"], a["status"]) == (b["wrong"], b["mend"], b["status"])


def test_failures_pause_longer_and_longer_and_are_forgotten() -> None:
    at = [0.0]
    failures = Failures(2, clock=lambda: at[0])
    waits = []
    for _ in range(5):
        failures.failed("x")
        waits.append(failures.wait("x"))
    assert waits == [0.0, 2.0, 4.0, 8.0, 16.0]
    at[0] = 17.0
    assert failures.wait("x") == 0.0
    failures.succeeded("x")
    assert (failures.wait("x"), failures.wait("y")) == (0.0, 0.0)


def test_buckets_let_through_what_is_allowed() -> None:
    at = [0.0]
    buckets = Buckets(rate=2, burst=3, clock=lambda: at[0])
    assert [buckets.wait("x") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert buckets.wait("y") == 0.0
    at[0] = 0.6
    assert (buckets.wait("x"), buckets.wait("x") > 0) == (0.0, True)


def test_many_requests_are_refused_for_a_while(record_file: Path) -> None:
    with TestClient(app_of(record_file, rate=1e-6, burst=3), base_url="http://127.0.0.1") as client:
        statuses = [client.get("/api/vocabulary").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:8765"}, 200), ({"Host": "localhost"}, 200), ({"Host": "[::1]:80"}, 200), ({"Host": "LOCALHOST:1"}, 200),
        ({"Host": "evil.example"}, 403), ({"Host": "127.0.0.1.evil.example"}, 403), ({"Host": "evil.example:8765"}, 403), ({"Host": ""}, 403),
        ({"Host": "evil@localhost.example"}, 403), ({"Host": "192.168.0.4"}, 403),
    ],
)  # fmt: skip
def test_only_our_own_names_are_answered(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/api/meta", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("header", "host"),
    [("127.0.0.1:80", "127.0.0.1"), ("[::1]:8765", "::1"), ("https://Record.Example.:443", "record.example"), ("a@b:1", "b"), ("", "")],
)
def test_host_of_a_header(header: str, host: str) -> None:
    assert host_named(header) == host


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:9"},
    ],
)
def test_changes_from_other_pages_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    token = client.get("/api/session").json()["csrf"]
    answer = client.delete("/api/session", headers={"X-Dateline-CSRF": token, **headers})
    assert (answer.status_code, answer.json()["wrong"]) == (403, "the request comes from another page")


@pytest.mark.parametrize("path", ["/", "/api/meta", "/api/nothing", "/nothing.js"])
def test_every_answer_tells_browsers_what_they_may(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert (headers["x-content-type-options"], headers["x-frame-options"], headers["referrer-policy"]) == ("nosniff", "DENY", "no-referrer")
    assert "access-control-allow-origin" not in headers


def test_a_tile_server_is_all_that_is_added_to_the_policy(record_file: Path) -> None:
    with TestClient(app_of(record_file, tiles="https://tiles.example/{z}/{x}/{y}.png"), base_url="http://127.0.0.1") as client:
        policy = client.get("/api/vocabulary").headers["content-security-policy"]
    assert policy.count("https://tiles.example") == 2
    assert "/{z}" not in policy


def test_large_bodies_are_not_read(client: TestClient) -> None:
    answer = client.post("/api/session", content=b"x" * (LARGEST + 1), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413

    def parts() -> Iterator[bytes]:
        for _ in range(10):
            yield b"x" * (LARGEST // 5)

    assert client.post("/api/session", content=parts(), headers={"Content-Type": "application/json"}).status_code == 413


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"name": 1}', b'{"name": "a", "password": "b", "more": 1}', b"\xff\xfe", b'{"name": "\\ud800", "password": "x"}']
)
def test_broken_bodies_are_named(team: TestClient, body: bytes) -> None:
    answer = team.post("/api/session", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (401, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "reader", PASSWORD),
        (" x", "reader", PASSWORD),
        ("x\n", "reader", PASSWORD),
        ("x", "king", PASSWORD),
        ("x", "reader", "short"),
        ("x", "reader", "a" * 1001),
    ],
)
def test_accounts_that_cannot_be_are_refused(accounts: Accounts, name: str, role: str, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(name, role, password)


def test_a_new_password_signs_out_and_a_removed_account_is_gone(tmp_path: Path) -> None:
    made = Accounts.open(tmp_path / "a", create=True)
    made.add("Rita", "reader", PASSWORD)
    secret, _ = made.begin("Rita")
    token = made.make_token("Rita", "t", "reader", 1)["secret"]
    assert made.session(secret) is not None
    assert made.session(secret, moment=datetime.now(UTC) + timedelta(hours=13)) is None
    secret, _ = made.begin("Rita")
    assert made.session(secret, moment=datetime.now(UTC) - timedelta(hours=1)) is not None
    assert made.session(secret, moment=datetime.now(UTC) - timedelta(days=400)) is None, "a clock that is put back ends sessions"
    secret, _ = made.begin("Rita")
    made.add("Rita", "reviewer", PASSWORD + "!")
    assert made.session(secret) is None
    assert made.checked("Rita", PASSWORD) is None
    assert made.checked("Rita", PASSWORD + "!") == "reviewer"
    made.remove("Rita")
    assert (made.bearer(token), made.people()) == (None, [])
    with pytest.raises(UsageError):
        made.remove("Rita")
    made.close()
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_accounts_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("this is no database, but long enough to look like a file " * 20)
    with pytest.raises(Exception, match="accounts"):
        Accounts.open(tmp_path / "a")
    with pytest.raises(UsageError):
        Accounts.open(tmp_path / "missing")
    assert sqlite3.sqlite_version
