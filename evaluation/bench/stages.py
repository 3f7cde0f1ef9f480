"""What each stage costs, beside the bare encoder on the same tokens: processor seconds, the compared things in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import onnxruntime

from dateline.contract import dumps
from dateline.extraction import extract
from dateline.intake import report_of
from dateline.language import analyse_many
from dateline.language.model import Model
from dateline.language.windows import Window, batches_of, windows_of, words_of
from dateline.model import Report
from dateline.pipeline import World, given_to_model, placed
from dateline.resolution import resolve

STAGES = ("intake", "language", "extraction", "resolution", "printing")


def encoder_alone(model: Model) -> Callable[[Sequence[Window]], None]:
    """Runs the encoder of the shipped graph, its heads cut off, over windows batched as the model batches them."""
    import onnx

    whole = onnx.load(str(model.folder / "graph.onnx"))
    made = {output: node for node in whole.graph.node for output in node.output}
    gather = next(node for node in whole.graph.node if node.op_type == "Gather" and "firsts" in node.input)
    last = made[gather.input[0]].input[0]
    kept, waiting = [], [last]
    while waiting:
        node = made.pop(waiting.pop(), None)
        if node is not None:
            kept.append(list(whole.graph.node).index(node))
            waiting.extend(node.input)
    nodes = [whole.graph.node[n] for n in sorted(set(kept))]
    inputs = [one for one in whole.graph.input if one.name in ("ids", "forms", "lengths")]
    outputs = [onnx.helper.make_tensor_value_info(last, onnx.TensorProto.FLOAT, None)]
    used = {name for node in nodes for name in node.input}
    graph = onnx.helper.make_graph(nodes, "encoder", inputs, outputs, [w for w in whole.graph.initializer if w.name in used])
    cut = onnx.helper.make_model(graph, opset_imports=list(whole.opset_import))
    cut.ir_version = whole.ir_version
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(cut.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def work(windows: Sequence[Window]) -> None:
        for batch in batches_of(windows):
            chosen = [windows[n] for n in batch]
            long = max(len(w.encoded) for w in chosen)
            ids, forms = np.zeros((len(chosen), long), np.int32), np.zeros((len(chosen), long), np.int32)
            for n, w in enumerate(chosen):
                ids[n, : len(w.encoded)], forms[n, : len(w.encoded)] = w.encoded.ids, w.encoded.forms
            session.run(None, {"ids": ids, "forms": forms, "lengths": np.array([len(w.encoded) for w in chosen], np.int32)})

    return work


def windows_in(reports: Sequence[Report], model: Model) -> list[Window]:
    """The windows of the reports, as the language pass cuts them."""
    given = [given_to_model(report) for report in reports]
    return [w for one in given for w in windows_of(one.text, words_of(one.text, one.sections), model.pieces)]


def batch_costs(reports: Sequence[Report], world: World) -> dict[str, float]:
    """Processor seconds of each stage over one batch."""
    marks = [time.process_time()]
    again = [report_of(r.text, published=r.published.date) for r in reports]
    marks.append(time.process_time())
    documents = [placed(d, r) for d, r in zip(analyse_many([given_to_model(r) for r in again], world.model), again, strict=True)]
    marks.append(time.process_time())
    findings = [extract(d, r.sections, whos_who=world.whos_who) for d, r in zip(documents, again, strict=True)]
    marks.append(time.process_time())
    readings = [resolve(r, d, f, world.gazetteer, world.whos_who) for r, d, f in zip(again, documents, findings, strict=True)]
    marks.append(time.process_time())
    for reading in readings:
        dumps(reading)
    marks.append(time.process_time())
    return {name: end - start for name, start, end in zip(STAGES, marks, marks[1:], strict=False)}


def stage_figures(batches: Sequence[Sequence[Report]], world: World, *, runs: int) -> dict[str, Any]:
    """Shares of the stages and the ratio of the whole to the bare encoder: medians over the runs, whose parts are timed in turn."""
    alone = encoder_alone(world.model)
    windows = [windows_in(batch, world.model) for batch in batches]
    words = sum(w.last - w.first for own in windows for w in own)
    rows: list[dict[str, float]] = []
    for run in range(runs + 1):
        row = dict.fromkeys((*STAGES, "encoder"), 0.0)
        for batch, own in zip(batches, windows, strict=True):
            begun = time.process_time()
            alone(own)
            row["encoder"] += time.process_time() - begun
            for name, cost in batch_costs(batch, world).items():
                row[name] += cost
        if run:
            rows.append(row)
    whole = [sum(row[name] for name in STAGES) for row in rows]
    median = statistics.median
    return {
        "reports": sum(len(batch) for batch in batches),
        "words": words,
        "end_to_end_words_per_cpu_s": round(median(words / w for w in whole)),
        "encoder_words_per_cpu_s": round(median(words / row["encoder"] for row in rows)),
        "end_to_end_to_encoder": round(median(row["encoder"] / w for row, w in zip(rows, whole, strict=True)), 3),
        "language_to_encoder": round(median(row["encoder"] / row["language"] for row in rows), 3),
        "share_by_stage": {name: round(median(row[name] / w for row, w in zip(rows, whole, strict=True)), 3) for name in STAGES},
        "encoder_share": round(median(row["encoder"] / w for row, w in zip(rows, whole, strict=True)), 3),
    }
