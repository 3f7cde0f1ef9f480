"""A reading's dead and injured in the form that the scorers of MUC-4 and of PLOVER's records read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_EFFECT = {"killed": "DEATH", "injured": "INJURY"}


def predict(reading: Mapping[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
    """The scorers' prediction for one reading as JSON: MUC's ``figures`` and PLOVER's ``dead`` and ``injured``.

    Both want one plain number: the best, or what a bound names ("more than 5" is 5, "up to 40" is 40).
    """
    rows = [figure for figure in reading["figures"] if figure["measure"] in _EFFECT and number(figure) is not None and number(figure) != 0]
    prediction: dict[str, Any] = {"figures": []}
    for figure in rows:
        row = {"number": number(figure), "effect": _EFFECT[figure["measure"]]}
        if row not in prediction["figures"]:
            prediction["figures"].append(row)
    for key, measure in (("dead", "killed"), ("injured", "injured")):
        found = [number(figure) for figure in rows if figure["measure"] == measure]
        if found:
            prediction[key] = str(max(n for n in found if n is not None))
    return prediction


def number(figure: Mapping[str, Any]) -> int | None:
    """The number that the figure's words name; None for vague words and shares."""
    if figure["share"] is not None or figure["unit"] == "percent":
        return None
    if figure["best"] is not None:
        return int(figure["best"])
    if figure["low"] is not None and figure["high"] is None:
        exclusive = any(word in figure["span"]["text"].lower() for word in ("more than", "over ", "above", "upwards of", "in excess of"))
        return int(figure["low"]) - int(exclusive)
    return int(figure["high"]) if figure["high"] is not None and figure["low"] is None else None
