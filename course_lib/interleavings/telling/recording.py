"""Records the visible steps of one run, for a trace."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable
from typing import Any

from course_lib.interleavings.exploring.namespaces import Restorer
from course_lib.interleavings.exploring.order import Touched
from course_lib.interleavings.exploring.scheduler import Run, active, get_ident
from course_lib.interleavings.exploring.search import Outcome, Program, Schedule, conclude, kinds_of, play
from course_lib.interleavings.exploring.worker import Worker
from course_lib.interleavings.observing.places import CONTAINERS
from course_lib.interleavings.observing.steps import NOTHING
from course_lib.interleavings.rewriting.registry import Site, is_standard, source_of
from course_lib.interleavings.telling import waits
from course_lib.interleavings.telling.trace import Step, Trace, finish
from course_lib.interleavings.waiting.patching import cooperating
from course_lib.interleavings.waiting.primitives import Lock

LENGTH = 60
NOWHERE = ("", 0, "")
METHODS = {"__enter__": "acquire", "acquire": "acquire", "__exit__": "release", "release": "release"}


def show(value: Any) -> str:
    """A short text for a value; code of the program under test is not run for it."""
    if isinstance(value, (int, float, str, bytes, bool, type(None))):
        text = repr(value)
    elif isinstance(value, (*CONTAINERS, tuple, frozenset)):
        text = _container(value)
    else:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"


def _container(value: Any) -> str:
    if isinstance(value, dict):
        parts = [f"{show(key)}: {show(one)}" for key, one in list(dict.items(value))[:8]]
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, (list, tuple)):
        inside = ", ".join(show(one) for one in value[:12])
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    return re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))


class Recorder:
    """Collects steps while a run lasts."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.last: dict[Any, str] = {}
        self.names: dict[int, str] = {}
        self.counts: dict[str, int] = {}

    def data_step(
        self, worker: Worker, touched: Touched, site: Any, kind: str, act: Callable[[], Any], shown: Any
    ) -> Any:
        """Does a step on shared data, notes it, gives its result. `shown` is the new value where the result isn't."""
        key = touched[0][0]
        old = self._old(worker.run, key) if kind == "write" else ""
        at = len(self.steps)
        written = any(write for _, _, write in touched)
        if kind == "call" and not written:
            kind = "read"
        try:
            result = act()
        except Exception as error:
            self.steps += self._on_data(worker, site, key, kind, new=f"raises {type(error).__name__}")
            raise
        value = result if shown is NOTHING else shown
        new = show(value) if kind != "write" or shown is not NOTHING else "deleted"
        self.steps[at:at] = self._on_data(
            worker, site, key, kind, old=old if written else "", new=new
        )  # before what it called itself
        if kind in ("read", "write"):
            self.last[key] = new
        return result

    def _old(self, run: Run, key: Any) -> str:
        """The value before a write: what is there, else what was last told of it; empty where nothing is there.

        What was told last may be the answer to a question about the place, such as `in`, and no value.
        """
        there = _peek(run, key)
        return self.last.get(key, "") if there is None else there

    def _on_data(self, worker: Worker, site: Any, key: Any, kind: str, old: str = "", new: str = "") -> list[Step]:
        """The step, in a list; an empty list for one of the library's own."""
        there = Site(*site)
        if is_standard(there.filename):
            return []
        thing = worker.run.objects.thing(key[0]) if isinstance(key, tuple) else None
        return [
            Step(
                thread=worker.name,
                cell=there.filename,
                line=there.line,
                column=there.column,
                end_column=there.end_column,
                text=there.source_line,
                kind=kind,
                var=there.text,
                obj=self.name_of(thing, worker.run) if thing is not None else str(key),
                old=old,
                new=new,
                held=self._held(worker),
                place=repr(key),
            )
        ]

    def _elsewhere(self, worker: Worker, kind: str, where: tuple[str, int, str], **more: Any) -> Step:
        """A step that is no access to data: it is told by the line that the thread is in."""
        filename, line, text = where
        return Step(thread=worker.name, kind=kind, cell=filename, line=line, text=text, held=self._held(worker), **more)

    def lock_step(self, worker: Worker, lock: Any, kind: str) -> None:
        """Something was done to a lock, or a thread begins to wait for it; an event is told, not the lock inside."""
        inside = waits.called(sys._getframe(1))
        if inside is not None:
            return self._call_of_the_library(worker, *inside, kind)
        name = self.name_of(lock, worker.run)
        waits_for = name if kind == "blocked" else ""
        place = repr((worker.run.objects.number(lock), "lock"))
        step = self._elsewhere(worker, kind, where(), var=name, obj=name, waits_for=waits_for, place=place)
        self.steps.append(step)

    def _call_of_the_library(self, worker: Worker, thing: Any, method: str, kind: str) -> None:
        """One step for a call such as `free.wait()`, however many locks it takes."""
        name = self.name_of(thing, worker.run)
        var, waits_for = f"{name}.{method}()", name if kind == "blocked" else ""
        if method in ("__enter__", "acquire", "__exit__", "release"):
            var = name
            kind = kind if kind in ("blocked", "timeout", "try_failed") else METHODS[method]
        elif kind != "blocked":
            kind = "call"
        before = next((step for step in reversed(self.steps) if step.thread == worker.name), None)
        if before is not None and (before.kind, before.var, before.line) == (kind, var, where()[1]):
            return
        self.steps.append(self._elsewhere(worker, kind, where(), var=var, obj=name, waits_for=waits_for))

    def arrive(self, worker: Worker, lock: Any, waits: bool) -> None:
        """A thread is about to take a lock, and may have to wait for it."""
        worker.stop_at = where()
        if waits:
            self.lock_step(worker, lock, "blocked")

    def stuck(self, waiting: list[Worker]) -> None:
        """At a deadlock: what each thread waits for, where its last step does not say so already."""
        for worker in waiting:
            last = next((step for step in reversed(self.steps) if step.thread == worker.name), None)
            if worker.wait.on is None or (last is not None and last.kind == "blocked"):
                continue
            name = self.name_of(worker.wait.on, worker.run)
            there = worker.stop_at or NOWHERE
            self.steps.append(self._elsewhere(worker, "blocked", there, var=name, obj=name, waits_for=name))

    def plain_step(self, worker: Worker, kind: str, text: str) -> None:
        """A step that touches nothing, such as a sleep."""
        self.steps.append(self._elsewhere(worker, kind, where(), var=kind, new=text))

    def note(self, worker: Worker, text: str) -> None:
        """A line of the program's own."""
        self.steps.append(self._elsewhere(worker, "note", NOWHERE, new=text))

    def _held(self, worker: Worker) -> tuple[str, ...]:
        return tuple(self.name_of(lock, worker.run) for lock in worker.held)

    def name_of(self, thing: Any, run: Run) -> str:
        """A name for an object, the same in every step: its path in the state, or its type with a number."""
        number = run.objects.number(thing)
        name = self.names.get(number)
        if name is None:
            path = run.objects.labels.get(number, ("made",))
            if isinstance(path, tuple) and path[0] == "state" and len(path) > 1:
                name = "".join(f"[{part}]" if part[0] in "'\"-0123456789" else f".{part}" for part in path[1:]).strip(
                    "."
                )
            else:
                kind = "a lock" if issubclass(type(thing), Lock) else type(thing).__name__
                self.counts[kind] = self.counts.get(kind, 0) + 1
                name = kind if self.counts[kind] == 1 else f"{kind} #{self.counts[kind]}"
            self.names[number] = name
        return name


