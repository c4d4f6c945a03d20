"""Semaphores inside one process do what the system's do: counted, recursive, timed, and never shared."""

from __future__ import annotations

import threading

import pytest

from course_lib.runner.confinement.semaphores import RECURSIVE_MUTEX, SemLock

SEMAPHORE = 1


def test_a_lock_is_taken_once() -> None:
    """The second taker is turned away until the first has released."""
    lock = SemLock(SEMAPHORE, 1, 1, "a")

    assert lock.acquire()
    assert not lock.acquire(False)
    assert not lock.acquire(True, 0.001)
    lock.release()
    assert lock.acquire(False)


def test_a_semaphore_counts() -> None:
    """As many takers as its value."""
    semaphore = SemLock(SEMAPHORE, 3, 5, "a")

    assert [semaphore.acquire(False) for _ in range(4)] == [True, True, True, False]
    assert semaphore._is_zero()


def test_releasing_too_often_raises() -> None:
    """A bounded semaphore knows its bound."""
    with pytest.raises(ValueError, match="too many times"):
        SemLock(SEMAPHORE, 1, 1, "a").release()


def test_a_recursive_lock_is_its_threads_own() -> None:
    """One thread may take it twice; another may neither take nor release it."""
    lock = SemLock(RECURSIVE_MUTEX, 1, 1, "a")
    lock.acquire()
    lock.acquire()
    seen: list[object] = []

    def other() -> None:
        seen.append(lock.acquire(False))
        with pytest.raises(AssertionError, match="not owned"):
            lock.release()

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    lock.release()
    assert seen == [False]
    assert lock._is_mine()
    lock.release()
    assert lock.acquire(False)


def test_a_waiter_is_woken() -> None:
    """A release lets the thread that waits go on."""
    lock = SemLock(SEMAPHORE, 0, 1, "a")
    thread = threading.Thread(target=lock.acquire)
    thread.start()
    lock.release()
    thread.join(10)

    assert not thread.is_alive()
