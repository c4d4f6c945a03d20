"""The line of the code that leaves most memory behind: where to look once `measure_slopes` says that it grows.

How: `tracemalloc` before and after a stretch of further operations; what is still allocated is put down to the nearest
line of the reader's own. What it can't see: memory outside Python's allocator, and which of several lines keeps what
another one has made.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections import Counter
from collections.abc import Callable
from typing import Any

from course_lib.instruments.memory.alive import tracing
from course_lib.instruments.own_line import NOWHERE, Place, is_own_file

DEEP = 25  # frames of a line: a library may lie between the reader's own and what allocates
FIRST_NUMBER, OPERATIONS = 10_000_000, 500


def growing_line(operate: Callable[[int], Any]) -> Place:
    """Where most of what 500 further operations leave behind was allocated; NOWHERE where that is no own line."""
    with tracing(DEEP):
        _repeat(operate, FIRST_NUMBER, 50)
        gc.collect()
        before = tracemalloc.take_snapshot()
        _repeat(operate, FIRST_NUMBER + 50, OPERATIONS)
        gc.collect()
        after = tracemalloc.take_snapshot()
    left: Counter[tuple[str, int]] = Counter()
    for one in after.compare_to(before, "traceback"):
        own = next((frame for frame in reversed(one.traceback) if is_own_file(frame.filename)), None)
        if own is not None:
            left[own.filename, own.lineno] += one.size_diff
    if not left:
        return NOWHERE
    (file, line), _ = left.most_common(1)[0]
    return Place("", file, line)


def _repeat(operate: Callable[[int], Any], first: int, count: int) -> None:
    for number in range(first, first + count):
        operate(number)
