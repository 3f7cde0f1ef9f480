"""The language model: a folder with a graph, a vocabulary and labels, opened once and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.language.lemmas import Lemmas
from dateline.language.pieces import Pieces
from dateline.language.windows import Window, batches_of, width

RUNTIME_FAULTS = (onnxruntime.capi.onnxruntime_pybind11_state.RuntimeException, onnxruntime.capi.onnxruntime_pybind11_state.Fail)
"""What the model's runtime raises while it computes, which is where it cannot get the memory that it needs."""
_NO_GRAPH = tuple(
    getattr(onnxruntime.capi.onnxruntime_pybind11_state, name) for name in ("InvalidProtobuf", "InvalidArgument", "InvalidGraph", "NotImplemented")
)
"""What it raises for a file that is no graph which it can run."""
FORM = 2
"""The form of model folders that this version reads."""
DIGESTS = "digests.txt"
_NEEDED = ("graph.onnx", "relations.onnx", "pieces.json", "labels.json")
_SHIPPED = Path(__file__).resolve().parent.parent / "data" / "model"

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the graph says of one window, word by word."""

    tags: Array
    arcs: Array
    below: Array
    above: Array


def check(folder: Path) -> None:
    """Raise ``ModelError`` unless every file that ``digests.txt`` lists is there, whole and unchanged."""
    mend = "put the whole folder in its place again, or install dateline anew"
    if not folder.is_dir():
        use = "give the folder of a language model, or leave the setting out to use the one in the package"
        raise ModelError("there is no such folder", given=str(folder), mend=use)
    listing = folder / DIGESTS
    if not listing.is_file():
        raise ModelError(f"the folder has no {DIGESTS}, so it is no language model", given=str(folder), mend=mend)
    listed: dict[str, str] = {}
    for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    for name in _NEEDED:
        if name not in listed:
            raise ModelError(f"{DIGESTS} does not list it", given=str(folder / name), mend=mend)
    for name, digest in listed.items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise ModelError("the file is missing", given=str(path), mend=mend)
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ModelError("the file is damaged: its digest is not the one listed", given=str(path), mend=mend)


class Model:
    """An opened language model."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        check(folder)
        kept = _labels(folder)
        if kept.get("form") != FORM:
            wrong = f"the folder has form {kept.get('form')}, this version reads form {FORM}"
            raise ModelError(wrong, given=str(folder), mend="use the model that came with this version")
        self.folder = folder
        self.version: str = kept["version"]
        self.labels: dict[str, tuple[str, ...]] = {name: tuple(values) for name, values in kept["labels"].items()}
        self.columns: dict[str, slice] = {}
        at = 0
        for name in kept["columns"]:
            self.columns[name] = slice(at, at + len(self.labels[name]))
            at += len(self.labels[name])
        self.pieces = Pieces(folder / "pieces.json")
        self.lemmas = Lemmas(self.pieces.has)
        self._relations = _session(folder / "relations.onnx", 1)
        self._session = _session(folder / "graph.onnx", threads)

    @classmethod
    def open(cls, path: str | Path | None = None, *, threads: int = 0) -> Model:
        """Open the model in ``path``, or the one in the package; ``threads`` 0 = as many as there are cores.

        Raises ``ModelError`` when the folder is missing, damaged or of another version.
        """
        return cls(Path(path) if path is not None else _SHIPPED, threads=threads)

    def scores(self, windows: Sequence[Window]) -> list[Scores]:
        """The scores of each window; windows of like length go through the graph together."""
        found: list[Scores | None] = [None] * len(windows)
        for batch in batches_of(windows):
            outputs = self._run([windows[n] for n in batch])
            for row, n in enumerate(batch):
                count = windows[n].last - windows[n].first
                tags, arcs, below, above, root = (values[row, :count] for values in outputs)
                arcs = arcs[:, :count].copy()
                np.fill_diagonal(arcs, root[:, 0])
                found[n] = Scores(tags, arcs, below, above)
        return [scores for scores in found if scores is not None]

    def _run(self, windows: list[Window]) -> list[Array]:
        rows, long = len(windows), max(len(w.encoded) for w in windows)
        words = width(windows[0])
        ids, forms = np.zeros((rows, long), dtype=np.int32), np.zeros((rows, long), dtype=np.int32)
        firsts, lasts = np.zeros((rows, words), dtype=np.int32), np.zeros((rows, words), dtype=np.int32)
        lengths = np.zeros(rows, dtype=np.int32)
        for n, window in enumerate(windows):
            encoded = window.encoded
            size, count = len(encoded), len(encoded.firsts)
            ids[n, :size], forms[n, :size] = encoded.ids, encoded.forms
            firsts[n, :count], lasts[n, :count] = encoded.firsts, encoded.lasts
            lengths[n] = size
        # Places are counted over the whole batch, since the graph takes the words' vectors out of one long row of pieces.
        offset = (np.arange(rows, dtype=np.int32) * long)[:, None]
        given = {"ids": ids, "forms": forms, "lengths": lengths, "firsts": firsts + offset, "lasts": lasts + offset}
        outputs: list[Array] = self._session.run(None, given)
        return outputs

    def related(self, below: Array, above: Array) -> Array:
        """Scores of the relations of words to the governors given beside them."""
        scores: Array = self._relations.run(None, {"below": below, "above": above})[0]
        return scores


def _labels(folder: Path) -> dict[str, Any]:
    """What ``labels.json`` of a model folder holds. Raises ``ModelError`` where it is of no use."""
    path = folder / "labels.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        named = [name for name in kept["columns"] if name not in kept["labels"]]
    except (ValueError, KeyError, TypeError) as fault:
        mend = "use the model that came with this version, or export the model again"
        raise ModelError(f"the file does not hold the labels of a model: {fault!r}", given=str(path), mend=mend) from fault
    if named:
        raise ModelError(f"it gives no labels for {', '.join(map(str, named))}", given=str(path), mend="export the model again")
    return dict(kept)


def _session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what it fails at is raised as well
    # Threads that wait for work by spinning took two thirds more processor time, and on a machine that does other work more time by the clock.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except (RuntimeError, ValueError, TypeError, *RUNTIME_FAULTS, *_NO_GRAPH) as fault:
        mend = "install the onnxruntime version that pyproject.toml names; where it is memory that is short, close other programs"
        raise ModelError(f"ONNX Runtime cannot open the graph: {fault}", given=str(graph), mend=mend) from fault
