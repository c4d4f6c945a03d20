"""What a search costs beyond its schedules: source is rewritten once, and nothing is kept but a bounded cache."""

from __future__ import annotations

import gc
import importlib.util
import linecache
import sys
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course_lib.interleavings import Program, compile_instrumented, explore, find_race
from course_lib.interleavings.rewriting import adoption, registry, rewriting

ROOT = Path(__file__).resolve().parents[2]
Module = Any
COUNTER = """class Counter:
    def __init__(self): self.n = 0
    def add(self): self.n += 1
"""


@pytest.fixture
def module_of(tmp_path: Path) -> Callable[[int], Module]:
    """`module_of(200)` is a module with a racing counter and 200 functions that have nothing to do with it."""

    def make(functions: int) -> Module:
        name = f"module_of_{functions}"
        others = "".join(f"def f{n}(a):\n    a.x = a[{n}] + 1\n    return f0(a)\n\n\n" for n in range(functions))
        path = tmp_path / f"{name}.py"
        path.write_text(COUNTER + others)
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return make


def search(module: Module) -> None:
    assert find_race(module.Counter, [module.Counter.add] * 2, lambda counter: counter.n == 2).verdict == "race"


def calls_of(action: Callable[[], None]) -> int:
    """How many Python functions an action calls: what it costs, on any machine."""
    count = 0

    def profile(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def test_a_second_search_of_a_file_rewrites_nothing(module_of: Callable[[int], Module]) -> None:
    module = module_of(200)
    search(module)
    before = rewriting._compiled.cache_info().misses, adoption._twins_of.cache_info().misses
    search(module)
    assert (rewriting._compiled.cache_info().misses, adoption._twins_of.cache_info().misses) == before


def test_a_second_search_costs_little_more_in_a_long_module(module_of: Callable[[int], Module]) -> None:
    short, long = module_of(2), module_of(200)
    for module in (short, long):
        search(module)
    more = calls_of(lambda: search(long)) - calls_of(lambda: search(short))
    assert more < 200 * 20, "a few calls for each further function, and no work that grows with their square"


def test_nothing_is_kept_between_searches(module_of: Callable[[int], Module]) -> None:
    module = module_of(200)
    for _ in range(3):
        search(module)
    gc.collect()
    tracemalloc.start()
    try:
        before, known = tracemalloc.get_traced_memory()[0], len(registry._known)
        for _ in range(10):
            search(module)
        gc.collect()
        assert len(registry._known) == known
        assert tracemalloc.get_traced_memory()[0] - before < 10_000
    finally:
        tracemalloc.stop()


def test_what_is_known_of_rewritten_code_goes_with_the_code() -> None:
    gc.collect()
    before = len(registry._known)
    for n in range(3 * rewriting.KEPT):
        compile_instrumented(f"def f(a):\n    return a.x + {n}\n", "<many>")
    gc.collect()
    assert len(registry._known) <= before + 2 * rewriting.KEPT


def test_a_changed_file_is_read_anew(module_of: Callable[[int], Module]) -> None:
    module = module_of(2)
    search(module)
    path = Path(module.__file__)
    path.write_text(path.read_text().replace("self.n += 1", "self.n = self.n + 0 + 1"))
    linecache.checkcache(str(path))
    exec(compile(path.read_text(), str(path), "exec"), vars(module))
    found = find_race(module.Counter, [module.Counter.add] * 2, lambda counter: counter.n == 2)
    assert "self.n = self.n + 0 + 1" in str(found)


def test_a_long_search_keeps_little_for_each_schedule() -> None:
    """Two threads of twenty locked calls: 20,000 schedules have to fit into 100 MB, so one may leave 5 kB."""
    source = """
import threading
class Counter:
    def __init__(self): self.n, self.lock = 0, threading.Lock()
    def add(self):
        with self.lock: self.n += 1
def twenty(counter):
    for _ in range(20): counter.add()
"""
    names: dict[str, Any] = {"__name__": "twenty"}
    exec(compile_instrumented(source, "<twenty>"), names)
    program = Program(names["Counter"], [names["twenty"]] * 2, lambda counter: counter.n)
    explore(program, schedules=50)
    tracemalloc.start()
    try:
        found = explore(program, schedules=1000)
        assert tracemalloc.get_traced_memory()[1] < found.schedules * 5_000
    finally:
        tracemalloc.stop()


def test_eight_equal_threads_are_asked_once() -> None:
    """All orders of eight threads are 40,320; their first preemption has to come before."""
    source = "class Counter: n = 0\ndef add(counter): counter.n += 1\n"
    names: dict[str, Any] = {"__name__": "eight"}
    exec(compile_instrumented(source, "<eight>"), names)
    program = Program(names["Counter"], [names["add"]] * 8, lambda counter: counter.n)
    found = explore(program, schedules=100, stop=lambda outcome: outcome.observed != 8)
    assert found.schedules < 20
    assert any(outcome.observed != 8 for outcome in found.outcomes)


def test_locked_calls_cost_an_order_each_and_one_run() -> None:
    """The figure of the explorer's README: ten over five orders, and the run that found the lock to be shared."""

    def setup() -> Any:
        return SimpleNamespace(count=0, lock=threading.Lock())

    def five(state: Any) -> None:
        for _ in range(5):
            with state.lock:
                state.count += 1

    explored = explore(Program(setup, [five, five], lambda state: state.count))
    assert [outcome.observed for outcome in explored.outcomes] == [10]
    readme = (ROOT / "course_lib/interleavings/README.md").read_text("utf-8")
    assert f"of five locked calls take {explored.schedules} schedules," in readme
