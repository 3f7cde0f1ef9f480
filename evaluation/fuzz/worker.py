"""One target under the fuzzer, in a process that ends at the first find: ``python -m evaluation.fuzz.worker TARGET [libFuzzer's own options]``."""

from __future__ import annotations

import random
import sys

import atheris

from evaluation.fuzz.target import Check, Target, members, packed
from evaluation.fuzz.targets import TARGETS


def _opened(target: Target) -> Check:
    # Kept on, so that modules that are imported late are watched as well.
    atheris.instrument_imports(include=list(target.inside)).__enter__()
    return target.open()


def _as_json(data: bytes, most: int, seed: int) -> bytes:
    from evaluation.fuzz.of_readings import varied

    if random.Random(seed).random() < 0.1:
        return bytes(atheris.Mutate(data, most))
    return varied(data, most, seed)


def _in_a_member(data: bytes, most: int, seed: int) -> bytes:
    """One member of a zip file changed by the fuzzer, the file packed anew; now and then, and where it is none, its bytes as they are."""
    chance = random.Random(seed)
    parts = members(data) if chance.random() < 0.85 else {}
    if parts:
        name = chance.choice(list(parts))
        parts[name] = bytes(atheris.Mutate(parts[name], most))
        made = packed(parts)
        if len(made) <= most:
            return made
    return bytes(atheris.Mutate(data, most))


def main() -> None:
    """Hunt until libFuzzer's options say enough."""
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    mutator = _as_json if target.json else _in_a_member if target.members else None
    atheris.Setup([sys.argv[0], *options], _opened(target), **({"custom_mutator": mutator} if mutator else {}))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
