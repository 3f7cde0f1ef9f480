"""The watch against a real server on this machine: polite, bounded, and never led to machines that are not public."""

from __future__ import annotations

import gzip
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.batch import Progress
from dateline.intake.raw import Options
from dateline.model import Refused, Retraction
from dateline.pipeline import World
from dateline.record.store import Record
from dateline.settings import Settings
from dateline.watch.addresses import Unfetched, is_public, target_of
from dateline.watch.fetching import Fetcher, Manners
from dateline.watch.visits import Visit, keep_visit, visit_of
from dateline.watch.watching import Plan, Watch
from intake.made_files import BODY, ENTRY, MORE, page, rss


@dataclass
class Site:
    """A server of pages: path → (status, heads, body); keeps what it was asked."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            status, heads, body = made.pages.get(self.path, (404, {}, b""))
            if self.headers.get("If-None-Match") and self.headers.get("If-None-Match") == heads.get("ETag"):
                status, body = 304, b""
            if heads.get("X-Slow"):
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
                for _ in range(100):
                    try:
                        self.wfile.write(b" ")
                        self.wfile.flush()
                    except OSError:
                        return
                    time.sleep(0.1)
                return
            self.send_response(status)
            for name, value in heads.items():
                self.send_header(name, value)
            if "Content-Length" not in heads:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.db", create=True) as opened:
        yield opened


FEED = {"Content-Type": "application/rss+xml"}


def fetcher(**manners: object) -> Fetcher:
    return Fetcher(Manners(private=True, **manners))  # type: ignore[arg-type]


def watch(record: Record, world: World, *targets: str, articles: bool = False, **manners: object) -> tuple[Progress, list[Refused | Retraction]]:
    told: list = []
    made = Watch(Plan(targets, articles=articles), record, Settings(), Options(), fetcher(**manners), stop=threading.Event())
    made._world = world
    return made.run(once=True, tell=lambda _: None, name=told.append), told


def wrong(get: object, *given: object) -> Unfetched:
    with pytest.raises(Unfetched) as fault:
        get(*given)  # type: ignore[operator]
    return fault.value


def test_entries_come_in_once_and_the_feed_is_asked_for_news_only(site: Site, record: Record, world: World) -> None:
    site.pages["/f"] = (200, {**FEED, "ETag": '"1"', "Last-Modified": "Wed, 18 Oct 2017 10:00:00 GMT"}, rss(ENTRY))
    feed = f"{site.address}/f"
    assert watch(record, world, feed)[0].added == 1
    assert watch(record, world, feed)[0] == Progress()
    heads = site.asked[-1][1]
    assert (heads["If-None-Match"], heads["If-Modified-Since"]) == ('"1"', "Wed, 18 Oct 2017 10:00:00 GMT")
    assert heads["User-Agent"].startswith("Dateline/")
    changed = ENTRY.replace("Rebels took", "Rebels and their allies took")
    site.pages["/f"] = (200, {**FEED, "ETag": '"2"'}, rss(changed + ENTRY.replace(">n1<", ">n2<").replace("Busra", "Nawa")))
    assert watch(record, world, feed)[0].added == 2
    assert [r["current"] for r in record.rows("SELECT current FROM report ORDER BY n")] == [0, 1, 1]
    origin = record.rows("SELECT address, fetched, item FROM origin ORDER BY n")[0]
    assert (origin["address"], origin["item"]) == (feed, f"{feed} n1")
    assert origin["fetched"]


def test_article_is_fetched_once_and_its_address_kept(site: Site, record: Record, world: World) -> None:
    entry = ENTRY.replace("https://northline.example/a", f"{site.address}/a")
    site.pages = {"/f": (200, FEED, rss(entry)), "/a": (200, {"Content-Type": "text/html"}, page().encode())}
    assert watch(record, world, f"{site.address}/f", articles=True)[0].added == 1
    watch(record, world, f"{site.address}/f", articles=True)
    assert site.paths().count("/a") == 1
    (row,) = record.rows("SELECT url, published FROM report")
    assert (row["url"], row["published"]) == (f"{site.address}/a", "2017-10-18T12:00:00+03:00")
    assert record.rows("SELECT address, fetched FROM origin")[0]["address"] == f"{site.address}/a"


def test_article_that_cannot_be_read_leaves_the_words_of_the_feed(site: Site, record: Record, world: World) -> None:
    entry = ENTRY.replace("https://northline.example/a", f"{site.address}/a")
    site.pages = {"/f": (200, FEED, rss(entry)), "/a": (200, {"Content-Type": "image/png"}, b"\x89PNG")}
    made, told = watch(record, world, f"{site.address}/f", articles=True)
    assert (made.added, made.refused) == (1, 1)
    assert isinstance(told[0], Refused)
    assert "image/png" in told[0].reason


def test_article_that_is_away_for_a_while_is_not_forgotten(site: Site, record: Record, world: World) -> None:
    entry = ENTRY.replace("https://northline.example/a", f"{site.address}/a")
    site.pages = {"/f": (200, {**FEED, "ETag": '"1"'}, rss(entry)), "/a": (503, {}, b"")}
    assert watch(record, world, f"{site.address}/f", articles=True)[0] == Progress(refused=1)
    site.pages["/a"] = (200, {"Content-Type": "text/html"}, page().encode())
    assert watch(record, world, f"{site.address}/f", articles=True)[0] == Progress()
    keep_visit(record, f"{site.address}/a", Visit())
    assert watch(record, world, f"{site.address}/f", articles=True)[0].added == 1
    site.pages["/f"] = (200, FEED, rss(entry.replace(">n1<", ">n2<").replace("/a<", "/gone<").replace("Busra", "Nawa")))
    made, _ = watch(record, world, f"{site.address}/f", articles=True)
    assert (made.added, made.refused) == (1, 1)
    assert watch(record, world, f"{site.address}/f", articles=True)[0] == Progress()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((429, {"Retry-After": "7200"}, b""), "429 and asks to wait 7200 seconds"),
        ((503, {"Retry-After": formatdate(time.time() + 90_000, usegmt=True)}, b""), "503 and asks to wait"),
        ((500, {}, b""), "500"),
        ((404, {}, b""), "404"),
        ((410, {}, b""), "gone for good"),
        ((200, {"Content-Type": "text/html"}, page().encode()), "text/html, not a feed"),
        ((200, {"Content-Type": "application/rss+xml", "Content-Encoding": "gzip"}, gzip.compress(b" " * 50_000_000)), "larger than"),
        ((200, {"Content-Type": "text/xml", "Content-Length": "99999999999"}, b"x"), "larger than"),
        ((200, {"Content-Type": "text/xml", "Content-Length": "5000"}, b"<rss>"), "cannot be read"),
        ((200, {"Content-Type": "text/xml"}, b"<rss><channel></channel></rss>"), "no entries"),
        ((301, {"Location": "/f"}, b""), "redirects more than 5 times"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "no web address"),
        ((200, {"X-Slow": "1"}, b""), "longer than 0.5 seconds"),
    ],
)
def test_failures_are_named_and_put_off(site: Site, record: Record, world: World, answer: tuple, reason: str) -> None:
    site.pages["/f"] = answer
    feed = f"{site.address}/f"
    began = time.monotonic()
    made, told = watch(record, world, feed, seconds=0.5)
    assert time.monotonic() - began < 8, "a server that drips holds the watch up"
    assert made.refused == 1
    assert isinstance(told[0], Refused)
    assert reason in told[0].reason
    visit = visit_of(record, feed)
    assert visit.failures == 1
    assert visit.not_before > time.time() + (7000 if "wait" in reason else 800)
    asked = len(site.asked)
    assert watch(record, world, feed, seconds=0.5)[0] == Progress()
    assert len(site.asked) == asked


def test_robots_are_respected(site: Site) -> None:
    site.pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private/*.xml\nAllow: /\n\nUser-agent: Dateline\nDisallow: /no\nCrawl-delay: 0.3\n"),
        "/f": (200, FEED, b"x"),
        "/no": (200, FEED, b"x"),
    }
    asker = fetcher()
    began = time.monotonic()
    assert asker.get(f"{site.address}/f").body == b"x"
    assert time.monotonic() - began > 0.25
    assert "robots.txt" in wrong(asker.get, f"{site.address}/no").reason
    assert site.paths() == ["/robots.txt", "/f"]


def test_site_whose_robots_cannot_be_asked_is_left_alone(site: Site) -> None:
    site.pages = {"/robots.txt": (503, {}, b""), "/f": (200, FEED, b"x")}
    assert "robots.txt" in wrong(fetcher().get, f"{site.address}/f").reason
    assert site.paths() == ["/robots.txt"]


PRIVATE = ("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
           "64:ff9b::a00:1", "2002:7f00:1::", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1", "3fff::1", "192.88.99.1", "224.0.0.1", "100.64.0.1", "255.255.255.255")  # fmt: skip


def test_machines_that_are_not_public_are_known_in_every_form() -> None:
    assert [m for m in PRIVATE if is_public(m)] == []
    assert [m for m in ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34") if not is_public(m)] == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://localhost:80/x", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://169.254.169.254/m"]
)
def test_private_machines_are_not_asked(address: str) -> None:
    assert "public address" in wrong(target_of, address).reason


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "http://", "http://user:secret@example.org/", "http://[bad/", "file:///etc/passwd", "http://example.org:99999/"]
)
def test_what_is_no_plain_web_address_is_refused(address: str) -> None:
    assert wrong(target_of, address).mend


def test_redirect_to_a_private_machine_is_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop's machine is taken for a public one; the second names this machine."""
    from dateline.watch import addresses

    host, port = site.address.removeprefix("http://").split(":")
    site.pages["/f"] = (302, {"Location": f"http://localhost:{port}/secret"}, b"")
    monkeypatch.setattr(addresses, "_resolved", lambda name, _: [host] if name == "public.example" else ["127.0.0.2"])
    monkeypatch.setattr(addresses, "is_public", lambda machine: machine == host)
    assert "127.0.0.2" in wrong(Fetcher(Manners(wait=0.0)).get, f"http://public.example:{port}/f").reason
    assert "/secret" not in site.paths()
    assert site.asked[-1][1]["Host"] == f"public.example:{port}"


