"""A schedule replayed: each visible step with its thread, its line and its values.

Printed as text, a trace has a column a thread; the steps read from top to bottom. A write whose thread computed it
from a value that another thread has changed since says so: that is a lost update, in one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Step:
    """One visible step of one thread."""

    n: int = 0
    thread: str
    cell: str = ""
    """Name of the file, or of the notebook's cell, that the line is in."""
    line: int = 0
    column: int = 0
    end_column: int = 0
    text: str = ""
    """The source line."""
    kind: str
    """read write call acquire try_failed blocked release timeout sleep note error"""
    var: str = ""
    """What was read, written, called or locked, as the source puts it."""
    obj: str = ""
    """A name for the object, the same in every step that touches it."""
    old: str = ""
    new: str = ""
    """The value before and after, cut to 60 characters; of a read, the value alone is in `new`."""
    switch: bool = False
    """Another thread was running before."""
    held: tuple[str, ...] = ()
    waits_for: str = ""
    computed_from: int | None = None
    """Of a write: the step whose value it was computed from."""
    stale: bool = False
    """Of a write: another thread wrote the same place after the value was read."""
    place: str = ""

    def in_words(self) -> str:
        """The step as one short clause."""
        if self.kind == "read":
            return f"reads {self.var}: {self.new}"
        if self.kind == "write":
            arrow = f"{self.old} -> {self.new}" if self.old else self.new
            return f"writes {self.var}: {arrow}" + (
                f"  (computed from step {self.computed_from})" if self.stale else ""
            )
        if self.kind == "call":
            return f"calls {self.var}" + (f" = {self.new}" if self.new not in ("", "None") else "")
        words = {
            "acquire": "takes",
            "release": "lets go of",
            "blocked": "waits for",
            "try_failed": "can't take",
            "timeout": "gives up waiting for",
        }
        if self.kind in words:
            return f"{words[self.kind]} {self.obj}"
        return self.new or self.kind


@dataclass(frozen=True)
class Trace:
    """One run: how it ended, after how many preemptions, and every visible step."""

    status: str
    detail: str
    preemptions: int
    threads: tuple[str, ...]
    results: tuple[tuple[Any, ...], ...]
    final: str
    """repr of what was observed at the end."""
    steps: tuple[Step, ...]

    @property
    def one_after_the_other(self) -> bool:
        """Whether each thread had done all its visible steps before another's first: no race is needed for that."""
        turns = [name for name, _ in groupby(step.thread for step in self.steps)]
        return 1 < len(turns) == len({*turns})

    def to_plain(self) -> dict[str, Any]:
        """The trace as dicts, lists and scalars; `Trace.from_plain` gives it back."""
        plain = asdict(self)
        plain["results"] = [[str(part) for part in result] for result in self.results]
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Trace:
        """The trace that `to_plain` has told; raises KeyError or TypeError where it is another thing."""
        steps = tuple(Step(**{**step, "held": tuple(step["held"])}) for step in plain["steps"])
        rest = {"threads": tuple(plain["threads"]), "results": tuple(tuple(one) for one in plain["results"])}
        return cls(**{**plain, **rest, "steps": steps})

    def __str__(self) -> str:
        width = 46 if len(self.threads) < 3 else 34
        ending = {"done": f"ends with {self.final}", "deadlock": f"deadlock: {self.detail}"}
        counts = f"{_count(len(self.threads), 'thread')}, {_count(self.preemptions, 'preemption')}"
        counts += ", one after the other" if self.one_after_the_other else ""
        head = f"{counts}; {ending.get(self.status, self.status)}"
        lines = [head, "step  line  " + "".join(f"{name:<{width}}" for name in self.threads).rstrip()]
        lines += [self._row(step, width) for step in self.steps]
        lines += ["", *self._source_lines()]
        return "\n".join(lines).rstrip()

    def _row(self, step: Step, width: int) -> str:
        lane = self.threads.index(step.thread) if step.thread in self.threads else 0
        return f"{step.n:>4}  {step.line or '':>4}  {' ' * (lane * width)}{step.in_words()}"

    def _source_lines(self) -> Iterable[str]:
        shown = sorted({(step.cell, step.line, step.text) for step in self.steps if step.line})
        return [f"      {line:>4}  {text}" for _, line, text in shown]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def finish(steps: list[Step], shared: set[str]) -> tuple[Step, ...]:
    """The visible steps, numbered, with switches, origins of written values, and staleness."""
    kept = [step for step in steps if step.place in shared or not step.place]
    result: list[Step] = []
    last_read: dict[tuple[str, str], int] = {}
    written_at: dict[str, tuple[int, str]] = {}
    for n, step in enumerate(kept, 1):
        new = replace(step, n=n, switch=bool(result) and result[-1].thread != step.thread)
        key = (step.thread, step.place)
        if step.kind == "read":
            last_read[key] = n
        elif step.kind == "write":
            source = last_read.pop(key, None)
            at, who = written_at.get(step.place, (0, ""))
            stale = source is not None and at > source and who != step.thread
            new = replace(new, computed_from=source, stale=stale)
            written_at[step.place] = (n, step.thread)
        result.append(new)
    return tuple(result)
