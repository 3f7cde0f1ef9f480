"""Clients that ask a served record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from web_served import app_of, fill


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "record.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def client(record_file: Path) -> Iterator[TestClient]:
    with TestClient(app_of(record_file), base_url="http://127.0.0.1") as made:
        desk = made.app.state.desk
        desk.keeper.wait(desk.record())
        yield made
