"""A file of Dateline's own that was damaged on the disk is named with the mend when it is opened, and ``dateline doctor`` finds it."""

from __future__ import annotations

import json
import random
import shutil
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline import installed
from dateline.cli import cli
from dateline.errors import GazetteerError, LexiconError, ModelError
from dateline.language.model import Model
from dateline.lexicon import text_of
from dateline.resolution.gazetteer import Gazetteer

DATA = installed.folder()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The lexicons as a wheel installs them, with their listing."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (*DATA.glob("*.tsv"), *DATA.glob("*.css")):
        shutil.copy(path, folder)
    (folder / installed.LISTING).write_text(installed.listing_of(folder), encoding="utf-8")
    monkeypatch.setattr(installed, "folder", lambda: folder)
    installed.listed.cache_clear()
    return folder


def flipped(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_what_was_installed_is_whole(data: Path) -> None:
    assert len(installed.listed(data)) > 50
    assert list(installed.faults(data)) == []
    assert text_of("cues.tsv") == (DATA / "cues.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["cues.tsv", "times.tsv", "ontology.tsv", "irregular.tsv"])
def test_a_lexicon_with_one_bit_turned_is_named(name: str, data: Path) -> None:
    flipped(data / name, (data / name).stat().st_size // 2)
    with pytest.raises(LexiconError, match="damaged") as told:
        text_of(name)
    assert told.value.given.endswith(name)
    assert "install dateline anew" in told.value.mend
    assert [fault for fault, _ in installed.faults(data)] == [name]


def test_a_lexicon_that_is_gone_is_named(data: Path) -> None:
    (data / "cues.tsv").unlink()
    with pytest.raises(LexiconError, match="missing"):
        text_of("cues.tsv")
    assert list(installed.faults(data)) == [("cues.tsv", "the file is missing")]


def test_a_checkout_has_no_listing_and_its_lexicons_may_be_changed(data: Path) -> None:
    (data / installed.LISTING).unlink()
    installed.listed.cache_clear()
    flipped(data / "cues.tsv", 9)
    assert text_of("cues.tsv")
    assert list(installed.faults(data)) == []


def test_the_listing_is_the_same_again_and_leaves_out_what_has_its_own() -> None:
    listing = installed.listing_of(DATA)
    assert listing == installed.listing_of(DATA)
    names = [line.partition("  ")[2] for line in listing.splitlines()]
    assert "gazetteer.bin" in names
    assert "cues.tsv" in names
    assert not [name for name in names if name.startswith("model/")]


def test_a_gazetteer_with_one_bit_turned_anywhere_is_never_opened(tmp_path: Path) -> None:
    path, chance = tmp_path / "gazetteer.bin", random.Random(7)
    content = bytearray((DATA / "gazetteer.bin").read_bytes())
    # As this version writes it; one that an older version built has no checksum of its header.
    length = int.from_bytes(content[8:12], "little")
    content[12:16] = zlib.crc32(content[16 : 16 + length]).to_bytes(4, "little")
    path.write_bytes(content)
    size = path.stat().st_size
    for at in (*(chance.randrange(size) for _ in range(6)), *(chance.randrange(16 + length) for _ in range(6))):
        flipped(path, at)
        with pytest.raises(GazetteerError) as told:
            Gazetteer.open(path)
        assert "gazetteer_build" in told.value.mend
        flipped(path, at)
    assert len(Gazetteer.open(path)) > 200_000


def test_a_model_that_was_damaged_or_cut_off_is_never_opened(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(DATA / "model", folder)
    flipped(folder / "graph.onnx", 1_000_000)
    with pytest.raises(ModelError, match="damaged") as told:
        Model.open(folder)
    assert told.value.given.endswith("graph.onnx")
    (folder / "graph.onnx").write_bytes((folder / "graph.onnx").read_bytes()[:1000])
    with pytest.raises(ModelError, match="damaged"):
        Model.open(folder)


def doctor(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["doctor", *words], standalone_mode=False, catch_exceptions=False)
    return done.return_value, done.output


def test_the_doctor_finds_a_sound_installation_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = doctor("--format", "json")
    assert code == 0
    parts = {row["part"]: row for row in json.loads(told)}
    assert {"lexicons", "language model", "gazetteer", "settings", "reading", "room"} <= set(parts)
    assert all(row["well"] for row in parts.values())


def test_the_doctor_names_what_is_wrong_and_the_mend(data: Path, tmp_path: Path) -> None:
    flipped(data / "cues.tsv", 999)
    (tmp_path / "dateline.toml").write_text('actors = "no-such.tsv"\n')
    code, told = doctor("--settings", str(tmp_path / "dateline.toml"))
    assert code == 1
    assert "cues.tsv: the file is damaged" in told
    assert "gazetteer.bin: the gazetteer index is missing" in told
    assert "no-such.tsv" in told
    assert told.count("mend:") >= 3
