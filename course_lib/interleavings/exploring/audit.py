"""Notices code that ran during an exploration and was not rewritten, so that silence never passes for proof.

On 3.12 and later each function is reported by the interpreter once; on 3.11 a profile function watches the threads
of some of the runs.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

from course_lib.interleavings.exploring.scheduler import here
from course_lib.interleavings.observing import library

_MONITORING: Any = getattr(sys, "monitoring", None)


class Audit:
    """Which functions of unknown origin ran; used as a context manager round an exploration."""

    def __init__(self) -> None:
        self._codes: set[types.CodeType] = set()
        self._runs = 0
        self._tool: int | None = None

    def __enter__(self) -> Audit:
        if _MONITORING is not None:
            self._tool = next((tool for tool in (3, 4) if _MONITORING.get_tool(tool) is None), None)
        if self._tool is not None:
            _MONITORING.use_tool_id(self._tool, "interleavings")
            _MONITORING.register_callback(self._tool, _MONITORING.events.PY_START, self._started)
            _MONITORING.restart_events()
            _MONITORING.set_events(self._tool, _MONITORING.events.PY_START)
        return self

    def __exit__(self, *details: object) -> None:
        if self._tool is not None:
            _MONITORING.set_events(self._tool, 0)
            _MONITORING.register_callback(self._tool, _MONITORING.events.PY_START, None)
            _MONITORING.free_tool_id(self._tool)

    def _started(self, code: types.CodeType, offset: int) -> Any:
        if here() is None:
            return None  # another thread's business, or the set-up's; the function may still run in a worker
        self._codes.add(code)
        return _MONITORING.DISABLE

    def next_run(self) -> None:
        self._runs += 1

    def watch_thread(self) -> None:
        """Called on each thread of a run, before its body."""
        if self._tool is None and self._runs & (self._runs - 1) == 0:
            sys.setprofile(self._called)

    def _called(self, frame: types.FrameType, event: str, argument: object) -> None:
        if event == "call":
            self._codes.add(frame.f_code)

    def unknown(self) -> str:
        """The first function that was not rewritten and is not the standard library's; empty if there is none."""
        names = sorted(f"{code.co_qualname} of {code.co_filename}" for code in self._unknown_codes())
        return names[0] if names else ""

    def adoptable(self, can_be: Callable[[types.CodeType], object] | None) -> tuple[types.CodeType, ...]:
        """What ran, was not rewritten, and can be; nothing where nobody asks."""
        return () if can_be is None else tuple(filter(can_be, self._unknown_codes()))

    def _unknown_codes(self) -> list[types.CodeType]:
        return [code for code in self._codes if library.origin(code) == "unknown"]


class Entered:
    """Which modules a run comes through: those of every function called, also of those that have no source."""

    def __init__(self) -> None:
        self._met: dict[int, dict[str, Any]] = {}

    @property
    def namespaces(self) -> list[dict[str, Any]]:
        return [one for one in self._met.values() if library.is_of_the_program(one)]

    def watching(self, call: Callable[[], Any]) -> Callable[[], Any]:
        """The same call, watched."""

        def watched() -> Any:
            self.watch_thread()
            try:
                return call()
            finally:
                sys.setprofile(None)

        return watched

    def watch_thread(self) -> None:
        """From here on each call of this thread is seen."""
        sys.setprofile(self._called)

    def _called(self, frame: types.FrameType, event: str, argument: object) -> None:
        if event == "call":
            self._met[id(frame.f_globals)] = frame.f_globals
