"""How much a record holds."""

from __future__ import annotations

from dateline.record.store import Record


def counts_of(record: Record) -> dict[str, int]:
    """How much the record holds in current reports; places and actors are counted over all versions."""
    old = [r["n"] for r in record.rows("SELECT n FROM report WHERE current = 0")]
    counts = {name: record.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for name, table in (("reports", "report"), ("refused", "refusal"))}
    counts["reports"] -= len(old)
    for name, table in (("statements", "statement"), ("events", "event"), ("figures", "figure"), ("control", "control")):
        counts[name] = record.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]
        for at in range(0, len(old), 500):
            counts[name] -= record.rows(f"SELECT count(*) AS n FROM {table} WHERE report IN :old", {"old": old[at : at + 500]})[0]["n"]
    for name, kinds in (("places", ["place"]), ("actors", ["actor", "person"])):
        counts[name] = record.rows("SELECT count(DISTINCT world) AS n FROM entity WHERE kind IN :kinds", {"kinds": kinds})[0]["n"]
    return counts
