"""A wheel with the page in it, installed into a fresh environment and served: what a user gets who has neither the tree nor Node.

python -m evaluation.wheel [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Build, install, read, serve, ask; ends with an error where any of it fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="Folder to leave the wheel in.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = built(given.keep or folder / "dist")
        print(json.dumps({"wheel": wheel.name, "bytes": wheel.stat().st_size, **served(installed(wheel, folder / "env"), folder)}, indent=1))


def built(folder: Path) -> Path:
    """The wheel, made from the tree; the page must be in it."""
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT))
    wheel = next(iter(folder.glob("dateline-*.whl")))
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    for part in ("dateline/web/static/index.html", "dateline/web/static/one-file.html", "dateline/data/gazetteer.bin"):
        if part not in names:
            raise SystemExit(f"{part} is not in {wheel.name}")
    return wheel


def installed(wheel: Path, env: Path) -> Path:
    """The command in a fresh environment."""
    run(sys.executable, "-m", "venv", str(env))
    run(str(env / "bin" / "python"), "-m", "pip", "install", "-q", f"{wheel}[serve]")
    return env / "bin" / "dateline"


def served(command: Path, folder: Path) -> dict[str, object]:
    """What the installed command gives a browser: the page, its script, the record of an example."""
    record = folder / "record.db"
    run(str(command), "read", str(ROOT / "examples" / "palmyra"), "--into", str(record), "--quiet", cwd=folder)
    server = subprocess.Popen([command, "serve", record, "--no-open", "--port", "0"], cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        address = announced(server)
        page = asked(address)
        script = re.search(r'src="\./(assets/[^"]+\.js)"', page)
        if script is None:
            raise SystemExit("the page names no script")
        meta = json.loads(asked(f"{address}api/meta"))
        return {
            "page_bytes": len(page),
            "script_bytes": len(asked(address + script[1])),
            "reports": meta["counts"]["reports"],
            "incidents": meta["counts"]["incidents"],
        }
    finally:
        server.terminate()
        server.wait(timeout=20)


def announced(server: subprocess.Popen[str]) -> str:
    """The address that the server prints when it is ready."""
    end = time.monotonic() + 120
    while time.monotonic() < end and server.stderr is not None:
        found = re.search(r"serving at (\S+)", server.stderr.readline())
        if found:
            time.sleep(1)
            return found[1]
    raise SystemExit("the server did not say where it serves")


def asked(address: str) -> str:
    """The text at an address of this machine."""
    with urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


def run(*command: str, cwd: Path | None = None) -> None:
    """Carry out a command, or end with its error."""
    subprocess.run(command, cwd=cwd, check=True)


if __name__ == "__main__":
    main()
