"""The documents say what the program does: commands, keys and shell blocks are held against it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.cli import cli
from dateline.schema import reading_schema

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_documented_and_has_help() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        assert f"dateline {name}" in page, name
        assert command.help, name


def test_every_option_of_a_question_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        for parameter in command.params:
            for flag in getattr(parameter, "opts", []):
                if flag.startswith("--") and flag not in ("--settings", "--quiet", "--output"):
                    assert flag in page, f"{name} {flag}"


def test_every_key_of_a_reading_is_documented() -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    schema = reading_schema()
    for word in ("report", "statement", "event", "figure", "control", "relation", "image", "entity"):
        for key in schema["$defs"][word]["properties"]:
            assert re.search(rf"\b{key}\b", page), f"{word}.{key}"
    assert [key for key in schema["properties"] if f"`{key}`" not in page] == []


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell on this machine")
def test_shell_blocks_of_the_readme_run(tmp_path: Path) -> None:
    block = re.search(r"```sh\n(.*?)```", README, re.S)
    assert block is not None
    for line in block.group(1).splitlines():
        command = line.split("#")[0].strip()
        command = re.sub(r"^dateline ", f"{sys.executable} -m dateline ", command).replace("palmyra.db", str(tmp_path / "palmyra.db"))
        done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip(), line


def test_python_block_of_the_readme_runs() -> None:
    block = re.search(r"```python\n(.*?)```", README, re.S)
    assert block is not None
    done = subprocess.run([sys.executable, "-c", block.group(1)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "territory_captured" in done.stdout


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_promise_of_security_names_what_holds_it() -> None:
    """A promise that no test holds is none: each names files that are there, and no test of the server's is left unnamed."""
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    table = page.partition("| promise | held by |")[2].partition("## What is not promised")[0]
    rows = [row.split(" | ") for row in table.splitlines() if row.startswith("| ") and not row.startswith("|---")]
    assert len(rows) > 12
    for row in rows:
        named = re.findall(r"`((?:tests|results)/[\w./]+)`", row[-1])
        assert named, row[0]
        assert [name for name in named if not (ROOT / name).exists()] == [], row[0]
    assert {f"tests/web/{p.name}" for p in (ROOT / "tests" / "web").glob("test_*.py")} - set(re.findall(r"tests/web/\w+\.py", page)) <= {
        "tests/web/test_api.py", "tests/web/test_tiles.py", "tests/web/test_troubled.py",
    }  # fmt: skip
