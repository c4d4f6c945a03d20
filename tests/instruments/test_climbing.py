"""A child under a ceiling: bounded code comes to its end, unbounded code dies, twice the room is twice the way."""

from __future__ import annotations

import linecache
import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from course_lib.instruments.climbing import climb, climb_memory, run_in_node

LIMITS = find_spec("resource") is not None  # what a system without it lacks
kept: list[Any] = []
few: deque[Any] = deque(maxlen=100)


def keep_all(number: int) -> None:
    kept.append(str(number) * 200)


def keep_small(number: int) -> None:
    kept.append([[number]])


def keep_few(number: int) -> None:
    few.append(str(number) * 200)


def test_bounded_code_does_all_its_work() -> None:
    """Silent first: what is bounded stays far below the ceiling."""
    climb = climb_memory(keep_few, operations=20_000, ceiling_mib=48)
    samples = list(climb)

    assert climb.ending == ""
    assert climb.done == samples[-1].operations == 20_000
    assert samples[-1].traced_mib < 2


@pytest.mark.skipif(not LIMITS or sys.platform != "linux", reason="the address space is limited on Linux alone")
def test_unbounded_code_dies_and_twice_the_ceiling_is_about_twice_the_way() -> None:
    """The child dies by MemoryError, and this process does not notice."""
    runs = [climb_memory(keep_all, operations=1_000_000, ceiling_mib=mib, every=500) for mib in (48, 96)]
    for run in runs:
        assert list(run)[-1].traced_mib > 10

    assert {run.ending for run in runs} == {"MemoryError"}
    assert 1.5 < runs[1].done / runs[0].done < 4
    assert not kept


@pytest.mark.skipif(not LIMITS or sys.platform != "linux", reason="the address space is limited on Linux alone")
def test_tracing_takes_memory_of_its_own() -> None:
    """The same code comes further where nobody keeps a note of every block."""
    bare, traced = (
        climb_memory(keep_small, operations=1_000_000, ceiling_mib=48, traced=traced) for traced in (False, True)
    )

    assert {sample.traced_mib for sample in bare} == {0}
    assert list(traced)[-1].traced_mib > 10
    assert bare.done > 1.1 * traced.done


def fail_at_twelve(number: int) -> None:
    if number == 12:
        raise LookupError("twelve")


def export_some(user_ids: Iterable[int], folder: Path, fetch: Callable[[int], Any]) -> None:
    for user_id in user_ids:
        fetch(user_id)
        if user_id == 3:
            os._exit(1)


@pytest.mark.skipif(not LIMITS, reason="no limit to climb to")
def test_what_ends_it_is_told_in_words() -> None:
    """An exception, and a child that says no last word."""
    climbing = climb_memory(fail_at_twelve, operations=100, every=5)
    assert [sample.operations for sample in climbing] == [5, 10]
    assert (climbing.done, climbing.ending) == (12, "LookupError: twelve")

    run = climb(export_some, users=9, limit=64, pause=0)
    assert [user for user, _ in run] == [1, 2, 3]
    assert (run.reached, run.problem) == (3, "the child ended without a word")


def test_code_that_cannot_be_loaded_is_told() -> None:
    """A function from a cell that does not run again by itself."""
    names: dict[str, Any] = {}
    source = "def lost(number): ...\nundefined_elsewhere\n"
    linecache.cache["<lost>"] = (len(source), None, source.splitlines(keepends=True), "<lost>")
    exec(compile(source.replace("undefined_elsewhere", ""), "<lost>", "exec"), names)
    run = climb_memory(names["lost"])

    assert list(run) == []
    assert run.ending.startswith("the code could not be run: NameError")


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_node_writes_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook's kernel asks for them, and yellow on white is lost."""
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert run_in_node("console.log(1.5, 'MiB')") == "1.5 MiB"


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_node_dies_of_its_heap_too() -> None:
    """The twin is run for real."""
    told = run_in_node("const a = []; for (;;) { a.push({ x: String(a.length).repeat(9) }) }", heap_mib=32)

    assert "heap out of memory" in told


def test_without_node_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing but the twin."""
    monkeypatch.setenv("PATH", "")

    assert "passed over" in run_in_node("")
