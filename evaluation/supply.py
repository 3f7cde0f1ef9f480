"""``python -m evaluation.supply licences|locks|wheel``: what Dateline rests on, whether the locks fit, and whether a wheel is the same bytes twice.

``licences`` lists every installed dependency with its licence (``results/licences.tsv``) and exits 1 where one is not known to be open, or would
bind what uses it. ``locks`` compares ``locks/*.txt`` with ``pyproject.toml``. ``wheel`` builds two wheels and two pages from
two copies of what is committed and compares their digests (``results/supply.json``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = {"run.txt": (), "extras.txt": ("serve", "intake", "watch", "formats", "postgres")}
"""Lock files and the extras that each holds beside the default install."""

_OPEN = re.compile(
    r"\b(?:MIT(?:-0)?|0?BSD(?:[- ][\w-]+)*|Apache(?:[- ]2(?:\.0)?)?|ISC|PSF(?:-2\.0)?|Python Software Foundation|Zlib|CC0(?:-1\.0)?|CC-BY-4\.0|"
    r"Unlicense|CNRI-Python|BlueOak-1\.0\.0|Boost|3-Clause BSD|HPND)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:MPL|Mozilla Public|LGPL|Lesser General Public)", re.IGNORECASE)
_STRONG = re.compile(r"(?<!Lesser )\b(?:A?GPL|(?:Affero )?General Public License|SSPL|BUSL|CC-BY-(?:NC|ND|SA))", re.IGNORECASE)


@dataclass(frozen=True)
class Licensed:
    """A dependency, its version, its licence in its own words, and of what kind that is: open, weak (copyleft by file), strong or unknown."""

    part: str
    name: str
    version: str
    licence: str

    @property
    def kind(self) -> str:
        """One licence of several that may be chosen from (``OR``) is enough; of those that hold together (``AND``) the strictest counts."""
        choices = [_strictest(choice) for choice in re.split(r"\bOR\b|(?<=\w)/(?=\w)", self.licence)]
        return min(choices, key=_KINDS.index)


_NOT_SHIPPED = {"@mapbox/jsonlint-lines-primitives": "part of a checker that is there when the page is built; nothing of it is in the page"}
"""Dependencies without a stated licence that reach no user."""

_KINDS = ("open", "weak", "strong", "unknown")


def _strictest(words: str) -> str:
    found = [kind for kind, pattern in (("strong", _STRONG), ("weak", _WEAK), ("open", _OPEN)) if pattern.search(words)]
    return found[0] if found else "unknown"


def licences(extras: tuple[str, ...] = ("dev",)) -> list[Licensed]:
    """Every distribution that Dateline with these extras leads to and that is installed here, and every package that the page is built from."""
    default = set(_closure("dateline", ()))
    rows = [Licensed("default" if name in default else "extras and tests", name, d.version, _licence(d)) for name, d in _closure("dateline", extras).items()]
    return sorted([*rows, *_of_page()], key=lambda row: (row.part, row.name, row.version))


def unsound(rows: list[Licensed]) -> list[Licensed]:
    """The rows whose licence is unknown or would bind what uses it."""
    return [row for row in rows if row.kind in ("strong", "unknown") and row.name not in _NOT_SHIPPED]


def _closure(name: str, extras: tuple[str, ...]) -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    todo = [(name, extra) for extra in ("", *extras)]
    while todo:
        at, extra = todo.pop()
        if (at, extra) in seen:
            continue
        seen.add((at, extra))
        try:
            here = distribution(at)
        except PackageNotFoundError:
            continue
        if at != "dateline":
            found[canonicalize_name(at)] = here
        for line in here.requires or ():
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
                todo.extend((canonicalize_name(wanted.name), more) for more in ("", *wanted.extras))
    return found


def _licence(d: Distribution) -> str:
    meta = d.metadata
    named = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    short = (meta.get("License") or "").strip().splitlines()
    told = meta.get("License-Expression") or (short[0] if short and len(short[0]) < 80 else "")
    if not told or Licensed("", "", "", told).kind == "unknown":
        told = " AND ".join(named) or told or (short[0] if short else "")
    if Licensed("", "", "", told).kind == "unknown":
        told = _by_text(d) or told
    return " ".join(told.split()) or "not stated"


def _by_text(d: Distribution) -> str | None:
    """The licence by the first words of the licence file that the distribution brings."""
    for file in d.files or ():
        if re.search(r"(?:^|/)(?:LICEN[CS]E|COPYING)[^/]*$", str(file), re.IGNORECASE):
            text = Path(str(d.locate_file(file))).read_text(encoding="utf-8", errors="replace")
            if "Permission is hereby granted, free of charge" in text:
                return "MIT (by its licence file)"
            if "Redistribution and use in source and binary forms" in text:
                return "BSD (by its licence file)"
            if "Apache License" in text:
                return "Apache-2.0 (by its licence file)"
    return None


def _of_page() -> Iterator[Licensed]:
    lock = json.loads((ROOT / "page" / "package-lock.json").read_text(encoding="utf-8"))
    for path, row in lock["packages"].items():
        if path:
            yield Licensed("page", path.rpartition("node_modules/")[2], row["version"], row.get("license") or "not stated")


def misfits(lock: Path, extras: tuple[str, ...]) -> list[str]:
    """What ``pyproject.toml`` asks for and a lock does not hold, or holds in a version that does not fit, or without a digest."""
    text = lock.read_text(encoding="utf-8")
    pinned = {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s\\]+)", text, re.MULTILINE)}
    faults = [f"{name}: no digest" for name in pinned if not re.search(rf"^{re.escape(name)}==[^\n]*\\\n +--hash=sha256:", _plain_names(text), re.MULTILINE)]
    for wanted in _wanted(extras):
        version = pinned.get(canonicalize_name(wanted.name))
        if version is None:
            faults.append(f"{wanted.name}: not in {lock.name}")
        elif not wanted.specifier.contains(version, prereleases=True):
            faults.append(f"{wanted.name}: {version} in {lock.name}, {wanted.specifier} in pyproject.toml")
    return faults


def _plain_names(text: str) -> str:
    return re.sub(r"^[\w.-]+(?===)", lambda m: canonicalize_name(m.group()), text, flags=re.MULTILINE)


def _wanted(extras: tuple[str, ...]) -> Iterator[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    todo = [Requirement(line) for line in project["dependencies"]]
    todo += [Requirement(line) for extra in extras for line in project["optional-dependencies"][extra]]
    while todo:
        wanted = todo.pop()
        if canonicalize_name(wanted.name) == "dateline":
            todo += [Requirement(line) for extra in sorted(wanted.extras) for line in project["optional-dependencies"][extra]]
        else:
            yield wanted


def twice() -> dict[str, object]:
    """The digests of two wheels, each built from its own copy of what is committed, at the time of the last commit."""
    moment = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    digests, sizes = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one", "two"):
            copy = Path(folder, name)
            subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)  # noqa: S603, S607
            environment = {**os.environ, "SOURCE_DATE_EPOCH": moment}
            build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(copy / "out"), str(copy)]
            subprocess.run(build, check=True, env=environment)  # noqa: S603
            wheel = next((copy / "out").glob("*.whl"))
            digests.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
            sizes.append(wheel.stat().st_size)
    return {"sha256": digests, "same": digests[0] == digests[1], "megabytes": round(sizes[0] / 1e6, 1)}


def page_twice() -> dict[str, object]:
    """The digests of the page built twice, each from its own copy of what is committed with the packages that its lock pins; or why it cannot be built."""
    if shutil.which("npm") is None:
        return {"not_built": "npm is not installed"}
    digests: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("one", "two"):
            copy = Path(folder, name)
            subprocess.run(["git", "clone", "-q", str(ROOT), str(copy)], check=True)  # noqa: S603, S607
            for words in (["npm", "ci", "--silent"], ["npm", "run", "--silent", "build"]):
                done = subprocess.run(words, cwd=copy / "page", capture_output=True, text=True, check=False)  # noqa: S603
                if done.returncode:
                    return {"not_built": f"{' '.join(words)}: {(done.stderr or done.stdout).strip()[-300:]}"}
            digests.append(_digest(copy / "src" / "dateline" / "web" / "static"))
    return {"sha256": digests, "same": digests[0] == digests[1]}


def _digest(folder: Path) -> str:
    """One digest over the names and bytes of all files of a folder."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def main() -> int:
    """Do what is asked; exit 1 where something is amiss."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.supply", description=__doc__)
    parser.add_argument("what", choices=("licences", "locks", "wheel"))
    options = parser.parse_args()
    if options.what == "locks":
        faults = [fault for name, extras in LOCKS.items() for fault in misfits(ROOT / "locks" / name, extras)]
        print("\n".join(faults) or "the locks fit pyproject.toml")
        return 1 if faults else 0
    if options.what == "licences":
        rows = licences()
        lines = ["part\tname\tversion\tlicence\tkind", *("\t".join((r.part, r.name, r.version, r.licence, r.kind)) for r in rows)]
        (ROOT / "results" / "licences.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        amiss = unsound(rows)
        print("\n".join(f"{r.name} {r.version}: {r.licence} ({r.kind})" for r in amiss) or f"{len(rows)} dependencies, all open or copyleft by file alone")
        return 1 if amiss else 0
    found = twice()
    page = page_twice()
    note(
        "wheel", {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "machine": f"{platform.machine()}, Python {platform.python_version()}", **found, "page": page}
    )
    print(json.dumps({**found, "page": page}, indent=1))
    return 0 if found["same"] and page.get("same", True) else 1


def note(part: str, figures: dict[str, object]) -> None:
    """Put a part into ``results/supply.json``, the others left as they are."""
    path = ROOT / "results" / "supply.json"
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**held, part: figures}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
