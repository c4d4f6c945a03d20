"""The schedules that are still to be run, and the states that need no second look.

A schedule that was run stands for many others: at each of its decisions another thread could have gone. Those with
the fewest preemptions come first (CHESS's iterative context bounding), so that a fault is found in its simplest form.
After some hundred schedules of one price every fourth comes from the next: where many threads can go in many orders,
the first preemption would else come too late.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from typing import NamedTuple

PATIENCE = 100  # schedules of the lowest price before some of the next come between
EVERY = 4


class Branch(NamedTuple):
    """A schedule to be run: as another one up to a position, and there another thread."""

    cost: int
    taken: Sequence[int]  # the other schedule's choices, shared by all that branch off it
    position: int
    thread: int
    key: Hashable

    def choices(self) -> tuple[int, ...]:
        return (*self.taken[: self.position], self.thread) if self.thread >= 0 else ()


class Frontier:
    """Branches by price, in the order in which they were found."""

    def __init__(self) -> None:
        self.seen: dict[Hashable, int] = {}
        """(state, thread that goes on) -> the lowest price at which this was run or is going to be."""
        self._waiting: dict[int, deque[Branch]] = {0: deque([Branch(0, (), 0, -1, None)])}
        self._taken_at = (0, 0)  # the lowest price, and how many were taken since it is

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def lowest(self) -> int | None:
        """The lowest price of what is still to be run."""
        return min(self._waiting, default=None)

    def push(self, branch: Branch) -> None:
        self.seen[branch.key] = branch.cost
        self._waiting.setdefault(branch.cost, deque()).append(branch)

    def is_new(self, key: Hashable, cost: int) -> bool:
        return self.seen.get(key, cost + 1) > cost

    def pop(self) -> Branch | None:
        """The next to be run; None when it was overtaken by a cheaper one."""
        price = self._next_price()
        branch = self._waiting[price].popleft()
        if not self._waiting[price]:
            del self._waiting[price]
        return None if self.seen.get(branch.key, branch.cost) < branch.cost else branch

    def _next_price(self) -> int:
        lowest, *dearer = sorted(self._waiting)
        since = self._taken_at[1] + 1 if self._taken_at[0] == lowest else 1
        self._taken_at = lowest, since
        return dearer[0] if dearer and since > PATIENCE and since % EVERY == 0 else lowest
