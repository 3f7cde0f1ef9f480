"""The command line: the only place that prints."""

from __future__ import annotations

import os
import sys

import click

from dateline.cli.accounts import ACCOUNTS
from dateline.cli.asking import ENTITIES, EVENTS, EXPLAIN, FIGURES, REPORTS, RESCUE, SEARCH, SHOW, STATEMENTS, VERIFY
from dateline.cli.comparing import COMPARE
from dateline.cli.correcting import ACCEPT, ADD, CORRECT, CORRECTIONS, DIFFERENT, HISTORY, MERGE, NOTE, REJECT, REREAD, REVIEW, SAME, SPLIT, UNDO, UNSURE
from dateline.cli.doctor import DOCTOR
from dateline.cli.exporting import EXPORT
from dateline.cli.happenings import INCIDENTS
from dateline.cli.ledger import CONTROL
from dateline.cli.lexicons import ACTORS, GAZETTEER
from dateline.cli.origins import ORIGINS
from dateline.cli.reading import READ, SCHEMA
from dateline.cli.releasing import DIFF, RELEASE, RELEASES
from dateline.cli.scaling import SPARK
from dateline.cli.serving import API_DESCRIPTION, SERVE
from dateline.cli.sharing import SHARE
from dateline.cli.watching import WATCH
from dateline.errors import DatelineError, SettingsError, UsageError
from dateline.version import VERSION


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(VERSION, prog_name="dateline")
def cli() -> None:
    """Read news reports about conflict and keep a sourced record: who did what to whom, where, when, and who says so."""


_COMMANDS = (
    READ, SCHEMA, REPORTS, ORIGINS, INCIDENTS, EVENTS, STATEMENTS, FIGURES, CONTROL, ENTITIES, SEARCH, SHOW, EXPLAIN, VERIFY, ACTORS, GAZETTEER, EXPORT,
    RESCUE, COMPARE, SERVE, SHARE, ACCOUNTS, API_DESCRIPTION, WATCH, SPARK,
    CORRECT, ACCEPT, REJECT, ADD, MERGE, SPLIT, NOTE, SAME, DIFFERENT, UNSURE, UNDO, CORRECTIONS, HISTORY, REVIEW, RELEASE, RELEASES, DIFF, REREAD, DOCTOR,
)  # fmt: skip

for _command in _COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Run the command line; errors go to standard error with the mend, and the exit code says what kind they are.

    0 done; 1 done, but some input was refused, or a question has no answer; 2 wrong use; 130 interrupted; 141 the reader of our output went away.
    """
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _say("interrupted; what was finished is kept, run the same command again to go on")
        code = 130
    except KeyboardInterrupt:
        _say("interrupted; what was finished is kept, run the same command again to go on")
        code = 130
    except click.ClickException as fault:
        fault.show()
        code = 2
    except DatelineError as fault:
        _say(str(fault))
        code = 2 if isinstance(fault, UsageError | SettingsError) else 1
    except BrokenPipeError:
        # Standard output is gone: point it at nothing, so that the interpreter's own flush at exit stays quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    except MemoryError:
        _say("the memory of the machine does not suffice\n  mend: give fewer --jobs, or use a machine with more; what was finished is kept")
        code = 1
    except OSError as fault:
        _say(f"{fault.filename or 'output'}: {fault.strerror or fault}\n  mend: check the path, the rights on it and the room on the disk")
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _say(words: str) -> None:
    print(f"dateline: {words}", file=sys.stderr)
