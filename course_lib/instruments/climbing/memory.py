"""Runs code in a child process under a memory ceiling, sample by sample, until it dies or has done its work.

    for sample in climb_memory(handle, operations=200_000, ceiling_mib=64):
        ...

The child runs the whole cell (or file) that defines the function, so that cell must bring its own imports, and calls
the function with 0, 1, 2, … A sample is what the child said of itself: operations done, bytes traced by `tracemalloc`,
resident memory by memory-profiler. The ceiling limits the address space (`RLIMIT_AS`): on Linux it ends in MemoryError.
Tracing keeps a note of every block, which takes memory too: `traced=False` leaves it out, and then no bytes are traced.

What it can't see: where the memory went; for that see `instruments.memory`. Where the system has no such limit (macOS,
Windows), the run ends after its operations instead, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.instruments.climbing.orders import order_for, reports


@dataclass(frozen=True)
class Sample:
    """The child after so many operations: MiB traced since the start, and MiB by which it has grown in residence."""

    operations: int
    traced_mib: float
    resident_mib: float


class MemoryClimb:
    """One run, begun when it is iterated; afterwards `done` and `ending` say how far it came and how it ended.

    `missing` is the limit that the system does not have, as a sentence, where the run went on without one.
    """

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self.done, self.ending, self.missing = 0, "it was not run", ""

    def __iter__(self) -> Iterator[Sample]:
        for done, *told in reports(self._order):
            self.done = done
            if isinstance(told[0], str):
                self.ending, self.missing = told
            else:
                traced, resident = told
                yield Sample(done, traced / 2**20, resident)

    def __repr__(self) -> str:
        alive = f"all {self.done:,} operations done, still alive"
        told = f"died after {self.done:,} operations: {self.ending}" if self.ending else alive
        return f"{told}; {self.missing}" if self.missing else told


def climb_memory(
    operate: Callable[[int], Any],
    operations: int = 200_000,
    ceiling_mib: int = 64,
    every: int = 1_000,
    traced: bool = True,
) -> MemoryClimb:
    """The run of `operate(0)`, `operate(1)`, … with `ceiling_mib` MiB of address space beyond the start.

    A sample comes after `every` operations.
    """
    ceiling = ceiling_mib << 20
    how = {"operations": operations, "ceiling": ceiling, "every": every, "traced": traced}
    return MemoryClimb(order_for(operate, "memory", **how))
