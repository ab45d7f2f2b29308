"""Packages of modules that load when they are first used, as `package.module.function`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def modules_of(package: str) -> Callable[[str], object]:
    """The `__getattr__` of a package, which imports its modules by name."""

    def load(name: str) -> object:
        module = f"{package}.{name}"
        try:
            return import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message) from error

    return load
