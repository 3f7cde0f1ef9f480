"""The project keeps its shape: no drawers, imports flow downward, the world stays at the edges, every test asserts."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "dateline"
MODULES = sorted(SOURCE.rglob("*.py"))
DRAWERS = {"utils", "helpers", "common", "misc", "manager", "core", "base", "util", "helper"}
STAGES = ("intake", "language", "extraction", "resolution", "pipeline", "record", "batch", "rereading", "watch", "export", "web", "scale", "cli")
"""In the order in which data flows; a module may import from its own stage or an earlier one."""
WORDS = {"model", "errors", "lexicon", "settings", "vocabulary", "contract", "schema", "version"}


def stage_of(module: str) -> int:
    name = module.removeprefix("dateline.").split(".")[0]
    return STAGES.index(name) if name in STAGES else -1


def imports(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            found += [f"{node.module}.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            found += [a.name for a in node.names]
    return [name for name in found if name == "dateline" or name.startswith("dateline.")]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_flow_downward(path: Path) -> None:
    own = stage_of("dateline." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
    if path.name == "api.py" or path == SOURCE / "__init__.py":
        own = len(STAGES)  # the library's front door gathers the verbs
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = [name for name in imports(tree) if stage_of(name) > own >= 0]
    assert not later, f"{path.name} imports from later stages: {later}"


def test_vocabulary_imports_nothing_of_ours() -> None:
    for name in ("model", "errors", "vocabulary", "version"):
        assert imports(ast.parse((SOURCE / f"{name}.py").read_text(encoding="utf-8"))) == []


def test_no_drawers() -> None:
    assert [p for p in MODULES if p.stem in DRAWERS] == []


def test_modules_stay_readable() -> None:
    """At most 400 lines a module and 60 a function: past that, split by idea."""
    long_modules = {str(p.relative_to(SOURCE)): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400}
    assert long_modules == {}
    long_functions = {
        f"{p.relative_to(SOURCE)}:{node.name}": size
        for p in MODULES
        for node in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > 60
    }
    assert long_functions == {}


@pytest.mark.parametrize("stage", ["language", "extraction", "resolution"])
def test_no_clock_and_no_network_inside(stage: str) -> None:
    banned = ("datetime.now(", "date.today(", "import requests", "import socket", "urllib.request", "random.")
    for path in sorted((SOURCE / stage).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert [b for b in banned if b in text] == [], path.name


def test_no_broad_except() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                name = getattr(node.type, "id", None)
                # What stops a transaction must roll it back, whatever it is; it is raised again.
                raised = any(isinstance(n, ast.Raise) for n in ast.walk(node))
                assert node.type is not None, f"{path.name}:{node.lineno}"
                assert name not in ("Exception", "BaseException") or raised, f"{path.name}:{node.lineno}"


def test_every_test_asserts() -> None:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        functions = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]
        checkers = {f.name for f in functions if any(isinstance(n, ast.Assert) for n in ast.walk(f))}
        for function in functions:
            inside = list(ast.walk(function))
            called = {getattr(n.func, "id", getattr(n.func, "attr", "")) for n in inside if isinstance(n, ast.Call)}
            asserts = function.name in checkers or bool(called & checkers) or bool(called & {"raises", "check_schema", "validate"})
            assert asserts or not function.name.startswith("test_"), f"{path.name}: {function.name} asserts nothing"


_TALKS = {"socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "telnetlib", "webbrowser"}
_MAY_TALK = {
    "watch": "asks the addresses that the user gives",
    "cli/serving.py": "takes the port that it listens to, opens the user's own browser",
    "web/patience.py": "the names of HTTP's statuses",
    "scale/session.py": "the name of this machine, for Spark",
}


def test_only_the_watch_speaks_over_the_network() -> None:
    for path in MODULES:
        place = path.relative_to(SOURCE).as_posix()
        if place in _MAY_TALK or place.split("/")[0] in _MAY_TALK:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert [n for n in names if n in _TALKS or n.split(".")[0] in _TALKS] == [], place
