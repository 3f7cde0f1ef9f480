"""Forms that a verb's lemma can have, told from its ending, for where the lemma given is wrong ("fumed" is no form of "fum")."""

from __future__ import annotations

from collections.abc import Iterator


def stems(text: str) -> Iterator[str]:
    """What is left of a lower-case word without its ending, with and without a final "e" or a doubled letter."""
    for ending in ("ing", "ed", "es", "s", ""):
        if text.endswith(ending) and len(text) > len(ending) + 2:
            stem = text.removesuffix(ending)
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if text.endswith(("ies", "ied")):
        yield text[:-3] + "y"
