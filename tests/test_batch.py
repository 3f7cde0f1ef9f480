"""However reports are put into batches, threads or processes, their readings are the same bytes; what cannot be read stands in its place."""

from pathlib import Path

import pytest

from dateline import batch
from dateline.batch import Given, parts, process_batch
from dateline.contract import dumps
from dateline.intake import report_of
from dateline.language import model as language_model
from dateline.language.model import Model
from dateline.language.windows import windows_of, words_of
from dateline.model import Refused
from dateline.pipeline import World, read_report

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").rglob("*.txt"))[:9]
TEXTS = [path.read_text(encoding="utf-8") for path in EXAMPLES]
REFUSED = Refused("nine.txt", "the file is empty", "give a file with text")


def reports() -> list[Given | Refused]:
    return [*(Given(path.name, report_of(text)) for path, text in zip(EXAMPLES, TEXTS, strict=True)), REFUSED]


@pytest.fixture(scope="module")
def alone(world: World) -> list[tuple[str, str]]:
    return [(one.name, dumps(read_report(one.report, world))) if isinstance(one, Given) else (one.input, dumps(one)) for one in reports()]


@pytest.mark.parametrize("size", [2, 10])
def test_a_batch_reads_as_each_alone(size: int, world: World, alone: list[tuple[str, str]]) -> None:
    given = reports()
    assert [(n, dumps(r)) for at in range(0, len(given), size) for n, r in process_batch(given[at : at + size], world)] == alone


def test_a_report_that_breaks_the_reading_is_refused_alone(world: World, alone: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    given = reports()
    broken = given[3]
    assert isinstance(broken, Given)
    whole = language_model.Model.scores

    def scores(self: Model, windows: list) -> list:
        if any(w.encoded == first for w in windows):
            raise ValueError("of no use")
        return whole(self, windows)

    sections = [(s.start, s.end) for s in broken.report.sections if s.kind != "boilerplate"]
    first = windows_of(broken.report.text, words_of(broken.report.text, sections), world.model.pieces)[0].encoded
    monkeypatch.setattr(language_model.Model, "scores", scores)
    read = [(name, dumps(item)) for name, item in process_batch(given, world)]
    assert [pair for n, pair in enumerate(read) if n != 3] == [pair for n, pair in enumerate(alone) if n != 3]
    assert read[3][0] == broken.name
    assert "ValueError: of no use" in read[3][1]


def test_scores_do_not_depend_on_what_stands_beside_a_sentence(world: World) -> None:
    windows = [w for text in TEXTS for w in windows_of(text, words_of(text, [(0, len(text))]), world.model.pieces)]
    one = [world.model.scores([w])[0] for w in windows]
    for model in (world.model, Model.open(threads=2)):
        for a, b in zip(one, model.scores(windows), strict=True):
            assert all(getattr(a, name).tobytes() == getattr(b, name).tobytes() for name in ("tags", "arcs", "below", "above"))


def test_parts_are_bounded_and_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MOST_REPORTS", 4)
    monkeypatch.setattr(batch, "MOST_CHARACTERS", 1 + len(TEXTS[0]))
    given = reports()
    made = list(parts(given))
    assert [one for part in made for one in part] == given
    assert max(len(part) for part in made) <= 4
    assert all(len(part) == 1 or sum(len(one.report.text) for one in part if isinstance(one, Given)) <= 1 + len(TEXTS[0]) for part in made)
