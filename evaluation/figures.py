"""A reading's dead and injured in the form that the scorers of MUC-4 and of PLOVER's records read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

_EFFECT = {"killed": "DEATH", "injured": "INJURY"}


_VAGUE = re.compile(r"\b(?:several|dozens|scores|hundreds|thousands|tens)\b", re.IGNORECASE)
_FIGHTERS = re.compile(
    r"\b(?:soldiers?|troops?|guerrillas?|rebels?|subversives?|terrorists?|combatants?|marines?|insurgents?|fighters?|contras?|extremists?|militiamen)\b",
    re.IGNORECASE,
)
_RECENT = timedelta(days=62)
_ONE_INCIDENT = timedelta(days=10)
_MOST = 500


def predict(reading: Mapping[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
    """PLOVER's ``dead`` and ``injured``: one plain number each, the best, or what a bound names ("more than 5" is 5, "up to 40" is 40)."""
    rows = _plain(reading)
    prediction: dict[str, Any] = {}
    for key, measure in (("dead", "killed"), ("injured", "injured")):
        found = [number(figure) for figure in rows if figure["measure"] == measure]
        if found:
            prediction[key] = str(max(n for n in found if n is not None))
    return prediction


def predict_muc(reading: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """MUC's ``figures``: the dead and injured of single incidents of terrorism of the last two months, as that task has it.

    Fighters' own losses, what a war or some weeks cost in all, and what lies long back are read, but are no incidents there.
    """
    kinds = {entity["id"]: entity["type"] for entity in reading["entities"]}
    found: list[dict[str, Any]] = []
    for figure in _plain(reading):
        row = {"number": number(figure), "effect": _EFFECT[figure["measure"]]}
        if row not in found and _of_an_incident(figure, kinds.get(figure["who"] or ""), record.get("dct")):
            found.append(row)
    return {"figures": found}


def predict_all(reading: Mapping[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
    """MUC's ``figures`` without that choice: all dead and injured that are read."""
    return {"figures": [{"number": number(figure), "effect": _EFFECT[figure["measure"]]} for figure in _plain(reading)]}


def _plain(reading: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [figure for figure in reading["figures"] if figure["measure"] in _EFFECT and number(figure)]


def _of_an_incident(figure: Mapping[str, Any], who: str | None, published: str | None) -> bool:
    fighters = _FIGHTERS.search(f"{figure['span']['text']} {figure['of'] or ''}") or who in ("military", "armed_group")
    if fighters or (number(figure) or 0) >= _MOST or _VAGUE.search(figure["span"]["text"]):
        return False
    when = figure["when"]
    if when is None or when["from"] is None or published is None:
        return True
    begun, read = date.fromisoformat(when["from"][:10]), date.fromisoformat(published[:10])
    ended = date.fromisoformat(when["to"][:10]) if when["to"] else read
    return read - begun <= _RECENT and ended - begun <= _ONE_INCIDENT


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
