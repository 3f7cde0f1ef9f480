"""The program's entry: looks whether the libraries can be loaded at all, then hands over to the command line."""

from __future__ import annotations

import sys

LEAST_MEMORY = 300 << 20
"""Bytes of address space below which the libraries cannot be loaded; some of them then end the process in words of their own."""
_SHORT = ("allocate memory", "bad_alloc", "failed to map segment", "out of memory")


def main() -> None:
    """Run the command line, or say that the memory does not suffice even to begin."""
    if (allowed := _allowed()) is not None and allowed < LEAST_MEMORY:
        _end(f"this process may take {allowed >> 20} MB of memory (ulimit -v); {LEAST_MEMORY >> 20} MB are needed to begin, more to read")
    try:
        from dateline.cli import main as run
    except MemoryError:
        _end("the memory of the machine does not suffice even to load the libraries")
    except ImportError as fault:
        if not any(words in str(fault).lower() for words in _SHORT):
            raise
        _end(f"the memory of the machine does not suffice to load {fault.name or 'a library'}")
    run()


def _allowed() -> int | None:
    """The bytes that this process may take, where it is told."""
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if allowed == resource.RLIM_INFINITY else allowed


def _end(wrong: str) -> None:
    print(f"dateline: {wrong}\n  mend: allow it more (ulimit -v unlimited), or use a machine with more; nothing was begun", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
