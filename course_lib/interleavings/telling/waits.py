"""What a thread waits for, in the program's own words: the event, the queue, not the lock inside it.

`Event`, `Condition`, `Semaphore`, `Barrier` and `Queue` are the library's Python code on top of locks. The frames of a
thread tell which of them the program called.
"""

from __future__ import annotations

import queue
import threading
import types
from typing import Any

from course_lib.interleavings.rewriting.registry import is_of_the_program, is_standard

WAITING = (threading.Event, threading.Condition, threading.Semaphore, threading.Barrier, queue.Queue)
_IN_VAIN = {
    ("Event", "wait"): "waits for the event{}, which nobody sets any more",
    ("Condition", "wait"): "waits for the condition{}, which nobody notifies any more",
    ("Condition", "wait_for"): "waits for the condition{}, which nobody notifies any more",
    ("Barrier", "wait"): "waits at the barrier{}, to which too few threads come",
    ("Queue", "get"): "waits for the queue{}, into which nobody puts anything any more",
    ("Queue", "put"): "waits for room in the queue{}, from which nobody takes anything any more",
    ("Queue", "join"): "waits until all that is in the queue{} is done",
    ("Semaphore", "acquire"): "waits for the semaphore{}, which nobody lets go of any more",
}


def called(frame: types.FrameType | None) -> tuple[Any, str] | None:
    """The library's object that the program called a method of, and the method, where a thread is inside of one."""
    found = None
    while frame is not None and not is_of_the_program(frame.f_code):
        if is_standard(frame.f_code.co_filename):
            thing = frame.f_locals.get("self")
            if isinstance(thing, WAITING):
                found = thing, frame.f_code.co_name
        frame = frame.f_back
    return found


def in_vain(frame: types.FrameType | None, path: Any) -> str:
    """How a thread waits for ever that stands in `frame`; empty for a plain lock. `path(thing)` names a thing."""
    found = called(frame)
    if found is None:
        return ""
    thing, method = found
    kind = next(one.__name__ for one in WAITING if isinstance(thing, one))
    words = _IN_VAIN.get((kind, "acquire" if method == "__enter__" else method))
    name = path(thing)
    return words.format(f" {name}" if name else "") if words else ""
