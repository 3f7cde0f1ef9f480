"""A PostgreSQL server of one's own, for tests and measurements: started in a folder of its own, stopped and removed afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "an open secret"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; its superuser is ``dateline``."""

    folder: Path
    port: int
    programs: Path
    owner: str | None

    def address(self, database: str = "postgres", *, schema: str | None = None, password: str = PASSWORD) -> str:
        """The address of a database, by TCP; names without a schema are looked for in ``schema``, then in ``public``."""
        path = f"?options=-csearch_path%3D{schema}%2Cpublic" if schema else ""
        return f"postgresql://dateline:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}{path}"

    def sql(self, command: str, *, database: str = "postgres") -> None:
        """Carry out a command as the superuser."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(command.encode())

    def control(self, *words: str) -> None:
        """Start, stop or kill the server."""
        _run(self.owner, [self.programs / "pg_ctl", "-D", self.folder / "data", "-w", *words], self.folder)


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server that is installed; None where there is none."""
    on_path = shutil.which("pg_ctl")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name) if p.parent.name.isdigit() else 0)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A fresh server; unless ``durable``, one that does not wait for the disk.

    Raises ``FileNotFoundError`` when no server is installed.
    """
    found = programs()
    if found is None:
        raise FileNotFoundError("there is no PostgreSQL server: apt-get install postgresql postgis")
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    owner = _other_user() if os.geteuid() == 0 else None
    if owner is not None:
        shutil.chown(folder, owner)
    server = Server(folder, _free_port(), found, owner)
    try:
        secret = folder / "secret"
        secret.write_text(PASSWORD + "\n")
        initdb = [found / "initdb", "-D", folder / "data", "-U", "dateline", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C.UTF-8"]
        _run(owner, [*initdb, "--no-sync"], folder)
        settings = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=40"
        server.control("start", "-l", str(folder / "log"), "-o", settings + ("" if durable else " -c fsync=off -c full_page_writes=off"))
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.control("stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str:
    """The server refuses to run as root: the system's ``postgres`` runs it, else ``nobody``."""
    names = {p.pw_name for p in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(owner: str | None, command: list[str | Path], folder: Path) -> None:
    # To files, not pipes: the server that is started keeps them open.
    with (folder / "out").open("a+b") as out:
        more = {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner is not None else {}
        done = subprocess.run([str(c) for c in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False, **more)  # type: ignore[call-overload]
        if done.returncode:
            out.seek(0)
            raise RuntimeError(f"{command[0]} failed: {out.read().decode(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
