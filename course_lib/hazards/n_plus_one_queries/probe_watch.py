"""Notices what goes round the counting drivers, by the events that the interpreter reports to audit hooks.

Hooks can't be taken off again. Noted are, while a reading is open: a plain connection, the database file opened
itself, another process, a library loaded by hand; and at any time: code of the submission that looks into frames or
the garbage collector's objects, where it could find the books. A profile by `cProfile` is no such look: it shows names
and times. What it can't see: what CPython reports no event for.
"""

from __future__ import annotations

import cProfile
import inspect
import sys
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import Any

from course_lib.hazards.attempt import SUBMISSION_FILE
from course_lib.instruments.queries.tally import note_unaccounted
from course_lib.instruments.seams.exchange import sealed
from course_lib.instruments.seams.sqlite import tells

ELSEWHERE = frozenset({"os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen", "ctypes.dlopen"})
INSIDE = frozenset(
    {
        "gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys._getframe", "sys._current_frames",
        "sys.settrace", "sys.setprofile", "sys.monitoring.register_callback",
    }
)  # fmt: skip
FRAMES = frozenset({"tb_frame", "gi_frame", "cr_frame", "ag_frame"})


def watch(files: tuple[str, ...]) -> list[str]:
    """Puts the hook in place; the list returned grows by a phrase for each look inside that is noticed."""
    looks: list[str] = []
    sys.addaudithook(sealed(_hook(files, looks)))
    for name in ("enable", "disable"):
        setattr(cProfile.Profile, name, _in_our_name(getattr(cProfile.Profile, name)))
    return looks


def _hook(files: tuple[str, ...], looks: list[str]) -> Callable[[str, tuple[Any, ...]], None]:
    note, telling, kind, text, caller, busy = note_unaccounted, tells, type, str, _is_submissions, [False]
    elsewhere, inside, frames = ELSEWHERE, INSIDE, FRAMES

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "sqlite3.connect/handle" and not telling(kind(arguments[0])):
            note("-- connection --", "a connection that doesn't count")
        elif event in elsewhere:
            note("-- elsewhere --", f"another process or library ({event})")
        elif event == "open" and text(arguments[0]).endswith(files):
            note("-- file --", "the database file, opened as a file")
        elif (event in inside or (event == "object.__getattr__" and arguments[1] in frames)) and not busy[0]:
            busy[0] = True  # asking for the frame is an event itself
            try:
                if caller():
                    looks.append(f"the code looks into the interpreter that runs it ({event})")
            finally:
                busy[0] = False

    return hook


def _in_our_name(method: Callable[..., None]) -> Callable[..., None]:
    """The same method, so that the events of switching a profile on and off are not the submission's."""

    @wraps(method)
    def called(profile: cProfile.Profile, *flags: Any, **named: Any) -> None:
        method(profile, *flags, **named)

    return called


def _is_submissions() -> bool:
    """Whether the code that caused the event is the submission's, calls through `inspect` included."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename == inspect.__file__:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(SUBMISSION_FILE)
