"""``dateline read`` as a user meets it: good input, bad input, interrupts; the rest always goes on."""

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
GOOD = "Rebels seized the town of Busra from the army on Wednesday, a monitoring group said.\n"


def dateline(*words: str, stdin: bytes | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "dateline", *words], input=stdin, capture_output=True, cwd=cwd, check=False, timeout=300)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[bytes]:
    """One run over good and bad files, in a fixed order."""
    folder = tmp_path_factory.mktemp("mixed")
    files = {
        "1-good.txt": GOOD.encode(),
        "2-empty.txt": b"",
        "3-binary.txt": bytes(range(256)) * 40,
        "4-page.html": b"<!doctype html><html><head><title>x</title></head><body><nav><a href='/'>Home</a></nav></body></html>",
        "5-lines.jsonl": b'{"text": "' + GOOD.strip().encode() + b'"}\n{"text": broken\n{"text": "Two soldiers were killed in Homs."}\n{"title": "no text"}\n',
        "6-latin.txt": "Le général a dit: rebels seized Alépo. The army denied it on Friday.".encode("latin-1"),
        "7-good.txt": GOOD.encode(),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return dateline("read", *sorted(str(p) for p in folder.iterdir()), str(folder / "8-missing.txt"), "--format", "json")


def test_one_line_comes_out_for_each_report_in_order(mixed: subprocess.CompletedProcess[bytes]) -> None:
    kinds = ["refused" if "refused" in line else "read" for line in lines(mixed)]
    assert kinds == ["read", "refused", "refused", "refused", "read", "refused", "read", "refused", "read", "read", "refused"]
    assert mixed.returncode == 1


def test_each_refusal_names_input_reason_and_mend(mixed: subprocess.CompletedProcess[bytes]) -> None:
    for line in lines(mixed):
        if "refused" in line:
            refused = line["refused"]
            assert refused["input"], refused
            assert len(refused["reason"]) > 8, refused
            assert len(refused["mend"]) > 8, refused
            assert refused["input"] in mixed.stderr.decode(), refused
    assert "5-lines.jsonl:2" in mixed.stderr.decode()


@pytest.mark.parametrize("output", [("--into", "r.db"), ("--format", "json", "-o", "r.json")])
def test_a_path_that_cannot_be_looked_at_stops_nothing(output: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = dateline("read", "a" * 5000, "good.txt", *output, cwd=tmp_path)
    assert done.returncode == 1
    assert b"mend:" in done.stderr
    assert (tmp_path / output[-1]).stat().st_size > 0
    if "--into" in output:
        assert b"1 reports added" in done.stdout


def test_standard_input_is_read() -> None:
    done = dateline("read", "-", "--format", "json", stdin=GOOD.encode())
    assert done.returncode == 0
    assert lines(done)[0]["report"]["text"].strip() == GOOD.strip()


def test_same_bytes_again_and_with_two_processes() -> None:
    runs = [dateline("read", "examples/raqqa", "examples/kunduz", "--format", "json", "--jobs", jobs, cwd=ROOT).stdout for jobs in ("1", "1", "2")]
    assert runs[0]
    assert runs[0] == runs[1] == runs[2]


def test_a_text_of_fifty_megabytes_is_refused_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "huge.txt").write_bytes(GOOD.encode() * 600_000)
    (tmp_path / "small.txt").write_text(GOOD)
    done = dateline("read", str(tmp_path), "--format", "json")
    assert ["refused" in line for line in lines(done)] == [True, False]
    assert "huge.txt" in done.stderr.decode()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["read"], 2, "PATHS"),
        (["read", "x.txt", "--format", "xml"], 2, "text"),
        (["raed"], 2, "raed"),
        (["events", "--record", "nowhere.db"], 1, "--into"),
        (["show", "abc", "--record", "nowhere.db"], 2, "12/v3"),
        (["control", "Raqqa", "--on", "17 October"], 2, "17 October"),
        (["read", "no-such-*.txt"], 1, "no-such"),
        (["control", "Raqqa", "--on", "2015-04-31"], 2, "no such day"),
        (["reports", "--record", "."], 1, "it is a folder"),
        (["read", "x.txt", "--into", "."], 1, "it is a folder"),
        (["read", "x.txt", "--into", "nodir/x.db"], 1, "no such folder"),
        (["actors", "add", "nowhere.tsv"], 2, "nowhere.tsv"),
        (["serve", "nowhere.db"], 1, "there is no such record"),
        (["share", "nowhere.db", "-o", "x.html"], 1, "there is no such record"),
    ],
)
def test_wrong_use_is_answered_with_what_is_wrong(words: list[str], code: int, says: str, tmp_path: Path) -> None:
    done = dateline(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr.decode()
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_needs_an_extra_that_is_not_there_is_set_aside_by_name(jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pdfminer", "mammoth", "striprtf", "warcio"):
        (tmp_path / "without" / library).mkdir(parents=True)
        (tmp_path / "without" / library / "__init__.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    folder = tmp_path / "in"
    folder.mkdir()
    bad = {"1.pdf": b"%PDF-1.4\n%%EOF\n", "2.docx": a_docx(), "3.rtf": b"{\\rtf1 The army left.}", "4.warc": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n"}
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    (folder / "5.txt").write_text(GOOD)
    done = dateline("read", str(folder), "--format", "json", "--jobs", jobs)
    assert (done.returncode, ["refused" in line for line in lines(done)]) == (1, [True] * 4 + [False])
    for name, line in zip(bad, lines(done), strict=False):
        assert name in line["refused"]["input"]
        assert line["refused"]["mend"] == 'pip install "dateline[intake]"'
    kept = dateline("read", str(folder), "--into", str(tmp_path / "r.db"), "--quiet", "--jobs", jobs)
    assert "1 reports added, 0 known already, 4 refused" in kept.stdout.decode()


def a_docx() -> bytes:
    """The least that passes for an office document."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return held.getvalue()


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    done = dateline("read", "a.txt", "-o", "no/such/folder/out.json", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert "no/such/folder" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_interrupt_keeps_what_was_finished_and_a_rerun_completes(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("".join(json.dumps({"text": f"{GOOD} Report number {n}. " * 8}) + "\n" for n in range(200)))
    command = [sys.executable, "-m", "dateline", "read", "many.jsonl", "--into", "r.db", "--quiet"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 240
    while _count(tmp_path / "r.db") < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=240)
    stopped = _count(tmp_path / "r.db")
    assert process.returncode == 130, err.decode()
    assert "interrupted" in err.decode()
    assert 0 < stopped < 200
    done = dateline("read", "many.jsonl", "--into", "r.db", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert _count(tmp_path / "r.db") == 200
    assert dateline("verify", "r.db", cwd=tmp_path).returncode == 0


def test_several_processes_fill_a_record_and_complete_it(tmp_path: Path) -> None:
    (tmp_path / "few.jsonl").write_text("".join(json.dumps({"text": f"{GOOD} Report number {n}."}) + "\n" for n in range(11)) + "{broken\n")
    for added, known in ((11, 0), (0, 11)):
        done = dateline("read", "few.jsonl", "--into", "r.db", "--jobs", "2", "--quiet", cwd=tmp_path)
        assert done.returncode == 1
        assert f"{added} reports added, {known} known already, 1 refused" in done.stdout.decode(), done.stderr.decode()
    assert dateline("verify", "r.db", cwd=tmp_path).returncode == 0


def test_a_wrong_model_is_named_by_the_processes_too(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('model = "nowhere"\n')
    (tmp_path / "a.txt").write_text(GOOD)
    done = dateline("read", "a.txt", "--settings", "settings.toml", "--jobs", "2", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert "nowhere" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe")
    process = subprocess.Popen([sys.executable, "-m", "dateline", "read", "a.txt", "--format", "json", "-o", "pipe"], cwd=tmp_path, stderr=subprocess.PIPE)
    read = (tmp_path / "pipe").read_text()
    assert process.wait(timeout=120) == 0
    assert json.loads(read)["report"]["text"].strip() == GOOD.strip()
    assert (tmp_path / "pipe").is_fifo()


def _count(path: Path) -> int:
    import sqlite3

    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full to stand for a full disk")
def test_full_disk_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dateline", "read", "a.txt", "--format", "json"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False, timeout=120
        )
    assert done.returncode == 1
    assert "disk" in done.stderr.decode() or "space" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_reader_that_goes_away_is_no_fault() -> None:
    process = subprocess.Popen([sys.executable, "-m", "dateline", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ})
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=60) in (0, 1, 141)
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def test_the_page_is_one_file_that_asks_nothing_of_the_network(tmp_path: Path) -> None:
    hostile = 'Rebels took Raqqa, <script>alert(1)</script> & "the army" said on Friday. <img src=x onerror=alert(2)>'
    (tmp_path / "a.txt").write_text(hostile)
    done = dateline("read", "a.txt", "--format", "html", "-o", "page.html", cwd=tmp_path)
    page = (tmp_path / "page.html").read_text()
    assert done.returncode == 0
    assert "<script" not in page
    assert "<img" not in page
    assert "http:" not in page
    assert "https:" not in page


def test_the_library_says_what_it_holds_and_refuses_what_is_no_text_or_no_day() -> None:
    import dateline as library
    from dateline.errors import InputError

    assert {"read", "read_many", "read_into", "Record"} <= set(dir(library))
    with pytest.raises(TypeError, match="a text or a Path"):
        library.read(5)
    with pytest.raises(InputError, match="ISO 8601"):
        library.read(GOOD, published="soon")


def test_import_is_fast_and_opens_nothing() -> None:
    code = "import sys, time; t = time.perf_counter(); import dateline; d = time.perf_counter() - t; print(d < 0.2, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


@pytest.mark.parametrize("megabytes", [60, 200])
def test_too_little_memory_to_begin_is_said_in_one_line(megabytes: int, tmp_path: Path) -> None:
    """The libraries would say it in words of their own, or not at all."""
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    (tmp_path / "a.txt").write_text("Rebels seized the town of Busra on Wednesday.")
    command = [sys.executable, "-m", "dateline", "read", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=limited)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"may take {megabytes} MB of memory" in done.stderr
    assert "mend:" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_a_closed_standard_input_stops_no_reading_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Militants captured Raqqa on Tuesday, the army said.", encoding="utf-8")
    for given, words, code in (("a.txt", '"Raqqa"', 0), ("-", "standard input is closed", 2)):
        shell = f"exec {shlex.quote(sys.executable)} -m dateline read {given} --format json <&-"
        run = subprocess.run(["sh", "-c", shell], cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert run.returncode == code, run.stderr
        assert words in run.stdout + run.stderr
        assert "Traceback" not in run.stderr


@pytest.mark.parametrize("given", ["own.jsonl", ".", "*.jsonl"])
def test_an_output_that_is_an_input_is_refused_and_untouched(tmp_path: Path, given: str) -> None:
    (tmp_path / "own.jsonl").write_text(json.dumps({"text": GOOD}) + "\n")
    done = dateline("read", given, "--format", "json", "-o", "own.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert "the output is one of the inputs" in done.stderr.decode()
    assert json.loads((tmp_path / "own.jsonl").read_text()) == {"text": GOOD}


def test_half_a_pair_of_surrogates_in_what_is_told_of_a_report_loses_nothing(tmp_path: Path) -> None:
    rows = [
        {"text": GOOD},
        {"text": f"{GOOD} Again.", "source": "\ud800", "url": "http://x.example/\ud800", "authors": ["\udc00"]},
        {"text": f"{GOOD} And again."},
    ]
    (tmp_path / "mix.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = dateline("read", "mix.jsonl", "--into", "r.db", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert _count(tmp_path / "r.db") == 3
