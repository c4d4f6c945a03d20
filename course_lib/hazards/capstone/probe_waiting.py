"""A request in a thread of its own, and whether it waits: for a lock of Python's, or for the database's file.

That it waits is told by the process's threads: none runs or wants a processor, none is at the network, and none has got
on, at several looks in a row. On a busy machine a thread that has not got its turn still wants it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from course_lib.hazards.capstone.probe_site import crash

_Event, _Thread, _ident = threading.Event, threading.Thread, threading.get_ident
_frames, _clock, _process_time, _own_time = sys._current_frames, time.monotonic, time.process_time, time.thread_time
_open, _list = open, os.listdir
THREADS = "/proc/self/task"
LOOK, STILL = 0.005, 9  # seconds between two looks; so many alike, and it waits
HELD, AT_NETWORK = 2.5, 1.5  # seconds that somebody is held at most, and while somebody is at the network
NETWORK = ("socket.py", "ssl.py", "selectors.py", "/httpcore/", "/anyio/", "/urllib3/", "/http/client.py")


class Asking:
    """Somebody who asks, in a thread of their own."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act
        self.result: Any = None
        self.over = _Event()
        self.thread = _Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.result = self._act()
        except Exception as error:
            self.result = crash(error)
        finally:
            self.over.set()


def ends_or_waits(asking: Asking, stopped: int | None = None) -> bool:
    """True as soon as it has ended, False as soon as it is clear that it waits; `stopped` is a thread that is held."""
    still, before, begun = 0, 0.0, _clock()
    while not asking.over.wait(LOOK):
        now = _process_time() - _own_time()  # of the other threads
        held = _clock() - begun
        busy = now - before > LOOK / 4 or _wants_processor() or (held < AT_NETWORK and at_the_network(stopped))
        still, before = (0 if busy else still + 1), now
        if still >= STILL or held > HELD:
            return False
    return True


def _wants_processor() -> bool:
    """Whether a thread besides this one runs, wants to, or waits for the disk; False where the system does not tell."""
    me = str(threading.get_native_id())
    try:
        return any(_state(one) in b"RD" for one in _list(THREADS) if one != me)
    except OSError:
        return False


def _state(thread: str) -> bytes:
    try:
        with _open(f"{THREADS}/{thread}/stat", "rb", buffering=0) as stat:
            return stat.read().rpartition(b")")[2].split()[0]
    except (OSError, IndexError):  # it has ended since
        return b"-"


def at_the_network(stopped: int | None = None) -> bool:
    """Whether another thread than the one at the gate waits for an answer of the courier."""
    frames = [frame for ident, frame in _frames().items() if ident not in (stopped, _ident())]
    return any(mark in frame.f_code.co_filename for frame in frames for mark in NETWORK)
