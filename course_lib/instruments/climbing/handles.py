"""Runs an exporter in a child process that may open only a few files, and tells how far it comes.

    run = climb(export_profiles, users=100, limit=64)
    for user, open_handles in run:
        ...
    print(run)

The child runs the whole cell (or file) that defines the function, so that cell must bring its own imports. The function
is called with user numbers from 1, a folder, and a `fetch` that reports. What counts is what the child has open itself.
"""

from __future__ import annotations

import json
import linecache
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class Climb:
    """One run: iterate it for (user, descriptors open beyond those at the start); then `reached` and `problem`."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self.users: int = order["users"]
        self.reached, self.problem = 0, "it was not run"
        self.peak = 0

    @property
    def finished(self) -> bool:
        """True where every user was exported."""
        return not self.problem

    def __iter__(self) -> Iterator[tuple[int, int]]:
        with tempfile.TemporaryDirectory() as folder, _child() as child:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(json.dumps({**self._order, "folder": folder}) + "\n")
            child.stdin.flush()
            self.problem = "the child ended without a word"
            for line in child.stdout:
                user, told = json.loads(line)
                if isinstance(told, int):
                    self.peak = max(self.peak, told)
                    yield user, told
                else:
                    self.reached, self.problem = user, told or ""

    def __str__(self) -> str:
        if self.finished:
            return f"all {self.users} users exported, at most {self.peak} open at once"
        return f"stopped at user {self.reached} with {self.peak} open at once: {self.problem}"

    def __repr__(self) -> str:
        return str(self)


def _child() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", str(Path(__file__).with_name("climber.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def climb(exporter: Callable[..., Any], users: int, limit: int, pause: float = 0.005) -> Climb:
    """The run of `exporter(user_ids, folder, fetch)` under a limit of open files, begun when it is iterated.

    `pause` is how many seconds each fetch takes, so that one can watch.
    """
    source = "".join(linecache.getlines(exporter.__code__.co_filename))
    return Climb({"source": source, "name": exporter.__name__, "users": users, "limit": limit, "pause": pause})
