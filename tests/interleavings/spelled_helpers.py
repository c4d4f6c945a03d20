"""The third module of `spelled_counters`."""

import dataclasses
import threading
from typing import Any

_lock = threading.Lock()


def bump(thing: Any) -> None:
    thing.n += 1


def bump_under_a_lock(thing: Any) -> None:
    with _lock:
        bump(thing)


@dataclasses.dataclass
class Account:
    """Without a function of its own: only what `dataclasses` wrote makes its lock."""

    money: int = 2
    lock: Any = dataclasses.field(default_factory=threading.Lock, repr=False)
