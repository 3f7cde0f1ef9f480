"""Disks that are full or may not be written, memory that runs out, processes that are killed: what is written is whole or not there, faults are named."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError

Body = dict[str, Any]
Command = list[str]

_TEXT = "Rebels seized the town of Busra from the army on Wednesday, a monitoring group said. At least {} people were killed.\n"
LEFT = ".part"


def dateline(words: Command, folder: Path, *, before: Callable[[], None] | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """A command as a user types it."""
    return subprocess.run(
        [sys.executable, "-m", "dateline", *words], cwd=folder, capture_output=True, text=True, check=False, preexec_fn=before, stdin=subprocess.DEVNULL, **more
    )


def made(folder: Path, reports: int = 12) -> None:
    """Reports and a record of them."""
    (folder / "in").mkdir()
    for n in range(reports):
        (folder / "in" / f"{n:03}.txt").write_text(_TEXT.format(n + 3) + f"Report number {n} of the agency.", encoding="utf-8")
        os.utime(folder / "in" / f"{n:03}.txt", (1e9, 1e9))
    done = dateline(["read", "in", "--into", "r.db", "--quiet"], folder)
    assert done.returncode == 0, done.stderr


def writers() -> dict[str, tuple[Command, str]]:
    """Every command that writes a file or folder, and where."""
    from dateline.export.formats import FORMATS

    exports = {f"export {name}": (["export", name, "r.db", "-o", "OUT"], "losses") for name in FORMATS}
    return {
        "read --format json": (["read", "in", "--format", "json", "-o", "OUT", "--quiet"], ""),
        "read --format html": (["read", "in", "--format", "html", "-o", "OUT"], ""),
        "read --format parquet": (["read", "in", "--format", "parquet", "-o", "OUT", "--quiet"], ""),
        "origins --original": (["origins", "1", "--original", "-o", "OUT", "--record", "kept.db"], ""),
        **({"share": (["share", "r.db", "-o", "OUT"], "")} if _page_is_built() else {}), **exports,
    }  # fmt: skip


def _page_is_built() -> bool:
    """Whether ``dateline share`` has its page (``make page``); without it the command is not tried."""
    from dateline.web.share import one_file

    try:
        one_file()
    except DatelineError:
        return False
    return True


def named(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether a command that failed said what is wrong and the mend, and showed nothing of its inside."""
    return done.returncode in (1, 2) and "mend:" in done.stderr and "Traceback" not in done.stderr


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """The last line of what a command said of its end."""
    return done.stderr.strip().splitlines()[-1][:200] if done.stderr.strip() else f"ended with {done.returncode} and said nothing"


