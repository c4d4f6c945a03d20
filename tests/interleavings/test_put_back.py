"""What a program keeps is put back before each run, and what is not its own is left alone, wherever it is kept."""

from __future__ import annotations

import builtins
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from course_lib.interleavings import compile_instrumented, find_race
from course_lib.interleavings.exploring.namespaces import Restorer
from course_lib.interleavings.observing import identity
from course_lib.interleavings.waiting.patching import cooperating

DESKS = """
import threading

class Desks:
    given = []
    last = 0

    def __init__(self):
        self.free = 1
        self.lock = threading.Lock()

    def take(self):
        if self.free:
            self.free -= 1

    def take_safely(self):
        with self.lock:
            self.take()

    def give(self):
        self.given.append(1)
        Desks.last = len(self.given)

"""
TAKEN_IN: dict[str, Any] = {}  # as in a notebook's cell: the names that code was run in have a name themselves
exec(compile_instrumented(DESKS, "desks.py"), TAKEN_IN)
Desks: Any = TAKEN_IN["Desks"]


def none_left(desks: Any) -> bool:
    return bool(desks.free == 0)


def test_code_that_was_run_in_a_dict_with_a_name_is_explored() -> None:
    assert find_race(lambda: Desks(), [lambda desks: desks.take()] * 2, none_left).verdict == "race"
    assert find_race(Desks, [Desks.take_safely] * 2, none_left).verdict == "safe"


def test_a_class_that_was_made_in_a_dict_without_a_name_is_put_back() -> None:
    found = find_race(lambda: Desks(), [lambda desks: desks.give()] * 2, lambda desks: len(desks.given) == 2)

    assert found.verdict == "safe"
    assert (Desks.given, Desks.last) == ([], 0)


ONE_ALONE = """
class Alone:
    made = 0

    def get(self):
        if not hasattr(Alone, "_one"):
            Alone.made += 1
            Alone._one = object()
        return Alone._one

"""


def test_what_a_run_adds_to_a_class_is_taken_from_it_again() -> None:
    """Else the object that is to be the only one is there from the first run on, and no later run can make two."""
    names: dict[str, Any] = {}
    exec(compile_instrumented(ONE_ALONE, "alone.py"), names)
    alone = names["Alone"]

    found = find_race(alone, [alone.get] * 2, lambda one: alone.made == 1)

    assert found.verdict == "race"
    assert not hasattr(alone, "_one")


def test_a_stand_in_of_a_framework_is_left_alone() -> None:
    """Flask's `g` raises whatever it is asked where no request is under way."""
    names: dict[str, Any] = {}
    exec(compile_instrumented(f"from flask import g\n{DESKS}", "asked.py"), names)

    assert find_race(names["Desks"], [names["Desks"].take] * 2, none_left).verdict == "race"


KEPT = {
    "by a name": "kept = found",
    "as the built-ins of a dict": "kept = {'__builtins__': found}",
    "in a list": "kept = [[found]]",
    "in an object": "class Box: pass\nkept = Box()\nkept.names = found",
    "as an object's own names": "class Box: pass\nkept = Box()\nkept.__dict__ = found",
    "in a class": "class Box: names = found",
    "in a closure": "def outer(names):\n    def kept(): return names\n    return kept\nkept = outer(found)",
    "for a keyword": "def kept(*, names=found): return names",
    "in a dict that code was run in": "kept = {'found': found}\nexec('pass', kept)",
}
ADDED = "added by a test"  # nobody else has such a name
OTHERS = {
    "built-ins": vars(builtins),
    "library": vars(threading),
    "what a library module keeps": threading._active,  # type: ignore[attr-defined]
    "modules": sys.modules,
    "explorer": vars(identity),
    "installed": vars(pytest),
}


@pytest.fixture(params=OTHERS)
def others(request: pytest.FixtureRequest) -> Iterator[dict[Any, Any]]:
    """A dict that is not the program's."""
    names: dict[Any, Any] = OTHERS[request.param]
    try:
        yield names
    finally:
        names.pop(ADDED, None)


@pytest.mark.parametrize("kept", KEPT)
def test_what_is_not_the_programs_is_neither_exchanged_nor_put_back(kept: str, others: dict[Any, Any]) -> None:
    program = {"__name__": "program", "found": others}
    exec(KEPT[kept], program)
    with cooperating():
        before = dict(others)
        with Restorer([program]) as restorer:
            assert others == before
            others[ADDED] = builtins
            restorer.restore()
            assert ADDED in others


def test_a_copy_of_the_library_leads_to_nothing_of_it() -> None:
    program = {"__name__": "program", "kept": dict(vars(threading))}
    with cooperating(), Restorer([program]) as restorer:
        threading._active[ADDED] = None  # type: ignore[attr-defined]
        restorer.restore()
        assert threading._active.pop(ADDED, 0) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", ["its own", "another program's", "one that code was run in"])
def test_names_that_are_kept_as_a_dict_are_put_back_as_names(way: str) -> None:
    program: dict[str, Any] = {"__name__": "program"}
    exec("", program)
    kept = program if way == "its own" else {}
    exec("seen = []", kept)
    program["kept"] = kept
    special = kept["__builtins__"]
    with Restorer([program, kept] if way == "another program's" else [program]) as restorer:
        kept["seen"].append(1)
        kept["late"] = kept["__late__"] = kept[1] = 1
        restorer.restore()
        assert (kept["seen"], "late" in kept, 1 in kept) == ([], False, False)
        assert (kept["__late__"], kept["__builtins__"]) == (1, special)


INSTALLED_FOR_GOOD = """
import gc, multiprocessing, threading, weakref
from course_lib.interleavings.waiting import patching

alias = weakref.ref(threading.currentThread)
bound = {name: id(getattr(multiprocessing, name)) for name in ("Lock", "Event")}
patching.install()
gc.collect()
assert alias() is not None
living = {id(one) for one in gc.get_objects()}
assert living.issuperset(bound.values())
"""


def test_an_original_that_nobody_else_holds_stays_alive() -> None:
    """It is known by its `id`. Where it has died, a function of the program may bear that, and would be exchanged."""
    told = subprocess.run([sys.executable, "-c", INSTALLED_FOR_GOOD], capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
