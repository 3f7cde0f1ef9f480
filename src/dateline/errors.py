"""The error tree: each error names what is wrong, the input it is wrong in, and the mend.

DatelineError
├── InputError       a report, file or record that cannot be read
├── LexiconError     a lexicon file or row that breaks its rules
├── ModelError       the language model's folder is missing, damaged or of another version
├── GazetteerError   the gazetteer index is missing, damaged or fed a bad file
├── RecordError      a database that is no record, is damaged, full or in use
├── SettingsError    a setting that does not exist or has no such value
└── UsageError       a command or call that cannot be carried out as asked
"""

from __future__ import annotations


class DatelineError(Exception):
    """Something a user can mend: ``wrong`` says what, ``given`` names the input, ``mend`` what to do."""

    def __init__(self, wrong: str, *, given: str, mend: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.given = given
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.given}: {self.wrong}\n  mend: {self.mend}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.wrong, self.given, self.mend)


def _rebuild(kind: type[DatelineError], wrong: str, given: str, mend: str) -> DatelineError:
    return kind(wrong, given=given, mend=mend)


class InputError(DatelineError):
    """A report, file or record that cannot be read."""


class LexiconError(DatelineError):
    """A lexicon file or row that breaks its rules."""


class ModelError(DatelineError):
    """The language model's folder is missing, damaged or of another version."""


class GazetteerError(DatelineError):
    """The gazetteer index is missing, damaged or fed a bad file."""


class RecordError(DatelineError):
    """A database that is no record, is damaged, full or in use."""


class SettingsError(DatelineError):
    """A setting that does not exist or has no such value."""


class UsageError(DatelineError):
    """A command or call that cannot be carried out as asked."""
