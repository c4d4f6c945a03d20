"""Runs an exporter in a child process that may open only a few files, and tells how far it comes.

    run = climb(export_profiles, users=100, limit=64)
    for user, open_handles in run:
        ...
    print(run)

The child runs the whole cell (or file) that defines the function, so that cell must bring its own imports. The function
is called with user numbers from 1, a folder, and a `fetch` that reports. What counts is what the child has open itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from course_lib.instruments.climbing.orders import order_for, reports


class Climb:
    """One run: iterate it for (user, descriptors open beyond those at the start); then `reached` and `problem`.

    `missing` is the limit that the system does not have, as a sentence, where the run went on without one.
    """

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self.users: int = order["users"]
        self.reached, self.problem, self.missing = 0, "it was not run", ""
        self.peak = 0

    @property
    def finished(self) -> bool:
        """True where every user was exported."""
        return not self.problem

    def __iter__(self) -> Iterator[tuple[int, int]]:
        with tempfile.TemporaryDirectory() as folder:
            for user, *told in reports({**self._order, "folder": folder}):
                if isinstance(told[0], str):
                    self.reached = user
                    self.problem, self.missing = told
                else:
                    self.peak = max(self.peak, told[0])
                    yield user, told[0]

    def __str__(self) -> str:
        ended = f"stopped at user {self.reached} with {self.peak} open at once: {self.problem}"
        told = f"all {self.users} users exported, at most {self.peak} open at once" if self.finished else ended
        return f"{told}; {self.missing}" if self.missing else told

    def __repr__(self) -> str:
        return str(self)


def climb(exporter: Callable[..., Any], users: int, limit: int, pause: float = 0.005) -> Climb:
    """The run of `exporter(user_ids, folder, fetch)` under a limit of open files, begun when it is iterated.

    `pause` is how many seconds each fetch takes, so that one can watch.
    """
    return Climb(order_for(exporter, "files", users=users, limit=limit, pause=pause))
