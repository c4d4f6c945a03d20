"""Small concurrent programs and what may come out of them, computed from a sequential specification.

A program's calls could happen in any order that keeps each thread's own. Whatever the threads do, each answer must
be one that the specification gives in some of these orders, and what is left at the end must follow from the
answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from course_lib.hazards.plainly import raised

PREEMPTIONS, ENOUGH = 2, 1000  # all orders with so few, and so many runs: of a large program, and of what is no proof
ROUND = [10, 50, 100]  # after so many calls somebody may take stock
MANY_IN_A_ROW = 6  # equal calls
Observation = dict[str, Any]
Call = list[Any]


class Shape(NamedTuple):
    """One program: how the object is made, what each thread calls, what is looked at in the end."""

    title: str
    make: list[Any]
    threads: list[list[Call]]
    final: list[Call]
    others: Sequence[tuple[list[Any], list[Call]]] = ()
    """Objects that are made and called before this one, and have nothing to do with it."""
    beside: Sequence[tuple[list[Any] | None, list[Call]]] = ()
    """The same, made and called after this one was made, before its threads begin; None: made of its very arguments."""
    names: Sequence[str] = ()
    """The threads' names; all bear the same where none are given."""
    before: tuple[Call, int] | tuple[()] = ()
    """A call that is made so many times before the threads begin: what somebody does at every fiftieth is due then."""
    later: tuple[Call, int] | tuple[()] = ()
    """A call that is made so many times after the threads have ended, and before what is looked at in the end."""
    in_turn: bool = False
    """Each of these later calls is made by a thread of its own, which ends before the next one begins."""
    far: int = 0
    """So many times, too, on an object of its own, where the state may have a bound; that end tells how often."""
    anew: int = 0
    """So many objects are made one after another as well, used by one thread and dropped: each gives an end."""

    def case(self, schedules: int, number: int = 0, traced: bool = False) -> dict[str, Any]:
        """What the probe is given; `traced`: it also writes down the steps that lead to the first few ends."""
        case: dict[str, Any] = {"make": self.make, "threads": self.threads, "final": self.final}
        case |= {"others": list(self.others), "beside": list(self.beside), "names": list(self.names)}
        case |= {
            "before": list(self.before),
            "later": list(self.later),
            "in_turn": self.in_turn,
            "far": self.far,
            "anew": self.anew,
        }
        case["enough"] = (PREEMPTIONS, ENOUGH) if self.is_large or self.makes_another else None
        return {"number": number, "schedules": schedules, "traced": traced, **case}

    @property
    def is_large(self) -> bool:
        """Whether it may have more orders than can be tried: then those with few preemptions must do.

        Who takes stock of a hundred calls may take each of them as a step of its own.
        """
        return bool(self.before) or len(self.threads) > 2 or (len(self.threads) > 1 and sum(map(len, self.threads)) > 3)

    @property
    def makes_another(self) -> bool:
        """Whether a thread makes another object: what a constructor does is promised to no two threads."""
        return any(call[0] == "+" for thread in self.threads for call in thread)

    def in_words(self) -> str:
        made = f"({', '.join(map(repr, self.make))})" if self.make else ""
        calls = " | ".join(_one_after_another(thread) for thread in self.threads)
        if self.before:
            calls = f"after {self.before[1]} times {call_in_words(self.before[0])}, {calls}"
        if self.in_turn and self.later:
            calls += f", then {call_in_words(self.later[0])} in each of {self.later[1]} threads, one after another"
        return ": ".join(filter(None, [self._company(), made, calls]))

    def _company(self) -> str:
        """What other objects there are."""
        if not self.beside:
            return "after another object was used" if self.others else ""
        alike = any(make is None for make, _ in self.beside)
        return f"beside another object{' that was made of the same arguments' * alike}"


def _one_after_another(calls: list[Call]) -> str:
    """One thread's calls; what is called again and again is told once."""
    told: list[str] = []
    for words, same in groupby(map(call_in_words, calls)):
        times = len([*same])
        told += [words] * times if times < MANY_IN_A_ROW else [f"{times} times {words}"]
    return "; ".join(told)


def call_in_words(call: Call) -> str:
    name, *arguments = call
    given = f"({', '.join(map(repr, arguments))})"
    if name == "+":
        return f"__init__{given} of another object"
    return name[1:] if name.startswith("@") else f"{name}{given}"


def got(call: Call, outcome: Observation) -> str:
    """What a call returned or raised, in words."""
    if "raised" in outcome:
        return f"{call_in_words(call)} raised {raised(outcome)}"
    return f"{call_in_words(call)} returned {outcome['returned']!r}"


def orders(threads: Sequence[Sequence[Call]]) -> Iterator[list[tuple[int, int]]]:
    """Every order of the calls that keeps each thread's own, as (thread, number of the call)."""

    def walk(taken: tuple[int, ...], so_far: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        if all(count == len(thread) for count, thread in zip(taken, threads, strict=True)):
            yield so_far
        for index, thread in enumerate(threads):
            if taken[index] < len(thread):
                after = (*taken[:index], taken[index] + 1, *taken[index + 1 :])
                yield from walk(after, [*so_far, (index, taken[index])])

    return walk((0,) * len(threads), [])


def possible_answers(
    shape: Shape, begin: Callable[..., Any], step: Callable[[Any, Call], tuple[Any, Any]]
) -> dict[tuple[int, int], set[Any]]:
    """For each call, the answers that the specification gives it in some order."""
    found: dict[tuple[int, int], set[Any]] = {}
    for order in orders(shape.threads):
        state = begin(*shape.make)
        for thread, number in order:
            state, answer = step(state, shape.threads[thread][number])
            found.setdefault((thread, number), set()).add(answer)
    return found


def losing_steps(outcome: Observation, limit: int = 12) -> str:
    """The interleaving of an outcome in the learner's own lines and values; … where steps are left out at an end."""
    trace = outcome.get("trace")
    if not trace:
        return ""
    steps = [step for step in trace["steps"] if step["kind"] != "note" or "raises" in step["words"]]
    start = _before_the_switch(steps, limit)
    told = [f"{step['thread']}{_at(step)} {step['words']}" for step in steps[start : start + limit]]
    parts = ["…"] * (start > 0) + told + ["…"] * (start + limit < len(steps))
    return re.sub(r" +\(computed from step \d+\)", " (from the value it had read before)", "; ".join(parts))


def _at(step: dict[str, Any]) -> str:
    return f" line {step['line']}" if step["line"] else ""


def _before_the_switch(steps: list[dict[str, Any]], limit: int) -> int:
    """Where to begin with at most `limit` steps: a little before the moment at which the threads first got mixed."""
    first = next((index for index, step in enumerate(steps) if step["switch"]), 0)
    return max(0, min(first - 3, len(steps) - limit))
