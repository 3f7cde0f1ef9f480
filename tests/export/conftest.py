"""The record of the example reports, made once, for the exporters' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline.export.formats import Exported, export
from dateline.export.job import Options
from dateline.record.selection import Selected, Selection
from dateline.record.store import Record

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    import dateline

    path = tmp_path_factory.mktemp("record") / "examples.db"
    with Record.open(path, create=True) as record:
        dateline.read_into(record, [str(ROOT / "examples")])
        yield record


Write = Callable[..., Exported]


@pytest.fixture
def write(example_record: Record, tmp_path: Path) -> Write:
    """Exports the example record in a format."""

    def call(name: str, *, options: Options | None = None, record: Record | None = None, **selection: object) -> Exported:
        chosen = record or example_record
        selected = Selected(chosen, Selection(**selection))  # type: ignore[arg-type]
        return export(chosen, name, tmp_path / f"out.{name}", selected, options or Options())

    return call
