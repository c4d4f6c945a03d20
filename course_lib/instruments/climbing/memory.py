"""Runs code in a child process under a memory ceiling, sample by sample, until it dies or has done its work.

    for sample in climb_memory(handle, operations=200_000, ceiling_mib=64):
        ...

The child runs the whole cell (or file) that defines the function, so that cell must bring its own imports, and calls
the function with 0, 1, 2, … A sample is what the child said of itself: operations done, bytes traced by `tracemalloc`,
resident memory by memory-profiler. The ceiling limits the address space (`RLIMIT_AS`): on Linux it ends in MemoryError.

What it can't see: where the memory went; for that see `growth`. Where the system has no such limit (macOS, Windows),
the run ends after its operations instead.
"""

from __future__ import annotations

import json
import linecache
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_CHILD = """
import json, sys
order = json.loads(sys.stdin.readline())
import tracemalloc
from memory_profiler import memory_usage
names = {"__name__": "climbing"}
exec(compile(order["source"], "<the code under measurement>", "exec"), names)
operate = names[order["name"]]
try:
    import resource
    mapped = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    ceiling = mapped + order["ceiling"]
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
except (ImportError, OSError, ValueError):
    pass
tracemalloc.start()
resident = memory_usage(-1, interval=0.001, timeout=0.001)[0]
done, ending = 0, ""
def tell(traced, memory):
    sys.stdout.write(json.dumps([done, traced, memory]) + "\\n")
    sys.stdout.flush()
try:
    while done < order["operations"]:
        for _ in range(order["every"]):
            operate(done)
            done += 1
        tell(tracemalloc.get_traced_memory()[0], memory_usage(-1, interval=0.001, timeout=0.001)[0] - resident)
except MemoryError:
    names.clear()
    operate = None
    ending = "MemoryError"
sys.stdout.write(json.dumps([done, ending]) + "\\n")
"""


@dataclass(frozen=True)
class Sample:
    """The child after so many operations: MiB traced since the start, and MiB by which it has grown in residence."""

    operations: int
    traced_mib: float
    resident_mib: float


class MemoryClimb:
    """One run, begun when it is iterated; afterwards `done` and `ending` say how far it came and how it ended."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self.done, self.ending = 0, "it was not run"

    def __iter__(self) -> Iterator[Sample]:
        with subprocess.Popen(
            [sys.executable, "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as child:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(json.dumps(self._order) + "\n")
            child.stdin.flush()
            self.ending = "killed without a word"
            for line in child.stdout:
                told = json.loads(line)
                self.done = told[0]
                if len(told) == 2:
                    self.ending = told[1]
                else:
                    yield Sample(told[0], told[1] / 2**20, told[2])

    def __repr__(self) -> str:
        if not self.ending:
            return f"all {self.done:,} operations done, still alive"
        return f"died after {self.done:,} operations: {self.ending}"


def climb_memory(
    operate: Callable[[int], Any], operations: int = 200_000, ceiling_mib: int = 64, every: int = 1_000
) -> MemoryClimb:
    """The run of `operate(0)`, `operate(1)`, … with `ceiling_mib` of address space beyond the start.

    A sample comes after `every` operations.
    """
    source = "".join(linecache.getlines(operate.__code__.co_filename))
    ceiling = ceiling_mib << 20
    return MemoryClimb(
        {"source": source, "name": operate.__name__, "operations": operations, "ceiling": ceiling, "every": every}
    )


def run_in_node(source: str, heap_mib: int = 64) -> str:
    """What the JavaScript printed under that heap limit, and its last word; one line where Node is not installed."""
    node = shutil.which("node")
    if node is None:
        return "Node is not installed here, so the JavaScript twin was passed over."
    done = subprocess.run(
        [node, f"--max-old-space-size={heap_mib}", "-e", source],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    fatal = [line for line in done.stderr.splitlines() if line.startswith("FATAL ERROR")]
    return "\n".join([*done.stdout.splitlines()[-3:], *fatal[:1]])
