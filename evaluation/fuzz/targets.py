"""The one list of what is fuzzed."""

from __future__ import annotations

from evaluation.fuzz.target import Target

_WORDS = ("dateline.extraction", "dateline.resolution.when", "dateline.resolution.publication")
_READINGS = ("dateline.contract", "dateline.export", "dateline.record")
_FORMATS = (
    "text", "html", "json", "jsonl", "csv", "parquet", "feed", "newsml", "warc", "wacz", "mail", "mbox", "pdf", "docx", "odt", "rtf", "zip", "tar", "packed",
)  # fmt: skip
_ZIPPED = ("docx", "odt", "zip", "wacz")
_LONGEST = {"tar": 12_000, **dict.fromkeys(_ZIPPED, 6000)}
"""Bytes of the longest input of the formats whose least file is not small."""
_ALL = (
    Target("decoding", "of_text", "bytes to text", share=8),
    Target("mending", "of_text", "damage in a text mended", share=8),
    Target("mapping", "of_text", "offsets of the mended text back to the given one", share=12, longest=64),
    Target("parts", "of_text", "a text to a report with its parts, people and date", share=0.5, longest=300),
    Target("languages", "of_text", "which language a text is in", share=3, longest=120),
    Target("dates", "of_words", "calendar dates of heads and metadata", share=25, longest=64),
    Target("time-words", "of_words", "the words of the grammar of time", share=16, longest=80, inside=_WORDS),
    Target("times", "of_words", "the grammar of time, resolved to days", share=1, longest=100, inside=_WORDS),
    Target("number-words", "of_words", "the pieces and amounts of numbers", share=16, longest=80, inside=_WORDS),
    Target("numbers", "of_words", "numbers with their bounds", share=2, longest=100, inside=_WORDS),
    Target("contract", "of_readings", "a reading from JSON and back", share=3, longest=8000, json=True, inside=_READINGS),
    Target("shown", "of_readings", "the page and the lines of a reading", share=0.3, longest=8000, json=True, inside=_READINGS),
    Target("written", "of_readings", "all formats of export, from a record", share=0.1, longest=8000, json=True, inside=_READINGS),
    Target("settings", "of_files", "dateline.toml", share=0.5, longest=300, inside=("dateline.settings",)),
    Target("lexicon", "of_files", "a lexicon of rules", share=0.5, longest=300, inside=("dateline.lexicon",)),
    Target("coded", "of_files", "a table in ACLED's or UCDP's layout", share=0.3, longest=2000, inside=("dateline.export.coded_files", "dateline.export.days")),
    Target("any-format", "of_files", "files of the format that their bytes tell", share=0.2, longest=3000),
    *(Target(form, "of_files", f"files read as {form}", share=0.2, longest=_LONGEST.get(form, 3000), members=form in _ZIPPED) for form in _FORMATS),
)
TARGETS = {target.name: target for target in _ALL}
"""By name, those in few microseconds with the most executions, those that write whole files with the fewest."""
