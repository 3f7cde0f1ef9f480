"""A reading, or parts of a record, as plain lines for people in a terminal."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


def when_words(when: Body | None) -> str:
    """A ``When`` in words: a day, a month, an interval, open ends said so."""
    if when is None or (when["from"] is None and when["to"] is None):
        return "undated"
    start, end = when["from"], when["to"]
    about = "about " if when["approximate"] else ""
    if start is None:
        return f"{about}until {_cut(end, when['precision'])}"
    if end is None:
        return f"{about}since {_cut(start, when['precision'])}"
    first, last = _cut(start, when["precision"]), _cut(end, when["precision"])
    return about + (first if first == last else f"{first} to {last}")


def _cut(moment: str, precision: str) -> str:
    """An ISO date as far as the precision goes."""
    width = {"year": 4, "decade": 4, "month": 7, "season": 7, "minute": 16, "hour": 13}.get(precision, 10)
    return moment[:width]


def bounds_words(figure: Body) -> str:
    """The number of a figure with its bounds."""
    if figure["share"] is not None and figure["best"] is None and figure["low"] is None:
        return f"{figure['share']:.0%}"
    low, best, high = figure["low"], figure["best"], figure["high"]
    about = "about " if figure["approximate"] else ""
    if best is not None and low in (None, best) and high in (None, best):
        return about + _number(best)
    if low is not None and high is not None:
        return about + (f"{_number(low)} to {_number(high)}" + (f" (best {_number(best)})" if best is not None else ""))
    if low is not None:
        return f"{about}at least {_number(low)}"
    return f"{about}at most {_number(high)}" if high is not None else about + (_number(best) if best is not None else "?")


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def quoted(text: str, *, width: int = 90) -> str:
    """The words on one line, cut at ``width`` characters, without control characters."""
    plain = " ".join("".join(c if c.isprintable() or c == " " else " " for c in text).split())
    return f"“{plain if len(plain) <= width else plain[: width - 1] + '…'}”"


class _Lines:
    """The lines of one reading; knows the names of its entities and statements."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.entities = {e["id"]: e for e in body["entities"]}
        self.statements = {s["id"]: s for s in body["statements"]}

    def name(self, entity: str | None) -> str:
        return quoted(self.entities[entity]["name"])[1:-1] if entity in self.entities else "?"

    def told(self, item: Body) -> str:
        told = [self.statements[s] for s in item["according_to"] if s in self.statements]
        denied = [self.name(s["speaker"]) for s in told if s["act"] == "deny"]
        speakers = [self.name(s["speaker"]) for s in told if s["act"] != "deny"]
        words = [" — according to " + " → ".join(speakers)] if speakers else []
        words += [f"{', ' if words else ' — '}denied by {' → '.join(denied)}"] if denied else []
        return "".join(words)

    def place(self, where: Body | None) -> str:
        if where is None or where["entity"] is None:
            return ""
        return f" {where['relation'].replace('_', ' ')} {self.name(where['entity'])}"

    def statement(self, s: Body) -> str:
        words = quoted(" … ".join(c["text"] for c in s["content"]))
        return f"{s['id']} {self.name(s['speaker'])} — {s['act']}, {s['mode']}, {when_words(s['when'])}: {words}"

    def event(self, v: Body) -> str:
        names = [(p["role"], self.name(p["entity"]) if p["entity"] else quoted(p["span"]["text"], width=40)) for p in v["participants"]]
        who = "; ".join(f"{role} {name}" for role, name in names)
        negated = "not " if v["negated"] else ""
        return f"{v['id']} {negated}{v['type']} [{v['status']}]{self.place(v['where'])} ({when_words(v['when'])}): {who}{self.told(v)}"

    def figure(self, f: Body) -> str:
        counted = f["of"] or f["unit"] or ""
        return f"{f['id']} {f['measure']}: {bounds_words(f)} {counted}{self.place(f['where'])} ({when_words(f['when'])}){self.told(f)}"

    def control(self, c: Body) -> str:
        return f"{c['id']} {self.name(c['place'])}: {c['change']} by {self.name(c['holder'])} ({when_words(c['when'])}, {c['status']}){self.told(c)}"

    def relation(self, r: Body) -> str:
        return f"{r['id']} {self.name(r['source'])} — {r['type'].replace('_', ' ')} — {self.name(r['target'])}{self.told(r)}"

    def image(self, i: Body) -> str:
        shows = quoted(i["shows"]["text"]) if i["shows"] else ""
        return f"{i['id']} {i['kind']} by {i['person'] or '?'}/{i['agency'] or '?'} ({when_words(i['taken'])}): {shows}"


def lines_of(body: Body) -> list[str]:
    """A reading as lines: the report, then what it holds, a line each."""
    report = body["report"]
    published = report["published"]
    lines = [
        report["title"] or quoted(report["text"], width=60),
        f"  {report['source'] or 'unknown outlet'}, published {published['date'] or 'on an unknown day'} ({published['basis']})",
    ]
    if report["language"] not in (None, "en"):
        lines.append(f"  not read: the text seems to be in another language ({report['language']}), and Dateline reads English")
    if lacks := body.get("passed_over"):
        lines.append(f"  not read: the {lacks['by']} found signs of conflict, control or harm that weigh {lacks['score']:g} of the {lacks['needed']:g} needed")
    made = _Lines(body)
    for word, line in (
        ("statements", made.statement),
        ("events", made.event),
        ("figures", made.figure),
        ("control", made.control),
        ("relations", made.relation),
        ("images", made.image),
    ):
        if body[word]:
            lines += [f"  {word}", *("    " + line(item) for item in body[word])]
    return lines
