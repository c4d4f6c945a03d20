"""The child of a climb: runs the code under study at production size, and reports until it meets a real limit.

It is run as a script, so it imports nothing of the course. The order is one JSON object on standard input. Each line on
standard output is one JSON list: how far the code has come, then what was measured there; the last line is how far it
came, how that ended, "" for its own end, and the limit that this system does not have, "" where it was set. Where there
is none, the code runs all the same.
"""

from __future__ import annotations

import json
import os
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

Order = dict[str, Any]


def report(*told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def in_words(error: BaseException) -> str:
    """The exception without the path that it names, which differs from run to run."""
    if isinstance(error, OSError) and error.errno:
        return f"{type(error).__name__}: [Errno {error.errno}] {error.strerror}"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def loaded(order: Order) -> ModuleType:
    """The cell or file under study, run as a module of its own."""
    module = sys.modules["climbing"] = ModuleType("climbing")
    exec(compile(order["source"], "<cell>", "exec"), module.__dict__)  # noqa: S102  # the code under study
    return module


# Open files


def count_open(highest: int) -> int:
    """How many descriptors are open: asked one by one, since listing them would need one more."""
    return sum(map(_is_open, range(highest)))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def lower_limit(limit: int) -> str:
    """Lowers the process's limit of open files; a sentence where the system has none, else ""."""
    try:
        import resource
    except ImportError:
        return "this system has no limit of open files that a process can lower (Linux and macOS have)"
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return ""


def climb_files(order: Order, module: ModuleType) -> tuple[int, str, str]:
    """Runs an exporter and reports from inside `fetch`: the user's number, the descriptors opened since the start."""
    missing, reached, problem = lower_limit(order["limit"]), 0, ""
    highest = order["limit"] + (order["users"] if missing else 0)
    before = count_open(highest)

    def fetch(user_id: int) -> dict[str, Any]:
        nonlocal reached
        reached = user_id
        report(user_id, count_open(highest) - before)
        time.sleep(order["pause"])
        return {"id": user_id, "name": f"user {user_id}"}

    try:
        getattr(module, order["name"])(range(1, order["users"] + 1), Path(order["folder"]), fetch)
    except Exception as error:  # whatever ends it is what is being studied
        problem = in_words(error)
    return reached, problem, missing


# Memory


def resident() -> float:
    """Resident memory of this process in MiB, as memory-profiler reads it."""
    from memory_profiler import memory_usage

    return float(memory_usage(-1, interval=0.001, timeout=0.001)[0])


def lower_ceiling(room: int) -> str:
    """Leaves the process `room` bytes of address space beyond what it has; a sentence where that can't be, else ""."""
    try:
        import resource

        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + room, mapped + room))
    except (ImportError, OSError, ValueError):
        return "this system has no ceiling of memory that a process can set for itself (Linux has)"
    return ""


def climb_memory(order: Order, module: ModuleType) -> tuple[int, str, str]:
    """Calls the function again and again; after each stretch reports the operations, and bytes traced and resident."""
    resident()  # what it needs is loaded before the ceiling comes down
    missing = lower_ceiling(order["ceiling"])
    if order["traced"]:
        tracemalloc.start()
    at_first, done = resident(), 0
    try:
        for done in operations(getattr(module, order["name"]), order["operations"]):
            if done % order["every"] == 0:
                report(done, tracemalloc.get_traced_memory()[0], resident() - at_first)
    except Exception as error:
        module.__dict__.clear()  # room for the last words
        return done, in_words(error), missing
    return done, "", missing


def operations(operate: Callable[[int], Any], count: int) -> Iterator[int]:
    """The number of calls made so far, after each call."""
    for number in range(count):
        operate(number)
        yield number + 1


CLIMBS: dict[str, Callable[[Order, ModuleType], tuple[int, str, str]]] = {"files": climb_files, "memory": climb_memory}


def main() -> None:
    order: Order = json.loads(sys.stdin.readline())
    try:
        ending = CLIMBS[order["limited"]](order, loaded(order))
    except Exception as error:
        ending = (0, f"the code could not be run: {in_words(error)}", "")
    report(*ending)
    os._exit(0)  # at a limit, Python's own clean-up could not have what it needs


if __name__ == "__main__":
    main()
