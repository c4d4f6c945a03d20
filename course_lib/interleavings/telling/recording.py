"""Records the visible steps of one run, for a trace."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable
from typing import Any

from course_lib.interleavings.exploring.namespaces import Restorer
from course_lib.interleavings.exploring.scheduler import Run, Worker, active, get_ident
from course_lib.interleavings.exploring.search import Outcome, Program, Schedule, conclude, play
from course_lib.interleavings.observing.places import CONTAINERS, Touched
from course_lib.interleavings.observing.steps import NOTHING
from course_lib.interleavings.rewriting.registry import STANDARD, known_code, sites
from course_lib.interleavings.telling.trace import Step, Trace, finish, source_line
from course_lib.interleavings.waiting.patching import cooperating
from course_lib.interleavings.waiting.primitives import Lock

LENGTH = 60


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
        self, worker: Worker, touched: Touched, site: int, kind: str, act: Callable[[], Any], shown: Any
    ) -> Any:
        key = touched[0][0]
        old = self.last.get(key)
        if old is None and kind == "write":
            old = _peek(worker.run, key)
        at = len(self.steps)
        written = any(write for _, _, write in touched)
        if kind == "call" and not written:
            kind = "read"
        try:
            result = act()
        except Exception as error:
            self._add(worker, site, key, kind, new=f"raises {type(error).__name__}")
            raise
        value = result if shown is NOTHING else shown
        new = show(value) if kind != "write" or shown is not NOTHING else "deleted"
        step = self._step(worker, site, key, kind, old if written and kind == "write" and old else "", new)
        if step is not None:
            self.steps.insert(at, step)
        if kind in ("read", "write"):
            self.last[key] = new
        return result

    def _add(self, worker: Worker, site: int, key: Any, kind: str, old: str = "", new: str = "") -> None:
        step = self._step(worker, site, key, kind, old, new)
        if step is not None:
            self.steps.append(step)

    def _step(self, worker: Worker, site: int, key: Any, kind: str, old: str, new: str) -> Step | None:
        place = sites[site]
        thing = worker.run.kept.get(key[0]) if isinstance(key, tuple) else None
        name = self.name_of(thing, worker.run) if thing is not None else str(key)
        if place.filename.startswith(STANDARD):
            return None
        return Step(
            0,
            worker.name,
            place.filename,
            place.line,
            place.column,
            place.end_column,
            source_line(place.filename, place.line),
            kind,
            place.text,
            name,
            old,
            new,
            held=self._held(worker),
            place=repr(key),
        )

    def lock_step(self, worker: Worker, lock: Any, kind: str) -> None:
        filename, line = where(worker)
        name = self.name_of(lock, worker.run)
        self.steps.append(
            Step(
                0,
                worker.name,
                filename,
                line,
                0,
                0,
                source_line(filename, line),
                kind,
                name,
                name,
                held=self._held(worker),
                waits_for=name if kind == "blocked" else "",
                place=repr((id(lock), "lock")),
            )
        )

    def arrive(self, worker: Worker, lock: Any, waits: bool) -> None:
        """A thread is about to take a lock, and may have to wait for it."""
        worker.stop_at = where(worker)
        if waits:
            self.lock_step(worker, lock, "blocked")

    def stuck(self, waiting: list[Worker]) -> None:
        """At a deadlock: what each thread waits for, where its last step does not say so already."""
        for worker in waiting:
            last = next((step for step in reversed(self.steps) if step.thread == worker.name), None)
            if worker.waits_for is None or (last is not None and last.kind == "blocked"):
                continue
            filename, line = worker.stop_at or ("", 0)
            name = self.name_of(worker.waits_for, worker.run)
            self.steps.append(
                Step(
                    0,
                    worker.name,
                    filename,
                    line,
                    0,
                    0,
                    source_line(filename, line),
                    "blocked",
                    name,
                    name,
                    held=self._held(worker),
                    waits_for=name,
                )
            )

    def plain_step(self, worker: Worker, kind: str, text: str) -> None:
        filename, line = where(worker)
        self.steps.append(
            Step(
                0,
                worker.name,
                filename,
                line,
                0,
                0,
                source_line(filename, line),
                kind,
                kind,
                "",
                new=text,
                held=self._held(worker),
            )
        )

    def note(self, worker: Worker, text: str) -> None:
        self.steps.append(Step(0, worker.name, "", 0, 0, 0, "", "note", "", "", new=text, held=self._held(worker)))

    def _held(self, worker: Worker) -> tuple[str, ...]:
        return tuple(self.name_of(lock, worker.run) for lock in worker.held)

    def name_of(self, thing: Any, run: Run) -> str:
        """A name for an object, the same in every step: its path in the state, or its type with a number."""
        name = self.names.get(id(thing))
        if name is None:
            path = run.labels.get(id(thing), ("made",))
            if isinstance(path, tuple) and path[0] == "state" and len(path) > 1:
                name = "".join(f"[{part}]" if part[0] in "'\"-0123456789" else f".{part}" for part in path[1:]).strip(
                    "."
                )
            else:
                kind = "a lock" if issubclass(type(thing), Lock) else type(thing).__name__
                self.counts[kind] = self.counts.get(kind, 0) + 1
                name = kind if self.counts[kind] == 1 else f"{kind} #{self.counts[kind]}"
            self.names[id(thing)] = name
        return name


def _peek(run: Run, key: Any) -> str:
    """The value at a place, read past every hook; empty where there is none."""
    thing: Any = run.kept.get(key[0])
    try:
        if key[1] == "k":
            return show(dict.__getitem__(thing, key[2]) if isinstance(thing, dict) else thing[key[2]])
        if key[1] == "a" and isinstance(thing, types.CellType):
            return show(thing.cell_contents)
        if key[1] == "a":
            return show(object.__getattribute__(thing, key[2]))
    except (LookupError, AttributeError, TypeError, ValueError):
        pass
    return ""


def where(worker: Worker) -> tuple[str, int]:
    """File and line of the innermost rewritten code that is running on this thread."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code in known_code and not code.co_filename.startswith(STANDARD):
            return code.co_filename, frame.f_lineno
        frame = frame.f_back
    return "", 0


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
        run, state = play(program, schedule.choices, set(schedule.points), recorder=recorder)
        if run.status in ("undecided", "pruned"):
            raise RuntimeError(run.reason)
        return _trace(conclude(program, run, state), run, recorder)


def _trace(outcome: Outcome, run: Run, recorder: Recorder) -> Trace:
    for worker in run.workers:
        if worker.outcome is not None and worker.outcome[0] == "raised":
            error = worker.outcome[1]
            recorder.steps.append(
                Step(0, worker.name, "", 0, 0, 0, "", "error", "", "", new=f"ends with {type(error).__name__}: {error}")
            )
    shared = {
        repr(key)
        for key, cell in run.cells.items()
        if (len(cell.seen_by) > 1 or len(run.workers) == 1) and (cell.written or _is_lock(key))
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
