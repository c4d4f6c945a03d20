"""Several jobs at once, each in a thread; their results come in the order of the jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def in_order(jobs: Sequence[Callable[[], T]], at_once: int) -> Iterator[T]:
    """What each job gives; raises what it raises, when it is its turn, and then begins no other.

    One at once runs in the caller's own thread, and only when it is asked for. Whoever is interrupted, by Ctrl-C say,
    waits for nobody: what the jobs wait for ends with the judge's parent process.
    """
    if at_once == 1:
        yield from (job() for job in jobs)
        return
    threads, waits = ThreadPoolExecutor(at_once), True
    try:
        for running in [threads.submit(job) for job in jobs]:
            yield running.result()
    except (KeyboardInterrupt, SystemExit):
        waits = False
        raise
    finally:
        threads.shutdown(waits, cancel_futures=True)