def test_host_with_one_private_address_among_public_ones_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.watch import addresses

    monkeypatch.setattr(addresses, "_resolved", lambda *_: ["93.184.216.34", "10.0.0.1"])
    assert "10.0.0.1" in wrong(target_of, "http://rebinding.example/").reason


def test_folder_gives_new_and_changed_files_once(tmp_path: Path, record: Record, world: World) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, words in (("a.txt", BODY), ("b.txt", MORE)):
        (inbox / name).write_text(words)
        os.utime(inbox / name, (1, 1))
    assert watch(record, world, str(inbox))[0].added == 2
    assert watch(record, world, str(inbox))[0] == Progress()
    (inbox / "b.txt").write_text(MORE + " Two bridges were blown up.")
    os.utime(inbox / "b.txt", (2, 2))
    assert watch(record, world, str(inbox))[0].added == 1
    _, told = watch(record, world, str(tmp_path / "none"))
    assert isinstance(told[0], Refused)


def test_ctrl_c_stops_cleanly_and_a_restart_goes_on(tmp_path: Path, site: Site) -> None:
    site.pages["/f"] = (200, {**FEED, "ETag": '"1"'}, rss(ENTRY))
    command = [sys.executable, "-m", "dateline", "watch", f"{site.address}/f", "--into", str(tmp_path / "r.db"), "--allow-private", "--every", "1s"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert "1 reports added" in running.stdout.readline()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, "stopped" in out, err) == (0, True, "")
    done = subprocess.run([*command, "--once"], capture_output=True, text=True, check=False)
    assert (done.returncode, "0 reports added" in done.stdout) == (0, True)
    assert site.asked[-1][1].get("If-None-Match") == '"1"'


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["https://example.org/f", "--every", "5s"], "at most once a minute"),
        (["x", "--every", "soon"], "no span of time"),
    ],
)
def test_wrong_use_is_told(words: list[str], reason: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "dateline", "watch", *words, "--into", str(tmp_path / "r.db")], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert reason in done.stderr


