"""Whatever an instrument offers by name says what it is: the class or function, and each method a reader may call."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from typing import Any

import pytest

from course_lib import instruments

PACKAGES = [
    "course_lib.interleavings",
    *(f"{instruments.__name__}.{m.name}" for m in pkgutil.iter_modules(instruments.__path__)),
]


def offered(package: str) -> Iterator[tuple[str, Any]]:
    """What the package names, what its functions give back, and the methods of both."""
    module = importlib.import_module(package)
    named = {name: getattr(module, name) for name in getattr(module, "__all__", ())}
    for name, thing in (named | given_back(named.values())).items():
        yield name, thing
        if inspect.isclass(thing):
            yield from ((f"{name}.{own}", getattr(thing, own)) for own in vars(thing) if is_own(thing, own))


def given_back(things: Iterable[Any]) -> dict[str, type]:
    """The course's own classes that these functions give back, by their names."""
    found = [
        thing.__globals__.get(thing.__annotations__.get("return")) for thing in things if inspect.isfunction(thing)
    ]
    return {one.__name__: one for one in found if inspect.isclass(one) and one.__module__.startswith("course_lib.")}


def is_own(kind: type, name: str) -> bool:
    """Whether it is a method or a property that its class wrote, and no other form of one that a built-in has."""
    member = inspect.getattr_static(kind, name)
    if name.startswith("_") or (is_dataclass(kind) and name in kind.__dataclass_fields__):
        return False
    inherited = any(hasattr(base, name) for base in kind.__mro__[1:])
    return isinstance(member, property | classmethod | staticmethod) or (inspect.isfunction(member) and not inherited)


def is_told(thing: Any) -> bool:
    return inspect.isclass(thing) or inspect.isroutine(thing) or isinstance(thing, property)


def says_nothing(name: str, thing: Any) -> bool:
    written = inspect.getdoc(thing) or ""
    return not written or written.startswith(f"{name}(")  # a dataclass without one of its own has its signature


@pytest.mark.parametrize("package", PACKAGES)
def test_what_is_offered_is_documented(package: str) -> None:
    assert inspect.getdoc(importlib.import_module(package))
    known = [(name, thing) for name, thing in offered(package) if is_told(thing)]
    assert [name for name, thing in known if says_nothing(name, thing)] == []
