"""Puts stand-ins in the place of functions and classes, under every name that a loaded module has for them.

By identity, so that `from sqlite3 import connect` at the top of some module is exchanged as well. What the import
system itself uses is left alone, and so is the course, which has to reach the originals.

What it can't see: an original that was bound as a default argument or as a class attribute.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
_LEFT_ALONE = {"_pyio", "posix", "nt", "importlib", "_frozen_importlib", "_frozen_importlib_external", "course_lib"}


class StandsFor(type):
    """Makes `isinstance(x, io.FileIO)` true for objects of the original class too while the stand-in is in place."""

    def __instancecheck__(cls, instance: object) -> bool:
        return super().__instancecheck__(instance) or cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        original = cls.__dict__.get("original", cls)
        return super().__subclasscheck__(subclass) or type.__subclasscheck__(original, subclass)


def sealed(function: Function) -> Function:
    """The function behind a callable written in C: measured code finds no way from it to the books."""
    hidden = lru_cache(maxsize=0)(function)
    del hidden.__wrapped__
    return cast("Function", hidden)


@sealed
def takes_no_more(stand_in: Any, name: str, value: Any) -> None:
    """The `__setattr__` of a stand-in for a class whose objects take no new attributes: then its own do neither.

    `own_attributes` are what the stand-in needs for itself. Objects of a subclass take what they like, as everywhere.
    """
    kind = type(stand_in)
    own, original = vars(kind).get("own_attributes"), kind.original
    if own is not None and name not in own and not hasattr(original, name):
        raise AttributeError(f"'{original.__module__}.{original.__qualname__}' object has no attribute {name!r}")
    original.__setattr__(stand_in, name, value)


class Exchange:
    """Stand-ins that are in place for as long as anyone uses them; each `install` wants one `uninstall`."""

    def __init__(self, stand_ins: Sequence[tuple[Any, Any]]) -> None:
        self._stand_ins = {id(original): (original, stand_in) for original, stand_in in stand_ins}
        self._originals = {id(stand_in): (stand_in, original) for original, stand_in in stand_ins}
        self._exchanged: list[tuple[dict[str, Any], str]] = []
        self._uses = 0

    def install(self) -> None:
        """Puts the stand-ins in place, unless they are."""
        self._uses += 1
        if self._uses == 1:
            for names in _that_name(self._stand_ins):
                self._exchanged += [(names, name) for name in _replace(names, list(names.items()), self._stand_ins)]

    def uninstall(self) -> None:
        """Puts the originals back after the last use, in modules that were loaded meanwhile too.

        A name that was bound to something else meanwhile stays as it is.
        """
        self._uses -= 1
        if self._uses == 0:
            for names, name in self._exchanged:
                _replace(names, [(name, names.get(name))], self._originals)
            self._exchanged.clear()
            for names in _that_name(self._originals):
                _replace(names, list(names.items()), self._originals)


def _that_name(wanted: Mapping[int, object]) -> list[dict[str, Any]]:
    """The namespaces of the modules in which one of these is bound to a name, by the ids of what is wanted.

    Some ten thousand names are looked at for each measurement, so none of them by a step of Python's own.
    """
    ids = wanted.keys()
    modules = [module for module in list(sys.modules.values()) if isinstance(module, ModuleType)]
    found = [names for names in map(vars, modules) if not ids.isdisjoint(map(id, list(names.values())))]
    return [names for names in found if _package(names) not in _LEFT_ALONE]


def _package(names: Mapping[str, Any]) -> str:
    return str(names.get("__name__", "")).partition(".")[0]


def _replace(
    names: dict[str, Any], candidates: Sequence[tuple[str, Any]], new: dict[int, tuple[Any, Any]]
) -> list[str]:
    """The names that were bound to something to be replaced, and now are bound to what replaces it."""
    found = [
        name
        for name, bound in candidates
        if id(bound) in new and not (name == "FileIO" and names.get("__name__") == "_io")
    ]
    for name in found:
        names[name] = new[id(names[name])][1]
    return found
