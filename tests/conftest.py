"""Fixtures that all tests share: the shipped language model, opened once, and a way to read a text with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from evaluation import postgresql

from dateline.language import analyse as read
from dateline.language.document import Document
from dateline.language.model import Model
from dateline.pipeline import World
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.who import WhosWho
from factories import Store


@pytest.fixture(scope="session")
def model() -> Model:
    return Model.open()


@pytest.fixture(scope="session")
def world(model: Model) -> World:
    """What ships, opened once."""
    return World(model, Gazetteer.open(), WhosWho.open(None))


@pytest.fixture(scope="session")
def analyse(model: Model) -> Callable[[str], Document]:
    """Reads a text as one section."""

    def call(text: str) -> Document:
        return read(text, [(0, len(text))], model)

    return call


STORES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server of the tests' own."""
    if postgresql.programs() is None:
        pytest.skip("there is no PostgreSQL server on this machine (Debian: apt-get install postgresql postgis): its tests do not run")
    with postgresql.running() as started:
        yield started


def _names(kind: str, request: pytest.FixtureRequest, folder: Path) -> Store:
    if kind == "sqlite":
        return lambda word: str(folder / f"{word}.db")
    server: postgresql.Server = request.getfixturevalue("server")
    made: dict[str, str] = {}

    def name(word: str) -> str:
        if word not in made:
            schema = f"{word}_{uuid4().hex}"
            server.sql(f"CREATE SCHEMA {schema}")
            made[word] = server.address(schema=schema)
        return made[word]

    return name


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Names of records, once in files and once on the server: what uses it holds for both."""
    return _names(request.param, request, tmp_path)


@pytest.fixture(scope="module", params=STORES)
def stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same for a record that the tests of a module share."""
    return _names(request.param, request, tmp_path_factory.mktemp("stores"))