def certificate(folder: Path, *, host: str) -> tuple[Path, Path]:
    """A certificate that vouches for itself, for a host, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dateline's tests")])
    start = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(start).not_valid_after(start + timedelta(days=9))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    paths = folder / f"{host}.pem", folder / f"{host}.key"
    paths[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths


@pytest.mark.parametrize(
    ("host", "trusted", "fault"),
    [("localhost", True, None), ("localhost", False, "certificate"), ("elsewhere.example", True, "certificate|match")],
    ids=["trusted", "unknown", "of-another-host"],
)
def test_secure_addresses_are_asked_with_their_certificate_checked(
    host: str, trusted: object, fault: str | None, record: Record, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import certifi

    public, private = certificate(tmp_path, host=host)
    if trusted:
        monkeypatch.setattr(certifi, "where", lambda: str(public))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = rss(ENTRY) if self.path == "/f" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        progress, told = watch(record, world, f"https://localhost:{server.server_port}/f")
    finally:
        server.shutdown()
    assert progress.added == (0 if fault else 1)
    reasons = " ".join(r.reason for r in told if isinstance(r, Refused))
    assert reasons == "" if fault is None else any(part in reasons for part in fault.split("|"))


def test_a_file_is_remembered_only_once_what_it_holds_is_in_the_record(record: Record, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files are read at once; a watch that is killed before they are stored must look at all of them again."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Rebels took the town of Busra on Wednesday, a monitor said. Report {n}.")
        os.utime(folder / f"{n}.txt", (1e9, 1e9))

    def killed(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Record, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            watch(record, world, str(folder))
    assert record.rows("SELECT address FROM visit") == []
    assert watch(record, world, str(folder))[0].added == 3
    assert watch(record, world, str(folder))[0] == Progress()


def test_a_clock_that_is_put_back_does_not_silence_a_feed(site: Site, record: Record, world: World) -> None:
    site.pages["/f"] = (200, FEED, rss(ENTRY))
    keep_visit(record, f"{site.address}/f", Visit(not_before=time.time() + 3600))
    assert watch(record, world, f"{site.address}/f")[0] == Progress()
    keep_visit(record, f"{site.address}/f", Visit(not_before=time.time() + 10 * 365 * 86400, failures=2))
    assert watch(record, world, f"{site.address}/f")[0].added == 1


def test_a_folder_that_cannot_be_looked_into_is_named_and_the_rest_is_read(
    record: Record, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    for name in ("a.txt", "c.txt"):
        (folder / name).write_text(f"Rebels took the town of Busra on Wednesday, a monitor said. Report {name}.")
        os.utime(folder / name, (1e9, 1e9))
    look = Path.iterdir

    def denied(self: Path) -> object:
        if self.name == "b":
            raise PermissionError(13, "Permission denied", str(self))
        return look(self)

    monkeypatch.setattr(Path, "iterdir", denied)
    made, told = watch(record, world, str(folder))
    assert (made.added, made.refused) == (2, 1)
    assert isinstance(told[0], Refused)
    assert told[0].input == str(folder / "b")
    assert "Permission denied" in told[0].reason


def test_a_host_is_resolved_once_and_what_was_checked_is_what_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers with a public machine to the check and with a private one to the connection gets no second question."""
    from dateline.watch import addresses

    host, port = site.address.removeprefix("http://").split(":")
    site.pages["/f"] = (200, FEED, b"x")
    answers = iter([[host], ["127.0.0.2"], ["127.0.0.2"]])
    asked: list[str] = []

    def resolved(name: str, _: int) -> list[str]:
        asked.append(name)
        return next(answers)

    monkeypatch.setattr(addresses, "_resolved", resolved)
    monkeypatch.setattr(addresses, "is_public", lambda machine: machine == host)
    target = target_of(f"http://rebinding.example:{port}/f")
    assert (target.machine, asked) == (host, ["rebinding.example"])
    answer, _ = Fetcher(Manners(wait=0.0))._request(target, {}, 1000)
    assert (answer.body, asked) == (b"x", ["rebinding.example"])
    assert "127.0.0.2" in wrong(target_of, f"http://rebinding.example:{port}/f").reason


