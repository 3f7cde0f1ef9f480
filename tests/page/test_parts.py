"""The page's own tests of its parts (days, columns, marks, shapes), run by Node."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from page.conftest import ROOT


def test_the_parts_of_the_page_hold_their_tables() -> None:
    npx = shutil.which("npx")
    if npx is None or not (ROOT / "page" / "node_modules").exists():
        pytest.skip("the page's packages are not installed (make page; it needs Node 20): its parts are not tested")
    done = subprocess.run([npx, "vitest", "run"], cwd=ROOT / "page", capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "passed" in done.stdout
