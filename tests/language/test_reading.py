import hashlib
import shutil
import time
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.language import analyse
from dateline.language.model import Model
from dateline.language.trees import is_tree

PLAIN = (
    "Government forces shelled two villages near the border on Tuesday, killing at least 13 people, a spokesman for the opposition said. "
    "Colonel Hassan Darwish told reporters that the army had not entered the town. “We don't have the men,” he added."
)


def sound(document):
    """Everything that must hold of any document."""
    import numpy as np

    text = document.text
    assert [t.i for t in document.tokens] == list(range(len(document.tokens)))
    assert all(text[t.start : t.end] == t.text and t.text for t in document.tokens)
    assert all(a.end <= b.start for a, b in zip(document.tokens, document.tokens[1:], strict=False))
    at = 0
    for sentence in document.sentences:
        assert sentence.first == at < sentence.last
        at = sentence.last
        heads = [t.head - sentence.first for t in document.tokens[sentence.first : sentence.last]]
        assert is_tree(np.array(heads))
        assert all((t.deprel == "root") == (t.head == t.i) for t in document.tokens[sentence.first : sentence.last])
    assert at == len(document.tokens)
    for name in document.names:
        assert name.start == document.tokens[name.first].start
        assert name.end == document.tokens[name.last - 1].end
        assert 0 <= name.score <= 1
    return document


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "...",
        "?!",
        "—",
        "\x00\x01\x07",
        "😀 😀😀",
        "👩\u200d👩\u200d👧\u200d👦",
        "مرحبا بالعالم",
        "קרב בעיר",
        "\u202eabc\u202c",
        "a" * 5000,
        "1 " * 300,
        "\ufffd\ufffd",
        "\ud800 lone",
        "ﬁne ǅ ŉ İstanbul",
        "word\n\n\n\nword",
        "A.B.C.D.",
        "(((((((",
        "\u0301\u0301",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈",
        "http://" + "x/" * 900,
        PLAIN,
    ],
)
def test_any_text_gives_a_sound_document(analyse, text):
    sound(analyse(text))


def test_a_hundred_thousand_words_without_a_full_stop_take_linear_time(analyse):
    part = "soldiers of the northern army moved towards the river and the hills beyond it while others stayed behind "

    def spent(times):
        begun = time.perf_counter()
        sound(analyse(part * times))
        return time.perf_counter() - begun

    short = spent(560)
    assert spent(5600) < 20 * short + 5


def test_what_is_read_from_a_report_is_the_same_every_time_and_on_any_number_of_threads(analyse, model):
    text = PLAIN * 7
    first = analyse(text)
    assert analyse(text) == first
    for threads in (1, 2, 3):
        assert analyse_with(Model.open(threads=threads), text) == first


def test_another_process_reads_the_same():
    import subprocess
    import sys

    code = "from dateline.language import analyse\nfrom dateline.language.model import Model\nimport hashlib, sys\nt = sys.argv[1]\n"
    code += "print(hashlib.sha256(repr(analyse(t, [(0, len(t))], Model.open(threads=int(sys.argv[2])))).encode()).hexdigest())"
    digests = {subprocess.run([sys.executable, "-c", code, PLAIN, threads], capture_output=True, text=True, check=True).stdout for threads in ("1", "2")}
    assert len(digests) == 1


def test_a_section_is_read_alike_with_and_without_others_beside_it(model):
    other = "Prices rose by 3% in May, the bank said. Nothing else changed in the markets of the region this week."
    text = PLAIN + "\n\n" + other
    alone = analyse(text, [(0, len(PLAIN))], model)
    beside = analyse(text, [(0, len(PLAIN)), (len(PLAIN) + 2, len(text))], model)
    assert beside.tokens[: len(alone.tokens)] == alone.tokens
    assert [(n.start, n.end, n.label) for n in beside.names if n.end <= len(PLAIN)] == [(n.start, n.end, n.label) for n in alone.names]


def analyse_with(model, text):
    return analyse(text, [(0, len(text))], model)


def test_sentences_never_cross_a_section_and_know_theirs(model):
    text = "Rebels take border town\nRebels took a town near the border on Monday. Nobody was hurt"
    document = sound(analyse(text, [(0, 23), (24, len(text))], model))
    assert [s.section for s in document.sentences] == [0, 1, 1]
    assert document.sentences[0].end == 23


def test_tags_and_trees_of_a_plain_sentence(analyse):
    document = analyse("The town was captured by rebels on Friday.")
    relations = {t.text: t.deprel for t in document.tokens}
    assert relations["town"] == "nsubj:pass"
    assert relations["was"] == "aux:pass"
    assert relations["rebels"] == "obl:agent"
    assert {t.text: t.lemma for t in document.tokens}["captured"] == "capture"


@pytest.mark.parametrize("damage", ["missing", "changed", "unlisted", "no folder"])
def test_a_damaged_model_is_named(tmp_path, model, damage):
    import shutil

    folder = tmp_path / "model"
    shutil.copytree(model.folder, folder)
    if damage == "missing":
        (folder / "graph.onnx").unlink()
    elif damage == "changed":
        (folder / "labels.json").write_text("{}", encoding="utf-8")
    elif damage == "unlisted":
        (folder / "digests.txt").write_text("", encoding="utf-8")
    else:
        folder = tmp_path / "nowhere"
    with pytest.raises(ModelError) as fault:
        Model.open(folder)
    named = {"missing": "graph.onnx", "changed": "labels.json", "unlisted": "graph.onnx", "no folder": "nowhere"}[damage]
    assert named in str(fault.value)


@pytest.mark.parametrize(
    ("name", "content"), [("labels.json", b"no json"), ("labels.json", b'{"form": 2}'), ("graph.onnx", b"\x08\x09cut"), ("relations.onnx", b"")]
)
def test_a_folder_that_is_listed_and_is_no_model_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tmp_path / "model"
    shutil.copytree(Model.open().folder, folder)
    (folder / name).write_bytes(content)
    listed = (folder / "digests.txt").read_text(encoding="utf-8").splitlines()
    digest = hashlib.sha256(content).hexdigest()
    (folder / "digests.txt").write_text("".join(f"{digest}  {name}\n" if row.endswith(name) else f"{row}\n" for row in listed), encoding="utf-8")
    with pytest.raises(ModelError) as fault:
        Model.open(folder)
    assert name in str(fault.value)
    assert fault.value.mend


@pytest.mark.parametrize(
    ("text", "acronym", "upos"),
    [
        ("On Friday IS carried out a mortar attack on the post.", "IS", "PROPN"),
        ("Iraqi troops fought IS near Mosul.", "IS", "PROPN"),
        ("The IS-held town fell after a month.", "IS", "PROPN"),
        ("WHO said 40 people had died in the camp.", "WHO", "PROPN"),
        ("He said that IS the point of the talks.", "IS", "AUX"),
        ("SYRIA IS AT WAR", "IS", "AUX"),
        ("The town is calm, and those who fled are back.", "is", "AUX"),
    ],
)
def test_acronyms_are_told_from_the_words_that_they_are_written_like(model, text, acronym, upos):
    assert [t.upos for t in analyse(text, [(0, len(text))], model).tokens if t.text == acronym] == [upos]
