"""The child of `climb`: lowers its own limit of open files, runs one exporter, and reports from inside `fetch`.

It is run as a script, so it imports nothing of the course. Each line on standard output is one JSON list: the user's
number and how many descriptors are open at that moment; the last line is how it ended.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def count_open(limit: int) -> int:
    """How many descriptors are open: asked one by one, since listing them would need one more."""
    return sum(map(_is_open, range(limit)))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def lower_limit(limit: int) -> str | None:
    """Lowers the process's limit of open files; the reason where that is impossible, else None."""
    try:
        import resource
    except ImportError:
        return "this system has no limit of open files that a process can lower (Linux and macOS have)"
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return None


def in_words(error: Exception) -> str:
    """The exception without the path that it names, which differs from run to run."""
    if isinstance(error, OSError) and error.errno:
        return f"{type(error).__name__}: [Errno {error.errno}] {error.strerror}"
    return f"{type(error).__name__}: {error}"


def main() -> None:
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    limit, reached, write = order["limit"], 0, sys.stdout.write
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(order["source"], "<cell>", "exec"), namespace)  # noqa: S102  # the cell under study
    before = count_open(limit)

    def fetch(user_id: int) -> dict[str, Any]:
        nonlocal reached
        reached = user_id
        write(json.dumps([user_id, count_open(limit) - before]) + "\n")
        sys.stdout.flush()
        time.sleep(order["pause"])
        return {"id": user_id, "name": f"user {user_id}"}

    problem = lower_limit(limit)
    if problem is None:
        try:
            namespace[order["name"]](range(1, order["users"] + 1), Path(order["folder"]), fetch)
        except Exception as error:  # whatever ends it is what is being studied
            problem = in_words(error)
    write(json.dumps([reached, problem]) + "\n")
    sys.stdout.flush()
    os._exit(0)  # at the limit, Python's own clean-up could not open what it needs


if __name__ == "__main__":
    main()
