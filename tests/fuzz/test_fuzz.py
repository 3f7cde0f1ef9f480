"""What the fuzzer found once never comes back, and no target breaks on a few hundred random changes of its good inputs."""

import random
from pathlib import Path

import pytest
from evaluation.fuzz.__main__ import shares
from evaluation.fuzz.target import changed, members, packed
from evaluation.fuzz.targets import TARGETS

from dateline.intake import documents

CASES = sorted(path for path in (Path(__file__).parent / "cases").rglob("*") if path.is_file())
FEW = {"written": 3, "shown": 5, "parquet": 10, "docx": 10, "pdf": 10, "any-format": 4, "parts": 25, "html": 20}
"""Changes of the targets that take long; others are given a hundred."""


@pytest.fixture(autouse=True)
def documents_apart_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The targets read documents within the process; what comes after them reads apart again."""
    monkeypatch.setattr(documents, "extract_apart", documents.extract_apart)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once(case: Path) -> None:
    check = TARGETS[case.parent.name].open()
    assert check(case.read_bytes()) is None


@pytest.mark.parametrize("name", TARGETS)
def test_good_inputs_and_changes_of_them(name: str) -> None:
    target, chance = TARGETS[name], random.Random(20171018)
    check, seeds, words = target.open(), target.seeds(), target.words()
    for seed in seeds:
        assert check(seed) is None
    for n in range(FEW.get(name, 100)):
        assert check(changed(seeds[n % len(seeds)], chance, words, longest=target.longest)) is None


@pytest.mark.parametrize("name", [name for name, target in TARGETS.items() if target.members])
def test_changes_of_what_a_packed_file_holds(name: str) -> None:
    target, chance = TARGETS[name], random.Random(20171018)
    check, parts = target.open(), members(target.seeds()[0])
    assert members(packed(parts)) == parts
    for n in range(FEW.get(name, 40)):
        one = list(parts)[n % len(parts)]
        assert check(packed({**parts, one: changed(parts[one], chance)})) is None


def test_what_is_no_packed_file_holds_nothing() -> None:
    assert members(b"PK\x03\x04 and no more") == {}


def test_every_target_has_its_share() -> None:
    given = shares(1_000_000, list(TARGETS))
    assert set(given) == set(TARGETS)
    assert 990_000 < sum(given.values()) < 1_010_000
    assert min(given.values()) > 100
