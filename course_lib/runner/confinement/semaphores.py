"""Semaphores for `multiprocessing` that live inside one process.

The system's own lie in /dev/shm, where a confined submission may not write. It may not start processes either, so a
semaphore between its threads does all that one between processes could; `multiprocessing.Lock`, `Queue` and
`multiprocessing.pool.ThreadPool` then work as they do elsewhere.
"""

from __future__ import annotations

import threading
from typing import Any

_multiprocessing: Any
try:  # here and not where it is needed: once for all children that are forked later
    import _multiprocessing  # type: ignore[import-not-found,no-redef]  # no stub: it is private
except ImportError:
    _multiprocessing = None

RECURSIVE_MUTEX = 0


class SemLock:
    """What `_multiprocessing.SemLock` offers, made of `threading`."""

    SEM_VALUE_MAX = 2**31 - 1

    def __init__(self, kind: int, value: int, maxvalue: int, _name: str, _unlink: bool = True) -> None:
        self.kind, self.maxvalue, self.handle = kind, maxvalue, 0
        self.name = None  # with a name, `multiprocessing` would start a process that watches over it
        self._value, self._changed = value, threading.Condition(threading.Lock())
        self._owner, self._held = 0, 0

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        with self._changed:
            if self.kind == RECURSIVE_MUTEX and self._is_mine():
                self._held += 1
                return True
            wait = 0 if not block else timeout
            if not self._changed.wait_for(lambda: self._value > 0, wait):
                return False
            self._value -= 1
            self._owner, self._held = threading.get_ident(), self._held + 1
            return True

    def release(self) -> None:
        with self._changed:
            if self.kind == RECURSIVE_MUTEX:
                if not self._is_mine():
                    raise AssertionError("attempt to release recursive lock not owned by thread")
                if self._held > 1:
                    self._held -= 1
                    return
            elif self._value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            self._held -= 1
            self._value += 1
            self._changed.notify()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_error: object) -> None:
        self.release()

    def _count(self) -> int:
        return self._held

    def _is_mine(self) -> bool:
        return self._held > 0 and self._owner == threading.get_ident()

    def _get_value(self) -> int:
        return self._value

    def _is_zero(self) -> bool:
        return self._value == 0

    def _after_fork(self) -> None:
        return None


def keep_semaphores_inside() -> None:
    """From now on `multiprocessing` makes its semaphores in this process alone."""
    if _multiprocessing is not None:
        _multiprocessing.SemLock = SemLock
