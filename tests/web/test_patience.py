"""Clients that are slow, greedy or many, against the server as it is run: who says nothing is let go, and the others are answered meanwhile."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.web import guard, patience
from dateline.web.app import SERVER
from web_served import app_of, fill

uvicorn = pytest.importorskip("uvicorn")


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(patience, "HEADS", 2.0)
    monkeypatch.setattr(patience, "TAKING", 2.0)
    monkeypatch.setattr(guard, "SLOWEST", 2.0)
    fill(tmp_path / "record.db")
    server = uvicorn.Server(uvicorn.Config(app_of(tmp_path / "record.db"), host="127.0.0.1", port=0, log_level="critical", **SERVER))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(timeout=10)


GOOD = b"GET /api/vocabulary HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def said(port: int, *pieces: bytes, pause: float = 0.0, patience: float = 15.0) -> bytes:
    """All that the server answers to the pieces, sent one after the other, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as opened:
        with contextlib.suppress(OSError):
            for piece in pieces:
                opened.sendall(piece)
                time.sleep(pause)
        told = b""
        with contextlib.suppress(ConnectionError, TimeoutError):  # an answer may leave the connection open
            while piece := opened.recv(65536):
                told += piece
    return told


def status(told: bytes) -> int:
    return int(told.split(b" ", 2)[1]) if told else 0


def with_heads(told: bytes) -> bool:
    return b"default-src 'none'" in told and b"x-content-type-options: nosniff" in told.lower()


def test_who_says_nothing_is_let_go(port: int) -> None:
    began = time.monotonic()
    told = said(port)
    assert (status(told), with_heads(told)) == (408, True)
    assert time.monotonic() - began < 10


def test_a_head_that_drips_is_let_go(port: int) -> None:
    told = said(port, b"GET /api/vocabulary HTTP/1.1\r\n", *(f"X-{n}: 1\r\n".encode() for n in range(60)), pause=0.1)
    assert status(told) in (0, 408)
    assert b"200 OK" not in told


def test_a_second_request_that_drips_is_let_go(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=15) as opened:
        opened.sendall(GOOD.replace(b"close", b"keep-alive"))
        assert opened.recv(4).startswith(b"HTTP")
        time.sleep(0.2)
        opened.sendall(b"GET /api/meta HT")
        told = b""
        with contextlib.suppress(ConnectionError):
            while piece := opened.recv(65536):
                told += piece
    assert b" 408 " in told


def test_a_body_that_drips_is_let_go(port: int) -> None:
    heads = b"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    told = said(port, heads, *([b" "] * 40), pause=0.1)
    assert status(told) in (0, 400)
    assert status(said(port, GOOD)) == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(20_000)) + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"no request at all\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
    ],
    ids=("long path", "long head", "many heads", "another protocol", "words", "two hosts", "two lengths", "length and chunks", "nul", "blank in a head"),
)
def test_what_is_no_sound_request_is_refused_with_the_strict_heads(port: int, sent: bytes) -> None:
    told = said(port, sent, patience=4.0)
    if told or len(sent) < 10_000:  # what is sent on after the refusal may have the system reset the connection before the refusal is read
        assert status(told) in (400, 403, 408, 414, 431), told[:200]
        assert with_heads(told)
    assert b"Traceback" not in told
    assert status(said(port, GOOD)) == 200


def test_many_open_connections_keep_nobody_from_being_answered(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEADS", 30.0)
    monkeypatch.setattr(patience, "EACH", 60)
    with contextlib.ExitStack() as held:
        opened = [held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(80)]
        refused, end = 0, time.monotonic() + 20
        for one in opened:
            one.setblocking(False)
        while refused < 20 and time.monotonic() < end:
            time.sleep(0.1)
            for one in opened:
                with contextlib.suppress(BlockingIOError, ConnectionError):
                    refused += one.recv(40).startswith(b"HTTP/1.1 503")
        assert refused == 20
        assert status(said(port, GOOD)) == 503
    end = time.monotonic() + 20
    while status(said(port, GOOD)) != 200 and time.monotonic() < end:
        time.sleep(0.1)
    assert status(said(port, GOOD)) == 200


def test_who_does_not_take_the_answer_is_let_go(port: int) -> None:
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        opened.settimeout(20)
        opened.connect(("127.0.0.1", port))
        ask = b"GET /api/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        opened.sendall(ask * 200)
        time.sleep(6)
        told = b""
        with contextlib.suppress(ConnectionError):
            while piece := opened.recv(65536):
                told += piece
    assert told.count(b"HTTP/1.1 200") < 200
    assert status(said(port, GOOD)) == 200


def test_a_slow_crowd_does_not_keep_a_reader_waiting(port: int) -> None:
    with contextlib.ExitStack() as held:
        for _ in range(100):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            slow.sendall(b"POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{")
        assert status(said(port, GOOD)) == 200
