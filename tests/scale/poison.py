"""What reads a batch in the tests of poison: a report that says so kills its process, or never comes back."""

import os
import signal
import time

from dateline.batch import Given, process_batch
from dateline.pipeline import World
from dateline.scale.child import Batch
from dateline.scale.rows import Read

KILLS, HANGS = "The wire kills its reader.", "The wire holds its reader up."


def process(batch: Batch, world: World) -> list[tuple[str, Read]]:
    for one in batch:
        if isinstance(one, Given) and KILLS in one.report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if isinstance(one, Given) and HANGS in one.report.text:
            time.sleep(60)
    return process_batch(batch, world)
