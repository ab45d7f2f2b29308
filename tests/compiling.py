"""Statements compiled once for all engines of a process: compiling is a quarter of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from schema import database

if TYPE_CHECKING:
    from sqlalchemy import Dialect, Engine

    from schema.connection import DatabaseUrl


class MakeEngine(Protocol):
    """What makes the engine of a database."""

    def __call__(self, url: DatabaseUrl) -> Engine: ...


def engines_that_share() -> MakeEngine:
    """A `make_engine` whose engines of a kind share their compiled statements."""
    dialects: dict[str, Dialect] = {}
    statements: dict[Any, Any] = {}
    make = database.make_engine

    def make_engine(url: DatabaseUrl) -> Engine:
        engine = make(url)
        engine.dialect = dialects.setdefault(url.dialect, engine.dialect)
        return engine.execution_options(compiled_cache=statements)

    return make_engine