def _peek(run: Run, key: Any) -> str | None:
    """The value at a place, read past every hook; empty where there is none, None where it can't be looked into."""
    thing: Any = run.objects.thing(key[0])
    try:
        if key[1] == "k":
            return show(dict.__getitem__(thing, key[2]) if isinstance(thing, dict) else thing[key[2]])
        if key[1] == "a" and isinstance(thing, types.CellType):
            return show(thing.cell_contents)
        if key[1] == "a":
            return show(object.__getattribute__(thing, key[2]))
    except (LookupError, AttributeError, TypeError, ValueError):
        return ""
    return None


def where() -> tuple[str, int, str]:
    """File, line and source of the innermost rewritten code that is running on this thread."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        source = source_of(frame.f_code)
        if source is not None and not is_standard(source.filename):
            return source.filename, frame.f_lineno, source.line(frame.f_lineno)
        frame = frame.f_back
    return NOWHERE


def note(text: str) -> None:
    """Called by a program's thread: one line of its own in the trace, if there is one."""
    worker = active.get(get_ident())
    if worker is not None and worker.run.recorder is not None and not worker.run.aborting:
        worker.run.recorder.note(worker, text)


def replay(program: Program, schedule: Schedule) -> Trace:
    """The run of that schedule again, step by step. Raises RuntimeError where the program did not repeat itself."""
    recorder = Recorder()
    with cooperating(), Restorer(program.namespaces) as restorer:
        restorer.restore()
        run, state = play(program, schedule.choices, set(schedule.points), kinds_of(program.threads), recorder=recorder)
        if run.status in ("undecided", "pruned"):
            raise RuntimeError(run.reason)
        return _trace(conclude(program, run, state), run, recorder)


def _trace(outcome: Outcome, run: Run, recorder: Recorder) -> Trace:
    for worker in run.workers:
        if worker.outcome is not None and worker.outcome[0] == "raised":
            error = worker.outcome[1]
            recorder.steps.append(
                Step(thread=worker.name, kind="error", new=f"ends with {type(error).__name__}: {error}")
            )
    shared = {
        repr(key)
        for key, place in run.order.places.items()
        if (len(place.seen_by) > 1 or len(run.workers) == 1) and (place.written or _is_lock(key))
    }
    names = tuple(worker.name for worker in run.workers)
    return Trace(
        outcome.status,
        outcome.detail,
        outcome.schedule.preemptions,
        names,
        outcome.results,
        show(outcome.observed),
        finish(recorder.steps, shared),
    )


def _is_lock(key: Any) -> bool:
    return len(key) == 2 and key[1] == "lock"
