"""One target under the fuzzer, in a process that ends at the first find: ``python -m evaluation.fuzz.worker TARGET [libFuzzer's own options]``."""

from __future__ import annotations

import random
import sys

import atheris

from evaluation.fuzz.target import Check, Target
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


def main() -> None:
    """Hunt until libFuzzer's options say enough."""
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    atheris.Setup([sys.argv[0], *options], _opened(target), **({"custom_mutator": _as_json} if target.json else {}))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
