"""The built page, served with a record of the examples and of a report that means harm, in a real Chromium."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.record.link import link, pending
from dateline.record.store import Record

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "dateline" / "web" / "static"
SHOTS = ROOT / "page" / "shots"
BROWSER = [
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync",
    "--use-angle=swiftshader --enable-unsafe-swiftshader",
]
LIMIT = 150.0  # seconds a test may take, far beyond what the slowest needs on two busy cores
HOSTILE = (
    "GOMA <script>window.harmed=1</script>\n\nRebels seized the town of Goma from the army on Tuesday, <img src=x onerror=window.harmed=1> a spokesman said. "
    "“\u202eevil\u202c” killed at least 12 soldiers in Goma, 💥 the “</q><svg onload=window.harmed=1>” army said. " + "W" * 4000 + "\n\n"
    'The army denied on Wednesday that rebels had captured Goma. <a href="javascript:window.harmed=1">here</a> {{constructor.constructor("window.harmed=1")()}}\n'
)


@dataclass
class Served:
    """Where the page is, and the number of the report that means harm."""

    address: str
    hostile: int
    record: Path


@dataclass
class Watched:
    """What went wrong in a page while it was open."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def record_of(path: Path) -> int:
    """A record of some examples and of the hostile report, which comes last; its number."""
    text = path.parent / "hostile.txt"
    text.write_text(HOSTILE, encoding="utf-8")
    folders = [ROOT / "examples" / name for name in ("raqqa", "kunduz", "goma")]
    with Record.open(path, create=True) as record:
        dateline.read_into(record, folders)
        before = int(record.rows("SELECT count(*) AS n FROM report")[0]["n"])
        dateline.read_into(record, [text])
        link(record, pending(record))
        return before + 1


@contextlib.contextmanager
def serving(path: Path, *, port: int = 0, **more: Any) -> Iterator[str]:
    """A record served by a thread of its own, on a port of this machine (any that is free, where none is given); its address."""
    uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed: the page is not tested")
    if not (STATIC / "index.html").exists():
        pytest.skip("the page is not built (`make page` builds it; it needs Node 20): its tests do not run")
    from dateline.web.app import Serving, make_app

    app = make_app(Serving(str(path), **{"who": "A. Reader", "cache": path.parent / "cache", "rate": 1e6, "burst": 1_000_000, **more}))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    app.state.desk.keeper.wait(app.state.desk.record())
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The record of all tests, that none of them changes."""
    path = tmp_path_factory.mktemp("page") / "record.db"
    hostile = record_of(path)
    with serving(path) as address:
        yield Served(address, hostile, path)


@pytest.fixture
def copied(served: Served, tmp_path: Path) -> Path:
    """A copy of the record, to be changed."""
    with contextlib.closing(sqlite3.connect(served.record)) as whole, contextlib.closing(sqlite3.connect(tmp_path / "record.db")) as made:
        whole.backup(made)
    return tmp_path / "record.db"


class Chromium:
    """The browser of all tests; one that died or was ended is followed by a new one."""

    def __init__(self, running: Any, path: str) -> None:
        self.running, self.path = running, path
        self.started: Any = None

    def alive(self) -> Any:
        if self.started is None or not self.started.is_connected():
            self.started = self.running.chromium.launch(slow_mo=120, executable_path=self.path, args=" ".join(BROWSER).split())
        return self.started


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tested")
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium): the page is not tested")
    SHOTS.mkdir(parents=True, exist_ok=True)
    # What is waited for comes late on a machine with much else to do; LIMIT bounds each test all the same.
    playwright.expect.set_options(timeout=20_000)
    with playwright.sync_playwright() as running:
        made = Chromium(running, path)
        yield made
        if made.started is not None and made.started.is_connected():
            made.started.close()


@pytest.fixture(autouse=True)
def bounded(request: pytest.FixtureRequest) -> Iterator[None]:
    """Ends the browser of a test that takes too long, so that the test fails and the next one goes on; a run that even this does not free ends itself."""
    ended = threading.Event()
    watch = threading.Timer(LIMIT, lambda: (ended.set(), end_browsers()))
    watch.daemon = True
    faulthandler.dump_traceback_later(2 * LIMIT, exit=True)
    watch.start()
    yield
    watch.cancel()
    faulthandler.cancel_dump_traceback_later()
    assert not ended.is_set(), f"{request.node.name} took more than {LIMIT:.0f} s; its browser was ended"


def end_browsers() -> None:
    """Ends every Chromium that this process started, and no other."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parents.setdefault(int(entry.read_text().rpartition(")")[2].split()[1]), []).append(int(entry.parent.name))
    young = list(parents.get(os.getpid(), []))
    for pid in young:
        young.extend(parents.get(pid, []))
    for pid in young:
        with contextlib.suppress(OSError):
            if b"chromium" in Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0]:
                os.kill(pid, signal.SIGKILL)


@pytest.fixture
def browser(chromium: Chromium) -> Any:
    return chromium.alive()


Opener = Callable[..., Any]


@pytest.fixture
def visit(served: Served, browser: Any) -> Iterator[Opener]:
    """Opens a view; at the end nothing may have gone wrong in the page but what ``may``, and no request may have left the machine."""
    from playwright.sync_api import Error as error

    contexts: list[Any] = []
    watched = Watched()

    def go(view: str, *, width: int = 1280, height: int = 860, dark: bool = False, page_at: str | None = None, may: tuple[str, ...] = ("status of 4",)) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("console", lambda line: watched.errors.append(line.text) if line.type == "error" and not any(one in line.text for one in may) else None)
        page.on("request", lambda request: watched.strangers.append(request.url) if not _own(request.url, page_at or served.address) else None)
        page.on("dialog", lambda dialog: (watched.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto((page_at or served.address) + view)
        page.wait_for_selector("main")
        page.wait_for_load_state("networkidle")
        return page

    yield go
    for context in contexts:
        with contextlib.suppress(error):
            context.close()
    assert watched.strangers == []
    assert watched.errors == []


def _own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:")) or (address.startswith("file:") and url.startswith("file:"))
