"""A session of Spark's, with an error in words for each thing that may be missing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from dateline.errors import InputError, UsageError

_MASTER = re.compile(r"local(\[(\d+|\*)(,\s*\d+)?\])?|local-cluster\[\d+,\s*\d+,\s*\d+\]|spark://[^/]+|yarn|k8s://.+")
_JAVA = 17
"""The oldest Java that Spark 4 runs on."""
_TRIES = 4


def check(master: str | None) -> None:
    """Raise ``UsageError`` where Spark, Java or the master is missing or unknown, before anything is started."""
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as fault:
        raise UsageError("Apache Spark is not installed", given="dateline spark", mend='install it with: pip install "dateline[spark]"') from fault
    if master is not None and not _MASTER.fullmatch(master):
        mend = "give local[2], local[*], spark://HOST:7077, yarn or k8s://https://HOST:PORT"
        raise UsageError("this names no master of Spark's", given=f"--master {master}", mend=mend)
    _check_java()
    if master is not None and master.startswith("spark://"):
        _check_reach(master)


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    mend = f"install Java {_JAVA} or newer (Debian: apt-get install openjdk-{_JAVA}-jre-headless), or set JAVA_HOME to where it is"
    if java is None:
        raise UsageError("there is no Java on this machine, which Spark runs on", given=f"JAVA_HOME={home}" if home else "PATH", mend=mend)
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    if found is None or int(found[1]) < _JAVA:
        what = f"this is Java {found[1]}, too old for Spark" if found else "this Java does not say its version"
        raise UsageError(what, given=java, mend=mend)


def _check_reach(master: str) -> None:
    """Ask whether a master listens, which Spark itself finds out only after a minute of tries."""
    faults = []
    for one in master.removeprefix("spark://").split(","):
        host, _, port = one.rpartition(":")
        try:
            with socket.create_connection((host or one, int(port)), timeout=10):
                return
        except (OSError, ValueError) as fault:
            faults.append(f"{one}: {getattr(fault, 'strerror', None) or fault}")
    mend = "check the address (its web page names it: spark://HOST:7077) and that the master runs"
    raise UsageError(f"no master of Spark's answers ({'; '.join(faults)})", given=f"--master {master}", mend=mend)


@contextmanager
def session(master: str | None, conf: Mapping[str, str], *, progress: bool) -> Iterator[Any]:
    """A session, stopped at the end; what goes wrong in Spark itself becomes an ``InputError`` that names it.

    Raises ``UsageError`` where Spark cannot be started as asked.
    """
    check(master)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # It works with the pandas that it warns of: rows go through Arrow.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    local = master is None or master.startswith("local")
    if local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("dateline")
    for name, value in {**_defaults(master, progress=progress), **conf}.items():
        builder = builder.config(name, value)
    if master is not None:
        builder = builder.master(_patient(master))
    try:
        spark = builder.getOrCreate()
    except (Py4JError, PySparkException) as fault:
        raise UsageError(f"Spark does not start: {_first(fault)}", given=f"--master {master or 'of the settings of Spark'}", mend=_START) from fault
    try:
        yield spark
    except (Py4JError, PySparkException) as fault:
        raise InputError(f"Spark gave up: {_first(fault)}", given=f"--master {spark.sparkContext.master}", mend=_AGAIN) from fault
    finally:
        spark.stop()


_START = "check the master and each --conf; Spark's own messages above say more"
_AGAIN = "Spark's own messages above say more; run the same command again, what was read is kept"


def _first(fault: Exception) -> str:
    """The line of a fault of Spark's that says what it is."""
    lines = [line.strip() for line in str(fault).splitlines() if line.strip() and not line.strip().startswith(("at ", "An error occurred"))]
    return re.sub(r"^: ", "", lines[0])[:300] if lines else type(fault).__name__


def _patient(master: str) -> str:
    """On this machine alone Spark gives up at the first failure of a task unless told how often to try."""
    found = re.fullmatch(r"local(?:\[(\d+|\*)\])?", master)
    return f"local[{found[1] or '1'},{_TRIES}]" if found else master


def _defaults(master: str | None, *, progress: bool) -> dict[str, str]:
    always = {
        "spark.log.level": "ERROR", "spark.python.worker.reuse": "true", "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.ui.showConsoleProgress": str(progress).lower(), "spark.sql.parquet.compression.codec": "zstd",
    }  # fmt: skip
    if master is None or not master.startswith("local"):
        return always
    # One machine: few parts in a shuffle, no web page, no name of the machine that must lead to it.
    found = re.match(r"local(?:-cluster)?\[(\d+)(?:,\s*(\d+))?", master)
    cores = int(found[1]) * (int(found[2]) if master.startswith("local-cluster") else 1) if found else os.cpu_count() or 1
    here = {"spark.ui.enabled": "false", "spark.driver.host": "localhost", "spark.driver.memory": "2g", "spark.sql.shuffle.partitions": str(2 * cores)}
    return {**always, **here}
