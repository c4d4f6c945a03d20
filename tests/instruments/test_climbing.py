"""A child under a ceiling: bounded code comes to its end, unbounded code dies, twice the room is twice the way."""

from __future__ import annotations

import shutil
import sys
from collections import deque
from typing import Any

import pytest

from course_lib.instruments.climbing.memory import climb_memory, run_in_node

kept: list[Any] = []
few: deque[Any] = deque(maxlen=100)


def keep_all(number: int) -> None:
    kept.append(str(number) * 200)


def keep_few(number: int) -> None:
    few.append(str(number) * 200)


def test_bounded_code_does_all_its_work() -> None:
    """Silent first: what is bounded stays far below the ceiling."""
    climb = climb_memory(keep_few, operations=20_000, ceiling_mib=48)
    samples = list(climb)

    assert climb.ending == ""
    assert climb.done == samples[-1].operations == 20_000
    assert samples[-1].traced_mib < 2


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux alone")
def test_unbounded_code_dies_and_twice_the_ceiling_is_about_twice_the_way() -> None:
    """The child dies by MemoryError, and this process does not notice."""
    runs = [climb_memory(keep_all, operations=1_000_000, ceiling_mib=mib, every=500) for mib in (48, 96)]
    for run in runs:
        assert list(run)[-1].traced_mib > 10

    assert {run.ending for run in runs} == {"MemoryError"}
    assert 1.5 < runs[1].done / runs[0].done < 4
    assert not kept


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_node_dies_of_its_heap_too() -> None:
    """The twin is run for real."""
    told = run_in_node("const a = []; for (;;) { a.push({ x: String(a.length).repeat(9) }) }", heap_mib=32)

    assert "heap out of memory" in told


def test_without_node_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing but the twin."""
    monkeypatch.setenv("PATH", "")

    assert "passed over" in run_in_node("")
