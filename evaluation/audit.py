"""``python -m evaluation.audit``: what is known against the packages that the locks pin, and for how many of them that could be asked at all.

Without the network: whether the locks fit ``pyproject.toml`` and pin every package by digest. With it: what PyPI's advisories say (by pip-audit, which
passes over in silence what it cannot ask about; here that is counted and told) and what npm's say. Adds ``audit`` to ``results/supply.json``.
Exits 1 where a weakness or a misfit is known, 2 where not every package could be asked about, 0 where all were and nothing is known.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from evaluation.supply import LOCKS, ROOT, misfits, note


@dataclass(frozen=True, slots=True)
class Asked:
    """Of how many packages it could be asked whether anything is known against them, what is known, and why not all could be."""

    packages: int
    asked: int
    weak: list[str] = field(default_factory=list)
    why_not: str = ""

    def words(self, name: str) -> str:
        """The same as a sentence."""
        known = f"known against {len(self.weak)}: {', '.join(self.weak)}" if self.weak else "nothing is known against these"
        told = f"{name}: {self.asked} of {self.packages} packages could be asked about; " + (known if self.asked else "so nothing is known of any")
        return told + (f" ({self.why_not})" if self.why_not else "")


def of_pip_audit(report: dict[str, Any]) -> Asked:
    """What pip-audit's report comes to; what it skipped was not asked about."""
    rows = report["dependencies"]
    skipped = [row["skip_reason"] for row in rows if "skip_reason" in row]
    weak = [f"{row['name']} {row['version']} ({', '.join(v['id'] for v in row['vulns'])})" for row in rows if row.get("vulns")]
    return Asked(len(rows), len(rows) - len(skipped), weak, f"{skipped[0]}, and so on" if skipped else "")


def of_npm(report: dict[str, Any], packages: int) -> Asked:
    """What npm's report comes to; an error means that nothing was asked about."""
    if "error" in report or "vulnerabilities" not in report:
        told = report.get("message") or report.get("error", {}).get("summary") or "npm gave no report"
        return Asked(packages, 0, [], re.sub(r"https?://\S+", "its registry", " ".join(str(told).split()))[:200])
    weak = [f"{name} ({row['severity']})" for name, row in sorted(report["vulnerabilities"].items())]
    return Asked(packages, packages, weak)


def python(lock: str) -> Asked:
    """What is known against the packages of a lock."""
    path = ROOT / "locks" / lock
    packages = len(re.findall(r"^[\w.-]+==", path.read_text(encoding="utf-8"), re.MULTILINE))
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "-r", str(path), "-f", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603
    try:
        return of_pip_audit(json.loads(done.stdout))
    except ValueError:
        lines = done.stderr.strip().splitlines()
        return Asked(packages, 0, [], lines[-1][:200] if lines else "pip-audit gave no report")


def page() -> Asked:
    """What is known against the packages that the page is built from."""
    lock = json.loads((ROOT / "page" / "package-lock.json").read_text(encoding="utf-8"))
    packages = sum(1 for path in lock["packages"] if path)
    if shutil.which("npm") is None:
        return Asked(packages, 0, [], "npm is not installed")
    done = subprocess.run(["npm", "audit", "--json"], cwd=ROOT / "page", capture_output=True, text=True, check=False, timeout=300)  # noqa: S607
    try:
        return of_npm(json.loads(done.stdout), packages)
    except ValueError:
        return Asked(packages, 0, [], "npm gave no report")


def main() -> int:
    """Ask, write it down, and say it."""
    wrong = [fault for name, extras in LOCKS.items() for fault in misfits(ROOT / "locks" / name, extras)]
    parts = {**{f"locks/{name}": python(name) for name in LOCKS}, "page/package-lock.json": page()}
    note("audit", {"date": datetime.now(UTC).strftime("%Y-%m-%d"), "misfits": wrong, **{name: asdict(found) for name, found in parts.items()}})
    print("\n".join([*(wrong or ["the locks fit pyproject.toml, every package is pinned by digest"]), *(found.words(name) for name, found in parts.items())]))
    if wrong or any(found.weak for found in parts.values()):
        return 1
    return 2 if any(found.asked < found.packages for found in parts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