def test_robots_that_send_on_to_a_private_machine_are_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.watch import addresses

    host, port = site.address.removeprefix("http://").split(":")
    site.pages = {"/robots.txt": (301, {"Location": f"http://inside.example:{port}/secret"}, b""), "/f": (200, FEED, b"x")}
    monkeypatch.setattr(addresses, "_resolved", lambda name, _: [host] if name == "public.example" else ["10.0.0.7"])
    monkeypatch.setattr(addresses, "is_public", lambda machine: machine == host)
    assert "10.0.0.7" in wrong(Fetcher(Manners(wait=0.0)).get, f"http://public.example:{port}/f").reason
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize("link", ["http://169.254.169.254/latest/meta-data", "http://[::ffff:10.0.0.1]/x", "http://[fd00::1]/", "file:///etc/passwd"])
def test_an_article_that_a_feed_links_to_inside_is_not_asked_for(link: str, site: Site, record: Record, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Public feeds decide where the articles behind them lie: only the feed's own machine is taken for public here."""
    from dateline.watch import addresses

    host, port = site.address.removeprefix("http://").split(":")
    entry = ENTRY.replace("https://northline.example/a", link)
    site.pages = {"/f": (200, FEED, rss(entry))}
    real = addresses._resolved
    monkeypatch.setattr(addresses, "_resolved", lambda name, at: [host] if name == "public.example" else real(name, at))
    monkeypatch.setattr(addresses, "is_public", lambda machine, known=addresses.is_public: machine == host or known(machine))
    told: list = []
    plan = Plan((f"http://public.example:{port}/f",), articles=True)
    made = Watch(plan, record, Settings(), Options(), Fetcher(Manners(wait=0.0)), stop=threading.Event())
    made._world = world
    progress = made.run(once=True, tell=lambda _: None, name=told.append)
    assert progress.added == 1, "the words of the feed itself are read"
    assert [path for path in site.paths() if path not in ("/f", "/robots.txt")] == []
    assert all("public address" in one.reason or "no web address" in one.reason for one in told if isinstance(one, Refused))


def test_two_entries_of_one_article_are_one_report(site: Site, record: Record, world: World) -> None:
    entry = ENTRY.replace("https://northline.example/a", f"{site.address}/a")
    site.pages = {"/f": (200, FEED, rss(entry + entry.replace(">n1<", ">n2<"))), "/a": (200, {"Content-Type": "text/html"}, page().encode())}
    progress, told = watch(record, world, f"{site.address}/f", articles=True)
    assert (progress.added, progress.refused) == (1, 0), told
    assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 1


@pytest.mark.parametrize("link", ["/c d", "/é", "/a\x7f"])
def test_a_link_with_odd_signs_is_asked_for_percent_encoded_and_ends_no_watch(link: str, site: Site, record: Record, world: World) -> None:
    entry = ENTRY.replace("https://northline.example/a", f"{site.address}{link}")
    site.pages = {"/f": (200, FEED, rss(entry)), "/g": (200, FEED, rss(ENTRY.replace(">n1<", ">n9<").replace("Busra", "Nawa")))}
    progress, _ = watch(record, world, f"{site.address}/f", f"{site.address}/g", articles=True)
    assert progress.added >= 1
    assert all(path.isascii() and " " not in path for path in site.paths())


@pytest.mark.parametrize("onward", ["http://[::1", "/a b"])
def test_a_redirect_to_no_address_is_refused_by_name(onward: str, site: Site) -> None:
    site.pages = {"/f": (302, {"Location": onward}, b"")}
    assert isinstance(wrong(fetcher().get, f"{site.address}/f"), Unfetched)
