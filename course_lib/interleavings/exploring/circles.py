"""The graph of a program's states, to find those from which no schedule leads to an end.

Only threads that turn in loops can bring a program back to a state where it was before. That alone is no fault:
another schedule may lead out. It is one where none does.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence


class Circles:
    """States, which follow which, and in which of them a schedule ended."""

    def __init__(self) -> None:
        self._from: dict[Hashable, tuple[Hashable, int]] = {}  # state -> where it was first met from, and whose step
        self._before: dict[Hashable, set[Hashable]] = {}
        self._ends: set[Hashable] = set()

    def add(self, states: Sequence[Hashable], taken: Sequence[int], ended: bool) -> None:
        """A run's states at its decisions, and which thread went on in each."""
        if not states:
            return
        self._before.setdefault(states[0], set())
        for (state, after), index in zip(itertools.pairwise(states), taken, strict=False):
            if after not in self._before:
                self._before[after] = set()
                self._from[after] = state, index
            self._before[after].add(state)
        if ended:
            self._ends.add(states[-1])

    def way_into_one(self) -> tuple[int, ...] | None:
        """The choices that lead to a state from which no schedule leads to an end; None where there is none."""
        reachable, todo = set(self._ends), list(self._ends)
        while todo:
            for state in self._before[todo.pop()]:
                if state not in reachable:
                    reachable.add(state)
                    todo.append(state)
        lost = next((state for state in self._before if state not in reachable), None)
        return None if lost is None else self._way_to(lost)

    def _way_to(self, state: Hashable) -> tuple[int, ...]:
        choices: list[int] = []
        while state in self._from:
            state, index = self._from[state]
            choices.append(index)
        return tuple(reversed(choices))
