"""The third module of `spelled_counters`."""

import threading
from typing import Any

_lock = threading.Lock()


def bump(thing: Any) -> None:
    thing.n += 1


def bump_under_a_lock(thing: Any) -> None:
    with _lock:
        bump(thing)
