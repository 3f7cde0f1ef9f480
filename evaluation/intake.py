"""``python -m evaluation.intake --out results/intake.json``: the most memory and the time that large and hostile inputs take, each in a process of its own.

The inputs are made in a temporary folder; nothing is read of their events, since the question is what intake holds in memory.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

WORDS = "Rebels took the town of Busra on Wednesday after three days of fighting, a monitoring group said. At least 13 people were killed. "
RECORD = json.dumps({"text": WORDS * 20, "title": "Town falls"}) + "\n"
PAGE = f"<html><body><article><h1>Town falls</h1>{f'<p>{WORDS}</p>' * 20}</article></body></html>"


def main() -> int:
    """Make each input, read it in a process of its own, and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.intake", description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000_000, help="Bytes of the large inputs")
    parser.add_argument("--only", choices=sorted(CASES), action="append", help="Measure these alone; the other figures of --out stay, with their dates")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read is not None:
        return _read(options.read)
    with tempfile.TemporaryDirectory() as folder:
        cases = {name: _measured(Path(folder), name, make, options.size) for name, make in CASES.items() if options.only is None or name in options.only}
    kept = json.loads(options.out.read_text(encoding="utf-8")) if options.only is not None and options.out is not None and options.out.exists() else {}
    before = {name: {"date": kept["date"], **case} for name, case in kept.get("cases", {}).items() if name not in cases}
    cases = {name: case for name in CASES if (case := cases.get(name) or before.get(name)) is not None}
    figures = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, loaded by other work, Python {platform.python_version()}",
        "empty": "one report of 130 characters: what the program itself takes",
        "note": "the peak is ru_maxrss, which begins at what the measuring process held when it started the other, so each figure is an upper bound",
        "cases": cases,
    }
    text = json.dumps(figures, indent=1) + "\n"
    print(text)
    if options.out is not None:
        options.out.write_text(text, encoding="utf-8")
    return 0


def _measured(folder: Path, name: str, make: Callable[[Path, int], None], size: int) -> dict[str, object]:
    path = folder / name
    make(path, size)
    done = subprocess.run([sys.executable, "-m", "evaluation.intake", "--read", str(path)], capture_output=True, text=True, check=True)
    found: dict[str, object] = {"file_mb": round(path.stat().st_size / 1e6, 1), **json.loads(done.stdout)}
    path.unlink()
    return found


def _read(path: Path) -> int:
    """Take every report of a file through intake, and print what it took."""
    from dateline.intake.sources import find_inputs
    from dateline.model import Refused

    began = time.monotonic()
    reports, refused = 0, []
    for one in find_inputs([path]):
        if isinstance(one, Refused):
            refused.append(one.reason)
        else:
            reports += 1
    own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "reports": reports,
        "refused": refused[:2],
        "peak_memory_mb": round(own.ru_maxrss / 1024),
        "peak_memory_of_documents_process_mb": round(child.ru_maxrss / 1024),
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps(figures))
    return 0


def _small(path: Path, size: int) -> None:
    path.write_text(WORDS, encoding="utf-8")


def _lines(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for _ in range(size // len(RECORD)):
            out.write(RECORD)


def _one_line(path: Path, size: int) -> None:
    with path.open("wb") as out:
        out.write(b'{"text": "')
        for _ in range(size // 1_000_000):
            out.write(b"A" * 1_000_000)
        out.write(b'"}\n' + RECORD.encode())


def _table(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write("id,text\n")
        for n in range(size // (len(WORDS) * 20)):
            out.write(f'{n},"{WORDS * 20}"\n')


def _open_quote(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('id,text\n1,"')
        for n in range(size // (len(WORDS) * 20)):
            out.write(f"{n} {WORDS * 20}\n")


def _pages(n: int) -> Iterator[tuple[bytes, bytes]]:
    for i in range(n):
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://northline.example/{i}\r\nWARC-Date: 2017-10-18T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{i:032x}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode(), body + b"\r\n\r\n"


def _warc(path: Path, size: int) -> None:
    """Pictures and pages: of each gigabyte 20 MB are pages, which is what an archive of news looks like, if anything a little more."""
    picture = b"\xff" * 5_000_000
    with path.open("wb") as out:
        written = 0
        pages = _pages(1 << 30)
        while written < size:
            for _ in range(30):
                written += out.write(b"".join(next(pages)))
            body = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + picture
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://northline.example/x.jpg\r\nWARC-Date: 2017-10-18T10:00:00Z\r\n"
                f"Content-Type: application/http\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            written += out.write(head.encode() + body + b"\r\n\r\n")


def _mailbox(path: Path, size: int) -> None:
    message = f"From x@y Wed Oct 18 12:00:00 2017\nFrom: Desk <desk@northline.example>\nSubject: Report\nMessage-ID: <1@x>\n\n{WORDS * 20}\n\n"
    with path.open("w", encoding="utf-8") as out:
        # The parser of mail takes milliseconds a message; a tenth of the size shows the memory as well.
        for _ in range(size // 10 // len(message)):
            out.write(message)


def _zip_bomb(path: Path, size: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as out:
        for _ in range(size // 1_000_000):
            out.write(b"A" * 1_000_000)


def _nested_bomb(path: Path, size: int) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"A" * (size // 10))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(16):
            archive.writestr(f"{n}.zip", inner.getvalue())


def _gzip_bomb(path: Path, size: int) -> None:
    with gzip.open(path, "wb") as out:
        for _ in range(size // 1_000_000):
            out.write(b'{"text": "' + b"A" * 1_000_000 + b'"}\n')


def _deep(path: Path, size: int) -> None:
    path.write_text('{"text": ' * 1_000_000, encoding="utf-8")


def _entities(path: Path, size: int) -> None:
    """Entities within entities, a billion words if they were ever put in."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    feed = f"<rss version='2.0'><channel><item><title>&e9;</title><description>{WORDS} &e9;</description></item></channel></rss>"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "words ">{nested}]>{feed}', encoding="utf-8")


def _entities_outside(path: Path, size: int) -> None:
    """An entity that names a file of the machine."""
    feed = f"<rss version='2.0'><channel><item><title>Town falls</title><description>{WORDS} &x;</description></item></channel></rss>"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>{feed}', encoding="utf-8")


def _wrong_charset(path: Path, size: int) -> None:
    """A page that says UTF-16 and is UTF-8, with bytes in it that are neither."""
    head = b"<html><head><meta charset='utf-16'></head><body><article><h1>Town falls</h1>"
    line = f"<p>{WORDS}Caf\u00e9.</p>".encode() + b"\xff\xfe\x81\n"
    path.write_bytes(head + line * (min(size, 5_000_000) // len(line)) + b"</article></body></html>")


CASES: dict[str, Callable[[Path, int], None]] = {
    "empty.txt": _small,
    "lines.jsonl": _lines,
    "one-line.jsonl": _one_line,
    "table.csv": _table,
    "open-quote.csv": _open_quote,
    "pages.warc": _warc,
    "messages.mbox": _mailbox,
    "bomb.zip": _zip_bomb,
    "nested-bomb.zip": _nested_bomb,
    "bomb.jsonl.gz": _gzip_bomb,
    "deep.json": _deep,
    "entities.rss": _entities,
    "entities-outside.rss": _entities_outside,
    "wrong-charset.html": _wrong_charset,
}

if __name__ == "__main__":
    sys.exit(main())
