"""Fixtures that all tests share: the shipped language model, opened once, and a way to read a text with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.language import analyse as read
from dateline.language.document import Document
from dateline.language.model import Model
from dateline.pipeline import World
from dateline.resolution.gazetteer import Gazetteer
from dateline.resolution.who import WhosWho


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
