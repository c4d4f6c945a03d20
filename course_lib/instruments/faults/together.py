"""Runs calls side by side in threads, so that many silences cost the time of one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

Result = TypeVar("Result")


def run_together(calls: Sequence[Callable[[], Result]], at_once: int, deadline: float) -> list[Result | None]:
    """What each call returned, in order; None for one that was not back `deadline` seconds after the rest.

    With `at_once` 1 they run one after the other in the calling thread, and no deadline holds. No call may raise.
    """
    results: list[Result | None] = [None] * len(calls)
    if at_once == 1:
        return [call() for call in calls]
    waiting = deque(enumerate(calls))

    def work() -> None:
        while waiting:
            try:
                place, call = waiting.popleft()
            except IndexError:
                return
            results[place] = call()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(at_once, len(calls)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(deadline)
    return list(results)
