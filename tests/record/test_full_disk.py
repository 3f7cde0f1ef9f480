"""A real disk that is full, or takes no writes, and a clock that jumps: named, nothing half-written, and once mended the same command goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from evaluation.crashes import half_written
from evaluation.made import news
from evaluation.postgresql import Server

from dateline.errors import RecordError
from dateline.record import corrections, releases
from dateline.record.corrections import Correction
from dateline.record.link import link, pending
from dateline.record.store import Record, digest_of
from dateline.record.verify import verify
from factories import Store, captured, day

Mount = Callable[[int], Path]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Mount]:
    """Mounts a disk of so many KiB, in memory."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk: a disk that is really full is not tried")
    held: list[Path] = []

    def mounted(size: int) -> Path:
        folder = tmp_path / f"disk{len(held)}"
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", folder], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here ({done.stderr.strip()}): a disk that is really full is not tried")
        held.append(folder)
        return folder

    yield mounted
    for folder in held:
        subprocess.run(["umount", "-l", folder], check=False)


def put_all(record: Record, count: int = 60) -> None:
    """What ``read --into`` does; what is there already is passed over."""
    for n, reading in enumerate(news(count)):
        with record.transaction():
            record.add(reading, key=str(n), digest=digest_of(reading.report), source_name=str(n), reader="test")
        link(record, pending(record))


def test_a_full_disk_under_a_file_is_named_and_a_rerun_completes(small_disk: Mount) -> None:
    disk = small_disk(700)
    path = disk / "r.db"
    with Record.open(path, create=True) as record:
        with pytest.raises(RecordError, match=r"disk is full|disk failed or is full") as fault:
            put_all(record)
        assert "make room" in fault.value.mend or "check the disk" in fault.value.mend
        held = record.rows("SELECT count(*) AS n FROM report")[0]["n"]
        assert 0 < held < 60
        assert half_written(record) == []
    subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
    with Record.open(path) as record:
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == held
        put_all(record)
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 60
        assert half_written(record) == []


def test_a_full_disk_under_a_server_is_named_and_a_rerun_completes(small_disk: Mount, server: Server) -> None:
    disk = small_disk(3_000)
    for folder in (disk, *disk.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o711)
    if server.owner is not None:
        shutil.chown(disk, server.owner)
    server.sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
    server.sql("CREATE SCHEMA full_disk")
    address = server.address(schema="full_disk").replace("search_path%3D", "default_tablespace%3Dsmall%20-csearch_path%3D")
    try:
        with Record.open(address, create=True) as record:
            with pytest.raises(RecordError, match="disk is full"):
                put_all(record, 1000)
            held = record.rows("SELECT count(*) AS n FROM report")[0]["n"]
            assert held > 10
            assert list(verify(record)) == []
            subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
            put_all(record, held + 3)
            assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == held + 3
            assert pending(record) == []
    finally:
        server.sql("DROP SCHEMA full_disk CASCADE")
        server.sql("DROP TABLESPACE small")


def test_a_disk_that_takes_no_writes_is_named_and_the_record_can_still_be_asked(small_disk: Mount) -> None:
    disk = small_disk(20_000)
    path = disk / "r.db"
    with Record.open(path, create=True) as record:
        put_all(record, 3)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with Record.open(path) as record:
        assert record.rows("SELECT count(*) AS n FROM report")[0]["n"] == 3
        with pytest.raises(RecordError, match=r"cannot be written|cannot be opened") as fault:
            put_all(record, 4)
        assert "writable" in fault.value.mend or "rights" in fault.value.mend
    with pytest.raises(RecordError, match=r"cannot be (written|opened)"):
        Record.open(disk / "new.db", create=True)
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    with Record.open(path) as record:
        put_all(record, 4)
        assert half_written(record) == []


def test_a_clock_that_jumps_changes_no_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came later counts as later by its number, whatever the clock said: of reports, of what persons say, of releases."""
    moments = iter([f"{year}-01-01T00:00:00Z" for year in (2030, 1999, 2026, 1970, 2026, 2001, 2040, 1980) * 40])
    for module in ("store", "origins", "corrections", "releases", "link"):
        monkeypatch.setattr(f"dateline.record.{module}.now", lambda: next(moments), raising=False)
    with Record.open(store("r"), create=True) as record:
        for killed in (3, 4, 5):
            reading = captured("SDF", "Raqqa", day("2017-10-17"), killed=killed)
            record.add(reading, key="one", digest=digest_of(reading.report), source_name="one.txt", reader="test")
        link(record, pending(record))
        assert [(r["version"], r["current"]) for r in record.rows("SELECT version, current FROM report ORDER BY n")] == [(1, 0), (2, 0), (3, 1)]
        for number in ("7", "8", "9"):
            corrections.add(record, Correction("change", 3, "f1", "number", number, who="ana"))
        assert record.rows("SELECT best FROM figure WHERE report = 3") == [{"best": 9.0}]
        for name in ("a", "b"):
            releases.release(record, name, who="ana")
        assert [r.name for r in releases.all_of(record)] == ["a", "b"]
        assert all(releases.is_whole(record, r) for r in releases.all_of(record))
        assert list(verify(record)) == []