@contextmanager
def small_disk(room: int) -> Iterator[Path]:
    """A disk of so many bytes, where this user may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-disk-"))
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)], check=True, capture_output=True)
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)
        folder.rmdir()


def may_mount() -> bool:
    """Whether small disks can be mounted here."""
    try:
        with small_disk(65536):
            return True
    except (subprocess.CalledProcessError, OSError):
        return False


def _looks(path: Path) -> dict[str, bytes]:
    """Every file at or below a path."""
    return {str(p): p.read_bytes() for p in ([path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []) if p.is_file()}


def full_disk(source: Path) -> Body:
    """Each writer on a disk that has room for none of it, and over an older file that must stay."""
    tried, unnamed, halves, lost, passed = 0, [], [], [], []
    for name, (command, _) in writers().items():
        with small_disk(8192) as disk:
            out, filler = disk / "out", disk / "filler"
            if name not in ("export timemap", "export csv", "export parquet"):
                out.write_bytes(b"old")
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while file.write(b"x" * 4096):
                    pass
            old = _looks(out)
            done = dateline([str(out) if w == "OUT" else w for w in command], source)
            tried += 1
            if done.returncode == 0:
                passed.append(name)
                continue
            if not named(done):
                unnamed.append(f"{name}: {_said(done)}")
            if _looks(out) != old:
                halves.append(name)
            if [p for p in disk.iterdir() if LEFT in p.name and p.stat().st_size and not name.startswith("read --format json")]:
                lost.append(name)
    return {"writers": tried, "not_named": unnamed, "half_written_or_older_file_gone": halves, "left_beside": lost, "passed_without_room": passed}


def read_only(source: Path) -> Body:
    """Each writer, a record to be made and one to be asked, on a disk that may not be written."""
    tried, unnamed = 0, []
    with small_disk(40_000_000) as disk:
        for name in ("r.db", "in"):
            (shutil.copytree if (source / name).is_dir() else shutil.copy)(source / name, disk / name)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
        for name, (command, _) in {**writers(), "read --into": (["read", "in", "--into", str(disk / "new.db"), "--quiet"], "")}.items():
            tried += 1
            done = dateline([str(disk / "out") if w == "OUT" else w for w in command], source)
            if not named(done):
                unnamed.append(f"{name}: {_said(done)}")
        asked = dateline(["reports", "--record", str(disk / "r.db")], source)
    return {"commands": tried, "not_named": unnamed, "a_record_on_it_can_be_asked": asked.returncode == 0, "else_named": asked.returncode == 0 or named(asked)}


def short_memory(source: Path, sizes: tuple[int, ...]) -> Body:
    """Reading with less memory than it needs (``ulimit -v``): done, or named; never a half record, and completed afterwards."""
    (source / "long.txt").write_text(_TEXT.format(9) * 1500, encoding="utf-8")
    rows, unnamed = {}, []
    for megabytes in sizes:
        record = source / f"memory{megabytes}.db"

        def limit(size: int = megabytes) -> None:
            resource.setrlimit(resource.RLIMIT_AS, (size << 20, size << 20))

        done = dateline(["read", "in", "long.txt", "--into", record.name, "--quiet"], source, before=limit)
        sound = not record.exists() or dateline(["verify", record.name], source).returncode == 0
        rows[f"{megabytes} MB"] = {"ended": done.returncode, "record_sound": sound, "said": (done.stderr + done.stdout).strip().splitlines()[:2]}
        # A report for which the memory does not suffice is set aside in the record; then the run says how many were refused.
        told = "mend:" in done.stderr or "refused" in done.stdout
        if done.returncode and ("Traceback" in done.stderr or not told):
            unnamed.append(f"{megabytes} MB: {_said(done)}")
        if not sound:
            unnamed.append(f"{megabytes} MB: the record is not sound")
    return {"limits": rows, "not_named": unnamed}


def _killed(command: Command, folder: Path, moment: float) -> bool:
    """Start a command and kill it after so many seconds; whether it was killed before it ended."""
    child = subprocess.Popen([sys.executable, "-m", "dateline", *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(moment)
    child.send_signal(signal.SIGKILL)
    return child.wait() == -signal.SIGKILL


def killed_writers(source: Path, kills: int, chance: random.Random) -> Body:
    """Writers killed at random moments: the file is the older one or the whole new one, and a rerun clears what was left beside it."""
    chosen = writers()
    hit, halves, unlike = 0, [], []
    for name, (command, _) in chosen.items():
        out = source / f"killed-{name.replace(' ', '-').replace('--', '')}"
        words = [out.name if w == "OUT" else w for w in command]
        begun = time.perf_counter()
        assert dateline(words, source).returncode in (0, 1), name  # 1: some incidents fit no row
        span, whole, folder = time.perf_counter() - begun, _looks(out), out.is_dir()
        for _ in range(max(kills // len(chosen), 1)):
            shutil.rmtree(out, ignore_errors=True) if folder else out.write_bytes(b"old")
            hit += _killed(words, source, chance.uniform(0.3, 1.1) * span)
            made = _looks(out)
            said = name == "share" and made.get(str(out), b"")[-100:] == whole[str(out)][-100:]  # a shared page says when it was made
            if made not in ({} if folder else {str(out): b"old"}, whole) and not said:
                halves.append(name)
        assert dateline(words, source).returncode in (0, 1), name
        if _looks(out) != whole and name != "share":
            unlike.append(name)
        left = [p.name for p in source.iterdir() if p.name.startswith(out.name + LEFT)]
        if left:
            unlike.append(f"{name} leaves {left}")
    return {"writers": list(chosen), "kills": hit, "half_written": halves, "not_as_an_unbroken_run_after": unlike}


def killed_watch(source: Path, kills: int, chance: random.Random) -> Body:
    """A watch over a folder killed again and again: in the end every file is in the record, once."""
    wanted = len(list((source / "in").iterdir()))
    command = ["watch", "in", "--into", "watched.db", "--once"]
    hit = 0
    for n in range(kills):
        late = source / "in" / f"late{n}.txt"
        late.write_text(_TEXT.format(n + 40) + f"Late report {n} of the agency.", encoding="utf-8")
        os.utime(late, (1e9, 1e9))
        hit += _killed(command, source, chance.uniform(0.5, 6.0))
    done = dateline(command, source)
    counted = dateline(["reports", "--record", "watched.db", "--format", "json"], source)
    rows = [row for row in json.loads(counted.stdout) if "refused" not in row]
    for late in (source / "in").glob("late*.txt"):
        late.unlink()
    return {"kills": hit, "files": wanted + kills, "reports": len(rows), "lost": wanted + kills - len(rows), "ended": done.returncode}


def figures(*, kills: int, memory: tuple[int, ...] = (200, 300, 400, 600, 1200)) -> Body:
    """All of these."""
    found: Body = {}
    with tempfile.TemporaryDirectory(prefix="dateline-faults-") as name:
        folder, chance = Path(name), random.Random(20171018)
        made(folder)
        kept = dateline(["read", "in/000.txt", "--into", "kept.db", "--keep-originals", "record", "--quiet"], folder)
        assert kept.returncode == 0, kept.stderr
        if may_mount():
            found["full_disk"], found["read_only_disk"] = full_disk(folder), read_only(folder)
        else:
            found["full_disk"] = found["read_only_disk"] = "no small disk can be mounted by this user"
        found["short_memory"] = short_memory(folder, memory)
        (folder / "long.txt").unlink()
        found["killed_writers"] = killed_writers(folder, kills, chance)
        found["killed_watch"] = killed_watch(folder, max(kills // 4, 1), chance)
    return found
